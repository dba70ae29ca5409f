// The module is ours (tests/pkcs11/fake_module.c and fake_sessions.c): what it returns is written
// there; what PKCS #11 wants is in its clauses 5.1 and 5.4 to 5.7.
#include "tests/pkcs11/fake_module.h"

namespace {

using Catch::Contains;
using Catch::StartsWith;
using tests::check;
using tests::check_unharmed;
using tests::Checked;
using tests::kFakeModule;
using tests::Texts;

Checked exercise(const std::string& misbehaviour) {
  return check(misbehaviour, kFakeModule, {"--exercise"});
}

std::string outcome(const Checked& checked, const std::string& id) {
  return checked.cell("SELECT outcome, returned FROM pkcs11_conformance WHERE check_id = '" + id +
                      "'");
}

}  // namespace

TEST_CASE("a module is not held against the standard unless it is exercised") {
  const Checked checked = check("");
  CHECK(checked.cell("SELECT count(*) FROM pkcs11_conformance") == "0");
  CHECK(checked.finding("conformance-session-handle-zero") == "no finding");
}

TEST_CASE("every check of a module that is exercised leaves a row, and every rule has its check") {
  const Checked checked = exercise("");
  check_unharmed(checked);
  CHECK(checked.cell("SELECT count(DISTINCT check_id) > 80, count(*) = count(DISTINCT check_id)"
                     " FROM pkcs11_conformance") == "1,1");
  CHECK_THAT(checked.all("unknown"), !Contains("It was not tried"));
}

TEST_CASE("a demand that is met is held, and one without ground is not applicable") {
  const Checked checked = exercise("");
  CHECK(outcome(checked, "session-handle-zero") == "held,CKR_SESSION_HANDLE_INVALID");
  CHECK(outcome(checked, "session-read-write-state") == "held,\"state 2, flags 0x00000006\"");
  CHECK(outcome(checked, "digest-known-answer") ==
        "not applicable,the module does not have the function");
  CHECK_THAT(checked.finding("conformance-session-handle-zero"), StartsWith("pass"));
  CHECK_THAT(checked.finding("conformance-digest-known-answer"), StartsWith("notapplicable"));
}

TEST_CASE("a demand that is not met is a finding that says what was returned and who is at fault") {
  const Checked closed = exercise("closed sessions live");
  CHECK(outcome(closed, "session-closed-info") == "violated,CKR_OK");
  CHECK_THAT(closed.finding("conformance-session-closed-info"),
             StartsWith("fail") && Contains("CKR_OK where the standard asks for "
                                            "CKR_SESSION_HANDLE_INVALID. At fault: the module."));
  CHECK(outcome(exercise("random repeats"), "random-differs") == "violated,the same 32 bytes");
  CHECK(outcome(exercise("finalize fails"), "initialize-again") ==
        "not applicable,C_Finalize returned CKR_GENERAL_ERROR");
}

TEST_CASE("a check that the module does not come back from is a row, and the others go on") {
  const std::string misbehaviour = GENERATE("session info crashes", "session info exits");
  INFO(misbehaviour);
  const Checked checked = exercise(misbehaviour);
  check_unharmed(checked);
  CHECK(outcome(checked, "session-info-slot") == "violated,the call did not come back");
  CHECK(outcome(checked, "mechanism-info-of-all") == "held,0 listed mechanisms are not described");
  CHECK(checked.cell("SELECT count(*) FROM pkcs11_mechanism") == "3");
  CHECK(outcome(checked, "slot-list-stable") == "held,the same list");
}

TEST_CASE("a hang in a check costs its time limit and no other check") {
  const Checked checked = exercise("session info hangs");
  check_unharmed(checked);
  CHECK(outcome(checked, "session-handle-zero") == "violated,the call did not come back");
  CHECK_THAT(outcome(checked, "slot-list-stable"), StartsWith("held"));
}

TEST_CASE("a token whose objects cannot be counted is left alone, and that is unknown") {
  const Checked checked = exercise("search aborts");
  check_unharmed(checked);
  CHECK(checked.cell("SELECT count(*) FROM pkcs11_conformance WHERE token IS NOT NULL") == "0");
  CHECK_THAT(checked.finding("conformance-find-none"), StartsWith("unknown"));
  CHECK_THAT(outcome(checked, "slot-list-stable"), StartsWith("held"));
}
