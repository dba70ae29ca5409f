#include "cmvp/record_search.h"

#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace cmvp {
namespace {

constexpr RecordKind kKinds[] = {
    {"in-process", "modules in process or under test",
     "SELECT rowid AS id, name, vendor, standard, list, status, status_date, list_as_of"
     " FROM module_in_process"},
    {"entropy", "entropy certificates",
     "SELECT number AS id, 'E' || number AS number, name, vendor, standard, noise_source,"
     " reuse_status, validation_dates, description FROM entropy_certificate"},
    {"cavp", "algorithm validations",
     "SELECT rowid AS id, number, product, version, type, vendor, date, validation_id, product_id,"
     " environments, algorithms FROM algorithm_validation"},
    {"products", "Common Criteria products",
     "SELECT p.id AS id, p.name, p.vendor, p.category, p.scheme, p.assurance,"
     " p.protection_profiles, p.certified, p.archived,"
     " (SELECT group_concat(coalesce(m.date || ' ', '') || coalesce(m.title, ''), '; ')"
     " FROM common_criteria_maintenance AS m WHERE m.product = p.id) AS maintenance"
     " FROM common_criteria_product AS p"},
    {"profiles", "protection profiles",
     "SELECT p.id AS id, p.name, p.version, p.category, p.assurance, p.issued, p.scheme,"
     " CASE p.origin WHEN 'document' THEN 'its own XML' ELSE 'the list of the portal' END AS read,"
     " (SELECT nullif(count(*), 0) FROM security_requirement AS r WHERE r.profile = p.id)"
     " AS requirements,"
     " (SELECT nullif(count(*), 0) FROM requirement_selection AS s WHERE s.profile = p.id)"
     " AS choices FROM protection_profile AS p"},
};

// Whether every word stands in one of the columns behind the id.
bool has_words(const base::Statement& row, const std::vector<std::string>& words) {
  std::string all;
  for (int i = 1; i < row.column_count(); ++i) all += base::lower(row.text(i)) + '\n';
  for (const std::string& word : words)
    if (all.find(word) == std::string::npos) return false;
  return true;
}

// Whether the record has a number of its own, and `word` is it.
bool is_numbered(const base::Statement& row, const std::string& word) {
  return row.column_name(1) == "number" && base::lower(row.text(1)) == word;
}

FoundRecord record_of(const base::Statement& row) {
  FoundRecord record{row.integer(0), {}};
  for (int i = 1; i < row.column_count(); ++i)
    if (!row.is_null(i)) record.columns.emplace_back(row.column_name(i), row.value(i));
  return record;
}

}  // namespace

std::span<const RecordKind> record_kinds() { return kKinds; }

const RecordKind& record_kind(std::string_view name) {
  for (const RecordKind& each : kKinds)
    if (each.name == name) return each;
  throw base::Error(base::ErrorKind::usage,
                    "there are no records called " + std::string(name) + " in a snapshot");
}

std::vector<FoundRecord> find_records(const base::Database& snapshot, const RecordKind& kind,
                                      std::string_view words, std::size_t limit) {
  std::vector<std::string> wanted;
  for (const auto word : base::split(words, ' '))
    if (!word.empty()) wanted.push_back(base::lower(word));
  std::vector<FoundRecord> found, numbered;
  const std::string whole = base::join(wanted, " ");
  auto row = snapshot.prepare(std::string(kind.sql) + " ORDER BY id");
  while (numbered.size() < limit && row.step()) {
    if (is_numbered(row, whole)) numbered.push_back(record_of(row));
    if (found.size() < limit && has_words(row, wanted)) found.push_back(record_of(row));
  }
  return numbered.empty() ? found : numbered;
}

std::int64_t count_records(const base::Database& snapshot, const RecordKind& kind) {
  auto row = snapshot.prepare("SELECT count(*) FROM (" + std::string(kind.sql) + ")");
  row.step();
  return row.integer(0);
}

std::vector<std::int64_t> certificates_naming(const base::Database& snapshot,
                                              std::string_view validation) {
  auto row = snapshot.prepare(
      "SELECT number FROM certificate WHERE ' ' || lower(cavp_numbers) || ' ' LIKE ?1 ESCAPE '\\'"
      " UNION SELECT certificate FROM certificate_algorithm"
      " WHERE ' ' || lower(validation) || ' ' LIKE ?1 ESCAPE '\\' ORDER BY 1");
  std::string pattern = "% ";
  for (const char c : base::lower(validation)) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  row.bind(1, pattern + " %");
  std::vector<std::int64_t> numbers;
  while (row.step()) numbers.push_back(row.integer(0));
  return numbers;
}

}  // namespace cmvp
