#include <map>

#include "cmvp/certificate_row.h"
#include "cmvp/snapshot.h"
#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace cmvp {
namespace {

std::vector<Certificate> read_certificates(const base::Database& snapshot) {
  std::vector<Certificate> certificates;
  auto row = snapshot.prepare(std::string(kSelectCertificate) + " ORDER BY number");
  while (row.step()) certificates.push_back(certificate_of(row));
  return certificates;
}

// Runs `sql`, whose first column is a certificate number, and calls `add` with the certificate.
template <typename Add>
void read_details(const base::Database& snapshot, const char* sql,
                  std::map<std::int64_t, Certificate*>& by_number, Add add) {
  auto row = snapshot.prepare(sql);
  while (row.step())
    if (const auto found = by_number.find(row.integer(0)); found != by_number.end())
      add(*found->second, row);
}

void read_all_details(const base::Database& snapshot, std::vector<Certificate>& certificates) {
  using Row = const base::Statement&;
  std::map<std::int64_t, Certificate*> by_number;
  for (Certificate& each : certificates) by_number[each.number] = &each;
  read_details(snapshot,
               "SELECT certificate, kind, recorded, origin FROM certificate_recorded_version"
               " ORDER BY rowid",
               by_number, [](Certificate& c, Row row) {
                 c.recorded_versions.push_back({row.text(1), row.text(2), row.text(3)});
               });
  read_details(snapshot, "SELECT certificate, type, other FROM certificate_relation ORDER BY rowid",
               by_number, [](Certificate& c, Row row) {
                 c.relations.push_back({row.text(1), row.integer(2)});
               });
  read_details(snapshot,
               "SELECT certificate, listed, origin FROM certificate_environment ORDER BY rowid",
               by_number, [](Certificate& c, Row row) {
                 c.environments.push_back({row.text(1), row.text(2)});
               });
  read_details(snapshot,
               "SELECT certificate, algorithm, validation FROM certificate_algorithm"
               " ORDER BY rowid",
               by_number, [](Certificate& c, Row row) {
                 c.algorithms.push_back({row.text(1), row.text(2)});
               });
  read_details(snapshot,
               "SELECT certificate, area, level FROM certificate_level_exception ORDER BY rowid",
               by_number, [](Certificate& c, Row row) {
                 c.level_exceptions.push_back({row.text(1), row.text(2)});
               });
}

void read_products(const base::Database& snapshot, SnapshotContents& contents) {
  auto row = snapshot.prepare(
      "SELECT category, name, vendor, scheme, assurance, protection_profiles, certified, archived"
      " FROM common_criteria_product ORDER BY id");
  while (row.step())
    contents.products.push_back({row.text(0),
                                 row.text(1),
                                 row.text(2),
                                 row.text(3),
                                 row.text(4),
                                 row.text(5),
                                 row.text(6),
                                 row.text(7),
                                 {}});
  auto maintenance = snapshot.prepare(
      "SELECT product, date, title FROM common_criteria_maintenance ORDER BY rowid");
  while (maintenance.step())
    contents.products.at(static_cast<std::size_t>(maintenance.integer(0)) - 1)
        .maintenance.push_back({maintenance.text(1), maintenance.text(2)});
}

std::vector<std::string> days_of(const std::string& text) {
  std::vector<std::string> days;
  for (const auto part : base::split(text, ' '))
    if (!part.empty()) days.emplace_back(part);
  return days;
}

void read_entropy(const base::Database& snapshot, SnapshotContents& contents) {
  auto row = snapshot.prepare(
      "SELECT number, vendor, name, standard, description, noise_source, reuse_status,"
      " validation_dates FROM entropy_certificate ORDER BY number");
  while (row.step())
    contents.entropy_certificates.push_back({row.integer(0), row.text(1), row.text(2), row.text(3),
                                             row.text(4), row.text(5), row.text(6),
                                             days_of(row.text(7))});
}

void read_requirements(const base::Database& snapshot, std::int64_t profile,
                       ProfileDocument& document) {
  auto requirement = snapshot.prepare(
      "SELECT component, element, name, status, requirement FROM security_requirement"
      " WHERE profile = ? ORDER BY rowid");
  requirement.bind(1, profile);
  while (requirement.step())
    document.requirements.push_back({requirement.text(0), requirement.integer(1),
                                     requirement.text(2), requirement.text(3),
                                     requirement.text(4)});
  auto selection = snapshot.prepare(
      "SELECT component, element, selectable, exclusive, choice FROM requirement_selection"
      " WHERE profile = ? ORDER BY rowid");
  selection.bind(1, profile);
  while (selection.step())
    document.selections.push_back({selection.text(0), selection.integer(1), selection.text(2),
                                   selection.integer(3) == 1, selection.text(4)});
}

void read_profiles(const base::Database& snapshot, SnapshotContents& contents) {
  auto row = snapshot.prepare(
      "SELECT id, origin, category, name, version, assurance, issued, scheme"
      " FROM protection_profile ORDER BY id");
  while (row.step()) {
    ProtectionProfile profile;
    profile.category = row.text(2);
    profile.name = row.text(3);
    profile.version = row.text(4);
    profile.assurance = row.text(5);
    profile.issued = row.text(6);
    profile.scheme = row.text(7);
    if (row.text(1) == "portal") {
      contents.profiles.push_back(std::move(profile));
    } else {
      contents.documents.push_back({std::move(profile), {}, {}, {}});
      read_requirements(snapshot, row.integer(0), contents.documents.back());
    }
  }
}

void read_others(const base::Database& snapshot, SnapshotContents& contents) {
  auto module = snapshot.prepare(
      "SELECT list, name, vendor, standard, status, status_date, list_as_of FROM module_in_process"
      " ORDER BY rowid");
  while (module.step())
    contents.in_process.push_back({module.text(0), module.text(1), module.text(2), module.text(3),
                                   module.text(4), module.text(5), module.text(6)});
  auto validation = snapshot.prepare(
      "SELECT number, validation_id, product_id, vendor, product, version, type, date,"
      " environments, algorithms FROM algorithm_validation ORDER BY rowid");
  while (validation.step())
    contents.algorithm_validations.push_back(
        {validation.text(0), validation.integer(1), validation.integer(2), validation.text(3),
         validation.text(4), validation.text(5), validation.text(6), validation.text(7),
         validation.text(8), validation.text(9)});
  auto rejected =
      snapshot.prepare("SELECT origin, place, reason FROM rejected_record ORDER BY rowid");
  while (rejected.step())
    contents.rejected.push_back(
        {rejected.text(0), static_cast<std::size_t>(rejected.integer(1)), rejected.text(2)});
}

}  // namespace

ProfileDocument profile_requirements(const base::Database& snapshot, std::int64_t id) {
  ProfileDocument document;
  read_requirements(snapshot, id, document);
  return document;
}

SnapshotContents read_snapshot(const base::Database& snapshot) {
  SnapshotContents contents;
  auto row = snapshot.prepare("SELECT taken_at, source, certificates FROM snapshot");
  if (!row.step())
    throw base::Error(base::ErrorKind::input,
                      "the certificate snapshot has no row that says what it is; import it again");
  contents.header = {row.text(0), row.text(1), row.integer(2)};
  contents.certificates = read_certificates(snapshot);
  read_all_details(snapshot, contents.certificates);
  read_products(snapshot, contents);
  read_entropy(snapshot, contents);
  read_profiles(snapshot, contents);
  read_others(snapshot, contents);
  return contents;
}

}  // namespace cmvp
