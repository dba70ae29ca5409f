#include "cmvp/snapshot.h"

#include <set>

#include "cmvp/environment_text.h"
#include "cmvp/name.h"
#include "cmvp/version.h"
#include "cmvp/version_combination.h"
#include "evidence/base/csv.h"
#include "evidence/base/digest.h"
#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace cmvp {
namespace {

using base::Value;

constexpr const char* kTables = R"sql(
CREATE TABLE snapshot (
  taken_at TEXT NOT NULL,
  source TEXT NOT NULL,
  digest TEXT NOT NULL,         -- SHA-256 of the text form
  certificates INTEGER NOT NULL
) STRICT;
CREATE TABLE certificate (
  number INTEGER PRIMARY KEY,
  vendor TEXT,
  name TEXT,
  plain_name TEXT,              -- as plain_name() makes it
  bare_name TEXT,
  standard TEXT,
  status TEXT NOT NULL,
  status_as_of TEXT NOT NULL,
  earlier_status TEXT,
  earlier_status_as_of TEXT,
  became_historical_by TEXT,
  validation_dates TEXT,        -- separated by spaces
  sunset_date TEXT,
  sunset_as_of TEXT,
  overall_level INTEGER,
  module_type TEXT,
  embodiment TEXT,
  caveat_flags TEXT,            -- separated by spaces
  caveat TEXT,
  laboratory TEXT,
  algorithms_read TEXT,         -- whole, partly, NULL if no list of algorithms was read
  cavp_numbers TEXT,            -- separated by spaces
  parameter_sets TEXT,          -- of approved post-quantum algorithms, separated by semicolons
  entropy TEXT,                 -- separated by semicolons
  file_digests TEXT             -- SHA-256, separated by spaces
) STRICT;
CREATE TABLE certificate_recorded_version (
  certificate INTEGER NOT NULL REFERENCES certificate(number),
  kind TEXT NOT NULL,
  recorded TEXT NOT NULL,
  origin TEXT NOT NULL
) STRICT;
CREATE TABLE certificate_version (
  certificate INTEGER NOT NULL REFERENCES certificate(number),
  version TEXT NOT NULL,
  kind TEXT NOT NULL,
  origin TEXT NOT NULL
) STRICT;
CREATE TABLE certificate_relation (
  certificate INTEGER NOT NULL REFERENCES certificate(number),
  type TEXT NOT NULL,
  other INTEGER NOT NULL
) STRICT;
CREATE TABLE certificate_environment (
  certificate INTEGER NOT NULL REFERENCES certificate(number),
  listed TEXT NOT NULL,
  origin TEXT NOT NULL
) STRICT;
CREATE TABLE certificate_algorithm (
  certificate INTEGER NOT NULL REFERENCES certificate(number),
  algorithm TEXT NOT NULL,
  validation TEXT               -- CAVP numbers, or "vendor affirmed"
) STRICT;
CREATE TABLE certificate_level_exception (
  certificate INTEGER NOT NULL REFERENCES certificate(number),
  area TEXT NOT NULL,
  level TEXT NOT NULL
) STRICT;
CREATE TABLE module_in_process (
  list TEXT NOT NULL,           -- modules in process, or implementation under test
  name TEXT NOT NULL,
  vendor TEXT,
  standard TEXT,
  status TEXT,
  status_date TEXT,
  list_as_of TEXT               -- day of the list
) STRICT;
CREATE TABLE algorithm_validation (
  number TEXT NOT NULL,
  validation_id INTEGER NOT NULL,
  product_id INTEGER,
  vendor TEXT,
  product TEXT,
  version TEXT,
  type TEXT,
  date TEXT,
  environments TEXT,            -- separated by semicolons
  algorithms TEXT               -- separated by spaces
) STRICT;
CREATE TABLE common_criteria_product (
  id INTEGER PRIMARY KEY,
  category TEXT,
  name TEXT NOT NULL,
  vendor TEXT,
  scheme TEXT,
  assurance TEXT,
  protection_profiles TEXT,
  certified TEXT,
  archived TEXT
) STRICT;
CREATE TABLE common_criteria_maintenance (
  product INTEGER NOT NULL REFERENCES common_criteria_product(id),
  date TEXT,
  title TEXT
) STRICT;
CREATE TABLE entropy_certificate (
  number INTEGER PRIMARY KEY,
  vendor TEXT,
  name TEXT,
  standard TEXT,
  description TEXT,
  noise_source TEXT NOT NULL,
  reuse_status TEXT,
  validation_dates TEXT         -- separated by spaces
) STRICT;
CREATE TABLE protection_profile (
  id INTEGER PRIMARY KEY,
  origin TEXT NOT NULL,         -- portal, or document: the XML with its requirements
  category TEXT,
  name TEXT NOT NULL,
  version TEXT,
  assurance TEXT,
  issued TEXT,
  scheme TEXT
) STRICT;
CREATE TABLE security_requirement (
  profile INTEGER NOT NULL REFERENCES protection_profile(id),
  component TEXT NOT NULL,
  element INTEGER NOT NULL,
  name TEXT,
  status TEXT,
  requirement TEXT
) STRICT;
CREATE TABLE requirement_selection (
  profile INTEGER NOT NULL REFERENCES protection_profile(id),
  component TEXT NOT NULL,
  element INTEGER NOT NULL,
  selectable TEXT,
  exclusive INTEGER NOT NULL,
  choice TEXT
) STRICT;
CREATE TABLE rejected_record (
  origin TEXT NOT NULL,
  place INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT;
)sql";

constexpr const char* kIndexes = R"sql(
CREATE INDEX certificate_plain_name ON certificate (plain_name);
CREATE INDEX certificate_bare_name ON certificate (bare_name);
CREATE INDEX certificate_recorded_version_of ON certificate_recorded_version (certificate);
CREATE INDEX certificate_version_of ON certificate_version (certificate);
CREATE INDEX certificate_version_text ON certificate_version (version);
CREATE INDEX certificate_relation_of ON certificate_relation (certificate);
CREATE INDEX certificate_environment_of ON certificate_environment (certificate);
CREATE INDEX certificate_algorithm_of ON certificate_algorithm (certificate);
CREATE INDEX certificate_level_exception_of ON certificate_level_exception (certificate);
)sql";

