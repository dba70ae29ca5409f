// The module in front (tests/pkcs11/wayward_module.c) and the one behind (fake_module.c) are ours:
// what they return is written there; what PKCS #11 wants is in its clauses 5.4 to 5.6.
#include "tests/pkcs11/fake_module.h"

namespace {

using tests::Assay;
using tests::Checked;

Checked exercise(const std::string& slip) {
  Assay assay;
  assay.environment = {"ASSAY_BEHIND=" + tests::kFakeModule, "ASSAY_SLIP=" + slip};
  assay.options = {ASSAY_BINARY_DIR "/tests/pkcs11/wayward_module.so", "--exercise"};
  return assay.check();
}

std::string outcome(const Checked& checked, const std::string& id) {
  return checked.cell("SELECT outcome, returned FROM pkcs11_conformance WHERE check_id = '" + id +
                      "'");
}

}  // namespace

TEST_CASE("a wayward module without a slip answers as the one behind it does") {
  const Checked checked = exercise("");
  INFO(checked.errors);
  CHECK(outcome(checked, "session-closed-info") == "held,CKR_SESSION_HANDLE_INVALID");
  CHECK(outcome(checked, "info-flags-zero") == "held,flags 0x00000000");
  CHECK(checked.cell("SELECT count(*) FROM pkcs11_mechanism") == "3");
}

TEST_CASE("one function that answers wrongly is a finding, and the others are as they were") {
  const auto [slip, id, returned] = GENERATE(table<std::string, std::string, std::string>(
      {{"C_GetSessionInfo ok", "session-closed-info", "CKR_OK"},
       {"C_GetInfo spoils 0:40", "info-flags-zero", "flags 0x00000001"},
       {"C_CloseSession approves", "session-close-twice", "CKR_OK"},
       {"C_GetMechanismInfo error", "mechanism-info-of-all",
        "3 listed mechanisms are not described"},
       {"C_GetTokenInfo crashes", "token-info-unlisted", "the call did not come back"}}));
  CAPTURE(slip);
  const Checked checked = exercise(slip);
  INFO(checked.errors);
  CHECK(outcome(checked, id) == "violated," + returned);
  CHECK(checked.finding("conformance-" + id).starts_with("fail: "));
  CHECK(outcome(checked, "slot-list-stable") == "held,the same list");
}
