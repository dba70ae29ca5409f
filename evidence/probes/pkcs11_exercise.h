#pragma once

#include <vector>

#include "evidence/base/sqlite.h"
#include "evidence/probes/pkcs11_process.h"

namespace evidence::probes {

/// Everything that the PKCS #11 probe program records when it exercises a token.
const std::vector<std::string>& pkcs11_exercise_tables();

/// How names of its steps begin that stand for themselves (evidence/isolate.h).
const std::vector<std::string>& pkcs11_exercise_steps();

/// How often the program is started again past a service that brought it down: modules that crash
/// do so more than once.
constexpr int kExerciseRestartLimit = 30;

/// The tokens on record in `db` that can be exercised; with `login`, if it is not null, where it is
/// on record that the token took it.
std::vector<Pkcs11Exercise> tokens_to_exercise(base::Database& db, const Pkcs11Target& target,
                                               const Pkcs11Login* login);

/// The tokens on record in `db` that nobody initialised: nothing is tried on them.
std::vector<std::string> tokens_not_initialised(base::Database& db, const Pkcs11Target& target);

}  // namespace evidence::probes
