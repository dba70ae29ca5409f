#include "evidence/probes/pkcs11_exercise.h"

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

}  // namespace

const std::vector<std::string>& pkcs11_exercise_tables() {
  static const std::vector<std::string> kTables = {"pkcs11_service", "pkcs11_census",
                                                   "pkcs11_speed"};
  return kTables;
}

const std::vector<std::string>& pkcs11_exercise_steps() {
  static const std::vector<std::string> kSteps = {
      "service ", "count objects before", "measure: open", "measure: find", "measure: sign"};
  return kSteps;
}

std::vector<Pkcs11Exercise> tokens_to_exercise(base::Database& db, const Pkcs11Target& target,
                                               const Pkcs11Login* login) {
  std::vector<Pkcs11Exercise> tokens;
  // A PIN that the token took is no guess when it is given again. One that is entered on a device
  // would have to be entered at every start.
  auto query = db.prepare(
      "SELECT t.token, t.slot, t.label, t.serial, EXISTS (SELECT 1 FROM pkcs11_login AS l"
      "  WHERE l.token = t.token AND l.accepted = 1 AND l.pin_from <> 'device')"
      " FROM pkcs11_token AS t WHERE t.initialized = 1 AND t.module = ? ORDER BY t.token");
  query.bind(1, pkcs11_module_key(target.module_path));
  while (query.step()) {
    Pkcs11Exercise exercise{target, query.text(0), mechanisms_of(db, query.text(0)), false,
                            query.integer(4) == 1 ? login : nullptr};
    exercise.target.filter = {query.text(2), query.text(3), "", "", query.text(1)};
    exercise.target.objects = false;
    tokens.push_back(std::move(exercise));
  }
  return tokens;
}

std::vector<std::string> tokens_not_initialised(base::Database& db, const Pkcs11Target& target) {
  std::vector<std::string> tokens;
  auto query = db.prepare(
      "SELECT token FROM pkcs11_token WHERE initialized <> 1 AND module = ? ORDER BY token");
  query.bind(1, pkcs11_module_key(target.module_path));
  while (query.step()) tokens.push_back(query.text(0));
  return tokens;
}

}  // namespace evidence::probes
