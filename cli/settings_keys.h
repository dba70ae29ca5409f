#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/settings.h"
#include "evidence/base/toml.h"

namespace cli {

/// What the value of a setting is. `packs` are names, of which those with a slash are paths.
enum class SettingKind { text, texts, number, flag, path, paths, packs };

/// True if there may be several values.
constexpr bool is_list(SettingKind kind) {
  return kind == SettingKind::texts || kind == SettingKind::paths || kind == SettingKind::packs;
}

/// A key of a settings file and the option that it stands for.
struct SettingKey {
  std::string_view table;   ///< "" for the top.
  std::string_view key;     ///< e.g. "packs"
  std::string_view option;  ///< e.g. "pack"
  SettingKind kind;
};

/// Every key there is.
std::span<const SettingKey> setting_keys();

/// A settings file: what it says about options, and the profiles that it names.
struct SettingsFile {
  std::vector<Setting> settings;
  std::vector<std::string> profiles;
  std::string profiles_from;  ///< File and line that name them.
};

/// The settings in `text`, the contents of `file`. Relative paths in it are those of its folder.
/// Throws Error(input) with file and line for a key that is not known, naming the table that it
/// belongs to, or the nearest one.
SettingsFile read_settings(std::string_view text, const std::string& file);

/// The settings that the built-in profiles `names` make together: lists are joined, of numbers the
/// smallest counts. Throws Error(usage) for a name that is none, beginning with `from`, the place
/// that names it, if there is one.
std::vector<Setting> profile_settings(const std::vector<std::string>& names,
                                      const std::string& from = {});

/// Throws Error(usage) that begins with the origin if the option of `setting` knows no such value.
void check_setting(const Setting& setting, std::span<const Option> options);

}  // namespace cli
