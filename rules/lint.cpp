#include "rules/lint.h"

#include <algorithm>
#include <set>

#include "evidence/base/error.h"
#include "evidence/base/text.h"
#include "rules/evaluate.h"
#include "rules/judgement.h"
#include "rules/order_lint.h"
#include "rules/query.h"
#include "rules/sql.h"

namespace rules {
namespace {

std::set<std::string> tables_of(const base::Database& db) {
  std::set<std::string> names;
  auto query = db.prepare("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')");
  while (query.step()) names.insert(query.text(0));
  return names;
}

// What stands behind FROM and JOIN; a column may have the name of a table.
std::set<std::string> asked_tables(const std::string& sql) {
  std::set<std::string> names;
  const std::vector<SqlToken> tokens = sql_tokens(sql);
  for (std::size_t i = 1; i < tokens.size(); ++i)
    if (tokens[i - 1].text == "from" || tokens[i - 1].text == "join") names.insert(tokens[i].text);
  return names;
}

class Linter {
 public:
  Linter(const Pack& pack, const Prepare& prepare) : pack_(pack), db_(base::Database::in_memory()) {
    prepare(db_);
    collected_ = tables_of(db_);
    for (const std::string& name : always_) collected_.erase(name);
    add_reference_tables(pack, db_);
    add_assessment(kTestDate, db_);
    tables_ = tables_of(db_);
    db_.restrict_to_reading(kStepLimit);
  }

  std::vector<std::string> run() {
    for (const View& view : pack_.views)
      check_query(view.origin, "view " + view.name, view.sql, {});
    for (const TableOfPack& table : pack_.tables) check_table(table);
    for (const SubjectKind& kind : pack_.subjects)
      check_query("pack.xml:1", "subjects \"" + kind.name + "\"", kind.sql, {"subject", "label"});
    for (const Rule& rule : pack_.rules) check_rule(rule);
    for (const ReferenceData& data : pack_.reference)
      if (!used_.contains(data.table))
        say(data.origin + ":1", "warning", "no rule uses the reference table " + data.table);
    for (const View& view : pack_.views)
      if (!used_.contains(view.name))
        say(view.origin, "warning", "no rule uses the view " + view.name);
    return std::move(messages_);
  }

 private:
  void check_table(const TableOfPack& table) {
    check_query(table.origin, "table " + table.id, table.sql, {});
    try {
      const int given = db_.prepare(table.sql).column_count();
      if (given != static_cast<int>(table.columns.size()))
        say(table.origin, "error",
            "table " + table.id + ": the query gives " + std::to_string(given) +
                " columns and there are " + std::to_string(table.columns.size()) + " titles");
    } catch (const base::Error&) {
      return;  // said already
    }
  }

  void check_rule(const Rule& rule) {
    const std::string name = "rule " + rule.id + ": ";
    check_query(rule.origin, name + "<not-applicable>", rule.not_applicable,
                {"subject", "message"});
    check_query(rule.origin, name + "<unknown>", rule.unknown, {"subject", "message"});
    check_query(rule.origin, name + "<violations>", rule.violations, {"subject", "message"});
    check_query(rule.origin, name + "<evidence>", rule.evidence, {"subject", "message"});
    for (const Need& need : rule.needs)
      for (const std::string& table : need.tables()) check_need(rule, table);
    check_unneeded(rule);
  }

  void check_query(const std::string& origin, const std::string& what, const std::string& sql,
                   const std::vector<std::string>& columns) {
    if (sql.empty()) return;
    used_.merge(sql_words(sql));
    if (joins_unordered(sql))
      say(origin, "warning",
          what +
              ": group_concat joins rows in whatever order they come; take them from one query "
              "with ORDER BY, and from nothing beside it");
    try {
      const base::Statement query = db_.prepare(sql);
      for (const std::string& column : columns)
        if (find_column(query, column) < 0)
          say(origin, "error", what + ": the query gives no column \"" + column + "\"");
    } catch (const base::Error& error) {
      say(origin, "error", what + ": " + error.what());
    }
  }

  void check_need(const Rule& rule, const std::string& table) {
    const std::string name = "rule " + rule.id + ": needs " + table + ", ";
    if (!tables_.contains(table)) {
      std::vector<std::string_view> known(collected_.begin(), collected_.end());
      const auto near = base::nearest(table, known);
      say(rule.origin, "error",
          name + "which is no table" + (near ? "; did you mean " + std::string(*near) : ""));
    } else if (!collected_.contains(table)) {
      say(rule.origin, "error", name + "which is always there and never collected");
    }
  }

  // What a rule asks without needing it may be missing or unreadable without the rule noticing.
  void check_unneeded(const Rule& rule) {
    std::set<std::string> needed;
    for (const Need& need : rule.needs)
      for (std::string& table : need.tables()) needed.insert(std::move(table));
    for (const std::string& table : asked_through_views(rule.violations))
      if (collected_.contains(table) && !needed.contains(table))
        say(rule.origin, "warning",
            "rule " + rule.id + ": <violations> asks the table " + table + " without needing it");
    if (rule.needs.empty())
      say(rule.origin, "warning",
          "rule " + rule.id + ": needs no table, so nothing can be missing");
  }

  // A view of one column says who is a subject; whoever is missing there is judged by no rule.
  bool lists_subjects(const View& view) const {
    return db_.prepare("SELECT * FROM " + view.name).column_count() == 1;
  }

  std::set<std::string> asked_through_views(const std::string& sql) const {
    std::set<std::string> names = asked_tables(sql);
    for (std::size_t count = 0; count != names.size();) {
      count = names.size();
      for (const View& view : pack_.views)
        if (names.contains(view.name) && !lists_subjects(view)) names.merge(asked_tables(view.sql));
    }
    return names;
  }

  void say(const std::string& origin, const std::string& kind, const std::string& message) {
    messages_.push_back(origin + ": " + kind + ": " + message);
  }

  const std::vector<std::string> always_ = {"run", "source", "source_feed", "step", "artifact"};
  const Pack& pack_;
  base::Database db_;
  std::set<std::string> collected_, tables_, used_;
  std::vector<std::string> messages_;
};

}  // namespace

std::vector<std::string> lint(const Pack& pack, const Prepare& prepare) {
  return Linter(pack, prepare).run();
}

}  // namespace rules
