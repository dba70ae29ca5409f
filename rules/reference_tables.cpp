#include "rules/reference_tables.h"

#include <algorithm>

#include "rules/evaluate.h"
#include "rules/pkcs11_mechanism_tables.h"
#include "rules/pkcs11_object_tables.h"
#include "rules/query.h"
#include "rules/reference_definition.h"

namespace rules {
namespace {

using Definition = ReferenceDefinition;

std::vector<Definition> module_definitions() {
  return {
      {"modules",
       "Modules",
       "Every provider that was found, loaded or not. Name, version and the FIPS claim are the "
       "module's own words; package and digest are about its file.",
       {"Module", "Name", "Version", "File", "Package", "SHA-256 of the file", "Active by default",
        "Claims FIPS", "Status", "Load error"},
       R"sql(
SELECT p.module, p.name, p.version, coalesce(p.path, f.path),
       f.package || coalesce(' ' || f.package_version, ''), f.sha256,
       CASE p.active WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END,
       CASE coalesce(p.fips, f.fips) WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END,
       CASE p.status WHEN 1 THEN 'running' WHEN 0 THEN 'in error' END, p.load_error
  FROM provider AS p
  LEFT JOIN provider_file AS f ON f.module = p.module
UNION ALL
SELECT f.module, f.provider, NULL, f.path, f.package || coalesce(' ' || f.package_version, ''),
       f.sha256, NULL, CASE f.fips WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END, 'not loaded', NULL
  FROM provider_file AS f
 WHERE f.module NOT IN (SELECT module FROM provider)
 ORDER BY 1, 4, 3
)sql",
       {}},
      {"services",
       "Services",
       "Each service of the catalogue as it was tried: by a program that asks for nothing special "
       "(default), or by asking the module by name. The indicator is what the module said about "
       "the service it performed.",
       {"Module", "Asked", "Service", "Operation", "Algorithm", "Outcome", "Indicator",
        "Kind of indicator", "Served by", "Reason"},
       R"sql(
SELECT module, context, title, operation, algorithm, outcome, indicator, indicator_kind, provider,
       reason
  FROM service
 ORDER BY module, context, operation, service, algorithm, rowid
)sql",
       {}},
      {"settings",
       "Module settings",
       "Every key of the module's configuration. In force is what is set, or else what this "
       "version takes when the key is absent; reported is what the loaded module itself says.",
       {"Module", "Setting", "Kind", "Set to", "Compiled default", "In force", "Reported",
        "Strict value", "File", "Line"},
       R"sql(
SELECT module, setting, kind, value, compiled_default, effective, reported, strict, file, line
  FROM fips_setting
 ORDER BY module, kind, setting, rowid
)sql",
       {}},
  };
}

std::vector<Definition> internal_definitions() {
  return {
      {"integrity",
       "Integrity values",
       "Recomputed means that assay computed the value without running the module; module means "
       "that the module's own test said so when it was loaded.",
       {"Module", "Way", "Technique", "On record", "Computed", "Equal", "File", "Line"},
       R"sql(
SELECT module, way, technique, recorded, computed,
       CASE matches WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END, file, line
  FROM module_integrity
 ORDER BY module, way, technique, rowid
)sql",
       {}},
      {"self_tests",
       "Self-tests",
       "The tests that were seen to run, in their order. A test without a result began and never "
       "ended.",
       {"Module", "Occasion", "No.", "Type", "Description", "Result"},
       R"sql(
SELECT module, occasion, position, type, description, result
  FROM self_test
 ORDER BY module, occasion, position, rowid
)sql",
       {}},
      {"algorithms",
       "Algorithms",
       "What each module lists. The claim fips=yes is the module's own word; whether an algorithm "
       "is performed stands under Services.",
       {"Module", "Operation", "Name", "Also called", "Claim", "Properties", "Key bits",
        "Block bits"},
       R"sql(
SELECT module, operation, name, names,
       CASE fips_claim WHEN 1 THEN 'fips=yes' WHEN 0 THEN 'fips=no' END, properties, key_bits,
       block_bits
  FROM algorithm
 ORDER BY module, operation, name, properties, rowid
)sql",
       {}},
  };
}

std::vector<Definition> certificate_definitions() {
  return {
      {"certificates",
       "Certificates",
       "The certificates that a module matches exactly, or that come near, with what speaks for "
       "and against. Near is no match. All of it rests on the snapshot named above.",
       {"Module", "Certificate", "Match", "Name", "Versions", "Vendor", "Standard", "Level",
        "Status on the as-of date", "Reason for the status", "Sunset", "For", "Against"},
       R"sql(
SELECT m.module, '#' || m.certificate, m.grade, c.name, c.versions, c.vendor, c.standard,
       c.overall_level, s.status, s.reason, c.sunset_date, m.reasons_for, m.reasons_against
  FROM certificate_match AS m
  LEFT JOIN certificate AS c ON c.number = m.certificate
  LEFT JOIN certificate_status AS s ON s.certificate = m.certificate
 ORDER BY m.module, m.grade <> 'exact', m.nearness, m.certificate
)sql",
       {"certificate_match", "certificate", "certificate_status"},
       true},
      {"environments",
       "Operational environments",
       "How this system compares with the environments that a certificate lists. Tested means "
       "listed as tested; vendor affirmed means that the vendor alone says so.",
       {"Module", "Certificate", "Verdict", "Closest environment listed", "Compared"},
       R"sql(
SELECT module, '#' || certificate, verdict, closest, reasons
  FROM environment_match
 ORDER BY module, certificate, rowid
)sql",
       {"environment_match"}},
  };
}

