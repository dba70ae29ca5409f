#include "cmvp/lookup.h"

#include <algorithm>

#include "cmvp/certificate_row.h"
#include "cmvp/name.h"
#include "cmvp/version_combination.h"
#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace cmvp {
namespace {

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> result;
  for (const auto part : base::split(text, ' '))
    if (const auto word = base::trim(part); !word.empty()) result.emplace_back(word);
  return result;
}

// Runs `statement` with `key` bound and calls `each` on every row.
template <typename Each>
void rows_of(base::Statement& statement, const base::Value& key, Each each) {
  statement.reset();
  statement.bind(1, key);
  while (statement.step()) each(statement);
}

// `word` as a LIKE pattern that finds it anywhere; ESCAPE is a backslash.
std::string containing(const std::string& word) {
  std::string pattern = "%";
  for (const char c : base::lower(word)) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + "%";
}

// A condition with its values, put together piece by piece.
struct Condition {
  std::string sql = "1";
  std::vector<base::Value> values;

  void add(const std::string& piece, std::vector<base::Value> bound) {
    sql += " AND (" + piece + ")";
    values.insert(values.end(), bound.begin(), bound.end());
  }
};

void add_word(Condition& condition, const std::string& word) {
  const std::string pattern = containing(word);
  const bool marked = word.size() > 1 && word.front() == '#';
  const auto number = base::parse_integer(marked ? std::string_view(word).substr(1) : word);
  condition.add(
      "lower(name) LIKE ? ESCAPE '\\' OR plain_name LIKE ? ESCAPE '\\'"
      " OR lower(vendor) LIKE ? ESCAPE '\\' OR number = ?"
      " OR number IN (SELECT certificate FROM certificate_version"
      " WHERE lower(version) LIKE ? ESCAPE '\\')",
      {pattern, pattern, pattern, number.value_or(0), pattern});
}

Condition condition_of(std::string_view words, const SearchFilter& filter) {
  Condition condition;
  for (const std::string& word : words_of(words)) add_word(condition, word);
  if (!filter.status.empty()) condition.add("lower(status) = ?", {base::lower(filter.status)});
  if (!filter.standard.empty())
    condition.add("lower(standard) LIKE ? ESCAPE '\\'", {containing(filter.standard)});
  if (!filter.vendor.empty())
    condition.add("lower(vendor) LIKE ? ESCAPE '\\'", {containing(filter.vendor)});
  if (!filter.module_type.empty())
    condition.add("lower(module_type) = ?", {base::lower(filter.module_type)});
  if (!filter.algorithm.empty())
    condition.add(
        "number IN (SELECT certificate FROM certificate_algorithm"
        " WHERE lower(algorithm) LIKE ? ESCAPE '\\') OR lower(parameter_sets) LIKE ? ESCAPE '\\'",
        {containing(filter.algorithm), containing(filter.algorithm)});
  if (filter.overall_level) condition.add("overall_level = ?", {*filter.overall_level});
  if (!filter.sunset_before.empty()) condition.add("sunset_date < ?", {filter.sunset_before});
  return condition;
}

}  // namespace

SnapshotInfo snapshot_info(const base::Database& snapshot) {
  auto row = snapshot.prepare("SELECT taken_at, source, digest, certificates FROM snapshot");
  if (!row.step())
    throw base::Error(base::ErrorKind::input,
                      "the certificate snapshot has no row that says what it is; import it again");
  return {row.text(0), row.text(1), row.text(2), row.integer(3)};
}

CertificateReader::CertificateReader(const base::Database& snapshot)
    : certificate_(snapshot.prepare(std::string(kSelectCertificate) + " WHERE number = ?")),
      recorded_(snapshot.prepare("SELECT kind, recorded, origin FROM certificate_recorded_version"
                                 " WHERE certificate = ? ORDER BY rowid")),
      versions_(snapshot.prepare("SELECT version, kind, origin FROM certificate_version"
                                 " WHERE certificate = ? ORDER BY rowid")),
      relations_(snapshot.prepare("SELECT type, other FROM certificate_relation"
                                  " WHERE certificate = ? ORDER BY rowid")),
      environments_(snapshot.prepare("SELECT listed, origin FROM certificate_environment"
                                     " WHERE certificate = ? ORDER BY rowid")),
      algorithms_(snapshot.prepare("SELECT algorithm, validation FROM certificate_algorithm"
                                   " WHERE certificate = ? ORDER BY rowid")),
      exceptions_(snapshot.prepare("SELECT area, level FROM certificate_level_exception"
                                   " WHERE certificate = ? ORDER BY rowid")),
      named_(snapshot.prepare("SELECT number FROM certificate WHERE plain_name = ?1"
                              " UNION SELECT number FROM certificate WHERE bare_name = ?1"
                              " ORDER BY number")) {}