Value known(const std::string& text) { return text.empty() ? Value(nullptr) : Value(text); }

// Writes certificates through statements that are prepared once.
class Writer {
 public:
  explicit Writer(const base::Database& db)
      : certificate_(db.prepare("INSERT INTO certificate VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                                " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")),
        recorded_(db.prepare("INSERT INTO certificate_recorded_version VALUES (?, ?, ?, ?)")),
        version_(db.prepare("INSERT INTO certificate_version VALUES (?, ?, ?, ?)")),
        relation_(db.prepare("INSERT INTO certificate_relation VALUES (?, ?, ?)")),
        environment_(db.prepare("INSERT INTO certificate_environment VALUES (?, ?, ?)")),
        algorithm_(db.prepare("INSERT INTO certificate_algorithm VALUES (?, ?, ?)")),
        exception_(db.prepare("INSERT INTO certificate_level_exception VALUES (?, ?, ?)")) {}

  void write(const Certificate& c) {
    const PlainName name = plain_name(c.name);
    insert(certificate_, {c.number,
                          known(c.vendor),
                          known(c.name),
                          known(name.plain),
                          known(name.bare),
                          known(c.standard),
                          c.status,
                          c.status_as_of,
                          known(c.earlier_status),
                          known(c.earlier_status_as_of),
                          known(c.became_historical_by),
                          known(base::join(c.validation_dates, " ")),
                          known(c.sunset_date),
                          known(c.sunset_as_of),
                          c.overall_level ? Value(*c.overall_level) : Value(nullptr),
                          known(c.module_type),
                          known(c.embodiment),
                          known(base::join(c.caveat_flags, " ")),
                          known(c.caveat),
                          known(c.laboratory),
                          known(c.algorithms_read),
                          known(base::join(c.cavp_numbers, " ")),
                          known(base::join(c.parameter_sets, "; ")),
                          known(base::join(c.entropy, "; ")),
                          known(base::join(c.file_digests, " "))});
    write_versions(c, name);
    for (const Relation& relation : c.relations)
      insert(relation_, {c.number, relation.type, relation.other});
    for (const ListedEnvironment& environment : c.environments)
      for (const std::string& single : single_environments(environment.text))
        insert(environment_, {c.number, single, environment.origin});
    for (const Algorithm& algorithm : c.algorithms)
      insert(algorithm_, {c.number, algorithm.name, known(algorithm.validation)});
    for (const LevelException& each : c.level_exceptions)
      insert(exception_, {c.number, each.area, each.level});
  }

 private:
  static void insert(base::Statement& statement, const std::vector<Value>& values) {
    statement.reset();
    int index = 0;
    for (const Value& value : values) statement.bind(++index, value);
    statement.step();
  }

  void write_versions(const Certificate& c, const PlainName& name) {
    std::set<std::string> seen;
    const auto add = [&](const std::string& token, const std::string& kind,
                         const std::string& origin) {
      if (seen.insert(token).second) insert(version_, {c.number, token, kind, origin});
    };
    for (const RecordedVersion& recorded : c.recorded_versions)
      insert(recorded_, {c.number, recorded.kind, recorded.text, recorded.origin});
    for (const RecordedVersion& recorded : whole_versions(c.recorded_versions)) {
      for (const std::string& token : version_tokens(recorded.text))
        add(token, recorded.kind, recorded.origin);
    }
    if (!name.version.empty()) add(name.version, "module", "module name");
  }

  base::Statement certificate_, recorded_, version_, relation_, environment_, algorithm_,
      exception_;
};

using Rows = std::vector<std::vector<std::string>>;

// A table besides the certificates, its rows as text.
struct OtherTable {
  const char* name;
  Rows rows;
};

void add_products(const SnapshotContents& contents, Rows& products, Rows& maintenance) {
  for (const CommonCriteriaProduct& p : contents.products) {
    const std::string id = std::to_string(products.size() + 1);
    products.push_back({id, p.category, p.name, p.vendor, p.scheme, p.assurance,
                        p.protection_profiles, p.certified, p.archived});
    for (const Maintenance& each : p.maintenance)
      maintenance.push_back({id, each.date, each.title});
  }
}

// The profiles of the list, then those of documents with their requirements.
void add_profiles(const SnapshotContents& contents, std::vector<OtherTable>& tables) {
  Rows profiles, requirements, selections;
  const auto add = [&](const ProtectionProfile& profile, const char* origin) {
    const std::string id = std::to_string(profiles.size() + 1);
    profiles.push_back({id, origin, profile.category, profile.name, profile.version,
                        profile.assurance, profile.issued, profile.scheme});
    return id;
  };
  for (const ProtectionProfile& each : contents.profiles) add(each, "portal");
  for (const ProfileDocument& document : contents.documents) {
    const std::string id = add(document.profile, "document");
    for (const SecurityRequirement& r : document.requirements)
      requirements.push_back(
          {id, r.component, std::to_string(r.element), r.name, r.status, r.text});
    for (const RequirementSelection& s : document.selections)
      selections.push_back({id, s.component, std::to_string(s.element), s.selectable,
                            s.exclusive ? "1" : "0", s.text});
  }
  tables.push_back({"protection_profile", std::move(profiles)});
  tables.push_back({"security_requirement", std::move(requirements)});
  tables.push_back({"requirement_selection", std::move(selections)});
}

Rows entropy_rows(const SnapshotContents& contents) {
  Rows rows;
  for (const EntropyCertificate& e : contents.entropy_certificates)
    rows.push_back({std::to_string(e.number), e.vendor, e.name, e.standard, e.description,
                    e.noise_source, e.reuse_status, base::join(e.validation_dates, " ")});
  return rows;
}

std::vector<OtherTable> other_tables(const SnapshotContents& contents) {
  Rows modules, validations, products, maintenance, rejected;
  for (const ModuleInProcess& m : contents.in_process)
    modules.push_back(
        {m.list, m.name, m.vendor, m.standard, m.status, m.status_date, m.list_as_of});
  for (const AlgorithmValidation& v : contents.algorithm_validations)
    validations.push_back({v.number, std::to_string(v.validation_id),
                           v.product_id == 0 ? "" : std::to_string(v.product_id), v.vendor,
                           v.product, v.version, v.type, v.date, v.environments, v.algorithms});
  add_products(contents, products, maintenance);
  for (const RejectedRecord& r : contents.rejected)
    rejected.push_back({r.origin, std::to_string(r.place), r.reason});
  std::vector<OtherTable> tables = {{"module_in_process", modules},
                                    {"algorithm_validation", validations},
                                    {"common_criteria_product", products},
                                    {"common_criteria_maintenance", maintenance},
                                    {"entropy_certificate", entropy_rows(contents)}};
  add_profiles(contents, tables);
  tables.push_back({"rejected_record", rejected});
  return tables;
}

void write_table(const OtherTable& table, const base::Database& target) {
  if (table.rows.empty()) return;
  std::string places = "?";
  for (std::size_t i = 1; i < table.rows[0].size(); ++i) places += ", ?";
  auto statement =
      target.prepare("INSERT INTO " + std::string(table.name) + " VALUES (" + places + ")");
  for (const auto& row : table.rows) {
    int index = 0;
    for (const std::string& cell : row) statement.bind(++index, known(cell));
    statement.step();
    statement.reset();
  }
}

// The digest of what is in other tables counts too, where there is something in them.
void add_text(const std::vector<OtherTable>& tables, base::Sha256& digest) {
  for (const OtherTable& table : tables) {
    if (table.rows.empty()) continue;
    digest.add(base::csv_line({table.name}));
    for (const auto& row : table.rows) digest.add(base::csv_line(row));
  }
}

// `digest` is that of the text form of the certificates so far.
void build(const SnapshotContents& contents, base::Sha256 digest, base::Database& target) {
  const auto others = other_tables(contents);
  add_text(others, digest);
  target.execute("PRAGMA page_size = 4096; BEGIN");
  target.execute(kTables);
  target.prepare("INSERT INTO snapshot VALUES (?, ?, ?, ?)")
      .bind(1, contents.header.taken_at)
      .bind(2, contents.header.source)
      .bind(3, digest.finish())
      .bind(4, static_cast<std::int64_t>(contents.certificates.size()))
      .step();
  {
    Writer writer(target);
    for (const Certificate& each : contents.certificates) writer.write(each);
  }
  for (const OtherTable& table : others) write_table(table, target);
  target.execute(kIndexes);
  target.execute("COMMIT");
}

}  // namespace

void build_snapshot(const SnapshotHeader& header, std::string_view csv, const std::string& origin,
                    base::Database& target) {
  SnapshotContents contents;
  contents.header = header;
  contents.certificates = read_csv(csv, origin);
  const auto count = static_cast<std::int64_t>(contents.certificates.size());
  if (count != header.certificates)
    throw base::Error(base::ErrorKind::input, origin + ": " + std::to_string(count) +
                                                  " certificates where its header says " +
                                                  std::to_string(header.certificates) +
                                                  "; import it again");
  base::Sha256 digest;
  digest.add(csv);
  build(contents, std::move(digest), target);
}

void build_snapshot(const SnapshotContents& contents, base::Database& target) {
  base::Sha256 digest;
  write_csv(contents.certificates, [&](const std::string& line) { digest.add(line); });
  build(contents, std::move(digest), target);
}

void create_snapshot_tables(base::Database& target) {
  target.execute(kTables);
  target.execute(kIndexes);
}

}  // namespace cmvp
