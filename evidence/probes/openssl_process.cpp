#include "evidence/probes/openssl_process.h"

namespace evidence::probes {
namespace {

// Variables that decide what OpenSSL of the target loads.
constexpr const char* kVariables[] = {"OPENSSL_CONF", "OPENSSL_MODULES", "OPENSSL_CONF_INCLUDE",
                                      "OPENSSL_ENGINES"};

// The environment of a program of the target: of this machine the one we were given, of another
// system none of ours.
std::vector<std::string> environment_for(const base::Host& host) {
  std::vector<std::string> environment;
  if (host.root().empty())
    for (const std::string& variable : base::environment_of_this_process())
      if (!variable.starts_with("OPENSSL_")) environment.push_back(variable);
  for (const char* name : kVariables)
    if (const auto value = host.environment(name))
      environment.push_back(std::string(name) + "=" + *value);
  return environment;
}

std::vector<std::string> words_of(const base::Host& host, const OpensslTask& task) {
  std::vector<std::string> words = {"--library=" + host.outside(task.library),
                                    "--library-name=" + task.library};
  if (!host.root().empty()) words.push_back("--root=" + host.root());
  if (!task.provider.empty()) words.push_back("--provider=" + task.provider);
  if (task.meant_as_fips) words.emplace_back("--meant-as-fips");
  if (task.preferred) words.emplace_back("--preferred");
  if (task.describe_only) words.emplace_back("--describe-only");
  if (task.exercise) words.emplace_back("--exercise");
  return words;
}

}  // namespace

ForeignStart start_of(const base::Host& host, const OpensslTask& task,
                      const std::set<std::string>& skip, int log_descriptor) {
  ForeignStart start =
      foreign_start(host, kOpensslProbeProgram, words_of(host, task), skip, log_descriptor);
  start.program.environment = environment_for(host);
  return start;
}

}  // namespace evidence::probes
