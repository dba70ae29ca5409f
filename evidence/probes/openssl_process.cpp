#include "evidence/probes/openssl_process.h"

#include "evidence/base/text.h"
#include "evidence/probes/libraries.h"

namespace evidence::probes {
namespace {

constexpr const char* kProgram = "assay-probe-openssl";

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

// Another system's program is started by that system's loader, told to take libraries from its
// folders only: this machine's cache of libraries is not its own.
OpensslStart foreign_start(const base::Host& host, const std::string& program) {
  const DynamicLoader loader = dynamic_loader(host);
  if (!loader.path) return {{}, loader.reason};
  std::vector<std::string> folders;
  for (const std::string& folder : library_folders(host)) folders.push_back(host.outside(folder));
  return {{{host.outside(*loader.path), "--inhibit-cache", "--library-path",
            base::join(folders, ":"), program},
           {}},
          {}};
}

bool is_program(const std::string& path) {
  const base::FileStatus status = base::SystemHost().status(path);
  return status.seen == base::Seen::ok && !status.is_folder && (status.mode & 0111U) != 0;
}

}  // namespace

std::optional<std::string> openssl_probe_program() {
  const std::string folder = base::folder_of_this_program();
  for (const std::string& path : {folder + "/" + kProgram, folder + "/../libexec/assay/" + kProgram,
                                  folder + "/../bin/" + kProgram})
    if (is_program(path)) return base::SystemHost().resolve(path);
  return std::nullopt;
}

OpensslStart start_of(const base::Host& host, const OpensslTask& task,
                      const std::set<std::string>& skip, int log_descriptor) {
  const auto program = openssl_probe_program();
  if (!program) return {{}, std::string(kProgram) + " is not installed; see assay doctor"};
  OpensslStart start;
  if (host.root().empty())
    start.program.arguments = {*program};
  else
    start = foreign_start(host, *program);
  if (start.program.arguments.empty()) return start;
  start.program.environment = environment_for(host);
  auto& words = start.program.arguments;
  words.push_back("--log=" + std::to_string(log_descriptor));
  for (std::string& word : words_of(host, task)) words.push_back(std::move(word));
  for (const std::string& step : skip) words.push_back("--skip=" + step);
  return start;
}

}  // namespace evidence::probes
