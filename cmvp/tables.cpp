#include "cmvp/tables.h"

namespace cmvp {
namespace {

using evidence::Column;

constexpr auto kText = evidence::Type::text;
constexpr auto kInteger = evidence::Type::integer;

constexpr Column kSnapshot[] = {
    {"taken_at", kText, "day of the newest list in the snapshot, YYYY-MM-DD"},
    {"source", kText, "where its facts come from"},
    {"digest", kText, "SHA-256 of its text form, lower-case hexadecimal"},
    {"certificates", kInteger, "how many certificates it holds"},
    {"in_process_as_of", kText,
     "day of the newest list of modules in process or under test in it, NULL if it holds none"},
};
constexpr Column kCertificate[] = {
    {"number", kInteger, "certificate number"},
    {"vendor", kText, "vendor, NULL if the snapshot does not know it"},
    {"name", kText, "module name as the certificate has it"},
    {"standard", kText, "FIPS 140-1, FIPS 140-2 or FIPS 140-3"},
    {"status", kText, "status on the list of status_as_of; for a judgement use certificate_status"},
    {"status_as_of", kText, "day of that list, YYYY-MM-DD"},
    {"earlier_status", kText, "status on an older list, NULL if none is known"},
    {"earlier_status_as_of", kText, "day of that older list"},
    {"became_historical_by", kText, "first list seen that has it as Historical after Active"},
    {"validation_dates", kText, "days of validation and updates, separated by spaces"},
    {"sunset_date", kText, "last known sunset date; the list no longer shows it once Historical"},
    {"sunset_as_of", kText, "day on which that sunset date was read"},
    {"overall_level", kInteger, "overall security level, 1 to 4"},
    {"module_type", kText, "Software, Hardware, Firmware, Software-Hybrid or Firmware-Hybrid"},
    {"embodiment", kText, "e.g. multi-chip standalone"},
    {"versions", kText, "versions as recorded, separated by semicolons; NULL if none is known"},
    {"caveat_flags", kText, "what the caveat says, in words joined by _, separated by spaces"},
    {"algorithms_read", kText,
     "whole: certificate_algorithm has all of them; partly: a missing one says nothing; NULL: none "
     "is known"},
    {"parameter_sets", kText, "of approved post-quantum algorithms, separated by semicolons"},
};
constexpr Column kCertificateVersion[] = {
    {"certificate", kInteger, "certificate number"},
    {"version", kText, "one version string"},
    {"kind", kText, "software, firmware, hardware, module or unlabelled"},
    {"origin", kText, "certificate page, security policy or module name"},
};
constexpr Column kCertificateRelation[] = {
    {"certificate", kInteger, "certificate number"},
    {"type", kText,
     "operates_with, embeds, derived_from, mentions; derived_from_inferred and "
     "superseded_by_inferred are conclusions, not the words of the certificate"},
    {"other", kInteger, "number of the other certificate"},
};
constexpr Column kCertificateStatus[] = {
    {"certificate", kInteger, "certificate number"},
    {"as_of", kText, "the date judged, YYYY-MM-DD"},
    {"status", kText, "Active, Historical, Revoked, not yet validated, or unknown"},
    {"reason", kText, "why that is its status on that date"},
    {"sunset_passed", kInteger,
     "1 if the last known sunset lies before the date, 0 if not, NULL if unknown"},
};
constexpr Column kCertificateMatch[] = {
    {"module", kText, "subject, e.g. openssl:fips"},
    {"certificate", kInteger, "certificate number"},
    {"grade", kText, "exact (name and version string are the certificate's) or near"},
    {"name_matches", kInteger, "1 if the module reports the name of the certificate"},
    {"version_matches", kInteger,
     "1 character for character, 0 different, NULL if the snapshot knows no version of the "
     "certificate"},
    {"reasons_for", kText, "what speaks for the match, sentences separated by semicolons"},
    {"reasons_against", kText, "what speaks against it"},
    {"nearness", kInteger, "order among the rows of the module, part and grade, 1 is the nearest"},
    {"part", kText, "part of the module that it is about, as in reported_module"},
};
constexpr Column kCertificateClaim[] = {
    {"module", kText, "subject, e.g. pkcs11:/usr/lib/hsm.so"},
    {"token", kText, "the token that claims it"},
    {"module_id", kText, "what it calls the module, NULL if it does not say"},
    {"words", kText, "what stands where the certificate should be named, NULL if nothing does"},
    {"certificate", kInteger, "certificate number in those words or their address, NULL if none"},
    {"in_snapshot", kInteger,
     "1 if the snapshot has that certificate, 0 if not, NULL if no number is claimed or it is "
     "higher than any that the snapshot has"},
    {"name_agrees", kInteger,
     "1 if module_id is the name of that certificate, 0 if not, NULL if it is not known"},
    {"level", kInteger, "security level that is claimed, NULL if none is"},
};
constexpr Column kReportedModule[] = {
    {"module", kText, "subject, e.g. openssl:fips"},
    {"part", kText, "provider, library, or token model and what the token calls its model"},
    {"words", kText, "what it calls itself"},
    {"name", kText, "name that a certificate must have to be compared with it"},
    {"name_source", kText,
     "where the table of names has it from; NULL if name is the module's own words"},
    {"version", kText, "version it tells, NULL if it tells none"},
    {"version_kind", kText,
     "software or firmware: only such versions of a certificate are compared; NULL for any"},
    {"hardware_version", kText, "hardware version that a token tells"},
    {"manufacturer", kText, "manufacturer that a PKCS #11 module tells"},
};
constexpr Column kCertificateBinding[] = {
    {"module", kText, "subject, e.g. openssl:fips"},
    {"certificate", kInteger, "number of the certificate that the module matches exactly"},
    {"bound", kInteger, "number of a certificate that it rests on, directly or through others"},
    {"type", kText,
     "operates_with, embeds, or derived_from (a re-brand of bound): the last step of the way"},
    {"via", kInteger,
     "number of the certificate that names bound; certificate itself if depth is 1"},
    {"depth", kInteger, "count of steps from certificate to bound"},
    {"inferred", kInteger, "1 if some step of the way was concluded, not read from a certificate"},
    {"status", kText, "status of bound on the date judged; unknown if the snapshot lacks it"},
};
constexpr Column kCertificateEnvironment[] = {
    {"certificate", kInteger, "certificate number"},
    {"listed", kText, "one operational environment as listed"},
    {"origin", kText, "certificate page or security policy"},
};
constexpr Column kCertificateAlgorithm[] = {
    {"certificate", kInteger, "certificate number"},
    {"algorithm", kText, "approved algorithm, as the record names it"},
    {"validation", kText, "its CAVP numbers, separated by spaces; NULL if they are not known"},
};
constexpr Column kCertificateEntropy[] = {
    {"certificate", kInteger, "certificate number"},
    {"words", kText, "what the certificate says of its entropy"},
    {"entropy", kInteger, "number of the entropy (ESV) certificate in it, NULL if it names none"},
    {"in_snapshot", kInteger,
     "1 if the snapshot holds that entropy certificate, 0 if not, NULL if none is named"},
    {"vendor", kText, "its vendor, NULL if it is not held or does not say"},
    {"noise_source", kText, "Physical or Non-Physical"},
    {"reuse_status", kText, "whether modules of others may use it, in the words of its page"},
    {"validation_dates", kText, "days of its validation and updates, separated by spaces"},
};
constexpr Column kCertificateAlgorithmValidation[] = {
    {"certificate", kInteger, "certificate number"},
    {"number", kText, "CAVP number that the certificate names, e.g. A4809"},
    {"in_snapshot", kInteger, "1 if the snapshot holds that validation, 0 if not"},
    {"vendor", kText, "vendor of the implementation, NULL if it is not held"},
    {"product", kText, "name of the implementation"},
    {"version", kText, "its version"},
    {"date", kText, "when it was first validated, YYYY-MM-DD"},
    {"algorithms", kText, "its algorithms, separated by spaces"},
};
constexpr Column kCommonCriteriaMatch[] = {
    {"module", kText, "subject whose name the product has; host for the operating system"},
    {"product", kText, "name of the product as the portal has it"},
    {"version_matches", kInteger,
     "1 if the version in its name is the one that is told, 0 if another, NULL if it names none or "
     "none is told"},
    {"vendor_matches", kInteger,
     "1 if its vendor is the manufacturer that is told, 0 if another, NULL if one is not told"},
    {"vendor", kText, "vendor"},
    {"category", kText, "category of the portal"},
    {"scheme", kText, "scheme that certified it"},
    {"assurance", kText, "assurance level"},
    {"protection_profiles", kText, "protection profiles"},
    {"certified", kText, "day of certification, YYYY-MM-DD"},
    {"archived", kText, "day on which its certificate ends or ended, NULL if it is not known"},
};
constexpr Column kModuleInProcess[] = {
    {"module", kText, "subject whose name it has, e.g. openssl:fips"},
    {"list", kText, "modules in process, or implementation under test"},
    {"list_as_of", kText, "day of that list, YYYY-MM-DD"},
    {"name", kText, "module name as the list has it; lists name no versions"},
    {"vendor", kText, "vendor, NULL if the list hides it"},
    {"standard", kText, "FIPS 140-2 or FIPS 140-3"},
    {"status", kText, "e.g. Review Pending; NULL on the list of implementations under test"},
    {"status_date", kText, "since when, YYYY-MM-DD; NULL if the list does not say"},
};
constexpr Column kEnvironmentMatch[] = {
    {"module", kText, "subject, e.g. openssl:fips"},
    {"certificate", kInteger, "certificate number"},
    {"verdict", kText, "tested, vendor affirmed, not listed, or unknown"},
    {"closest", kText, "the listed environment that comes closest, NULL if none does"},
    {"reasons", kText, "what decided, separated by semicolons"},
    {"agrees", kText, "what the system has in common with the closest, NULL if there is none"},
    {"differs", kText, "what differs from the closest or could not be compared, NULL if nothing"},
};

constexpr evidence::Table kTables[] = {
    {"snapshot", "The certificate snapshot that the judgement rests on", kSnapshot},
    {"certificate",
     "Certificates that a module matches or nearly matches, and those they relate to",
     kCertificate},
    {"certificate_version", "Their single versions", kCertificateVersion},
    {"certificate_relation", "Their relations", kCertificateRelation},
    {"certificate_status", "Their status on the date judged", kCertificateStatus},
    {"reported_module", "What a module tells of itself, and the name it is looked up by",
     kReportedModule},
    {"certificate_claim", "Certificates that a PKCS #11 module claims for itself",
     kCertificateClaim},
    {"certificate_match", "Which certificate a module matches, and why", kCertificateMatch},
    {"certificate_binding",
     "What a matched certificate rests on: modules it works with or holds, the base of a re-brand",
     kCertificateBinding},
    {"certificate_environment", "The operational environments listed for them",
     kCertificateEnvironment},
    {"certificate_algorithm", "The approved algorithms that their records name",
     kCertificateAlgorithm},
    {"certificate_entropy",
     "The entropy certificates that they name, and what the snapshot holds of those",
     kCertificateEntropy},
    {"certificate_algorithm_validation",
     "The CAVP validations that they name, and what the snapshot holds of those",
     kCertificateAlgorithmValidation},
    {"common_criteria_match",
     "Products of the Common Criteria portal that have the name of a module or of the system",
     kCommonCriteriaMatch},
    {"module_in_process", "Modules on their way to a certificate that have the name of a module",
     kModuleInProcess},
    {"environment_match", "Whether this system is a listed operational environment",
     kEnvironmentMatch},
};

std::string table_statement(const evidence::Table& table) {
  std::string columns;
  for (const Column& column : table.columns)
    columns += (columns.empty() ? "" : ", ") + std::string(column.name) +
               (column.type == kInteger ? " INTEGER" : " TEXT");
  return "CREATE TABLE " + std::string(table.name) + " (" + columns + ") STRICT";
}

}  // namespace

std::span<const evidence::Table> judgement_tables() { return kTables; }

void create_judgement_tables(base::Database& judgement) {
  for (const evidence::Table& table : kTables) judgement.execute(table_statement(table));
}

}  // namespace cmvp
