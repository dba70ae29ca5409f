#include "evidence/base/descendants.h"

#include <dirent.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <fstream>
#include <memory>
#include <string>

#include "evidence/base/text.h"

namespace base {
namespace {

// A module that starts processes faster than they can be killed does not keep us for ever.
constexpr int kRounds = 100;

struct CloseFolder {
  void operator()(DIR* folder) const { closedir(folder); }
};

bool has_children() {
  siginfo_t state{};
  return waitid(P_ALL, 0, &state, WEXITED | WNOHANG | WNOWAIT) == 0 || errno != ECHILD;
}

// proc(5): "pid (name) state parent …"; a name may hold anything, parentheses too.
pid_t parent_of(const std::string& process) {
  std::ifstream file("/proc/" + process + "/stat");
  std::string line;
  std::getline(file, line, '\0');
  const auto name_end = line.rfind(')');
  if (name_end == std::string::npos) return 0;
  const auto fields = split(std::string_view(line).substr(name_end), ' ');
  return fields.size() > 2 ? static_cast<pid_t>(parse_integer(fields[2]).value_or(0)) : 0;
}

std::set<pid_t> children() {
  std::set<pid_t> result;
  if (!has_children()) return result;
  const std::unique_ptr<DIR, CloseFolder> folder(opendir("/proc"));
  while (const dirent* entry = folder ? readdir(folder.get()) : nullptr)
    if (const auto process = parse_integer(entry->d_name))
      if (parent_of(entry->d_name) == getpid()) result.insert(static_cast<pid_t>(*process));
  return result;
}

}  // namespace

Descendants::Descendants() : earlier_(children()) {
  prctl(PR_GET_CHILD_SUBREAPER, &adopted_before_);
  prctl(PR_SET_CHILD_SUBREAPER, 1);
}

Descendants::~Descendants() { prctl(PR_SET_CHILD_SUBREAPER, adopted_before_); }

void Descendants::end() const {
  for (int round = 0; round < kRounds; ++round) {
    bool none = true;
    for (const pid_t child : children()) {
      if (earlier_.contains(child)) continue;
      none = false;
      kill(child, SIGKILL);
      while (waitpid(child, nullptr, 0) < 0 && errno == EINTR) continue;
    }
    if (none) return;
  }
}

}  // namespace base
