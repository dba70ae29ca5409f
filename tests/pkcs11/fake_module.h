#pragma once

#include "tests/catch.h"
#include "tests/traps/assay.h"

namespace tests {

/// The module of tests/pkcs11/fake_module.c.
inline const std::string kFakeModule = ASSAY_BINARY_DIR "/tests/pkcs11/fake_pkcs11.so";

/// `assay check` of that module, which misbehaves in the way named; "" for not at all.
inline Checked check(const std::string& misbehaviour, const std::string& target = kFakeModule,
                     const Texts& options = {}) {
  Assay assay;
  assay.environment = {"ASSAY_FAKE=" + misbehaviour};
  // Sanitizers must leave it to the module what a crash looks like.
  if (const char* sanitizer = std::getenv("ASAN_OPTIONS"))
    assay.environment.push_back(std::string("ASAN_OPTIONS=") + sanitizer);
  const char* limit = misbehaviour.ends_with("hangs") ? "1" : misbehaviour == "slow" ? "5" : "2";
  assay.options = {target, "--time-limit", limit};
  assay.options.insert(assay.options.end(), options.begin(), options.end());
  return assay.check();
}

/// What holds whatever the module does.
inline void check_unharmed(const Checked& checked) {
  INFO(checked.errors);
  CHECK(checked.exit_code != 2);
  CHECK(checked.took < std::chrono::seconds(60));
  CHECK(checked.left_behind.empty());
  CHECK(checked.cell("SELECT count(*) FROM operating_system") == "1");
  CHECK(checked.cell("SELECT length(sha256) FROM pkcs11_file") == "64");
  CHECK(checked.all("error").empty());
}

}  // namespace tests