std::optional<Certificate> CertificateReader::read(std::int64_t number) {
  certificate_.reset();
  if (certificate_.bind(1, number); !certificate_.step()) return std::nullopt;
  Certificate c = certificate_of(certificate_);
  rows_of(recorded_, number, [&](const base::Statement& row) {
    c.recorded_versions.push_back({row.text(0), row.text(1), row.text(2)});
  });
  rows_of(versions_, number, [&](const base::Statement& row) {
    c.versions.push_back({row.text(0), row.text(1), row.text(2)});
  });
  rows_of(relations_, number, [&](const base::Statement& row) {
    c.relations.push_back({row.text(0), row.integer(1)});
  });
  rows_of(environments_, number, [&](const base::Statement& row) {
    c.environments.push_back({row.text(0), row.text(1)});
  });
  rows_of(algorithms_, number, [&](const base::Statement& row) {
    c.algorithms.push_back({row.text(0), row.text(1)});
  });
  rows_of(exceptions_, number, [&](const base::Statement& row) {
    c.level_exceptions.push_back({row.text(0), row.text(1)});
  });
  c.combinations = version_combinations(c.recorded_versions);
  return c;
}

std::vector<std::int64_t> CertificateReader::named(std::string_view name) {
  const std::string plain = plain_name(name).plain;
  std::vector<std::int64_t> numbers;
  if (plain.empty()) return numbers;
  rows_of(named_, plain, [&](const base::Statement& row) { numbers.push_back(row.integer(0)); });
  return numbers;
}

AlgorithmKnowledge algorithm_knowledge(const base::Database& snapshot) {
  auto row = snapshot.prepare(
      "SELECT count(*), count(*) FILTER (WHERE algorithms_read = 'whole') FROM certificate"
      " WHERE algorithms_read IS NOT NULL");
  row.step();
  return {row.integer(0), row.integer(1)};
}

std::optional<Certificate> find_certificate(const base::Database& snapshot, std::int64_t number) {
  return CertificateReader(snapshot).read(number);
}

std::vector<Certificate> search(const base::Database& snapshot, std::string_view words,
                                const SearchFilter& filter) {
  const Condition condition = condition_of(words, filter);
  const std::string plain = plain_name(words).plain;
  std::string beginning = containing(plain);
  beginning.erase(0, 1);
  auto row = snapshot.prepare("SELECT number FROM certificate WHERE " + condition.sql +
                              " ORDER BY plain_name IS NOT ?, '#' || number IS NOT ?,"
                              " CAST(number AS TEXT) IS NOT ?,"
                              " plain_name IS NULL OR plain_name NOT LIKE ? ESCAPE '\\',"
                              " plain_name IS NULL OR plain_name NOT LIKE ? ESCAPE '\\',"
                              " status <> 'Active', number DESC LIMIT ?");
  int index = 0;
  for (const base::Value& value : condition.values) row.bind(++index, value);
  for (const base::Value& value :
       std::vector<base::Value>{plain, plain, plain, beginning, containing(plain),
                                static_cast<std::int64_t>(filter.limit)})
    row.bind(++index, value);
  CertificateReader reader(snapshot);
  std::vector<Certificate> result;
  while (row.step())
    if (auto certificate = reader.read(row.integer(0))) result.push_back(std::move(*certificate));
  return result;
}

std::vector<std::pair<std::int64_t, std::string>> relations_to(const base::Database& snapshot,
                                                               std::int64_t number) {
  auto row = snapshot.prepare(
      "SELECT certificate, type FROM certificate_relation WHERE other = ? ORDER BY 1, 2");
  row.bind(1, number);
  std::vector<std::pair<std::int64_t, std::string>> result;
  while (row.step()) result.emplace_back(row.integer(0), row.text(1));
  return result;
}

std::vector<std::int64_t> certificates_named(const base::Database& snapshot,
                                             std::string_view name) {
  return CertificateReader(snapshot).named(name);
}

}  // namespace cmvp
