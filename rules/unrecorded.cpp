#include "rules/unrecorded.h"

#include "evidence/base/error.h"
#include "rules/query.h"
#include "rules/views.h"

namespace rules {
namespace {

constexpr const char* kInsert =
    "INSERT INTO not_recorded (table_name, column_name, words) VALUES"
    " (?, ?, ?)";

std::string words_of(const evidence::Lacking& lacking) {
  const std::string table = "the table " + lacking.table;
  return lacking.column.empty() ? table : "the column " + lacking.column + " of " + table;
}

}  // namespace

// What a file brings along under this name is none of ours.
void note_unrecorded(const std::vector<evidence::Lacking>& lacking, base::Database& judgement) {
  judgement.execute("DROP TABLE IF EXISTS not_recorded");
  if (lacking.empty()) return;
  judgement.execute(
      "CREATE TABLE not_recorded (table_name TEXT NOT NULL, column_name TEXT NOT NULL,"
      " words TEXT NOT NULL) STRICT");
  auto insert = judgement.prepare(kInsert);
  for (const evidence::Lacking& one : lacking) {
    insert.bind(1, one.table).bind(2, one.column).bind(3, words_of(one)).step();
    insert.reset();
  }
}

void note_worked_out(const base::NotedReads& reads, const std::vector<std::string>& tables,
                     base::Database& judgement) {
  if (!has_table(judgement, "not_recorded")) return;
  std::string words;
  auto entries = judgement.prepare("SELECT table_name, column_name, words FROM not_recorded");
  while (words.empty() && entries.step())
    if (reads.contains(entries.text(0), entries.text(1))) words = entries.text(2);
  if (words.empty()) return;
  entries.reset();
  auto insert = judgement.prepare(kInsert);
  for (const std::string& table : tables) {
    insert.bind(1, table).bind(2, std::string()).bind(3, words).step();
    insert.reset();
  }
}

Unrecorded::Unrecorded(base::Database& judgement) : judgement_(judgement) {
  if (!has_table(judgement, "not_recorded")) return;
  auto entries =
      judgement.prepare("SELECT table_name, column_name, words FROM not_recorded ORDER BY rowid");
  while (entries.step()) entries_.push_back({entries.text(0), entries.text(1), entries.text(2)});
}

// A query that breaks tells so when it is asked.
std::string Unrecorded::asked_by(const std::string& sql, const std::vector<View>& views) {
  if (entries_.empty() || sql.empty()) return {};
  const std::string whole = with_views(sql, views);
  const auto [known, is_new] = asked_.try_emplace(whole);
  if (!is_new) return known->second;
  const base::NotedReads reads(judgement_);
  try {
    judgement_.prepare(whole);
  } catch (const base::Error&) {
    return {};
  }
  for (const Entry& entry : entries_)
    if (reads.contains(entry.table, entry.column)) return known->second = entry.words;
  return {};
}

std::string Unrecorded::asked_by(const Need& need) const {
  for (const std::string& table : need.tables())
    for (const Entry& entry : entries_)
      if (entry.table == table && entry.column.empty()) return entry.words;
  return {};
}

std::string Unrecorded::asked_by(const SubjectKind& kind, const std::vector<View>& views) {
  return asked_by(kind.sql, views);
}

std::string Unrecorded::asked_by(const Rule& rule, const SubjectKind& kind,
                                 const std::vector<View>& views) {
  if (entries_.empty()) return {};
  for (const Need& need : rule.needs)
    if (std::string words = asked_by(need); !words.empty()) return words;
  for (const std::string* sql : {&kind.sql, &rule.not_applicable, &rule.unknown, &rule.violations})
    if (std::string words = asked_by(*sql, views); !words.empty()) return words;
  return {};
}

std::string unrecorded_in_words(const std::string& what) {
  return "this evidence was collected by an earlier version, which did not record " + what +
         "; collect it again to judge this";
}

}  // namespace rules
