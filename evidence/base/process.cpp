#include "evidence/base/process.h"

#include <fcntl.h>
#include <poll.h>
#include <pwd.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <memory>
#include <optional>
#include <utility>

#include "evidence/base/descendants.h"
#include "evidence/base/error.h"
#include "evidence/base/host.h"
#include "evidence/base/temporary_folder.h"
#include "evidence/base/text.h"

namespace base {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kPrintedLimit = 65536;
constexpr rlim_t kFileSizeLimit = rlim_t{64} << 20U;
constexpr int kInternalError = 70;   // EX_SOFTWARE of sysexits.h
constexpr int kCannotExecute = 126;  // As a shell says it.

#if defined(__SANITIZE_ADDRESS__)
constexpr bool kSanitized = true;  // Takes terabytes of address space for its own.
#else
constexpr bool kSanitized = false;
#endif

// A file in memory that takes what the child prints.
class Capture {
 public:
  Capture() : descriptor_(memfd_create("assay-printed", MFD_CLOEXEC)) {
    if (descriptor_ < 0)
      throw Error(ErrorKind::environment, std::string("memfd_create: ") + std::strerror(errno));
  }
  ~Capture() { close(descriptor_); }
  Capture(const Capture&) = delete;
  Capture& operator=(const Capture&) = delete;

  int descriptor() const { return descriptor_; }

  std::string text() const {
    std::string text(kPrintedLimit, '\0');
    const ssize_t count = pread(descriptor_, text.data(), text.size(), 0);
    text.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return text;
  }

 private:
  int descriptor_;
};

void limit(int resource, rlim_t value) {
  struct rlimit current {};
  getrlimit(static_cast<__rlimit_resource_t>(resource), &current);
  const rlim_t lowest = std::min(value, current.rlim_max);
  const struct rlimit wanted { lowest, lowest };
  setrlimit(static_cast<__rlimit_resource_t>(resource), &wanted);
}

// In the child, before it runs anything: only calls that are safe after fork().
void confine(const ChildLimits& limits, const Capture& output, const Capture& errors,
             const std::string& folder) {
  setsid();
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  for (int number = 1; number < NSIG; ++number) signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, kFileSizeLimit);
  if (!kSanitized) limit(RLIMIT_AS, limits.memory);
  const int nothing = open("/dev/null", O_RDONLY);
  if (chdir(folder.c_str()) != 0 || dup2(nothing, STDIN_FILENO) < 0 ||
      dup2(output.descriptor(), STDOUT_FILENO) < 0 || dup2(errors.descriptor(), STDERR_FILENO) < 0)
    _exit(kCannotExecute);
  umask(077);
}

Ending reap(pid_t child, bool timed_out) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  if (timed_out) return {Ending::Kind::timed_out, 0, {}};
  if (WIFSIGNALED(status)) return {Ending::Kind::signalled, WTERMSIG(status), {}};
  return {Ending::Kind::exited, WEXITSTATUS(status), {}};
}

