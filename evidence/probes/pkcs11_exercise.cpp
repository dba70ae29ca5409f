#include "evidence/probes/pkcs11_exercise.h"

#include "evidence/probes/pkcs11_tables.h"

namespace evidence::probes {
namespace {

std::string mechanisms_of(base::Database& db, const std::string& token) {
  std::string mechanisms;
  auto query = db.prepare(
      "SELECT mechanism || ':' || coalesce(flags, 0) FROM pkcs11_mechanism WHERE token = ?"
      " ORDER BY position");
  query.bind(1, token);
  while (query.step()) mechanisms += (mechanisms.empty() ? "" : " ") + query.text(0);
  return mechanisms;
}

// What was tried while the user was logged in, and what was found then of the objects of sessions.
std::set<std::string> steps_done(base::Database& db, const std::string& token) {
  std::set<std::string> steps;
  auto query =
      db.prepare("SELECT name FROM step WHERE subject = ? AND (name LIKE 'service %' OR name = ?)");
  query.bind(1, token).bind(2, kHarmStep);
  while (query.step()) steps.insert(query.text(0));
  return steps;
}

}  // namespace

const std::vector<std::string>& pkcs11_exercise_steps() {
  static const std::vector<std::string> kSteps = {"service ",
                                                  kExerciseStep,
                                                  kHarmStep,
                                                  std::string(kMeasureStep) + "open",
                                                  std::string(kMeasureStep) + "find",
                                                  std::string(kMeasureStep) + "sign"};
  return kSteps;
}

std::vector<Pkcs11Exercise> tokens_to_exercise(base::Database& db, const Pkcs11Target& target) {
  std::vector<Pkcs11Exercise> tokens;
  auto query = db.prepare(
      "SELECT token, slot, label, serial FROM pkcs11_token AS t"
      " WHERE initialized = 1 AND module = ? AND NOT EXISTS"
      "  (SELECT 1 FROM step WHERE subject = t.token AND name = 'count objects after')"
      " AND NOT EXISTS"
      "  (SELECT 1 FROM pkcs11_login WHERE token = t.token AND tried = 1 AND accepted = 0)"
      " ORDER BY token");
  query.bind(1, pkcs11_module_key(target.module_path));
  while (query.step()) {
    const std::string token = query.text(0);
    Pkcs11Exercise exercise{target, token, mechanisms_of(db, token), false, steps_done(db, token)};
    exercise.target.filter = {query.text(2), query.text(3), "", "", query.text(1)};
    exercise.target.objects = false;
    tokens.push_back(std::move(exercise));
  }
  return tokens;
}

std::vector<Untried> tokens_not_to_exercise(base::Database& db, const Pkcs11Target& target) {
  std::vector<Untried> tokens;
  auto query = db.prepare(
      "SELECT token, initialized FROM pkcs11_token AS t WHERE module = ? AND (initialized <> 1"
      " OR EXISTS"
      "  (SELECT 1 FROM pkcs11_login WHERE token = t.token AND tried = 1 AND accepted = 0))"
      " ORDER BY token");
  query.bind(1, pkcs11_module_key(target.module_path));
  while (query.step()) {
    const bool initialised = query.integer(1) == 1;
    tokens.push_back(
        {query.text(0), initialised ? Outcome::unreadable : Outcome::unsupported,
         initialised ? "the token refused the PIN, so it was left alone: nothing was tried on it"
                     : "the token is not initialised: nothing was tried on it"});
  }
  return tokens;
}

}  // namespace evidence::probes
