#include "evidence/probes/foreign_process.h"

#include "evidence/base/text.h"
#include "evidence/probes/libraries.h"

namespace evidence::probes {
namespace {

// Another system's program is started by that system's loader, told to take libraries from its
// folders only: this machine's cache of libraries is not its own.
ForeignStart start_below(const base::Host& host, const std::string& program) {
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

std::optional<std::string> probe_program(const std::string& name) {
  const std::string folder = base::folder_of_this_program();
  for (const std::string& path :
       {folder + "/" + name, folder + "/../libexec/assay/" + name, folder + "/../bin/" + name})
    if (is_program(path)) return base::SystemHost().resolve(path);
  return std::nullopt;
}

ForeignStart foreign_start(const base::Host& host, const std::string& name,
                           const std::vector<std::string>& words, const std::set<std::string>& skip,
                           int log_descriptor) {
  const auto program = probe_program(name);
  if (!program) return {{}, name + " is not installed; see assay doctor"};
  ForeignStart start;
  if (host.root().empty())
    start.program.arguments = {*program};
  else
    start = start_below(host, *program);
  if (start.program.arguments.empty()) return start;
  auto& arguments = start.program.arguments;
  arguments.push_back("--log=" + std::to_string(log_descriptor));
  arguments.insert(arguments.end(), words.begin(), words.end());
  for (const std::string& step : skip) arguments.push_back("--skip=" + step);
  return start;
}

}  // namespace evidence::probes
