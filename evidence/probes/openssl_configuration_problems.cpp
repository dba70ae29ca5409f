#include "evidence/probes/openssl_configuration_problems.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "evidence/base/text.h"

namespace evidence::probes {
namespace {

// The configuration modules that libcrypto 3 has built in.
constexpr std::array<std::string_view, 7> kModules = {
    "providers", "alg_section", "oid_section", "ssl_conf", "random", "engines", "stbl_section"};
constexpr std::array<std::string_view, 7> kTrue = {"1", "yes", "YES", "true", "TRUE", "on", "ON"};
constexpr std::array<std::string_view, 7> kFalse = {"0",     "no",  "NO", "false",
                                                    "FALSE", "off", "OFF"};
constexpr std::array<std::string_view, 12> kTruth = {"TRUE",  "true",  "Y", "y", "YES", "yes",
                                                     "FALSE", "false", "N", "n", "NO",  "no"};

template <class Words>
bool one_of(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool about_fips(const std::string& text) {
  return base::lower(text).find("fips") != std::string::npos;
}

std::string quoted(const std::string& text) {
  std::string result(1, '"');
  return (result += base::printable(text)) += '"';
}

// What OpenSSL does at its start (crypto/conf/conf_mod.c, provider_conf.c, evp_cnf.c), tried with
// 3.0.22, 3.5.9 and 3.6.5: the first failing module ends it all, and config_diagnostics decides
// whether anybody hears of it. A provider that cannot be loaded never ends anything.
class Walk {
 public:
  Walk(const OpensslConf& conf, OpensslConfiguration& result) : conf_(conf), result_(result) {}

  std::vector<ConfigurationProblem> problems() && {
    if (result_.seen != base::Seen::ok) return not_read();
    includes();
    if (conf_.error()) {
      add(conf_.error()->file, conf_.error()->line,
          conf_.error()->message + ": OpenSSL drops the whole configuration", true,
          mentions_fips());
      return std::move(problems_);
    }
    start();
    return std::move(problems_);
  }

 private:
  std::vector<ConfigurationProblem> not_read() {
    if (result_.seen == base::Seen::absent && !result_.file.empty())
      add(result_.file, std::nullopt, "there is no such file: OpenSSL goes on with its defaults",
          true, false);
    return std::move(problems_);
  }

  void add(const std::string& file, std::optional<std::int64_t> line, const std::string& problem,
           bool silent, bool fips) {
    problems_.push_back({file, line, problem, silent, fips});
  }

  void note(const ConfSetting& at, const std::string& problem, bool fips) {
    add(at.file, at.line, problem, true, fips);
  }

  // OpenSSL gives up here: a word of it is heard only with config_diagnostics.
  bool stop(const ConfSetting& at, const std::string& problem) {
    add(at.file, at.line, problem + "; OpenSSL leaves out this and all that follows",
        !result_.diagnostics, left_out_concerns_fips());
    return false;
  }

  bool mentions_fips() const {
    if (about_fips(result_.file)) return true;
    for (const ConfInclude& include : conf_.includes())
      if (about_fips(include.path)) return true;
    for (const ConfSetting& setting : conf_.settings())
      if (about_fips(setting.section) || about_fips(setting.name) || about_fips(setting.value))
        return true;
    return conf_.error() && about_fips(conf_.error()->message);
  }

  bool left_out_concerns_fips() const {
    for (const ConfiguredProvider& provider : result_.providers)
      if (provider.meant_as_fips() && !provider.reached) return true;
    return result_.default_properties && !properties_set_ &&
           about_fips(result_.default_properties->value);
  }

  void includes() {
    for (const ConfInclude& include : conf_.includes()) {
      const bool fips = about_fips(include.path) || about_fips(include.file);
      if (include.seen == base::Seen::absent)
        add(include.file, include.line,
            "the included " + quoted(include.path) + " does not exist: OpenSSL passes over it",
            true, fips);
      if (include.seen == base::Seen::unreadable)
        add(include.file, include.line,
            "the included " + quoted(include.path) + " could not be read: " + include.reason, true,
            fips);
      if (!include.path.starts_with('/'))
        add(include.file, include.line,
            "the included " + quoted(include.path) +
                " is relative: which file it is depends on the folder a program runs in",
            true, fips);
    }
  }

  void start() {
    const ConfSetting* init = conf_.find("default", "openssl_conf");
    if (init == nullptr) {
      add(result_.file, std::nullopt,
          "openssl_conf is not set: OpenSSL configures nothing from this file", true,
          mentions_fips() || section_of_fips_settings());
      return;
    }
    if (!conf_.has_section(init->value)) {
      stop(*init, "openssl_conf names " + quoted(init->value) + ", and there is no such section");
      return;
    }
    for (const ConfSetting& module : conf_.section(init->value))
      if (!run(module)) return;
    missing_providers();
  }

  // Settings of a FIPS provider that nothing leads to.
  bool section_of_fips_settings() const {
    return std::any_of(conf_.settings().begin(), conf_.settings().end(),
                       [](const ConfSetting& setting) { return setting.name == "module-mac"; });
  }

  bool run(const ConfSetting& module) {
    const std::string_view kind = configuration_module(module.name);
    if (kind.empty())
      return stop(module, quoted(module.name) + " is nothing that libcrypto can configure");
    if (!conf_.has_section(module.value))
      return stop(module, module.name + " names " + quoted(module.value) +
                              ", and there is no such section");
    if (kind == "providers") return providers(module.value);
    return kind != "alg_section" || algorithms(module.value);
  }

  bool providers(const std::string& section) {
    for (ConfiguredProvider& provider : result_.providers) {
      if (provider.named_by.section != section) continue;
      if (!provider.section_exists)
        return stop(provider.named_by, "the provider " + quoted(provider.name) + " points to " +
                                           quoted(provider.section) +
                                           ", and there is no such section");
      if (!activation(provider)) return false;
      provider.reached = true;
      if (provider.meant_as_fips()) fips_section(provider);
    }
    return true;
  }

  bool activation(const ConfiguredProvider& provider) {
    if (!provider.activate) return true;
    const std::string& value = provider.activate->value;
    if (one_of(kTrue, value)) return true;
    if (one_of(kFalse, value)) {
      note(*provider.activate,
           "activate is " + quoted(value) + ", which OpenSSL 3.0 takes for yes and 3.5 for no",
           provider.meant_as_fips());
      return true;
    }
    add(provider.activate->file, provider.activate->line,
        "activate is " + quoted(value) +
            ", which OpenSSL 3.0 takes for yes; 3.5 leaves out this and all that follows",
        !result_.diagnostics, left_out_concerns_fips());
    return true;
  }

  void fips_section(const ConfiguredProvider& provider) {
    if (provider.settings.empty()) {
      note(provider.named_by,
           "the section " + quoted(provider.section) + " of the provider " + quoted(provider.name) +
               " is empty: the provider is not activated",
           true);
      return;
    }
    if (!provider.activate)
      note(provider.named_by,
           "the section " + quoted(provider.section) +
               " has no activate: the provider is active only in programs that load it themselves",
           true);
    const ConfSetting* mac = provider.find("module-mac");
    if (mac == nullptr)
      note(provider.named_by,
           "the section " + quoted(provider.section) +
               " has no module-mac: a provider that does not carry the value itself will not load",
           true);
    else if (!base::from_hex(mac->value) || mac->value.empty())
      note(*mac, "module-mac is no row of hexadecimal pairs: the provider will not load", true);
  }

  bool algorithms(const std::string& section) {
    for (const ConfSetting& setting : conf_.section(section)) {
      if (setting.name == "default_properties") {
        if (!is_property_query(setting.value))
          return stop(setting,
                      "default_properties is " + quoted(setting.value) + ", which is no query");
        properties_set_ = true;
      } else if (setting.name == "fips_mode") {
        if (!one_of(kTruth, setting.value))
          return stop(setting, "fips_mode is " + quoted(setting.value) + ", neither yes nor no");
        note(setting, "fips_mode is deprecated: default_properties = fips=yes says the same", true);
      } else {
        return stop(setting, quoted(setting.name) + " is no setting of the algorithm section");
      }
    }
    return true;
  }

  // With one provider activated by the configuration, none is activated by default.
  void missing_providers() {
    const auto active = [&](std::string_view name) {
      const ConfiguredProvider* provider = result_.find(name);
      return provider != nullptr && provider->reached && provider->activate &&
             !one_of(kFalse, provider->activate->value);
    };
    const bool any =
        std::any_of(result_.providers.begin(), result_.providers.end(),
                    [](const auto& provider) { return provider.activate.has_value(); });
    if (!any) return;
    const ConfSetting& at = result_.providers.front().named_by;
    const bool fips = std::any_of(
        result_.providers.begin(), result_.providers.end(),
        [&](const auto& provider) { return provider.meant_as_fips() && active(provider.name); });
    if (!fips && !active("default"))
      note(at, "neither a FIPS provider nor the default one is activated: there are no algorithms",
           result_.find("fips") != nullptr);
    if (fips && !active("base") && !active("default"))
      note(at, "neither base nor default is activated: keys cannot be read or written", true);
  }

  const OpensslConf& conf_;
  OpensslConfiguration& result_;
  std::vector<ConfigurationProblem> problems_;
  bool properties_set_ = false;
};

bool name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.';
}

bool is_number(std::string_view text) {
  const bool hexadecimal = text.starts_with("0x");
  return text.find_first_not_of(hexadecimal ? "0123456789abcdefABCDEF" : "0123456789",
                                hexadecimal ? 2 : 0) == std::string_view::npos;
}

bool is_property(std::string_view part) {
  part = base::trim(part);
  if (part.starts_with('-') || part.starts_with('?')) part = base::trim(part.substr(1));
  if (part.empty() || !((part[0] | 0x20) >= 'a' && (part[0] | 0x20) <= 'z')) return false;
  std::size_t at = 0;
  while (at < part.size() && name_character(part[at])) ++at;
  std::string_view rest = base::trim(part.substr(at));
  if (rest.empty()) return true;
  if (rest.starts_with("!="))
    rest = base::trim(rest.substr(2));
  else if (rest.starts_with('='))
    rest = base::trim(rest.substr(1));
  else
    return false;
  if (rest.size() > 1 && (rest[0] == '"' || rest[0] == '\''))
    return rest.find(rest[0], 1) == rest.size() - 1;
  if (!rest.empty() && rest[0] >= '0' && rest[0] <= '9') return is_number(rest);
  return !rest.empty() && rest.find_first_of("=,!\"' \t") == std::string_view::npos;
}

}  // namespace

std::string_view configuration_module(std::string_view name) {
  name = name.substr(0, name.rfind('.'));
  const auto* found = std::find_if(kModules.begin(), kModules.end(), [&](std::string_view word) {
    return !name.empty() && word.starts_with(name);
  });
  return found == kModules.end() ? std::string_view() : *found;
}

bool is_property_query(std::string_view query) {
  if (base::trim(query).empty()) return true;
  const auto parts = base::split(query, ',');
  return std::all_of(parts.begin(), parts.end(), is_property);
}

std::vector<ConfigurationProblem> configuration_problems(const OpensslConf& conf,
                                                         OpensslConfiguration& result) {
  return Walk(conf, result).problems();
}

}  // namespace evidence::probes