std::vector<Definition> host_definitions() {
  return {
      {"operating_environment",
       "Operating environment",
       "The system that was looked at, as it describes itself.",
       {"What", "Value"},
       R"sql(
SELECT what, value FROM (
  SELECT 1 AS place, 'Operating system' AS what, name AS value, '' AS name FROM operating_system
  UNION ALL SELECT 2, 'Kernel', release, '' FROM kernel
  UNION ALL SELECT 3, 'Architecture', architecture, '' FROM kernel
  UNION ALL SELECT 4, 'Kernel FIPS mode',
                   CASE fips_enabled WHEN 1 THEN 'on' WHEN 0 THEN 'off'
                                     ELSE 'the kernel does not tell' END, '' FROM kernel
  UNION ALL SELECT 5, 'Processor', model || coalesce(', ' || logical_processors || ' logical', ''),
                   '' FROM processor
  UNION ALL SELECT 6, 'Processor feature ' || feature,
                   CASE present WHEN 1 THEN 'present' ELSE 'not present' END
                   || coalesce('; ' || accelerates, ''), feature FROM processor_feature
  UNION ALL SELECT 7, 'Hypervisor', hypervisor, '' FROM virtualization
  UNION ALL SELECT 8, 'Container', container, '' FROM virtualization
) ORDER BY place, name, what, value
)sql",
       {}},
      {"libraries",
       "OpenSSL libraries",
       "Every libcrypto that programs of this system would load.",
       {"Library", "Version", "Preferred", "Package", "Built", "Platform", "Seed source",
        "SHA-256"},
       R"sql(
SELECT f.library, coalesce(l.version_text, l.version),
       CASE f.preferred WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END,
       f.package || coalesce(' ' || f.package_version, ''), l.built_on, l.platform, l.seed_source,
       f.sha256
  FROM library_file f LEFT JOIN libcrypto l ON l.library = f.library
 ORDER BY f.preferred DESC, f.library, f.rowid
)sql",
       {}},
      {"configuration",
       "OpenSSL configuration",
       "The settings that OpenSSL reads, in the order in which it reads them.",
       {"No.", "File", "Line", "Section", "Name", "Value"},
       R"sql(
SELECT position, file, line, section, name, value
  FROM openssl_setting
 ORDER BY position, rowid
)sql",
       {}},
      {"configuration_problems",
       "Problems of the configuration",
       "What is wrong with the configuration. Silent means that OpenSSL goes on without a word.",
       {"File", "Line", "Problem", "Silent", "Concerns FIPS"},
       R"sql(
SELECT file, line, problem, CASE silent WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END,
       CASE concerns_fips WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END
  FROM openssl_configuration_problem
 ORDER BY file, line, problem, rowid
)sql",
       {}},
  };
}

std::vector<Definition> pkcs11_definitions() {
  return {
      {"pkcs11_tokens",
       "PKCS#11 tokens",
       "Slots of the module and the tokens in them, as the module lists them. All of it is the "
       "module's own word.",
       {"Module", "Slot", "Description", "Token", "Label", "Manufacturer", "Model", "Serial number",
        "Firmware", "Initialised", "Login required", "Sessions", "Shortest PIN"},
       R"sql(
SELECT s.module, s.slot, s.description, t.token, t.label, t.manufacturer, t.model, t.serial,
       t.firmware_version, CASE t.initialized WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END,
       CASE t.login_required WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END, t.sessions, t.min_pin_length
  FROM pkcs11_slot AS s
  LEFT JOIN pkcs11_token AS t ON t.module = s.module AND t.slot = s.slot
 ORDER BY s.module, CAST(s.slot AS INTEGER), t.token
)sql",
       {},
       false,
       "pkcs11_module"},
      {"pkcs11_services",
       "PKCS#11 services",
       "Each service of the catalogue as it was tried on a token, with session objects only. The "
       "indicator is what the module said about the service it performed.",
       {"Token", "Service", "Operation", "Algorithm", "Mechanism", "Listed", "Outcome", "Returned",
        "Indicator", "Kind of indicator", "Key", "Remark"},
       R"sql(
SELECT s.token, s.title, s.operation, s.algorithm, coalesce(s.mechanism_name, s.mechanism),
       CASE WHEN s.mechanism IS NULL THEN NULL
            WHEN EXISTS (SELECT 1 FROM pkcs11_mechanism AS m
                          WHERE m.token = s.token AND m.mechanism = s.mechanism) THEN 'yes'
            ELSE 'no' END,
       s.outcome, coalesce(s.call || ' ', '') || s.result, s.indicator, s.indicator_kind,
       s.key_origin, coalesce(s.remark, CASE WHEN s.result IS NULL THEN s.reason END)
  FROM pkcs11_service AS s
 ORDER BY s.token, s.operation, s.service, s.rowid
)sql",
       {},
       false,
       "pkcs11_service"},
      {"pkcs11_speed",
       "PKCS#11 speed",
       "How often a second a token did things on this machine while it was looked at, with session "
       "objects and messages of 32 bytes. No rule judges this.",
       {"Token", "What", "Mechanism", "Threads", "Per second", "Calls", "Failures", "Returned"},
       R"sql(
SELECT token, what, mechanism, threads, calls * 1000000 / max(microseconds, 1), calls, failures,
       result
  FROM pkcs11_speed
 ORDER BY token, what, mechanism, threads, rowid
)sql",
       {},
       false,
       "pkcs11_speed"},
      {"pkcs11_oddities",
       "PKCS#11 oddities",
       "Answers of the module that are not as the standard asks for.",
       {"Module", "Call", "What is odd"},
       R"sql(
SELECT module, call, oddity
  FROM pkcs11_oddity
 ORDER BY module, call, oddity, rowid
)sql",
       {},
       false,
       "pkcs11_module"},
  };
}

