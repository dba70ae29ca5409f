#include <fcntl.h>

#include <cstdlib>
#include <exception>
#include <map>

#include "evidence/base/error.h"
#include "evidence/base/text.h"
#include "evidence/probes/child/root_files.h"
#include "evidence/probes/pkcs11_child/conformance.h"
#include "evidence/probes/pkcs11_child/exercise.h"
#include "evidence/probes/pkcs11_child/surroundings.h"
#include "evidence/probes/pkcs11_child/token_session.h"
#include "evidence/probes/pkcs11_child/tokens.h"
#include "evidence/probes/pkcs11_child/watch.h"

// The program that loads a PKCS #11 module and asks it what there is. It is started by assay alone,
// perhaps under another system's dynamic loader, and writes nothing but the log it inherits. It
// opens sessions and gives a PIN only when it is told to, and makes no object of the token.

namespace evidence::probes::pkcs11_child {
namespace {

constexpr int kUsage = 64, kInternal = 70;  // sysexits.h

Task parse(int count, char** words) {
  Task task;
  TokenFilter& filter = task.target.filter;
  const std::map<std::string_view, std::string*> places = {
      {"--log", &task.log_descriptor},
      {"--module", &task.library},
      {"--module-name", &task.target.module_path},
      {"--root", &task.root},
      {"--init-args", &task.target.init_args},
      {"--entry-point", &task.target.entry_point},
      {"--token", &filter.token},
      {"--serial", &filter.serial},
      {"--manufacturer", &filter.manufacturer},
      {"--model", &filter.model},
      {"--slot", &filter.slot},
      {"--pin", &task.pin_descriptor},
      {"--pin-from", &task.pin_from},
      {"--exercise-token", &task.exercise_token},
      {"--mechanisms", &task.mechanisms},
      {"--conformance", &task.conformance},
      {"--only-slot", &task.only_slot},
  };
  const std::map<std::string_view, bool*> flags = {
      {"--objects", &task.target.objects},
      {"--login", &task.login},
      {"--login-on-device", &task.on_device},
      {"--login-despite-pin-flags", &task.despite_pin_flags},
      {"--measure", &task.measure},
      {"--leave-slots", &task.leave_slots},
      {"--slot-listed", &task.slot_listed},
      {"--exercise-logged-in", &task.exercise_logged_in},
  };
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    const auto equals = std::min(word.find('='), word.size());
    const std::string value(word.substr(std::min(equals + 1, word.size())));
    const auto place = places.find(word.substr(0, equals));
    if (place != places.end())
      *place->second = value;
    else if (const auto set = flags.find(word); set != flags.end())
      *set->second = true;
    else if (word.substr(0, equals) == "--skip")
      task.skip.insert(value);
    else if (word.substr(0, equals) == "--taken")
      task.taken.insert(value);
    else
      throw base::Error(base::ErrorKind::usage, "this program is started by assay itself");
  }
  return task;
}

void assess(const Session& session) {
  if (!session.task.exercise_token.empty()) return exercise_token(session);
  if (!session.task.conformance.empty()) return record_conformance(session);
  const std::size_t threads = Surroundings::threads();
  const auto module = open_module(session);
  if (!module) return;
  const auto tokens = record_slots(session, *module);
  if (session.task.target.objects) look_into(session, *module, tokens);
  close_module(session, *module);
  if (const std::size_t now = Surroundings::threads(); now > threads)
    session.side_effect(
        "C_Finalize", std::to_string(now - threads) + " threads of the module still run after it");
}

void run(int count, char** words) {
  const Task task = parse(count, words);
  const auto descriptor = base::parse_integer(task.log_descriptor);
  if (!descriptor) throw base::Error(base::ErrorKind::usage, "this program is started by assay");
  base::SharedMemory memory = base::SharedMemory::inherited(static_cast<int>(*descriptor));
  RowLog log(memory);
  const base::SystemHost host;
  Recorder record(log, host, task.skip);
  child::look_below(task.root);
  // What the module starts does not get the PIN.
  if (const auto pin = base::parse_integer(task.pin_descriptor))
    fcntl(static_cast<int>(*pin), F_SETFD, FD_CLOEXEC);
  const Session session{task, record};
  Watch watch(session, static_cast<int>(*descriptor));
  record.after_steps([&](const std::string& step) { watch.after(step); });
  assess(session);
  watch.compare();
  log.append({kind(RecordKind::finished)});
}

}  // namespace
}  // namespace evidence::probes::pkcs11_child

int main(int count, char** words) {
  namespace program = evidence::probes::pkcs11_child;
  try {
    program::run(count, words);
    // Functions that modules leave behind to run at exit are theirs, not ours: they do not run.
    std::_Exit(0);
  } catch (const base::Error&) {
    std::_Exit(program::kUsage);
  } catch (const std::exception&) {
    std::_Exit(program::kInternal);
  }
}
