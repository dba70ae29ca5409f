#include "evidence/merge.h"

#include <algorithm>
#include <array>

#include "evidence/base/digest.h"
#include "evidence/base/error.h"
#include "evidence/base/text.h"
#include "evidence/base/time.h"
#include "evidence/table.h"

namespace evidence {
namespace {

using base::Value;

constexpr std::array<const char*, 4> kOutcomeNames = {"observed", "absent", "unreadable",
                                                      "unsupported"};
/// Stands for a source that is not merged.
constexpr std::int64_t kLeftOut = 0;

constexpr std::array<const char*, 3> kBasisNames = {"declared", "listed", "observed"};

// The log comes from a process that ran foreign code: nothing in it is taken on trust.
[[noreturn]] void senseless(const std::string& why) {
  throw base::Error(base::ErrorKind::input, why);
}

std::int64_t integer(const Record& record, std::size_t at) {
  if (at < record.size())
    if (const auto* value = std::get_if<std::int64_t>(&record[at])) return *value;
  senseless("a number is missing");
}

std::string text(const Record& record, std::size_t at) {
  if (at < record.size())
    if (const auto* value = std::get_if<std::string>(&record[at])) return base::printable(*value);
  senseless("a text is missing");
}

template <std::size_t N>
std::string word(const std::array<const char*, N>& words, std::int64_t index) {
  if (index < 0 || index >= static_cast<std::int64_t>(N)) senseless("a number is out of range");
  return words[static_cast<std::size_t>(index)];
}

bool fits(const Column& column, const Value& value) {
  if (std::holds_alternative<std::nullptr_t>(value)) return true;
  return column.type == Type::integer ? std::holds_alternative<std::int64_t>(value)
                                      : std::holds_alternative<std::string>(value);
}

Place place_of(const Record& record, std::size_t first) {
  Place place;
  const std::string feeds = text(record, first);
  for (const auto table : base::split(feeds, ' '))
    if (find_table(table) != nullptr) place.feeds.emplace_back(table);
  place.subject = text(record, first + 1);
  place.locator = text(record, first + 2);
  place.method = text(record, first + 3);
  return place;
}

RecordKind kind_of(const Record& record) { return static_cast<RecordKind>(integer(record, 0)); }

}  // namespace

Merged ending_of(const std::vector<Record>& records) {
  Merged merged;
  for (const Record& record : records) {
    try {
      if (kind_of(record) == RecordKind::step)
        merged.open = OpenStep{text(record, 1), place_of(record, 2)};
      else if (kind_of(record) == RecordKind::step_end)
        merged.open.reset();
      else if (kind_of(record) == RecordKind::finished)
        merged.finished = true;
    } catch (const base::Error&) {
      merged.finished = false;  // `merge` puts the record itself on record.
    }
  }
  return merged;
}

std::vector<std::string> ended_steps(const std::vector<Record>& records) {
  std::vector<std::string> steps;
  for (const Record& record : records) {
    try {
      if (kind_of(record) == RecordKind::step_end) steps.push_back(text(record, 1));
    } catch (const base::Error&) {
      continue;  // `merge` puts the record itself on record.
    }
  }
  return steps;
}

Merger::Merger(base::Database& db, std::int64_t run, std::string probe)
    : db_(db), run_(run), probe_(std::move(probe)) {}

base::Statement& Merger::statement(const std::string& sql) {
  const auto found = statements_.find(sql);
  if (found != statements_.end()) {
    found->second.reset();
    return found->second;
  }
  return statements_.emplace(sql, db_.prepare(sql)).first->second;
}

void Merger::only(std::vector<std::string> tables) { only_ = std::move(tables); }

bool Merger::wants(const std::string& table) const {
  return only_.empty() || std::find(only_.begin(), only_.end(), table) != only_.end();
}

void Merger::merge(const Records& log, const Place& fallback) {
  sources_.clear();
  std::string trouble = log.damaged ? "what the probe wrote ends in bytes that make no sense" : "";
  for (const Record& record : log.records) {
    try {
      this->record(record);
    } catch (const base::Error& error) {
      trouble = std::string("what the probe wrote makes no sense: ") + error.what();
    }
  }
  if (!trouble.empty()) source(fallback, Outcome::unreadable, trouble, 0);
}

void Merger::record(const Record& record) {
  switch (kind_of(record)) {
    case RecordKind::source:
      return insert_source(record);
    case RecordKind::outcome:
      return set_outcome(record);
    case RecordKind::row:
      return insert_row(record);
    case RecordKind::step:
      return insert_step(record);
    case RecordKind::step_end:
    case RecordKind::finished:
      return;
  }
  senseless("a record of no known kind");
}

std::int64_t Merger::source(const Place& place, Outcome outcome, const std::string& reason,
                            std::int64_t time) {
  base::Statement& insert = statement(
      "INSERT INTO source (run, probe, subject, locator, method, outcome, reason, collected_at)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  insert.bind(1, run_).bind(2, probe_).bind(3, place.subject).bind(4, place.locator);
  insert.bind(5, place.method);
  insert.bind(6, word(kOutcomeNames, static_cast<std::int64_t>(outcome)));
  insert.bind(7, base::printable(reason)).bind(8, base::timestamp(time));
  insert.step();
  const std::int64_t id = db_.last_id();
  for (const std::string& table : place.feeds)
    statement("INSERT INTO source_feed (source, table_name) VALUES (?, ?)")
        .bind(1, id)
        .bind(2, table)
        .step();
  return id;
}

void Merger::insert_source(const Record& record) {
  Place place = place_of(record, 2);
  std::erase_if(place.feeds, [this](const std::string& table) { return !wants(table); });
  const std::int64_t id = integer(record, 1);
  sources_[id] = place.feeds.empty() && !only_.empty()
                     ? kLeftOut
                     : source(place, Outcome::observed, "", integer(record, 6));
}

void Merger::set_outcome(const Record& record) {
  const auto found = sources_.find(integer(record, 1));
  if (found == sources_.end()) senseless("an outcome without source");
  if (found->second == kLeftOut) return;
  base::Statement& update = statement("UPDATE source SET outcome = ?, reason = ? WHERE id = ?");
  update.bind(1, word(kOutcomeNames, integer(record, 2))).bind(2, text(record, 3));
  update.bind(3, found->second).step();
}

void Merger::insert_row(const Record& record) {
  const auto found = sources_.find(integer(record, 1));
  if (found == sources_.end()) senseless("a row without source");
  if (found->second == kLeftOut) return;
  std::vector<std::pair<std::string, Value>> cells;
  for (std::size_t at = 4; at + 1 < record.size(); at += 2)
    cells.emplace_back(text(record, at), record[at + 1]);
  const std::int64_t basis = integer(record, 3);
  word(kBasisNames, basis);
  const std::string table = text(record, 2);
  if (wants(table)) row(found->second, table, static_cast<Basis>(basis), cells);
}

const Merger::Shape& Merger::shape(const std::string& table,
                                   const std::vector<std::pair<std::string, Value>>& cells) {
  Shape& last = shapes_[table];
  const bool same =
      last.insert != nullptr &&
      std::equal(cells.begin(), cells.end(), last.names.begin(), last.names.end(),
                 [](const auto& cell, const auto& name) { return cell.first == name; });
  if (same) return last.insert->reset(), last;
  const Table* definition = find_table(table);
  if (definition == nullptr) senseless("no table " + table);
  Shape fresh;
  std::string columns = "source, basis", marks = "?, ?";
  for (const auto& [name, value] : cells) {
    fresh.columns.push_back(find_column(*definition, name));
    if (fresh.columns.back() == nullptr) senseless("no column " + name + " in table " + table);
    fresh.names.push_back(name);
    columns += ", " + name;
    marks += ", ?";
  }
  fresh.insert = &statement("INSERT INTO " + table + " (" + columns + ") VALUES (" + marks + ")");
  return last = std::move(fresh);
}

void Merger::row(std::int64_t source, const std::string& table, Basis basis,
                 const std::vector<std::pair<std::string, Value>>& cells) {
  const Shape& known = shape(table, cells);
  for (std::size_t i = 0; i < cells.size(); ++i)
    if (!fits(*known.columns[i], cells[i].second))
      senseless("column " + cells[i].first + " of " + table + " has another type");
  base::Statement& insert = *known.insert;
  insert.bind(1, source).bind(2, word(kBasisNames, static_cast<std::int64_t>(basis)));
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const Value& value = cells[i].second;
    const auto* words = std::get_if<std::string>(&value);
    insert.bind(static_cast<int>(i) + 3, words == nullptr ? value : base::printable(*words));
  }
  insert.step();
}

void Merger::artifact(std::int64_t source, const std::string& name, const std::string& bytes) {
  base::Statement& insert =
      statement("INSERT INTO artifact (source, name, sha256, content) VALUES (?, ?, ?, ?)");
  insert.bind(1, source).bind(2, name).bind(3, base::sha256(bytes)).bind(4, base::Blob{bytes});
  insert.step();
}

void Merger::insert_step(const Record& record) {
  step({text(record, 1), place_of(record, 2)}, "finished", integer(record, 6));
}

void Merger::step(const OpenStep& step, const std::string& ending, std::int64_t time) {
  base::Statement& insert = statement(
      "INSERT INTO step (probe, name, subject, started_at, ending) VALUES (?, ?, ?, ?, ?)");
  insert.bind(1, probe_).bind(2, step.name).bind(3, step.place.subject);
  insert.bind(4, base::timestamp(time)).bind(5, ending).step();
}

}  // namespace evidence
