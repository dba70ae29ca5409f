// The module here is ours (tests/pkcs11/fake_module.c); what it does to its caller is written
// there.
#include "tests/pkcs11/fake_module.h"

namespace {

using Catch::Contains;
using tests::check;
using tests::check_unharmed;
using tests::Checked;
using tests::Texts;

using Case = std::pair<const char*, const char*>;

std::string lines(const Checked& checked, const std::string& sql) {
  std::string all;
  for (const std::string& line : checked.query(sql)) all += line + "\n";
  return all;
}

}  // namespace

TEST_CASE("a call that a module does not come back from is on record, and the rest goes on") {
  // What the module does, and the ending with the call.
  const auto [misbehaviour, ending] = GENERATE(values<Case>({
      {"load crashes", "signalled,11,load module"},
      {"load hangs", "timed out,0,load module"},
      {"load exits", "exited,0,load module"},
      {"interface list crashes", "signalled,11,C_GetInterfaceList"},
      {"function list leads nowhere", "signalled,11,C_GetFunctionList"},
      {"aborts", "signalled,6,C_GetSlotList(with token)"},
      {"kills itself", "signalled,9,C_GetSlotList(with token)"},
      {"overflows the stack", "signalled,11,C_GetSlotList(with token)"},
      {"is killed by its alarm", "signalled,14,C_GetSlotList(with token)"},
      {"a function leads nowhere", "signalled,11,C_GetTokenInfo(slot 5)"},
      {"every mechanism crashes", "signalled,11,\"C_GetMechanismInfo(slot 5, 0x00000250)\""},
      {"the 40th mechanism crashes", "signalled,11,\"C_GetMechanismInfo(slot 5, 0x80000027)\""},
      {"finalize crashes", "signalled,11,C_Finalize"},
      {"finalize hangs", "timed out,0,C_Finalize"},
  }));
  INFO(misbehaviour);
  const Checked checked = check(misbehaviour);
  check_unharmed(checked);
  CHECK(checked.cell("SELECT ending, code, last_step FROM probe_run WHERE probe = 'pkcs11'") ==
        ending);
  CHECK_THAT(checked.finding("pkcs11-behaves"), Contains("fail"));
}

TEST_CASE("a module that takes all memory or ends the thread is on record by its call") {
  const std::string misbehaviour = GENERATE("takes all memory", "ends the thread");
  INFO(misbehaviour);
  const Checked checked = check(misbehaviour);
  check_unharmed(checked);
  CHECK(checked.cell("SELECT last_step FROM probe_run WHERE probe = 'pkcs11'") ==
        "C_GetSlotList(with token)");
}

TEST_CASE("the crash at the 40th mechanism leaves the other 59 on record") {
  const Checked checked = check("the 40th mechanism crashes");
  CHECK(checked.cell("SELECT count(*), count(info_result) FROM pkcs11_mechanism") == "60,59");
  CHECK(checked.cell("SELECT position FROM pkcs11_mechanism WHERE info_result IS NULL") == "40");
}

TEST_CASE("a crash when the library is let go costs nothing that was seen before") {
  const Checked checked = check("finalize crashes");
  CHECK(checked.cell("SELECT count(*) FROM pkcs11_mechanism WHERE info_result = 'CKR_OK'") == "3");
  CHECK_THAT(checked.finding("pkcs11-token-present"), Catch::StartsWith("pass"));
}

TEST_CASE("an answer that lies is on record by its call") {
  const auto [misbehaviour, oddity] = GENERATE(values<Case>({
      {"slot count is 2^63", "C_GetSlotList(all),the count was 9223372036854775808"},
      {"slot list writes too far",
       "C_GetSlotList(all),it wrote past the room for 18 values that it was given"},
      {"slot listed twice", "C_GetSlotList,slot 5 is listed twice"},
      {"slot info writes too far",
       "C_GetSlotInfo(slot 5),it wrote 64 bytes past the structure it was given"},
      {"token info writes too far",
       "C_GetTokenInfo(slot 5),it wrote 100 bytes past the structure it was given"},
      {"token info is garbage", "C_GetTokenInfo(slot 5),label is no printable UTF-8 text"},
      {"mechanism list writes too far",
       "C_GetMechanismList(slot 5),it wrote past the room for 19 values that it was given"},
      {"mechanism info writes too far",
       "\"C_GetMechanismInfo(slot 5, 0x00000250)\",it wrote 24 bytes past the structure"},
      {"function list is NULL", "C_GetFunctionList,it gives no list of functions"},
      {"function list is refused", "C_GetFunctionList,it gives no list of functions"},
      {"info fails", "C_GetInfo,it returned 0xdeadbeef"},
      {"finalize fails", "C_Finalize,it returned CKR_GENERAL_ERROR"},
      {"interface count lies", "C_GetInterfaceList,1099511627776 interfaces are announced"},
  }));
  INFO(misbehaviour);
  const Checked checked = check(misbehaviour);
  check_unharmed(checked);
  CHECK_THAT(lines(checked, "SELECT call, oddity FROM pkcs11_oddity"), Contains(oddity));
  CHECK(checked.cell("SELECT ending FROM probe_run WHERE probe = 'pkcs11'") == "finished");
  CHECK_THAT(checked.finding("pkcs11-well-formed"), Contains("fail"));
}

