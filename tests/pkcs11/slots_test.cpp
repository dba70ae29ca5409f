// The module here is ours (tests/pkcs11/fake_token.c): eight slots, and 0.3 s for each call about
// one.
#include "tests/catch.h"
#include "tests/traps/assay.h"

namespace {

using Catch::Contains;
using tests::Checked;
using tests::Texts;

Checked check(const std::string& behaviour) {
  const base::TemporaryFolder folder;
  tests::Assay assay;
  assay.environment = {"ASSAY_FAKE=" + behaviour, "ASSAY_FAKE_LOG=" + folder.path() + "/log"};
  assay.options = {ASSAY_BINARY_DIR "/tests/pkcs11/fake_token.so"};
  return assay.check();
}

const std::string kSlots = "SELECT slot FROM pkcs11_token ORDER BY rowid";
const Texts kAll = {"0", "1", "2", "3", "4", "5", "6", "7"};

}  // namespace

TEST_CASE("slots of a slow module are read at the same time, and recorded in their order") {
  const Checked checked = check("eight tokens,slow");
  CHECK(checked.query(kSlots) == kAll);
  CHECK(checked.query("SELECT slot FROM pkcs11_slot ORDER BY rowid") == kAll);
  CHECK(checked.cell("SELECT sum(apart) FROM pkcs11_slot_list") == "8");
  CHECK(checked.query("SELECT DISTINCT ending FROM probe_run") == Texts{"finished"});
  CHECK(checked.cell("SELECT count(*) FROM pkcs11_library") == "1");
  // One after the other, the module alone would sleep for 1.2 s and 8 times 0.9 s.
  CHECK(checked.took < std::chrono::milliseconds(8400));
}

TEST_CASE("slots of a fast module are read by one process") {
  const Checked checked = check("eight tokens");
  CHECK(checked.query(kSlots) == kAll);
  CHECK(checked.cell("SELECT sum(apart) FROM pkcs11_slot_list") == "0");
}

TEST_CASE("a slot that crashes beside others is on record by its call, and costs itself alone") {
  const Checked checked = check("eight tokens,slow,the third crashes");
  CHECK(checked.query(kSlots) == Texts{"0", "1", "3", "4", "5", "6", "7"});
  CHECK(checked.query("SELECT ending, last_step FROM probe_run WHERE ending <> 'finished'") ==
        Texts{"signalled,C_GetTokenInfo(slot 2)"});
  CHECK(checked.query("SELECT slot FROM pkcs11_slot ORDER BY rowid") == kAll);
  CHECK_THAT(checked.finding("pkcs11-behaves"), Contains("fail") && Contains("slot 2"));
}

TEST_CASE("tokens of one name in slots read at the same time have the keys they always have") {
  const std::string keys = "SELECT token FROM pkcs11_token ORDER BY rowid";
  const Texts apart = check("eight tokens,slow,one name").query(keys);
  CHECK(apart[0] == "pkcs11:token=First;serial=1");
  CHECK(apart[7] == "pkcs11:token=First;serial=1;slot-id=7");
  CHECK(apart == check("eight tokens,one name").query(keys));
}

TEST_CASE("a module that serves one process only has its slots read one after the other") {
  const Checked checked = check("eight tokens,slow,one process");
  CHECK(checked.query(kSlots) == kAll);
  CHECK(checked.query("SELECT DISTINCT ending FROM probe_run") == Texts{"finished"});
}