std::vector<Definition> run_definitions() {
  return {
      {"default_fetches",
       "What programs get by default",
       "Algorithms asked for as most programs do, with no property query, and who served them.",
       {"Library", "Operation", "Algorithm", "Served by", "Performed", "Error"},
       R"sql(
SELECT library, operation, algorithm, provider,
       CASE performed WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END, error
  FROM default_fetch
 ORDER BY library, operation, algorithm, rowid
)sql",
       {}},
      {"loaded_objects",
       "Files that were loaded",
       "Files mapped into the process that assessed each library: what was really tested.",
       {"Library", "File", "Belongs to the system looked at"},
       R"sql(
SELECT library, path, CASE inside_root WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END
  FROM loaded_object
 ORDER BY library, path, rowid
)sql",
       {}},
      {"probe_runs",
       "Probe runs",
       "How each probe ended. Probes run in processes of their own, so a module that crashes is "
       "itself a fact.",
       {"Probe", "Subject", "Ending", "Code", "Last step", "Restarts", "Bytes printed"},
       R"sql(
SELECT probe, subject, ending, code, last_step, restarts, printed
  FROM probe_run
 ORDER BY probe, subject, rowid
)sql",
       {}},
      {"sources",
       "Sources",
       "Every place that was looked at, and what came of it.",
       {"No.", "Probe", "Subject", "Where", "How", "Outcome", "Reason", "Collected", "Feeds"},
       R"sql(
SELECT id, probe, subject, locator, method, outcome, reason, collected_at,
       (SELECT group_concat(table_name, ', ')
          FROM (SELECT DISTINCT table_name FROM source_feed WHERE source = source.id ORDER BY 1))
  FROM source
 ORDER BY id
)sql",
       {}},
  };
}

bool all_exist(const std::vector<std::string>& tables, const base::Database& db) {
  return std::all_of(tables.begin(), tables.end(),
                     [&](const std::string& table) { return has_table(db, table); });
}

bool applies(const Definition& definition, base::Database& db) {
  if (!all_exist(definition.tables, db)) return false;
  if (definition.only_with == nullptr) return true;
  if (!all_exist({definition.only_with}, db)) return false;
  return db.prepare("SELECT 1 FROM " + std::string(definition.only_with) + " LIMIT 1").step();
}

// A table that a pack has more for is defined twice, with that first.
bool is_there(const std::vector<ReferenceTable>& tables, const std::string& id) {
  return std::any_of(tables.begin(), tables.end(),
                     [&](const ReferenceTable& table) { return table.id == id; });
}

ReferenceTable read_table(const Definition& definition, base::Database& db) {
  db.renew_step_budget();
  ReferenceTable table{definition.id,   definition.title, definition.lead, definition.columns, {},
                       definition.dates};
  auto query = db.prepare(definition.sql);
  while (query.step()) {
    std::vector<base::Value> row;
    row.reserve(static_cast<std::size_t>(query.column_count()));
    for (int i = 0; i < query.column_count(); ++i) row.push_back(query.value(i));
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

std::vector<ReferenceTable> reference_tables(base::Database& judgement) {
  std::vector<ReferenceTable> tables;
  for (const auto& definitions :
       {module_definitions(), internal_definitions(), certificate_definitions(),
        pkcs11_definitions(), pkcs11_mechanism_definitions(), pkcs11_object_definitions(),
        host_definitions(), run_definitions()})
    for (const Definition& definition : definitions)
      if (!is_there(tables, definition.id) && applies(definition, judgement))
        tables.push_back(read_table(definition, judgement));
  return tables;
}

}  // namespace rules
