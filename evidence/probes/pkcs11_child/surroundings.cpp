#include "evidence/probes/pkcs11_child/surroundings.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include <clocale>
#include <utility>

namespace evidence::probes::pkcs11_child {
namespace {

// The signals that programs of all kinds handle or rely on.
struct Watched {
  int number;
  const char* name;
};
constexpr std::array<Watched, 9> kWatched = {{{SIGHUP, "SIGHUP"},
                                              {SIGINT, "SIGINT"},
                                              {SIGQUIT, "SIGQUIT"},
                                              {SIGABRT, "SIGABRT"},
                                              {SIGSEGV, "SIGSEGV"},
                                              {SIGPIPE, "SIGPIPE"},
                                              {SIGALRM, "SIGALRM"},
                                              {SIGTERM, "SIGTERM"},
                                              {SIGCHLD, "SIGCHLD"}}};
constexpr std::array<const char*, 4> kDescriptorNames = {
    "standard input", "standard output", "standard error", "another file that the caller had open"};

void (*handler(int number))(int) {
  struct sigaction action {};
  sigaction(number, nullptr, &action);
  return action.sa_handler;
}

std::bitset<NSIG> blocked_signals() {
  sigset_t blocked;
  pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
  std::bitset<NSIG> result;
  for (int number = 1; number < NSIG; ++number)
    result[static_cast<std::size_t>(number)] = sigismember(&blocked, number) == 1;
  return result;
}

mode_t creation_mask() {
  const mode_t mask = umask(077);
  umask(mask);
  return mask;
}

}  // namespace

Surroundings::State Surroundings::look() const {
  State state{};
  state.blocked = blocked_signals();
  for (std::size_t i = 0; i < kHandlers; ++i) state.handlers.at(i) = handler(kWatched.at(i).number);
  const std::array<int, kDescriptors> descriptors = {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO,
                                                     log_};
  for (std::size_t i = 0; i < kDescriptors; ++i)
    state.open[i] = fcntl(descriptors.at(i), F_GETFD) >= 0;
  struct stat folder {};
  state.folder = stat(".", &folder) == 0 ? folder.st_ino : 0;
  state.mask = creation_mask();
  struct itimerval timer {};
  getitimer(ITIMER_REAL, &timer);
  state.alarm = timer.it_value.tv_sec != 0 || timer.it_value.tv_usec != 0;
  state.locale = std::setlocale(LC_ALL, nullptr);
  return state;
}

std::vector<std::string> Surroundings::changes() {
  const State before = std::exchange(state_, look());
  std::vector<std::string> found;
  if (const auto more = state_.blocked & ~before.blocked; more.any())
    found.push_back("it blocked " + std::to_string(more.count()) + " signals of its caller");
  if (const auto fewer = before.blocked & ~state_.blocked; fewer.any())
    found.push_back("it unblocked " + std::to_string(fewer.count()) + " signals of its caller");
  for (std::size_t i = 0; i < kHandlers; ++i)
    if (before.handlers.at(i) != state_.handlers.at(i))
      found.push_back(std::string("it changed what happens at ") + kWatched.at(i).name);
  for (std::size_t i = 0; i < kDescriptors; ++i)
    if (before.open[i] && !state_.open[i])
      found.push_back(std::string("it closed ") + kDescriptorNames.at(i));
  if (before.folder != state_.folder) found.emplace_back("it changed the working folder");
  if (before.mask != state_.mask) found.emplace_back("it changed the file creation mask (umask)");
  if (!before.alarm && state_.alarm) found.emplace_back("it set an alarm");
  if (before.locale != state_.locale)
    found.push_back("it changed the locale from " + before.locale + " to " + state_.locale);
  return found;
}

std::size_t Surroundings::threads() {
  // A folder has a link for itself, one from its parent and one for each folder in it.
  struct stat tasks {};
  if (stat("/proc/self/task", &tasks) != 0 || tasks.st_nlink < 3) return 1;
  return static_cast<std::size_t>(tasks.st_nlink) - 2;
}

}  // namespace evidence::probes::pkcs11_child
