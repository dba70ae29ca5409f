#include "rules/lint_packs.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "evidence/base/text.h"
#include "evidence/table.h"
#include "rules/claim.h"
#include "rules/sql.h"
#include "rules/views.h"

namespace rules {
namespace {

bool names(const std::vector<std::string>& list, const std::string& name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

std::string without_white_space(std::string text) {
  text.erase(std::remove_if(text.begin(), text.end(),
                            [](char c) { return c == ' ' || c == '\n' || c == '\t'; }),
             text.end());
  return text;
}

void lint_repeated_tests(const Rule& rule, std::vector<std::string>& messages) {
  std::map<std::tuple<Result, std::string, std::string>, std::string> first;
  for (const RuleTest& test : rule.tests) {
    const auto [known, is_new] = first.emplace(
        std::tuple(test.expect, test.subject, without_white_space(test.sql)), test.origin);
    if (!is_new)
      messages.push_back(test.origin + ": warning: rule " + rule.id +
                         ": this test cannot fail unless the one at " + known->second +
                         " does: the evidence and what is expected are the same");
  }
}

std::set<std::string> tables_of(const base::Database& db) {
  std::set<std::string> found;
  auto query = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'");
  while (query.step()) found.insert(query.text(0));
  return found;
}

void add_asked(const Rule& rule, std::set<std::string>& asked) {
  for (const std::string* sql :
       {&rule.not_applicable, &rule.unknown, &rule.violations, &rule.evidence})
    asked.merge(sql_words(*sql));
  for (const Need& need : rule.needs)
    for (std::string& table : need.tables()) asked.insert(std::move(table));
}

void lint_subjects(const SubjectKind& kind, const Pack& pack, const std::set<std::string>& filled,
                   std::vector<std::string>& messages) {
  const std::string where = "pack.xml:1: ";
  const std::set<std::string> asked = words_through_views(kind.sql, pack.views);
  const bool is_brought = std::any_of(
      asked.begin(), asked.end(), [&](const std::string& word) { return filled.contains(word); });
  if (asked.contains("from") && !is_brought)
    messages.push_back(where + "error: subjects \"" + kind.name +
                       "\": no probe and no snapshot fills a table that the query reads, so there "
                       "is never such a subject");
  if (std::none_of(pack.rules.begin(), pack.rules.end(),
                   [&](const Rule& rule) { return rule.subject == kind.name; }))
    messages.push_back(where + "warning: no rule is about the subjects \"" + kind.name + "\"");
}

}  // namespace

std::vector<std::string> lint_side_by_side(const std::vector<Pack>& packs,
                                           const std::vector<std::string>& about) {
  std::vector<std::string> messages;
  std::map<std::pair<std::string, bool>, const Pack*> owner;
  for (const Pack& pack : packs)
    for (const Rule& rule : pack.rules) {
      const auto [known, is_new] = owner.emplace(std::pair(rule.id, pack.built_in), &pack);
      if (!is_new && (names(about, pack.id) || names(about, known->second->id)))
        messages.push_back(rule.origin + ": error: rule " + rule.id + " of pack " + pack.id +
                           ": pack " + known->second->id +
                           " has a rule of this id too; reports could not tell them apart");
    }
  return messages;
}

std::vector<std::string> unasked_tables(const std::vector<Pack>& packs) {
  std::set<std::string> asked;
  for (const Pack& pack : packs) {
    for (const View& view : pack.views) asked.merge(sql_words(view.sql));
    for (const SubjectKind& kind : pack.subjects) asked.merge(sql_words(kind.sql));
    for (const TableOfPack& table : pack.tables) asked.merge(sql_words(table.sql));
    for (const Rule& rule : pack.rules) add_asked(rule, asked);
  }
  std::vector<std::string> names;
  for (const evidence::Table& table : evidence::all_tables())
    if (!asked.contains(std::string(table.name))) names.emplace_back(table.name);
  return names;
}

std::vector<std::string> lint_tests_and_subjects(const Pack& pack, const Prepare& prepare) {
  std::vector<std::string> messages;
  base::Database db = base::Database::in_memory();
  prepare(db);
  std::set<std::string> filled = tables_of(db);
  filled.insert(kClaimTable);  // a file of claims does
  for (const SubjectKind& kind : pack.subjects) lint_subjects(kind, pack, filled, messages);
  for (const Rule& rule : pack.rules) lint_repeated_tests(rule, messages);
  return messages;
}

}  // namespace rules
