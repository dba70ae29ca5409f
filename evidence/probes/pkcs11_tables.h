#pragma once

#include <string>
#include <vector>

namespace evidence::probes {

/// How the names of the steps begin that give a PIN to a token.
constexpr const char* kLoginStep = "C_Login";

/// The name of the step that says that a module keeps objects of a session.
constexpr const char* kHarmStep = "objects of a session stay";

/// How the names of the steps begin with which a token that is logged in to is exercised.
constexpr const char* kExerciseStep = "count objects before";

/// How the names of the steps begin that time a token.
constexpr const char* kMeasureStep = "measure: ";

/// How the name of the step begins with which a token is left that was logged in to and exercised.
constexpr const char* kLogoutStep = "look for a private object";

/// Everything that the PKCS #11 probe program records when it exercises a token.
inline std::vector<std::string> pkcs11_exercise_tables() {
  return {"pkcs11_service", "pkcs11_census", "pkcs11_speed"};
}

/// What is read of the objects of a token.
inline std::vector<std::string> pkcs11_object_tables() {
  return {"pkcs11_object_class",  "pkcs11_key",
          "pkcs11_key_mechanism", "pkcs11_key_template",
          "pkcs11_certificate",   "pkcs11_validation",
          "pkcs11_profile",       "pkcs11_hardware_feature"};
}

/// What is read from a token in a session.
inline std::vector<std::string> pkcs11_session_tables() {
  std::vector<std::string> tables = {"pkcs11_session", "pkcs11_login"};
  for (const std::string& table : pkcs11_object_tables()) tables.push_back(table);
  return tables;
}

/// What it records in a process that reads one slot.
inline std::vector<std::string> pkcs11_slot_tables() {
  return {"pkcs11_slot", "pkcs11_token", "pkcs11_mechanism", "pkcs11_oddity", "pkcs11_side_effect"};
}

/// What the PKCS #11 probe program records; with `sessions` what takes a session, too.
inline std::vector<std::string> pkcs11_tables(bool sessions) {
  std::vector<std::string> tables = {"pkcs11_library",  "pkcs11_interface",   "pkcs11_function",
                                     "pkcs11_slot",     "pkcs11_token",       "pkcs11_mechanism",
                                     "pkcs11_oddity",   "pkcs11_side_effect", "pkcs11_entry_point",
                                     "pkcs11_slot_list"};
  if (sessions)
    for (const std::string& table : pkcs11_session_tables()) tables.push_back(table);
  return tables;
}

}  // namespace evidence::probes