TEST_CASE("a place that answers with an error is on record as unreadable by its call") {
  const auto [misbehaviour, reason] = GENERATE(values<Case>({
      {"slot count grows", "C_GetSlotList(all) returned CKR_BUFFER_TOO_SMALL"},
      {"token vanishes", "C_GetMechanismList(slot 5) returned CKR_DEVICE_REMOVED"},
      {"some functions are missing", "the function is missing"},
  }));
  INFO(misbehaviour);
  const Checked checked = check(misbehaviour);
  check_unharmed(checked);
  CHECK_THAT(lines(checked, "SELECT reason FROM source WHERE outcome = 'unreadable'"),
             Contains(reason));
  CHECK(checked.cell("SELECT ending FROM probe_run WHERE probe = 'pkcs11'") == "finished");
}

TEST_CASE("what a call changes in the process of its caller is on record by its call") {
  const auto [misbehaviour, effect] = GENERATE(values<Case>({
      {"closes descriptors", "C_GetSlotList(with token),it closed standard output"},
      {"changes the signal mask", "C_GetSlotList(with token),it blocked"},
      {"ignores signals", "C_GetSlotList(with token),it changed what happens at SIGTERM"},
      {"sets an alarm", "C_GetSlotList(with token),it set an alarm"},
      {"changes the folder", "C_GetSlotList(with token),it changed the working folder"},
      {"changes the mask", "C_GetSlotList(with token),it changed the file creation mask (umask)"},
      {"changes the locale", "C_GetSlotList(with token),it changed the locale from C to"},
      {"a mechanism changes the mask",
       "\"one of 4 calls, from C_GetMechanismInfo(slot 5, 0x00000250) to C_GetSlotInfo(slot 6)\""
       ",it changed the file creation mask (umask)"},
      {"leaves threads", "C_Finalize,8 threads of the module still run after it"},
      {"load starts a thread", "load module,1 threads were started"},
  }));
  INFO(misbehaviour);
  const Checked checked = check(misbehaviour);
  check_unharmed(checked);
  CHECK_THAT(lines(checked, "SELECT call, effect FROM pkcs11_side_effect"), Contains(effect));
  CHECK(checked.cell("SELECT count(*) FROM pkcs11_mechanism WHERE info_result = 'CKR_OK'") == "3");
  CHECK_THAT(checked.finding("pkcs11-leaves-process-alone"), Contains("fail"));
}

TEST_CASE("texts without an end and texts of an interface are cut to what the standard allows") {
  CHECK(check("unterminated strings").cell("SELECT length(description) FROM pkcs11_library") ==
        "32");
  CHECK(check("interface name is endless").cell("SELECT length(name) FROM pkcs11_interface") ==
        "256");
}

TEST_CASE("a process that the module leaves behind does not outlive the probe") {
  const Checked checked = check("leaves a process");
  check_unharmed(checked);
  CHECK(checked.cell("SELECT ending FROM probe_run WHERE probe = 'pkcs11'") == "finished");
}

TEST_CASE("more noise than is kept neither fills the report nor stops the probe") {
  const Checked checked = check("prints a lot");
  check_unharmed(checked);
  CHECK(checked.cell("SELECT printed >= 65536 FROM probe_run WHERE probe = 'pkcs11'") == "1");
  CHECK(checked.cell("SELECT count(*) FROM pkcs11_mechanism") == "3");
}

TEST_CASE("a module that needs a second for each call is waited for") {
  const Checked checked = check("slow");
  check_unharmed(checked);
  CHECK(checked.cell("SELECT ending FROM probe_run WHERE probe = 'pkcs11'") == "finished");
  CHECK(checked.cell("SELECT count(*) FROM pkcs11_mechanism WHERE info_result = 'CKR_OK'") == "3");
}

TEST_CASE("a module that leaves its caller alone is told so") {
  const Checked checked = check("");
  CHECK(checked.cell("SELECT count(*) FROM pkcs11_side_effect") == "0");
  CHECK_THAT(checked.finding("pkcs11-leaves-process-alone"), Catch::StartsWith("pass"));
}
