#include "cli/options.h"

#include <filesystem>
#include <ostream>

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

}  // namespace

evidence::probes::CollectOptions collect_options(const Invocation& invocation, Terminal& terminal) {
  evidence::probes::CollectOptions options;
  options.tool_version = ASSAY_VERSION;
  options.exercise = !invocation.has("passive");
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
  if (terminal.progress)
    options.progress = [&terminal](const std::string& doing) {
      terminal.err << "assay: " << doing << "\n" << std::flush;
    };
  return options;
}

}  // namespace cli
