#pragma once

#include <vector>

#include "evidence/base/sqlite.h"
#include "evidence/probes/pkcs11_process.h"

namespace evidence::probes {

/// How names of its steps begin that stand for themselves (evidence/isolate.h).
const std::vector<std::string>& pkcs11_exercise_steps();

/// How often the program is started again past a service that brought it down: modules that crash
/// do so more than once.
constexpr int kExerciseRestartLimit = 30;

/// The tokens on record in `db` that can be exercised and were not, or not to the end, when they
/// were logged in to: a login is not tried twice.
std::vector<Pkcs11Exercise> tokens_to_exercise(base::Database& db, const Pkcs11Target& target);

/// A token on which nothing is tried.
struct Untried {
  std::string token;
  Outcome outcome;
  std::string reason;
};

/// The tokens on record in `db` that nobody initialised, or that refused the PIN.
std::vector<Untried> tokens_not_to_exercise(base::Database& db, const Pkcs11Target& target);

}  // namespace evidence::probes
