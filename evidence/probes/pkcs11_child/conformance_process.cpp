#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <thread>

#include "evidence/probes/pkcs11_child/conformance_check.h"

// Threads and forked processes (PKCS #11 3.2, clause 5.4.1; usage guide 2.40, clause 2.5).

namespace evidence::probes::pkcs11_child {
namespace {

using namespace drivers::cryptoki;

constexpr int kThreads = 4, kRounds = 100;

// One thread's work: its own session, searches and random numbers in turns.
bool use_session(const Trial& trial) {
  const auto& f = trial.functions();
  CK_SESSION_HANDLE session = 0;
  if (f.C_OpenSession(trial.slot(), CKF_SERIAL_SESSION, nullptr, nullptr, &session) != CKR_OK)
    return false;
  bool well = true;
  for (int i = 0; i < kRounds && well; ++i) {
    CK_SESSION_INFO info{};
    well = f.C_GetSessionInfo(session, &info) == CKR_OK && info.slotID == trial.slot() &&
           f.C_FindObjectsInit(session, nullptr, 0) == CKR_OK &&
           f.C_FindObjectsFinal(session) == CKR_OK;
  }
  return f.C_CloseSession(session) == CKR_OK && well;
}

Finding threads(const Trial& trial) {
  const auto& f = trial.functions();
  if (!trial.session().task.target.init_args.empty() ||
      wants_text_of_nss(trial.session(), trial.module().library))
    not_applicable("the module wants text of its own in pReserved");
  CK_C_INITIALIZE_ARGS args{};
  args.flags = CKF_OS_LOCKING_OK;
  need(call(f.C_Finalize, nullptr), "C_Finalize");
  need(call(f.C_Initialize, &args), "C_Initialize with CKF_OS_LOCKING_OK");
  { const OpenSession possible(trial); }
  if (f.C_GetSessionInfo == nullptr || f.C_FindObjectsInit == nullptr ||
      f.C_FindObjectsFinal == nullptr)
    not_applicable("the module does not have the functions");
  std::atomic<int> well = 0;
  std::vector<std::thread> workers;
  for (int i = 0; i < kThreads; ++i)
    workers.emplace_back([&] { well += use_session(trial) ? 1 : 0; });
  for (std::thread& worker : workers) worker.join();
  return expect_that(well == kThreads, std::to_string(well) + " of " + std::to_string(kThreads) +
                                           " threads were served well");
}

// What a forked process says within three seconds; it does nothing but ask, and ends at once.
template <class Question>
Finding ask_in_child(const Question& question, const std::string& no) {
  const pid_t child = fork();
  if (child < 0) not_applicable("no process could be started");
  if (child == 0) _exit(question() ? 0 : 1);
  for (int i = 0; i < 300; ++i) {
    int status = 0;
    if (waitpid(child, &status, WNOHANG) == child)
      return WIFSIGNALED(status)
                 ? expect_that(false, "signal " + std::to_string(WTERMSIG(status)))
                 : expect_that(WEXITSTATUS(status) == 0, WEXITSTATUS(status) == 0 ? "so" : no);
    usleep(10'000);
  }
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  return expect_that(false, "the forked process did not come back");
}

Finding fork_uninitialised(const Trial& trial) {
  return ask_in_child(
      [&] {
        CK_INFO info{};
        return call(trial.functions().C_GetInfo, &info) == CKR_CRYPTOKI_NOT_INITIALIZED;
      },
      "the forked process was served as if it had called C_Initialize");
}

Finding fork_initialises(const Trial& trial) {
  return ask_in_child(
      [&] {
        CK_INFO info{};
        return initialize_module(trial.session(), trial.module()).result == CKR_OK &&
               call(trial.functions().C_GetInfo, &info) == CKR_OK;
      },
      "C_Initialize did not return CKR_OK in the forked process");
}

Finding fork_leaves_parent(const Trial& trial) {
  const OpenSession session(trial);
  ask_in_child([] { return true; }, "");
  CK_SESSION_INFO info{};
  return expect(call(trial.functions().C_GetSessionInfo, session.handle(), &info), {CKR_OK});
}

constexpr std::array<Check, 4> kChecks = {{
    {"threads", "four threads with a session each are served well", threads},
    {"fork-not-initialised", "CKR_CRYPTOKI_NOT_INITIALIZED in a forked process",
     fork_uninitialised},
    {"fork-initialises", "CKR_OK for C_Initialize in a forked process", fork_initialises},
    {"fork-leaves-parent", "CKR_OK in the session of the parent", fork_leaves_parent},
}};

}  // namespace

std::span<const Check> process_checks() { return kChecks; }

}  // namespace evidence::probes::pkcs11_child
