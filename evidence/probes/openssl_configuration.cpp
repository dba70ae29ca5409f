#include "evidence/probes/openssl_configuration.h"

#include <algorithm>
#include <array>

#include "evidence/base/text.h"
#include "evidence/probes/openssl_configuration_problems.h"

namespace evidence::probes {
namespace {

const std::vector<std::string> kFeeds = {"openssl_configuration", "openssl_setting",
                                         "openssl_configuration_problem", "fips_setting"};

struct Chosen {
  std::string value;
  std::string by;
};

Chosen choose(const base::Host& host, const std::string& variable, const std::string& fallback,
              const std::string& fallback_name) {
  if (const auto value = host.environment(variable)) return {*value, variable};
  return {fallback, fallback_name};
}

// Text before the first dot of a name only serves to tell equal names apart.
std::string without_mark(const std::string& name) { return name.substr(name.find('.') + 1); }

ConfiguredProvider configured(const OpensslConf& conf, const ConfSetting& named_by) {
  ConfiguredProvider provider;
  provider.name = without_mark(named_by.name);
  provider.section = named_by.value;
  provider.named_by = named_by;
  provider.section_exists = conf.has_section(named_by.value);
  provider.settings = conf.section(named_by.value);
  for (const ConfSetting& setting : provider.settings) {
    const std::string name = without_mark(setting.name);
    if (name == "identity") provider.name = setting.value;
    if (name == "module") provider.module = setting;
    if (name == "activate") provider.activate = setting;
  }
  return provider;
}

void record_settings(Source& source, const OpensslConf& conf) {
  std::int64_t position = 0;
  for (const ConfSetting& setting : conf.settings())
    source.row("openssl_setting", Basis::declared,
               {{"host", "host"},
                {"position", ++position},
                {"file", setting.file},
                {"line", setting.line},
                {"section", base::printable(setting.section)},
                {"name", base::printable(setting.name)},
                {"value", base::printable(setting.value)}});
}

std::string dropped(const ConfError& error) {
  return "line " + std::to_string(error.line) + ": " + error.message +
         ": OpenSSL drops the whole configuration";
}

// Included files are places of their own: each is on record with what became of it.
void record_includes(Recorder& record, const OpensslConf& conf) {
  for (const ConfInclude& include : conf.includes()) {
    Source source = record.source({kFeeds, "host", include.path, "read"});
    if (include.seen == base::Seen::absent)
      source.absent("no such file; " + include.file + ":" + std::to_string(include.line) +
                    " includes it");
    if (include.seen == base::Seen::unreadable) source.unreadable(include.reason);
    if (conf.error() && conf.error()->file == include.path)
      source.unreadable(dropped(*conf.error()));
  }
}

void record_configuration(Source& source, const OpensslConf& conf,
                          const OpensslConfiguration& result, const Chosen& file,
                          const Chosen& modules) {
  const auto* init = conf.find("default", "openssl_conf");
  const auto& properties = result.default_properties;
  using Text = std::optional<std::string>;
  source.row(
      "openssl_configuration", Basis::declared,
      {{"host", "host"},
       {"file", file.value},
       {"chosen_by", file.by},
       {"modules_folder", modules.value},
       {"modules_chosen_by", modules.by},
       {"init_section", or_null(init ? Text(init->value) : std::nullopt)},
       {"provider_section", or_null(result.provider_section)},
       {"default_properties", or_null(properties ? Text(properties->value) : std::nullopt)},
       {"default_properties_line",
        or_null(properties ? std::optional(properties->line) : std::nullopt)},
       {"default_properties_file", or_null(properties ? Text(properties->file) : std::nullopt)},
       {"config_diagnostics", std::int64_t{result.diagnostics}}});
}

void record_problems(Source& source, const std::vector<ConfigurationProblem>& problems) {
  for (const ConfigurationProblem& problem : problems)
    source.row("openssl_configuration_problem", Basis::declared,
               {{"host", "host"},
                {"file", problem.file},
                {"line", or_null(problem.line)},
                {"problem", problem.problem},
                {"silent", std::int64_t{problem.silent}},
                {"concerns_fips", std::int64_t{problem.concerns_fips}}});
}

// OpenSSL reads the leading digits of the value and ignores the rest.
bool diagnostics_on(const OpensslConf& conf) {
  const auto* setting = conf.find("default", "config_diagnostics");
  if (setting == nullptr) return false;
  const auto digits = setting->value.substr(0, setting->value.find_first_not_of("0123456789"));
  return digits.find_first_not_of('0') != std::string::npos;
}

void interpret(const OpensslConf& conf, OpensslConfiguration& result) {
  result.error = conf.error();
  result.diagnostics = diagnostics_on(conf);
  const auto* init = conf.find("default", "openssl_conf");
  if (init == nullptr) return;
  for (const ConfSetting& module : conf.section(init->value)) {
    const auto kind = configuration_module(module.name);
    if (kind == "providers") {
      result.provider_section = module.value;
      for (const ConfSetting& named_by : conf.section(module.value))
        result.providers.push_back(configured(conf, named_by));
    }
    if (kind == "alg_section")
      for (const ConfSetting& setting : conf.section(module.value))
        if (setting.name == "default_properties") result.default_properties = setting;
  }
}

}  // namespace

const ConfSetting* ConfiguredProvider::find(std::string_view setting) const {
  for (const ConfSetting& candidate : settings)
    if (candidate.name == setting) return &candidate;
  return nullptr;
}

bool ConfiguredProvider::meant_as_fips() const {
  return name == "fips" || named_by.name == "fips" || find("module-mac") != nullptr ||
         (module && base::name_of(module->value).starts_with("fips"));
}

const ConfiguredProvider* OpensslConfiguration::find(std::string_view provider) const {
  for (const ConfiguredProvider& candidate : providers)
    if (candidate.name == provider) return &candidate;
  return nullptr;
}

OpensslConfiguration probe_openssl_configuration(Recorder& record, const LibraryFacts& library) {
  const base::Host& host = record.host();
  const Chosen file =
      choose(host, "OPENSSL_CONF", library.openssldir + "/openssl.cnf", "OPENSSLDIR");
  const Chosen modules = choose(host, "OPENSSL_MODULES", library.modulesdir, "MODULESDIR");
  OpensslConf conf;
  if (!file.value.empty()) conf = read_openssl_conf(host, file.value);

  OpensslConfiguration result;
  result.file = file.value;
  result.modules_folder = modules.value;
  result.seen = conf.seen();
  result.reason = conf.reason();
  interpret(conf, result);
  const auto problems = configuration_problems(conf, result);

  Source source = record.source({kFeeds, "host", file.value, "read"});
  if (result.seen != base::Seen::unreadable)
    record_configuration(source, conf, result, file, modules);
  record_settings(source, conf);
  record_problems(source, problems);
  if (file.value.empty())
    source.absent("OPENSSL_CONF is empty: no configuration is asked for");
  else if (result.seen == base::Seen::absent)
    source.absent("no such file");
  else if (result.seen == base::Seen::unreadable)
    source.unreadable(result.reason);
  else if (result.error && result.error->file == file.value)
    source.unreadable(dropped(*result.error));
  record_includes(record, conf);
  return result;
}

}  // namespace evidence::probes
