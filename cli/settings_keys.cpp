#include "cli/settings_keys.h"

#include <algorithm>
#include <array>

#include "cli/embedded.h"
#include "evidence/base/error.h"
#include "evidence/base/host.h"
#include "evidence/base/resource.h"
#include "evidence/base/text.h"

namespace cli {
namespace {

using enum SettingKind;

constexpr std::array kKeys = {
    SettingKey{"", "packs", "pack", packs},
    SettingKey{"", "pack-keys", "pack-key", paths},
    SettingKey{"", "fail-on", "fail-on", texts},
    SettingKey{"", "exit-zero", "exit-zero", flag},
    SettingKey{"", "snapshot", "snapshot", text},
    SettingKey{"", "max-snapshot-age", "max-snapshot-age", number},
    SettingKey{"", "waivers", "waivers", paths},
    SettingKey{"", "attestations", "attestations", paths},
    SettingKey{"", "claims", "claims", paths},
    SettingKey{"", "baseline", "baseline", path},
    SettingKey{"target", "root", "root", path},
    SettingKey{"target", "openssl-conf", "openssl-conf", path},
    SettingKey{"target", "openssl-modules", "openssl-modules", path},
    SettingKey{"target", "passive", "passive", flag},
    SettingKey{"target", "time-limit", "time-limit", number},
    SettingKey{"target", "pkcs11-init-args", "pkcs11-init-args", text},
    SettingKey{"target", "pkcs11-env", "pkcs11-env", texts},
    SettingKey{"output", "folder", "output", path},
    SettingKey{"output", "formats", "format", texts},
    SettingKey{"output", "source-map", "source-map", texts},
};

constexpr std::string_view kProfilesKey = "profiles";

std::vector<std::string_view> keys_of(std::string_view table) {
  std::vector<std::string_view> keys;
  for (const SettingKey& key : kKeys)
    if (key.table == table) keys.push_back(key.key);
  if (table.empty()) keys.insert(keys.end(), {kProfilesKey, "target", "output"});
  return keys;
}

// A path of a file is a path from its folder.
std::string from_folder_of(const std::string& file, const std::string& path) {
  const auto slash = file.rfind('/');
  if (path.empty() || path.front() == '/' || slash == std::string::npos) return path;
  return file.substr(0, slash + 1) + path;
}

bool is_path(SettingKind kind, const std::string& value) {
  return kind == path || kind == paths || (kind == packs && value.find('/') != value.npos);
}

std::vector<std::string> values_of(const base::TomlTable& table, const SettingKey& key) {
  const std::string name(key.key);
  std::vector<std::string> values;
  if (key.kind == number) return {std::to_string(table.integer(name).value())};
  if (key.kind == text || key.kind == path) values = {table.required_text(name)};
  if (is_list(key.kind)) values = table.texts(name);
  for (std::string& value : values)
    if (is_path(key.kind, value)) value = from_folder_of(table.file(), value);
  return values;
}

std::string table_in_words(std::string_view table) {
  return table.empty() ? "above the first table" : "into [" + std::string(table) + "]";
}

// A key that is known elsewhere, by its name or by that of its option, is misplaced rather than
// misspelt.
void refuse_misplaced(const base::TomlTable& table, std::string_view name) {
  const std::vector<std::string_view> here = keys_of(name);
  for (const std::string& word : table.keys()) {
    if (std::find(here.begin(), here.end(), word) != here.end()) continue;
    const std::string begin = "\"" + word + "\" ";
    if (word == kProfilesKey) throw table.error(begin + "belongs " + table_in_words(""), word);
    for (const SettingKey& key : kKeys)
      if (key.table != name && (key.key == word || key.option == word))
        throw table.error(
            begin + (key.key == word ? "" : "is called " + std::string(key.key) + ", and ") +
                "belongs " + table_in_words(key.table),
            word);
  }
}

void add_table(std::vector<Setting>& settings, const base::TomlTable& table,
               std::string_view name) {
  refuse_misplaced(table, name);
  table.allow_only(keys_of(name));
  for (const SettingKey& key : kKeys) {
    if (key.table != name || !table.has(key.key)) continue;
    if (key.kind == flag && !table.flag(key.key).value()) continue;
    const std::string from = table.file() + ":" + std::to_string(table.line_of(key.key));
    settings.push_back({std::string(key.option), values_of(table, key), from});
    if (key.kind != flag && settings.back().values.empty()) settings.pop_back();
  }
}

SettingsFile profile_named(const std::string& name, const std::string& from) {
  const std::string file = "profiles/" + name + ".toml";
  std::vector<std::string> known;
  for (const base::Resource& resource : embedded()) {
    if (resource.name == file) return read_settings(resource.bytes, name + ".toml");
    const std::string_view path = resource.name;
    known.emplace_back(path.substr(9, path.size() - 9 - 5));
  }
  const auto near = base::nearest(name, {known.begin(), known.end()});
  throw base::Error(base::ErrorKind::usage, (from.empty() ? "" : from + ": ") + "no profile \"" +
                                                base::printable(name) + "\"; " +
                                                (near ? "did you mean " + std::string(*near) + "?"
                                                      : "there are " + base::join(known, ", ")));
}

bool is_number(const std::string& option) {
  return std::any_of(kKeys.begin(), kKeys.end(), [&](const SettingKey& key) {
    return key.option == option && key.kind == number;
  });
}

void merge(Setting& into, const Setting& more) {
  into.from += ", " + more.from;
  if (is_number(into.option)) {
    into.values = {std::to_string(std::min(base::parse_integer(into.values.at(0)).value(),
                                           base::parse_integer(more.values.at(0)).value()))};
    return;
  }
  for (const std::string& value : more.values)
    if (std::find(into.values.begin(), into.values.end(), value) == into.values.end())
      into.values.push_back(value);
}

}  // namespace

std::span<const SettingKey> setting_keys() { return kKeys; }

SettingsFile read_settings(std::string_view bytes, const std::string& file) {
  const auto top = base::TomlTable::parse(bytes, file);
  SettingsFile settings;
  add_table(settings.settings, top, "");
  for (const std::string_view name : {"target", "output"})
    if (const auto table = top.table(name)) add_table(settings.settings, *table, name);
  settings.profiles = top.texts(kProfilesKey);
  settings.profiles_from = file + ":" + std::to_string(top.line_of(kProfilesKey));
  return settings;
}

std::vector<Setting> profile_settings(const std::vector<std::string>& names,
                                      const std::string& from) {
  std::vector<Setting> merged;
  for (const std::string& name : names) {
    for (Setting& setting : profile_named(name, from).settings) {
      setting.from = "profile " + name;
      const auto same = std::find_if(merged.begin(), merged.end(), [&](const Setting& one) {
        return one.option == setting.option;
      });
      if (same == merged.end())
        merged.push_back(std::move(setting));
      else
        merge(*same, setting);
    }
  }
  return merged;
}

void check_setting(const Setting& setting, std::span<const Option> options) {
  for (const Option& option : options) {
    if (option.name != setting.option || option.choices.empty()) continue;
    const auto choices = base::split(option.choices, ' ');
    for (const std::string& value : setting.values) {
      if (std::find(choices.begin(), choices.end(), value) != choices.end()) continue;
      const auto near = base::nearest(value, choices);
      throw base::Error(base::ErrorKind::usage,
                        setting.from + ": " + setting.option + " is one of " +
                            std::string(option.choices) + ", not \"" + base::printable(value) +
                            "\"" + (near ? "; did you mean " + std::string(*near) + "?" : ""));
    }
  }
}

}  // namespace cli
