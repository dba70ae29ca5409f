#include "cmvp/module_identity.h"

#include "cmvp/embedded.h"
#include "evidence/base/csv.h"
#include "evidence/base/error.h"
#include "evidence/base/resource.h"
#include "evidence/base/text.h"

namespace cmvp {
namespace {

constexpr const char* kNames = "pkcs11_names.csv";

// The system that the module was found on, "" where it is not known.
struct System {
  std::string id, version;
};

System system_of(const base::Database& evidence) {
  auto row = evidence.prepare("SELECT id, version_id FROM operating_system LIMIT 1");
  return row.step() ? System{row.text(0), row.text(1)} : System{};
}

bool runs_on(const KnownName& name, const System& system) {
  if (name.system.empty()) return true;
  if (name.system != system.id) return false;
  return name.system_version.empty() || name.system_version == system.version ||
         system.version.starts_with(name.system_version + ".");
}

// Adds `told`, whose name is its own words, under the names that the table has for it.
void add(ReportedModule told, std::string_view part, const std::vector<KnownName>& names,
         const System& system, std::vector<ReportedModule>& modules) {
  if (told.words.empty()) return;
  bool known = false;
  for (const KnownName& name : names) {
    if (name.part != part || name.manufacturer != told.manufacturer || name.words != told.words ||
        !runs_on(name, system))
      continue;
    known = true;
    ReportedModule module = told;
    module.name = name.certificate_name;
    module.name_source = name.source;
    modules.push_back(std::move(module));
  }
  if (known) return;
  told.name = told.words;
  modules.push_back(std::move(told));
}

ReportedModule told(const base::Statement& row, std::string part, std::string_view version_kind) {
  ReportedModule module;
  module.module = row.text(0);
  module.manufacturer = row.text(1);
  module.words = row.text(2);
  module.version = row.text(3);
  module.part = std::move(part);
  module.version_kind = version_kind;
  module.version_cut = true;
  return module;
}

}  // namespace

std::vector<KnownName> read_known_names(std::string_view csv, const std::string& origin) {
  const base::Csv table = base::parse_csv(csv, origin);
  const std::vector<std::string> columns = {
      "manufacturer", "part", "words", "system", "system_version", "certificate_name", "source"};
  if (table.header != columns)
    throw base::Error(base::ErrorKind::input,
                      origin + ":1: the columns must be " + base::join(columns, ", "));
  std::vector<KnownName> names;
  for (const auto& row : table.rows) {
    const std::string where = origin + ":" + std::to_string(names.size() + 2) + ": ";
    if (row[1] != "library" && row[1] != "token")
      throw base::Error(base::ErrorKind::input,
                        where + "part is library or token, not \"" + row[1] + "\"");
    if (row[2].empty() || row[5].empty() || row[6].empty())
      throw base::Error(base::ErrorKind::input, where + "words, name or source is missing");
    names.push_back({row[0], row[1], row[2], row[3], row[4], row[5], row[6]});
  }
  return names;
}

std::vector<KnownName> known_names() {
  return read_known_names(base::find_resource(embedded(), kNames), kNames);
}

std::vector<ReportedModule> pkcs11_modules(const base::Database& evidence,
                                           const std::vector<KnownName>& names) {
  const System system = system_of(evidence);
  std::vector<ReportedModule> modules;
  auto library = evidence.prepare(
      "SELECT DISTINCT module, manufacturer, description, library_version,"
      " (SELECT min(f.sha256) FROM pkcs11_file AS f WHERE f.module = l.module)"
      " FROM pkcs11_library AS l WHERE initialized = 1 ORDER BY 1, 2, 3, 4");
  while (library.step()) {
    ReportedModule module = told(library, "library", "software");
    module.file_digest = library.text(4);
    add(std::move(module), "library", names, system, modules);
  }
  auto token = evidence.prepare(
      "SELECT DISTINCT module, manufacturer, model, firmware_version, hardware_version"
      " FROM pkcs11_token ORDER BY 1, 2, 3, 4, 5");
  while (token.step()) {
    ReportedModule module = told(token, "token model " + token.text(2), "firmware");
    module.hardware_version = token.text(4);
    add(std::move(module), "token", names, system, modules);
  }
  return modules;
}

}  // namespace cmvp
