#include "evidence/base/process.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "evidence/base/error.h"
#include "tests/catch.h"

namespace {

using base::Ending;
using namespace std::chrono_literals;

base::ChildLimits short_limits() {
  base::ChildLimits limits;
  limits.silence = 200ms;
  return limits;
}

base::ChildResult run(const std::function<void()>& body,
                      const base::ChildLimits& limits = short_limits()) {
  const base::SharedMemory log(1024);
  return base::run_in_child(body, log, limits);
}

base::ChildResult shell(const std::string& script, std::vector<std::string> environment = {}) {
  const base::SharedMemory log(1024);
  return base::run_program({{"/bin/sh", "-c", script}, std::move(environment)}, log,
                           short_limits());
}

bool is_alive(pid_t process) {
  for (int look = 0; look < 100; ++look) {
    if (kill(process, 0) != 0) return false;
    std::this_thread::sleep_for(5ms);
  }
  return true;
}

// The results of shell scripts that run at the same time.
std::vector<base::ChildResult> shells(const std::vector<std::string>& scripts) {
  std::vector<base::ChildProgram> programs;
  std::vector<base::SharedMemory> logs;
  for (const std::string& script : scripts) {
    programs.push_back({{"/bin/sh", "-c", script}, {}});
    logs.emplace_back(std::size_t{1024});
  }
  std::vector<base::LoggedProgram> logged;
  for (std::size_t i = 0; i < programs.size(); ++i) logged.push_back({&programs[i], &logs[i]});
  base::ChildLimits limits;
  limits.silence = 2000ms;
  return base::run_programs(logged, limits);
}

}  // namespace

TEST_CASE("programs that are run together end each for itself") {
  const auto begun = std::chrono::steady_clock::now();
  const auto results = shells(
      {"sleep 1; echo one", "kill -6 $$", "sleep 60", "sleep 1; exit 3", "sleep 1", "sleep 1"});
  // One after the other they would sleep for six seconds.
  CHECK(std::chrono::steady_clock::now() - begun < 5500ms);
  CHECK(results[0].output == "one\n");
  CHECK(results[1].ending.kind == Ending::Kind::signalled);
  CHECK(results[1].ending.code == 6);
  CHECK(results[2].ending.kind == Ending::Kind::timed_out);
  CHECK(results[3].ending.code == 3);
}

TEST_CASE("a program that cannot be started beside others is told of by itself") {
  const base::ChildProgram good{{"/bin/sh", "-c", "exit 0"}, {}}, bad{{"/no/such/program"}, {}};
  const base::SharedMemory one(1024), two(1024);
  const auto results = base::run_programs({{&bad, &one}, {&good, &two}}, short_limits());
  CHECK(results[0].ending.kind == Ending::Kind::not_started);
  CHECK(results[0].ending.reason == "/no/such/program: no such file or directory");
  CHECK(results[1].ending.kind == Ending::Kind::exited);
}

TEST_CASE("a child that exits is told from one that is killed and one that hangs") {
  CHECK(run([] {}).ending.kind == Ending::Kind::exited);
  CHECK(run([] { _exit(3); }).ending.code == 3);
  const Ending crashed = run([] { std::raise(SIGSEGV); }).ending;
  CHECK(crashed.kind == Ending::Kind::signalled);
  CHECK(crashed.code == SIGSEGV);
  CHECK(run([] { pause(); }).ending.kind == Ending::Kind::timed_out);
}

TEST_CASE("a child that stops itself is ended when its time is up") {
  CHECK(run([] { std::raise(SIGSTOP); }).ending.kind == Ending::Kind::timed_out);
}

TEST_CASE("a child that shuts every signal out is ended all the same") {
  const auto ending = run([] {
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, nullptr);
    for (;;) pause();
  });
  CHECK(ending.ending.kind == Ending::Kind::timed_out);
}

TEST_CASE("a child that keeps writing is not silent, but has a total limit") {
  base::SharedMemory log(4096);
  base::ChildLimits limits = short_limits();
  limits.total = 500ms;
  const auto started = std::chrono::steady_clock::now();
  const auto result = base::run_in_child(
      [&log] {
        for (;;) {
          log.append("x");
          std::this_thread::sleep_for(20ms);
        }
      },
      log, limits);
  CHECK(result.ending.kind == Ending::Kind::timed_out);
  CHECK(std::chrono::steady_clock::now() - started >= limits.total);
  CHECK(log.size() > 5);
}

TEST_CASE("what a child throws ends it with the text on its standard error") {
  const auto result = run([] { throw base::Error(base::ErrorKind::environment, "the reason"); });
  CHECK(result.ending.code == 70);
  CHECK(result.errors == "the reason");
}

