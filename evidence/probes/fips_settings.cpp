#include "evidence/probes/fips_settings.h"

#include <utility>
#include <vector>

#include "evidence/base/csv.h"
#include "evidence/base/text.h"
#include "evidence/probes/embedded.h"

namespace evidence::probes {
namespace {

using Version = std::pair<std::int64_t, std::int64_t>;
using Text = std::optional<std::string>;

constexpr Version kOldest = {3, 0}, kNewest = {4, 0}, kStrictReading = {3, 4};
constexpr std::string_view kData = "probes/fips_settings.csv";

// One key of the table in fips_settings.csv.
struct Key {
  std::string name;
  Version first;                 // First version whose provider reads it.
  std::optional<Version> last;   // Last one that is known to, if that is not the newest.
  std::optional<Version> gone;   // First one that is known not to.
  std::string compiled_default;  // "" where it has none.
  std::string strict;
  std::string kind;
};

// "3.0" or "3.0.20" or "3.0.7-395c1a240fbfffd8".
std::optional<Version> parse_version(std::string_view text) {
  const auto parts = base::split(text, '.');
  if (parts.size() < 2) return std::nullopt;
  const auto major = base::parse_integer(parts[0]);
  const auto minor = base::parse_integer(parts[1]);
  if (!major || !minor) return std::nullopt;
  return Version{*major, *minor};
}

std::vector<Key> read_keys() {
  const base::Csv csv = base::parse_csv(base::find_resource(embedded(), kData), std::string(kData));
  const auto cell = [&](const std::vector<std::string>& row, std::string_view name) {
    return row[csv.column(name)];
  };
  std::vector<Key> keys;
  for (const auto& row : csv.rows)
    keys.push_back({cell(row, "setting"),
                    parse_version(cell(row, "first_version")).value_or(kOldest),
                    parse_version(cell(row, "last_version")), parse_version(cell(row, "gone_by")),
                    cell(row, "compiled_default"), cell(row, "strict"), cell(row, "kind")});
  return keys;
}

Text unless_empty(const std::string& text) { return text.empty() ? Text() : Text(text); }

std::optional<bool> known(const Key& key, const std::optional<Version>& version) {
  if (!version) return std::nullopt;
  if (*version < key.first) return false;
  if (!key.last || *version <= *key.last) return true;
  if (key.gone && *version >= *key.gone) return false;
  return std::nullopt;
}

// How a provider reads a switch: up to 3.3 only the value other than the default counts, and what
// is neither 0 nor 1 is the default. From 3.4 on the provider refuses to load with such a value, so
// none is in force; conditional-errors alone is read as before.
Text effective_switch(const Key& key, const Version& version, const std::string& value) {
  if (value == "0" || value == "1") return value;
  if (version >= kStrictReading && key.name != "conditional-errors") return std::nullopt;
  return key.compiled_default;
}

Text effective(const Key& key, const std::optional<Version>& version, const ConfSetting* setting) {
  if (key.kind != "policy")
    return setting == nullptr ? Text() : Text(base::printable(setting->value));
  if (!version || known(key, version) != true) return std::nullopt;
  if (setting == nullptr) return unless_empty(key.compiled_default);
  return effective_switch(key, *version, setting->value);
}

void record_key(Source& source, const std::string& module, const Key& key,
                const std::optional<Version>& version, const ConfSetting* setting,
                const Text& reported) {
  const auto is_known = known(key, version);
  source.row("fips_setting", Basis::declared,
             {{"module", module},
              {"setting", key.name},
              {"known", or_null(is_known ? std::optional<std::int64_t>(*is_known) : std::nullopt)},
              {"present", std::int64_t{setting != nullptr}},
              {"value", or_null(setting ? Text(base::printable(setting->value)) : Text())},
              {"file", or_null(setting ? Text(setting->file) : Text())},
              {"line", or_null(setting ? std::optional(setting->line) : std::nullopt)},
              {"compiled_default",
               or_null(is_known == true ? unless_empty(key.compiled_default) : Text())},
              {"effective", or_null(effective(key, version, setting))},
              {"reported", or_null(reported)},
              {"strict", or_null(unless_empty(key.strict))},
              {"kind", key.kind}});
}

// The file that holds the section, else the one that should lead to it.
std::string locator(const OpensslConfiguration& configuration, const ConfiguredProvider* provider) {
  if (provider == nullptr || provider->settings.empty()) return configuration.file;
  return provider->settings.front().file;
}

}  // namespace

void record_fips_settings(Recorder& record, const std::string& module,
                          const std::optional<std::string>& version,
                          const OpensslConfiguration& configuration,
                          const std::map<std::string, std::string>& reported) {
  const auto* provider = configuration.find(module.substr(module.find(':') + 1));
  Source source =
      record.source({{"fips_setting"}, module, locator(configuration, provider), "read"});
  if (configuration.seen == base::Seen::unreadable) return source.unreadable(configuration.reason);
  if (configuration.error)
    return source.unreadable("OpenSSL drops the configuration: " + configuration.error->message);
  auto number = version ? parse_version(*version) : std::nullopt;
  if (number && (*number < kOldest || *number > kNewest)) number.reset();
  for (const Key& key : read_keys()) {
    const auto said = reported.find(key.name);
    record_key(source, module, key, number, provider ? provider->find(key.name) : nullptr,
               said == reported.end() ? Text() : Text(base::printable(said->second)));
  }
}

}  // namespace evidence::probes
