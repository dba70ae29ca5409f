#include "evidence/probes/pkcs11_registry.h"

#include <set>

#include "evidence/base/text.h"

namespace evidence::probes {
namespace {

constexpr std::string_view kSuffix = ".module";
constexpr std::size_t kModuleLimit = 256;

std::string_view stripped(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r";
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::string setting(const std::map<std::string, std::string>& settings, const std::string& name) {
  const auto found = settings.find(name);
  return found == settings.end() ? std::string() : found->second;
}

// Folders of module files, each going over those before it. Those of a user belong to this machine.
std::vector<std::string> folders(const base::Host& host) {
  const auto global = host.read_file("/etc/pkcs11/pkcs11.conf");
  const std::string user = setting(parse_module_file(global.text), "user-config");
  std::vector<std::string> result = {"/usr/share/p11-kit/modules", "/etc/pkcs11/modules"};
  if (user == "only") result.clear();
  const auto home = host.environment("HOME");
  const auto config = host.environment("XDG_CONFIG_HOME");
  if (host.root().empty() && user != "none" && (home || config))
    result.push_back(config.value_or(home.value_or("") + "/.config") + "/pkcs11/modules");
  return result;
}

// Where p11-kit looks for a library that is not named by its whole path.
std::string library_path(const base::Host& host, const std::string& named) {
  if (named.starts_with('/')) return named;
  std::vector<std::string> places = {"/usr/lib64/pkcs11", "/usr/lib/pkcs11"};
  for (const std::string& name : host.list_folder("/usr/lib").names)
    if (name.find("-linux-") != std::string::npos) places.push_back("/usr/lib/" + name + "/pkcs11");
  for (const std::string& place : places)
    if (host.status(place + "/" + named).seen == base::Seen::ok) return place + "/" + named;
  return {};
}

void find_library(const base::Host& host, RegisteredModule& module) {
  const std::string named = setting(module.settings, "module");
  if (!module.problem.empty()) return;
  if (named.empty()) {
    const bool remote = !setting(module.settings, "remote").empty();
    module.problem = remote ? "it is reached by a program of its own, which is not started"
                            : "its files name no library";
    return;
  }
  module.path = library_path(host, named);
  if (module.path.empty() || host.status(module.path).seen != base::Seen::ok) {
    module.problem = "the library " + base::printable(named) + " is not there";
    module.path.clear();
  }
}

void read_folder(const base::Host& host, const std::string& folder,
                 std::map<std::string, RegisteredModule>& modules) {
  for (const std::string& file : host.list_folder(folder).names) {
    if (!file.ends_with(kSuffix) || modules.size() == kModuleLimit) continue;
    const std::string name = file.substr(0, file.size() - kSuffix.size());
    RegisteredModule& module = modules[name];
    module.name = name;
    module.file = folder + "/" + file;
    const base::FileText text = host.read_file(module.file);
    if (text.seen != base::Seen::ok) {
      module.problem = "its file cannot be read: " + text.reason;
      continue;
    }
    for (auto& [key, value] : parse_module_file(text.text)) module.settings[key] = value;
  }
}

}  // namespace

std::map<std::string, std::string> parse_module_file(std::string_view text) {
  std::map<std::string, std::string> settings;
  for (const std::string_view line : base::split(text, '\n')) {
    const std::string_view words = stripped(line);
    const auto colon = words.find(':');
    if (words.starts_with('#') || colon == std::string_view::npos) continue;
    settings[std::string(stripped(words.substr(0, colon)))] = stripped(words.substr(colon + 1));
  }
  return settings;
}

std::vector<RegisteredModule> registered_modules(const base::Host& host) {
  std::map<std::string, RegisteredModule> modules;
  for (const std::string& folder : folders(host)) read_folder(host, folder, modules);
  std::vector<RegisteredModule> result;
  for (auto& [name, module] : modules) {
    find_library(host, module);
    result.push_back(std::move(module));
  }
  return result;
}

std::vector<Pkcs11Target> chosen_modules(const std::vector<RegisteredModule>& modules,
                                         const Pkcs11Target& target) {
  if (!target.module_path.empty()) return {target};
  std::vector<Pkcs11Target> chosen;
  std::set<std::string> seen;  // Two names may lead to one library.
  for (const RegisteredModule& module : modules) {
    if (!module.problem.empty()) continue;
    if (!target.module_name.empty() && target.module_name != module.name) continue;
    if (!seen.insert(module.path).second) continue;
    Pkcs11Target one = target;
    one.module_path = module.path;
    if (one.init_args.empty()) one.init_args = setting(module.settings, "x-init-reserved");
    chosen.push_back(std::move(one));
  }
  return chosen;
}

void record_registered_modules(Recorder& record) {
  const auto modules = registered_modules(record.host());
  Source source = record.source(
      {{"pkcs11_registered"}, "", "/usr/share/p11-kit/modules", "files of p11-kit read"});
  if (modules.empty()) source.absent("no module is registered with p11-kit");
  for (const RegisteredModule& module : modules)
    source.row(
        "pkcs11_registered", Basis::declared,
        {{"module", module.path.empty() ? base::Value(nullptr) : "pkcs11:" + module.path},
         {"name", base::printable(module.name)},
         {"file", base::printable(module.file)},
         {"library", base::printable(setting(module.settings, "module"))},
         {"priority", base::printable(setting(module.settings, "priority"))},
         {"critical", base::printable(setting(module.settings, "critical"))},
         {"enable_in", base::printable(setting(module.settings, "enable-in"))},
         {"disable_in", base::printable(setting(module.settings, "disable-in"))},
         {"problem", module.problem.empty() ? base::Value(nullptr)
                                            : base::Value(base::printable(module.problem))}});
}

}  // namespace evidence::probes