TEST_CASE("what a child prints is kept up to a limit") {
  const auto result = shell("echo out; echo err >&2");
  CHECK(result.output == "out\n");
  CHECK(result.errors == "err\n");
  const auto flood = run([] {
    const std::string line(1 << 16, 'x');
    for (int i = 0; i < 160; ++i)
      if (write(STDOUT_FILENO, line.data(), line.size()) < 0) _exit(1);
  });
  CHECK(flood.ending.code == 0);
  CHECK(flood.output.size() == 65536);
}

TEST_CASE("a child has an empty folder of its own that is gone afterwards") {
  const auto result = run([] {
    const auto folder = std::filesystem::current_path();
    std::printf("%s", folder.c_str());
    if (!std::filesystem::is_empty(folder)) _exit(1);
    std::fclose(std::fopen("left-behind", "w"));
    std::fflush(stdout);
  });
  CHECK(result.ending.code == 0);
  CHECK(result.output.starts_with("/"));
  CHECK_FALSE(std::filesystem::exists(result.output));
}

TEST_CASE("a child reads nothing from the standard input of its parent") {
  CHECK(run([] { _exit(getchar() == EOF ? 0 : 1); }).ending.code == 0);
}

TEST_CASE("a child that takes memory without end is refused it") {
  struct rlimit probe {};
  getrlimit(RLIMIT_AS, &probe);
  base::ChildLimits limits = short_limits();
  limits.memory = std::uint64_t{256} << 20U;
  const auto result = run(
      [] {
        struct rlimit own {};
        getrlimit(RLIMIT_AS, &own);
        if (own.rlim_cur == RLIM_INFINITY) _exit(2);  // Sanitizers need their address space.
        for (int i = 0; i < 1024; ++i)
          if (std::malloc(std::size_t{1} << 20U) == nullptr) _exit(1);
      },
      limits);
  CHECK((result.ending.code == 1 || result.ending.code == 2));
}

TEST_CASE("a file that grows without end ends the child that writes it") {
  const auto result = run([] {
    const int file = open("large", O_WRONLY | O_CREAT, 0600);
    if (ftruncate(file, off_t{1} << 30U) != 0) _exit(errno == EFBIG ? 1 : 2);
  });
  CHECK((result.ending.code == SIGXFSZ || result.ending.code == 1));
}

TEST_CASE("nothing that a child started stays when it has ended") {
  const auto result = run([] {
    const pid_t grandchild = fork();
    if (grandchild == 0)
      for (;;) pause();
    std::printf("%d", grandchild);
    std::fflush(stdout);
  });
  const pid_t grandchild = std::stoi(result.output);
  REQUIRE(grandchild > 1);
  CHECK_FALSE(is_alive(grandchild));
}

TEST_CASE("a process that left the group of the child does not stay either") {
  const auto result = run([] {
    int ready[2];
    if (pipe(ready) != 0) _exit(1);
    if (fork() == 0) {
      setsid();
      const pid_t daemon = fork();
      if (daemon == 0)
        for (;;) pause();
      std::printf("%d", daemon);
      std::fflush(stdout);
      if (write(ready[1], "x", 1) != 1) _exit(1);
      _exit(0);
    }
    char byte = 0;
    if (read(ready[0], &byte, 1) != 1) _exit(1);
  });
  const pid_t daemon = std::stoi(result.output);
  REQUIRE(daemon > 1);
  CHECK_FALSE(is_alive(daemon));
}

TEST_CASE("a program gets the environment given and nothing of ours") {
  setenv("ASSAY_TEST_VARIABLE", "ours", 1);
  CHECK(shell("echo $GIVEN/$ASSAY_TEST_VARIABLE", {"GIVEN=theirs"}).output == "theirs/\n");
}

TEST_CASE("a program that cannot be executed is not started, with the reason") {
  const base::SharedMemory log(1024);
  const auto result = base::run_program({{"/no/such/program"}, {}}, log, short_limits());
  CHECK(result.ending.kind == Ending::Kind::not_started);
  CHECK(base::in_words(result.ending) ==
        "could not be started: /no/such/program: no such file or directory");
}

TEST_CASE("a program inherits the memory of the log and no other file of ours") {
  base::SharedMemory log(1024);
  const int other = open("/dev/null", O_RDONLY | O_CLOEXEC);
  const std::string own = std::to_string(log.descriptor());
  const auto result = base::run_program(
      {{"/bin/sh", "-c",
        "test -e /proc/self/fd/" + own + " && test ! -e /proc/self/fd/" + std::to_string(other)},
       {}},
      log, short_limits());
  close(other);
  CHECK(result.ending.code == 0);
}

TEST_CASE("an ending is told in words") {
  CHECK(base::in_words({Ending::Kind::exited, 3, ""}) == "exited with status 3");
  CHECK(base::in_words({Ending::Kind::signalled, SIGSEGV, ""}) ==
        "was killed by signal 11 (Segmentation fault)");
}
