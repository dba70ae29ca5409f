#include "rules/coverage.h"

#include <algorithm>

#include "evidence/base/error.h"
#include "evidence/table.h"
#include "rules/claim.h"
#include "rules/query.h"

namespace rules {
namespace {

// The first column that is not where the row comes from: tables are about what it names.
std::string subject_column_of(const std::string& table, const base::Database& db) {
  const base::Statement all = db.prepare("SELECT * FROM " + table);
  for (int i = 0; i < all.column_count(); ++i) {
    const std::string name = all.column_name(i);
    if (name != "source" && name != "basis") return name;
  }
  return {};
}

// A token that is not initialised can do nothing, so nobody is blind who tried nothing on it.
std::map<std::string, std::string> modules_of_tokens(const base::Database& db) {
  std::map<std::string, std::string> modules;
  if (!has_table(db, "pkcs11_token")) return modules;
  auto tokens = db.prepare("SELECT token, module FROM pkcs11_token WHERE initialized IS NOT 0");
  while (tokens.step()) modules[tokens.text(0)] = tokens.text(1);
  return modules;
}

}  // namespace

void Coverage::add_feed(const LookedAt& looked, Feeds& feeds) {
  feeds.all.push_back(&looked);
  feeds.about[looked.subject].push_back(&looked);
  if (!looked.whole.empty()) feeds.about[looked.whole].push_back(&looked);
}

Coverage::Coverage(base::Database& judgement) : judgement_(judgement), unrecorded_(judgement) {
  judgement.renew_step_budget();
  const std::map<std::string, std::string> modules = modules_of_tokens(judgement);
  auto sources = judgement.prepare(
      "SELECT id, subject, locator, method, outcome, reason FROM source ORDER BY id");
  while (sources.step()) {
    const auto module = modules.find(sources.text(1));
    LookedAt looked{sources.integer(0),
                    sources.text(1),
                    sources.text(2),
                    sources.text(3),
                    sources.text(4),
                    sources.text(5),
                    module == modules.end() ? "" : module->second};
    sources_.emplace_hint(sources_.end(), looked.id, std::move(looked));
  }
  auto feeds =
      judgement.prepare("SELECT DISTINCT table_name, source FROM source_feed ORDER BY 1, 2");
  while (feeds.step())
    if (const LookedAt* looked = source(feeds.integer(1))) add_feed(*looked, feeds_[feeds.text(0)]);
  read_snapshot();
}

// A judgement without certificates has no such table.
void Coverage::read_snapshot() {
  if (!has_table(judgement_, "snapshot")) return;
  auto row = judgement_.prepare("SELECT taken_at, source, digest, certificates FROM snapshot");
  if (!row.step()) return;
  snapshot_ = {0,           "CMVP snapshot " + row.text(0),
               row.text(1), "observed",
               "",          row.text(3) + " certificates read; SHA-256 " + row.text(2)};
}

const LookedAt* Coverage::source(std::int64_t id) const {
  const auto found = sources_.find(id);
  return found == sources_.end() ? nullptr : &found->second;
}

// Of the subject, of the token that is a part of it, and of no subject in particular.
std::vector<const LookedAt*> Coverage::Feeds::of(const std::string& subject) const {
  std::vector<const LookedAt*> found;
  for (const std::string& key : {std::string(), subject})
    if (const auto about_it = about.find(key); about_it != about.end())
      found.insert(found.end(), about_it->second.begin(), about_it->second.end());
  std::sort(found.begin(), found.end(),
            [](const LookedAt* a, const LookedAt* b) { return a->id < b->id; });
  return found;
}

// Rows of `table` by `column`, or by the column of its subject.
const Coverage::TableRows& Coverage::rows_in(const std::string& table, const std::string& column) {
  const std::string key = table + "." + column;
  if (const auto known = rows_.find(key); known != rows_.end()) return known->second;
  judgement_.renew_step_budget();
  TableRows rows;
  rows.subject_column = column.empty() ? subject_column_of(table, judgement_) : column;
  auto count = judgement_.prepare("SELECT \"" + rows.subject_column + "\", count(*) FROM " + table +
                                  " GROUP BY 1");
  while (count.step()) {
    rows.of_subject[count.text(0)] += count.integer(1);
    rows.all += count.integer(1);
  }
  return rows_.emplace(key, std::move(rows)).first->second;
}

const Covered& Coverage::of(const Need& need, const std::string& column,
                            const std::string& subject) {
  const auto key = std::tie(need.table, need.or_table, need.whole_table, column, subject);
  if (const auto known = covered_.find(key); known != covered_.end()) return known->second;
  Covered covered = count(need, column, subject);
  for (const LookedAt* looked : covered.looked)
    if (looked->blind()) covered.blind.push_back(looked);
  return covered_.emplace(key, std::move(covered)).first->second;
}

Covered Coverage::count(const Need& need, const std::string& column, const std::string& subject) {
  Covered covered = of_table(need.table, column, subject, need.whole_table);
  if (!need.or_table.empty() && need.whole_table)
    add_parts(need.or_table, subject_column_of(need.or_table, judgement_), "", covered);
  else if (!need.or_table.empty())
    add_parts(need.or_table, column, subject, covered);
  return covered;
}

Covered Coverage::of_table(const std::string& table, const std::string& column,
                           const std::string& subject, bool whole_table) {
  Covered covered;
  const auto feeds = feeds_.find(table);
  covered.from_certificates = evidence::find_table(table) == nullptr && table != kClaimTable;
  const bool fed = feeds != feeds_.end();
  if (!fed && !(covered.from_certificates && snapshot_)) return covered;
  const TableRows& rows = rows_in(table);
  const bool whole = whole_table || subject.empty() || rows.subject_column != column;
  if (fed) covered.looked = whole ? feeds->second.all : feeds->second.of(subject);
  covered.collected = !fed || !covered.looked.empty();
  const auto own = rows.of_subject.find(subject);
  covered.rows = whole ? rows.all : own == rows.of_subject.end() ? 0 : own->second;
  return covered;
}

// What is about tokens is about their module, too.
void Coverage::add_parts(const std::string& table, const std::string& column,
                         const std::string& subject, Covered& covered) {
  const auto feeds = feeds_.find(table);
  if (feeds == feeds_.end()) return;
  const auto looked = subject.empty() ? feeds->second.all : feeds->second.of(subject);
  covered.looked.insert(covered.looked.end(), looked.begin(), looked.end());
  covered.collected = covered.collected || !looked.empty();
  const TableRows& rows = rows_in(table, column);
  const auto own = rows.of_subject.find(subject);
  if (subject.empty()) covered.rows += rows.all;
  if (own != rows.of_subject.end()) covered.rows += own->second;
}

}  // namespace rules