// A child process from its start to its end.
class Child {
 public:
  // `log` must outlive this.
  Child(const std::function<void()>& body, const SharedMemory& log, const ChildLimits& limits)
      : log_(log), limits_(limits), process_(fork()) {
    if (process_ == 0) {
      confine(limits, output_, errors_, folder_.path());
      body();
      _exit(0);
    }
    if (process_ < 0)
      ending_ = {Ending::Kind::not_started, 0, lower(std::strerror(errno))};
    else
      descriptor_ = static_cast<int>(syscall(SYS_pidfd_open, process_, 0));
  }
  ~Child() {
    if (process_ > 0) kill_it(true);
    if (descriptor_ >= 0) close(descriptor_);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // What poll(2) waits for: its end.
  struct pollfd end() const {
    return {descriptor_, POLLIN, 0};
  }

  // True when it has ended by now, or was silent or alive for too long: then it is no more.
  bool is_over() {
    if (process_ < 0) return true;
    siginfo_t state{};
    const bool ended =
        waitid(P_PID, static_cast<id_t>(process_), &state, WEXITED | WNOHANG | WNOWAIT) == 0 &&
        state.si_pid == process_;
    const auto now = Clock::now();
    if (log_.size() != size_) size_ = log_.size(), heard_ = now;
    if (!ended && now - heard_ <= limits_.silence && now - started_ <= limits_.total) return false;
    ending_ = kill_it(!ended);
    return true;
  }

  ChildResult result() const { return {ending_, output_.text(), errors_.text()}; }

 private:
  Ending kill_it(bool timed_out) {
    kill(-process_, SIGKILL);  // The child leads a group of its own.
    kill(process_, SIGKILL);
    return reap(std::exchange(process_, -1), timed_out);
  }

  const TemporaryFolder folder_;
  const Capture output_, errors_;
  const SharedMemory& log_;
  ChildLimits limits_;
  Clock::time_point started_ = Clock::now(), heard_ = started_;
  std::size_t size_ = log_.size();
  pid_t process_;  // -1 once it is no more.
  int descriptor_ = -1;
  Ending ending_;
};

// Waits until all are over.
void wait_for(const std::vector<std::unique_ptr<Child>>& children) {
  constexpr int kLook = 20;  // Milliseconds.
  for (;;) {
    std::vector<struct pollfd> ends;
    for (const auto& child : children)
      if (!child->is_over()) ends.push_back(child->end());
    if (ends.empty()) return;
    poll(ends.data(), ends.size(), kLook);
  }
}

ChildResult run(const std::function<void()>& body, const SharedMemory& log,
                const ChildLimits& limits) {
  const Descendants descendants;
  std::vector<std::unique_ptr<Child>> child;
  child.push_back(std::make_unique<Child>(body, log, limits));
  wait_for(child);
  descendants.end();  // What left the group of the child.
  return child[0]->result();
}

// Gives this process `root` as its root folder. What is mounted there for it, nobody else sees, and
// it is gone with the last process inside. 0, or the number of the error.
int enter_root(const char* root) {
  if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
    return errno;
  for (const char* folder : {"dev", "proc", "sys"}) {
    std::array<char, PATH_MAX> inside{};
    const int length = std::snprintf(inside.data(), inside.size(), "%s/%s", root, folder);
    if (length >= static_cast<int>(inside.size())) return ENAMETOOLONG;
    // A root without such a folder has none to look at either.
    const char* ours = inside.data() + std::strlen(root);
    if (mount(ours, inside.data(), nullptr, MS_BIND | MS_REC, nullptr) != 0 && errno != ENOENT)
      return errno;
  }
  return chroot(root) == 0 ? 0 : errno;
}

// Becomes the program; the number of the error if it cannot.
int become(const ChildProgram& program, char* const* arguments, char* const* environment) {
  if (program.root.empty()) {
    execve(arguments[0], arguments, environment);
    return errno;
  }
  const int file = open(arguments[0], O_PATH | O_CLOEXEC);
  if (file < 0) return errno;
  if (const int error = enter_root(program.root.c_str()); error != 0) return error;
  syscall(SYS_execveat, file, "", arguments, environment, AT_EMPTY_PATH);
  return errno;
}

std::vector<char*> pointers(const std::vector<std::string>& words) {
  std::vector<char*> result;
  for (const auto& word : words) result.push_back(const_cast<char*>(word.c_str()));
  result.push_back(nullptr);
  return result;
}

// A child that is to become another program, and a pipe through which it says why it could not.
class Becoming {
 public:
  // Both must outlive this.
  Becoming(const ChildProgram& program, const SharedMemory& log)
      : program_(program),
        log_(log),
        arguments_(pointers(program.arguments)),
        environment_(pointers(program.environment)) {
    if (pipe2(trouble_.data(), O_CLOEXEC) != 0)
      throw Error(ErrorKind::environment, std::string("pipe2: ") + std::strerror(errno));
  }
  ~Becoming() {
    for (const int descriptor : trouble_)
      if (descriptor >= 0) close(descriptor);
  }
  Becoming(const Becoming&) = delete;
  Becoming& operator=(const Becoming&) = delete;

