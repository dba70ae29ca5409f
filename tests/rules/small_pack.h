#pragma once

#include <string>
#include <vector>

#include "evidence/base/sqlite.h"
#include "evidence/schema.h"
#include "rules/evaluate.h"
#include "rules/judgement.h"
#include "rules/pack.h"

namespace rules::test {

/// The texts of one rule, valid as they are; a test changes what it is about.
struct RuleText {
  std::string attributes =
      R"(id="integrity" severity="critical" subject="provider" rung="integrity")";
  std::string words =
      "<title>The module file is intact</title>"
      "<title-fail>The module file is damaged</title-fail>"
      "<question>whether the module file is intact</question>"
      "<rationale>Damage is damage.</rationale><remedy>Install it anew.</remedy>";
  std::string cite =
      R"(<cite standard="ISO/IEC 19790:2012" clause="7.5" memory="yes">Intact.</cite>)";
  std::string needs =
      R"(<needs table="module_integrity" when-empty="unknown">no value was computed</needs>)";
  std::string queries =
      "<violations>SELECT module AS subject, source, 'differs: ' || computed AS message"
      " FROM module_integrity WHERE matches = 0</violations>"
      "<evidence>SELECT module AS subject, source, 'computed ' || computed AS message, basis"
      " FROM module_integrity</evidence>";
  std::string tests =
      R"(<test expect="pass">INSERT INTO provider (source, basis, module, name, version) VALUES (1, 'listed', 'openssl:fips', 'F', '3'); INSERT INTO module_integrity (source, basis, module, computed, matches) VALUES (1, 'observed', 'openssl:fips', 'aa', 1)</test>)"
      R"(<test expect="fail">INSERT INTO provider (source, basis, module, name, version) VALUES (1, 'listed', 'openssl:fips', 'F', '3'); INSERT INTO module_integrity (source, basis, module, computed, matches) VALUES (1, 'observed', 'openssl:fips', 'aa', 0)</test>)";

  std::string xml() const {
    return "<rule " + attributes + ">" + words + cite + needs + queries + tests + "</rule>\n";
  }
};

inline const std::string kSubjects =
    "<subjects name=\"provider\">SELECT module AS subject, name || ' ' || version AS label,"
    " coalesce(path, 'built in') AS place FROM provider ORDER BY module</subjects>"
    "<subjects name=\"host\">SELECT 'host' AS subject, 'this host' AS label, '/' AS place"
    "</subjects>";

/// The files of a pack with these rules.
inline std::vector<PackFile> pack_files(const std::string& rules, const std::string& more = {}) {
  return {
      {"pack.xml", "<pack id=\"small\" version=\"1.0\"><title>A small pack</title>" + kSubjects +
                       "<area name=\"5 Integrity\" file=\"05.xml\"/>" + more + "</pack>"},
      {"05.xml", "<rules>\n" + rules + "</rules>"}};
}

inline Pack pack_of(const std::string& rules, const std::string& more = {}) {
  return read_pack(pack_files(rules, more));
}

/// An empty evidence database with one run.
inline base::Database evidence_of(const std::string& sql) {
  base::Database db = base::Database::in_memory();
  evidence::create_schema(db);
  db.execute(
      "INSERT INTO run VALUES (1, '0.1.0', 'app-07', '', 'auditor', '2026-11-23T09:14:02Z',"
      " '2026-11-23T09:14:06Z', 1)");
  db.execute(sql);
  return db;
}

/// SQL for a source `id` about `subject` that feeds `tables`.
inline std::string source_sql(int id, const std::string& subject, const std::string& outcome,
                              const std::vector<std::string>& tables,
                              const std::string& reason = {}) {
  const std::string number = std::to_string(id);
  std::string sql = "INSERT INTO source VALUES (" + number + ", 1, 'openssl', '" + subject +
                    "', '/place/" + number + "', 'read', '" + outcome + "', '" + reason +
                    "', '2026-11-23T09:14:03Z');";
  for (const std::string& table : tables)
    sql += "INSERT INTO source_feed VALUES (" + number + ", '" + table + "');";
  return sql;
}

/// SQL for a provider that source 1 tells of.
inline std::string provider_sql(const std::string& module) {
  return "INSERT INTO provider (source, basis, module, name, version, fips, active) VALUES"
         " (1, 'listed', '" +
         module + "', 'Provider " + module + "', '3.0', 1, 1);";
}

/// SQL for an integrity value that source 2 tells of.
inline std::string integrity_sql(const std::string& module, int matches) {
  return "INSERT INTO module_integrity (source, basis, module, computed, matches) VALUES"
         " (2, 'observed', '" +
         module + "', 'aa', " + std::to_string(matches) + ");";
}

/// Two sources, readable, for providers and integrity values, about all modules.
inline std::string sources_sql() {
  return source_sql(1, "", "observed", {"provider"}) +
         source_sql(2, "", "observed", {"module_integrity"});
}

inline std::vector<Finding> judge(const Pack& pack, const std::string& sql) {
  base::Database judgement = judgement_database(evidence_of(sql));
  prepare_judgement(judgement, {pack}, "2026-11-23");
  return evaluate(pack, judgement);
}

}  // namespace rules::test
