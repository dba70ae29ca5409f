#include "cmvp/snapshot.h"

#include <set>

#include "cmvp/environment_text.h"
#include "cmvp/name.h"
#include "cmvp/version.h"
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
  caveat_flags TEXT             -- separated by spaces
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
)sql";

constexpr const char* kIndexes = R"sql(
CREATE INDEX certificate_plain_name ON certificate (plain_name);
CREATE INDEX certificate_bare_name ON certificate (bare_name);
CREATE INDEX certificate_recorded_version_of ON certificate_recorded_version (certificate);
CREATE INDEX certificate_version_of ON certificate_version (certificate);
CREATE INDEX certificate_version_text ON certificate_version (version);
CREATE INDEX certificate_relation_of ON certificate_relation (certificate);
CREATE INDEX certificate_environment_of ON certificate_environment (certificate);
)sql";

Value known(const std::string& text) { return text.empty() ? Value(nullptr) : Value(text); }

// Writes certificates through statements that are prepared once.
class Writer {
 public:
  explicit Writer(const base::Database& db)
      : certificate_(db.prepare("INSERT INTO certificate VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                                " ?, ?, ?, ?, ?, ?, ?)")),
        recorded_(db.prepare("INSERT INTO certificate_recorded_version VALUES (?, ?, ?, ?)")),
        version_(db.prepare("INSERT INTO certificate_version VALUES (?, ?, ?, ?)")),
        relation_(db.prepare("INSERT INTO certificate_relation VALUES (?, ?, ?)")),
        environment_(db.prepare("INSERT INTO certificate_environment VALUES (?, ?, ?)")) {}

  void write(const Certificate& c) {
    const PlainName name = plain_name(c.name);
    insert(certificate_,
           {c.number, known(c.vendor), known(c.name), known(name.plain), known(name.bare),
            known(c.standard), c.status, c.status_as_of, known(c.earlier_status),
            known(c.earlier_status_as_of), known(c.became_historical_by),
            known(base::join(c.validation_dates, " ")), known(c.sunset_date), known(c.sunset_as_of),
            c.overall_level ? Value(*c.overall_level) : Value(nullptr), known(c.module_type),
            known(c.embodiment), known(base::join(c.caveat_flags, " "))});
    write_versions(c, name);
    for (const Relation& relation : c.relations)
      insert(relation_, {c.number, relation.type, relation.other});
    for (const ListedEnvironment& environment : c.environments)
      for (const std::string& single : single_environments(environment.text))
        insert(environment_, {c.number, single, environment.origin});
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
    for (const RecordedVersion& recorded : c.recorded_versions) {
      insert(recorded_, {c.number, recorded.kind, recorded.text, recorded.origin});
      for (const std::string& token : version_tokens(recorded.text))
        add(token, recorded.kind, recorded.origin);
    }
    if (!name.version.empty()) add(name.version, "module", "module name");
  }

  base::Statement certificate_, recorded_, version_, relation_, environment_;
};

}  // namespace

void build_snapshot(const SnapshotHeader& header, std::string_view csv, const std::string& origin,
                    base::Database& target) {
  const auto certificates = read_csv(csv, origin);
  const auto count = static_cast<std::int64_t>(certificates.size());
  if (count != header.certificates)
    throw base::Error(base::ErrorKind::input, origin + ": " + std::to_string(count) +
                                                  " certificates where its header says " +
                                                  std::to_string(header.certificates) +
                                                  "; import it again");
  target.execute("PRAGMA page_size = 4096; BEGIN");
  target.execute(kTables);
  target.prepare("INSERT INTO snapshot VALUES (?, ?, ?, ?)")
      .bind(1, header.taken_at)
      .bind(2, header.source)
      .bind(3, base::sha256(csv))
      .bind(4, count)
      .step();
  {
    Writer writer(target);
    for (const Certificate& each : certificates) writer.write(each);
  }
  target.execute(kIndexes);
  target.execute("COMMIT");
}

}  // namespace cmvp