  // In the child.
  void become_it() const {
    fcntl(log_.descriptor(), F_SETFD, 0);
    for (const int descriptor : program_.inherited) fcntl(descriptor, F_SETFD, 0);
    const int reason = become(program_, arguments_.data(), environment_.data());
    if (write(trouble_[1], &reason, sizeof reason) < 0) _exit(kCannotExecute);
    _exit(kCannotExecute);
  }

  // After the end of the child: why it did not become the program.
  std::optional<std::string> failure() {
    close(std::exchange(trouble_[1], -1));
    int reason = 0;
    if (read(trouble_[0], &reason, sizeof reason) != sizeof reason) return std::nullopt;
    return program_.arguments[0] + (program_.root.empty() ? "" : " inside of " + program_.root) +
           ": " + lower(std::strerror(reason));
  }

 private:
  const ChildProgram& program_;
  const SharedMemory& log_;
  std::vector<char*> arguments_, environment_;
  std::array<int, 2> trouble_{};
};

}  // namespace

std::string in_words(const Ending& ending) {
  switch (ending.kind) {
    case Ending::Kind::exited:
      return "exited with status " + std::to_string(ending.code);
    case Ending::Kind::signalled:
      return "was killed by signal " + std::to_string(ending.code) + " (" + strsignal(ending.code) +
             ")";
    case Ending::Kind::timed_out:
      return "did nothing until its time was up";
    case Ending::Kind::not_started:
      break;
  }
  return "could not be started: " + ending.reason;
}

ChildResult run_in_child(const std::function<void()>& body, const SharedMemory& log,
                         const ChildLimits& limits) {
  const auto guarded = [&body] {
    try {
      body();
    } catch (const std::exception& error) {
      const std::string_view what = error.what();
      if (write(STDERR_FILENO, what.data(), what.size()) < 0) _exit(kInternalError);
      _exit(kInternalError);
    }
  };
  return run(guarded, log, limits);
}

ChildResult run_program(const ChildProgram& program, const SharedMemory& log,
                        const ChildLimits& limits) {
  return run_programs({{&program, &log}}, limits)[0];
}

std::vector<ChildResult> run_programs(const std::vector<LoggedProgram>& programs,
                                      const ChildLimits& limits) {
  const Descendants descendants;
  std::vector<std::unique_ptr<Becoming>> becoming;
  std::vector<std::unique_ptr<Child>> children;
  for (const auto& [program, log] : programs) {
    becoming.push_back(std::make_unique<Becoming>(*program, *log));
    const Becoming& last = *becoming.back();
    children.push_back(std::make_unique<Child>([&last] { last.become_it(); }, *log, limits));
  }
  wait_for(children);
  descendants.end();
  std::vector<ChildResult> results;
  for (std::size_t i = 0; i < children.size(); ++i) {
    results.push_back(children[i]->result());
    if (const auto reason = becoming[i]->failure())
      results.back().ending = {Ending::Kind::not_started, 0, *reason};
  }
  return results;
}

std::vector<std::string> environment_of_this_process() {
  std::vector<std::string> result;
  for (char** variable = environ; *variable != nullptr; ++variable) result.emplace_back(*variable);
  return result;
}

std::string folder_of_this_program() {
  std::array<char, PATH_MAX> path{};
  const ssize_t length = readlink("/proc/self/exe", path.data(), path.size() - 1);
  return length > 0 ? folder_of(path.data()) : ".";
}

std::string user_of_this_process() {
  const uid_t user = geteuid();
  const struct passwd* entry = getpwuid(user);
  return entry == nullptr ? std::to_string(user) : std::string(entry->pw_name);
}

}  // namespace base
