#include "cli/options.h"

#include <filesystem>
#include <ostream>

#include "cli/pin.h"
#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace cli {
namespace {

std::string absolute(const std::string& path) {
  return std::filesystem::absolute(path).lexically_normal().string();
}

std::chrono::milliseconds time_limit(const Invocation& invocation) {
  const auto given = invocation.value("time-limit");
  if (!given) return evidence::probes::CollectOptions{}.silence;
  const auto seconds = base::parse_integer(*given);
  if (!seconds || *seconds < 1 || *seconds > 86400)
    throw base::Error(
        base::ErrorKind::usage,
        "--time-limit is a number of seconds from 1 to 86400, not \"" + *given + "\"");
  return std::chrono::seconds(*seconds);
}

std::optional<evidence::probes::Pkcs11Target> pkcs11_target(const Invocation& invocation,
                                                            const std::string& word, bool here) {
  const auto init_args = invocation.value("pkcs11-init-args");
  const auto variables = invocation.values("pkcs11-env");
  if (word.empty()) {
    for (const char* option : {"pkcs11-init-args", "pkcs11-env", "pkcs11-entry", "chroot"})
      if (invocation.has(option))
        throw base::Error(base::ErrorKind::usage,
                          "--" + std::string(option) +
                              " goes with a PKCS#11 module; name one, as in assay check "
                              "pkcs11:?module-path=/path/of/module.so");
    return std::nullopt;
  }
  auto target = evidence::probes::parse_pkcs11_target(word);
  if (here && !target.module_path.empty()) target.module_path = absolute(target.module_path);
  target.init_args = init_args.value_or("");
  for (const std::string& variable : variables)
    if (variable.find('=') == std::string::npos || variable.starts_with('='))
      throw base::Error(base::ErrorKind::usage, "--pkcs11-env takes NAME=VALUE");
  target.environment = variables;
  target.entry_point = invocation.value("pkcs11-entry").value_or(target.entry_point);
  if (!target.entry_point.ends_with("_GetFunctionList"))
    throw base::Error(base::ErrorKind::usage,
                      "--pkcs11-entry names a function that gives a list of functions, as "
                      "FC_GetFunctionList does, not \"" +
                          base::printable(target.entry_point) + "\"");
  target.chroot = invocation.has("chroot");
  if (target.chroot && here)
    throw base::Error(base::ErrorKind::usage,
                      "--chroot goes with --root DIR, the system to load the module in");
  return target;
}

/// OpenSSL is exercised unless it is told not to; a token only if it is told to, for it may be
/// somebody's key store at work.
bool exercise(const Invocation& invocation, bool token) {
  if (invocation.has("passive") && invocation.has("exercise"))
    throw base::Error(base::ErrorKind::usage,
                      "--passive and --exercise exclude each other; give one of them");
  if (invocation.has("passive") && invocation.has("measure"))
    throw base::Error(base::ErrorKind::usage,
                      "--passive and --measure exclude each other; give one of them");
  if (token) return invocation.has("exercise") || invocation.has("measure");
  return !invocation.has("passive");
}

bool measure(const Invocation& invocation, bool token) {
  if (invocation.has("measure") && !token)
    throw base::Error(base::ErrorKind::usage,
                      "--measure goes with a PKCS#11 module; name one, as in assay check --measure "
                      "pkcs11:?module-path=/path/of/module.so");
  return invocation.has("measure");
}

}  // namespace

evidence::probes::CollectOptions collect_options(const Invocation& invocation, Terminal& terminal,
                                                 const std::string& target) {
  evidence::probes::CollectOptions options;
  options.tool_version = ASSAY_VERSION;
  options.exercise = exercise(invocation, !target.empty());
  options.measure = measure(invocation, !target.empty());
  options.silence = time_limit(invocation);
  if (const auto root = invocation.value("root")) {
    options.root = absolute(*root);
    if (options.root == "/") options.root.clear();
  }
  // Paths given for another root are that system's own; here they may be relative.
  const bool here = options.root.empty();
  for (const auto& [option, variable] :
       {std::pair{"openssl-conf", "OPENSSL_CONF"}, std::pair{"openssl-modules", "OPENSSL_MODULES"}})
    if (const auto path = invocation.value(option))
      options.overrides.emplace_back(variable, here ? absolute(*path) : *path);
  options.pkcs11 = pkcs11_target(invocation, target, here);
  options.login = login_of(invocation, terminal, options.pkcs11 ? &*options.pkcs11 : nullptr);
  if (options.pkcs11) options.pkcs11->objects = options.login || invocation.has("objects");
  if (terminal.progress)
    options.progress = [&terminal](const std::string& doing) {
      terminal.err << "assay: " << doing << "\n" << std::flush;
    };
  return options;
}

}  // namespace cli
