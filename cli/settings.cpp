#include "cli/settings.h"

#include <algorithm>

#include "cli/settings_keys.h"
#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace cli {
namespace {

using base::Seen;

constexpr const char* kName = "assay.toml";
constexpr std::string_view kPrefix = "ASSAY_";

bool takes(const Command& command, std::string_view option) {
  return std::any_of(command.options.begin(), command.options.end(),
                     [&](const Option& one) { return one.name == option; });
}

// The places where a settings file may be, the nearest first.
std::vector<std::string> places(const base::Host& host) {
  std::vector<std::string> files = {kName};
  const auto xdg = host.environment("XDG_CONFIG_HOME");
  const auto home = host.environment("HOME");
  if (xdg && xdg->starts_with('/'))
    files.push_back(*xdg + "/assay/" + kName);
  else if (home && home->starts_with('/'))
    files.push_back(*home + "/.config/assay/" + kName);
  files.push_back(std::string("/etc/assay/") + kName);
  return files;
}

// A file that is there and cannot be read decides nothing in silence.
base::Error unreadable(const std::string& file, const std::string& reason) {
  return {base::ErrorKind::input,
          file + ": the settings cannot be read (" + reason +
              "); make the file readable, or name another one or none with --config"};
}

SettingsFile file_settings(const Invocation& given, const base::Host& host) {
  auto named = given.value("config");
  if (!named) named = host.environment("ASSAY_CONFIG");
  if (named == "none") return {};
  for (const std::string& file : named ? std::vector{*named} : places(host)) {
    const base::FileText read = host.read_file(file);
    if (read.seen == Seen::ok) return read_settings(read.text, file);
    if (read.seen == Seen::unreadable) throw unreadable(file, read.reason);
    if (named) throw unreadable(file, "no such file");
  }
  return {};
}

std::string variable_of(std::string_view option) {
  std::string name = std::string(kPrefix) + std::string(option);
  for (char& c : name)
    if (c == '-')
      c = '_';
    else if (c >= 'a' && c <= 'z')
      c = static_cast<char>(c - 'a' + 'A');
  return name;
}

std::vector<std::string> list_of(const std::string& text) {
  std::vector<std::string> values;
  for (const std::string_view part : base::split(text, ','))
    if (const auto value = base::trim(part); !value.empty()) values.emplace_back(value);
  return values;
}

// A slip in the name of a variable must not switch a gate off. Names that are near none are not
// assay's, and nobody's error.
void refuse_slips(const base::Host& host) {
  std::vector<std::string> known = {"ASSAY_CONFIG", "ASSAY_PROFILE"};
  for (const SettingKey& key : setting_keys()) known.push_back(variable_of(key.option));
  std::vector<std::string_view> words;
  for (const std::string& name : known)
    words.push_back(std::string_view(name).substr(kPrefix.size()));
  for (const std::string& name : host.variable_names()) {
    if (!name.starts_with(kPrefix) || std::count(known.begin(), known.end(), name) > 0) continue;
    if (const auto near = base::nearest(std::string_view(name).substr(kPrefix.size()), words))
      throw base::Error(base::ErrorKind::usage, "no setting is called " + base::printable(name) +
                                                    "; did you mean " + std::string(kPrefix) +
                                                    std::string(*near) + "?");
  }
}

std::vector<Setting> variable_settings(const base::Host& host) {
  std::vector<Setting> settings;
  for (const SettingKey& key : setting_keys()) {
    const std::string name = variable_of(key.option);
    const auto value = host.environment(name);
    if (!value || value->empty()) continue;
    Setting setting{std::string(key.option),
                    is_list(key.kind) ? list_of(*value) : std::vector{*value}, name};
    if (key.kind == SettingKind::flag) {
      if (*value != "0" && *value != "1")
        throw base::Error(base::ErrorKind::usage,
                          name + " is 0 or 1, not \"" + base::printable(*value) + "\"");
      if (*value == "0") continue;
      setting.values.clear();
    }
    settings.push_back(std::move(setting));
  }
  return settings;
}

std::vector<Setting> settings_of_profiles(const Invocation& given, const base::Host& host,
                                          const SettingsFile& file) {
  if (given.has("profile")) return profile_settings(given.values("profile"));
  if (const auto named = host.environment("ASSAY_PROFILE"); named && !named->empty())
    return profile_settings(list_of(*named), "ASSAY_PROFILE");
  return profile_settings(file.profiles, file.profiles_from);
}

// Whoever names a format wants that one, and not the folder of the settings.
bool is_given(const Invocation& given, const std::string& option) {
  return given.has(option) || (option == "output" && given.has("format"));
}

}  // namespace

std::vector<Setting> settings_of(const Command& command, const Invocation& given,
                                 const base::Host& host) {
  refuse_slips(host);
  const SettingsFile file = file_settings(given, host);
  std::vector<Setting> settings;
  for (const auto& source :
       {variable_settings(host), file.settings, settings_of_profiles(given, host, file)})
    for (const Setting& setting : source) {
      check_setting(setting, command.options);
      const bool known = std::any_of(settings.begin(), settings.end(), [&](const Setting& one) {
        return one.option == setting.option;
      });
      if (!known && takes(command, setting.option) && !is_given(given, setting.option))
        settings.push_back(setting);
    }
  return settings;
}

Invocation with_settings(const Command& command, const Invocation& given, const base::Host& host) {
  if (!takes(command, "profile")) return given;
  Invocation completed = given;
  for (const Setting& setting : settings_of(command, given, host))
    completed.set(setting.option, setting.values);
  return completed;
}

}  // namespace cli
