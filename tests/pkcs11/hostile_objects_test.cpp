// The module here is ours (tests/pkcs11/fake_module.c); what it does with the attributes of its
// three keys is written in tests/pkcs11/fake_objects.c.
#include "tests/pkcs11/fake_module.h"

namespace {

using Catch::Contains;
using tests::check_unharmed;
using tests::Checked;
using tests::Texts;

Checked check(const std::string& misbehaviour) {
  return tests::check(misbehaviour, tests::kFakeModule, {"--objects"});
}

const Texts kAllThree = {"first,32", "second,32", "third,32"};

Texts labels_and_sizes(const Checked& checked) {
  return checked.query("SELECT label, size_bits / 8 FROM pkcs11_key ORDER BY position");
}

}  // namespace

TEST_CASE("keys of a module that answers well are on record, and nothing is odd") {
  const Checked checked = check("attributes");
  check_unharmed(checked);
  CHECK(labels_and_sizes(checked) == kAllThree);
  CHECK(checked.cell("SELECT sensitive, extractable, copyable, wrap_template FROM pkcs11_key"
                     " WHERE label = 'second'") == "1,0,,");
  CHECK(checked.cell("SELECT count(*) FROM pkcs11_oddity") == "0");
}

TEST_CASE("an attribute of a length that is not true is not told, and the others are") {
  const auto [misbehaviour, column] = GENERATE(table<std::string, std::string>({
      {"attribute length is 2^63", "label"},
      {"attribute length grows", "label"},
      {"attribute of another length", "key_type"},
      {"attribute is unavailable", "sensitive"},
      {"attribute is put elsewhere", "copyable"},
      {"attribute template is endless", "wrap_template"},
  }));
  INFO(misbehaviour);
  const Checked checked = check(misbehaviour);
  check_unharmed(checked);
  CHECK(checked.cell("SELECT count(*), count(" + column +
                     "), count(extractable), count(on_token)"
                     " FROM pkcs11_key") == "3,0,3,3");
  CHECK(checked.cell("SELECT ending FROM probe_run WHERE probe = 'pkcs11'") == "finished");
}

TEST_CASE("a value that a module says it wrote and did not write is none") {
  const Checked checked = check("attribute is never written");
  check_unharmed(checked);
  CHECK(checked.cell("SELECT count(*), count(sensitive), count(extractable), count(size_bits),"
                     " count(key_type) FROM pkcs11_key") == "3,0,0,0,0");
  CHECK_THAT(checked.cell("SELECT untold FROM pkcs11_key WHERE position = 1"),
             Contains("of a length that makes no sense"));
}

TEST_CASE("a module that writes past the room for an attribute is on record, once, and read on") {
  const auto [misbehaviour, oddity] = GENERATE(table<std::string, std::string>({
      {"attribute writes too far", "it wrote past the room for CKA_LABEL"},
      {"attribute list goes on", "it wrote past the list of attributes that it was given"},
  }));
  INFO(misbehaviour);
  const Checked checked = check(misbehaviour);
  check_unharmed(checked);
  CHECK(checked.query("SELECT call, oddity FROM pkcs11_oddity") ==
        Texts{"C_GetAttributeValue(slot 5)," + oddity});
  CHECK(checked.cell("SELECT count(*), count(sensitive) FROM pkcs11_key") == "3,3");
  CHECK_THAT(checked.finding("pkcs11-well-formed"), Contains("fail"));
}

TEST_CASE("an object that brings the module down costs only itself") {
  const std::string way = GENERATE("crashes", "hangs");
  INFO(way);
  const Checked checked = check("attribute of the second " + way);
  check_unharmed(checked);
  CHECK(labels_and_sizes(checked) == Texts{"first,32", "third,32"});
  CHECK(checked.cell("SELECT last_step FROM probe_run WHERE probe = 'pkcs11'") ==
        "\"C_GetAttributeValue(slot 5, object 2)\"");
}

TEST_CASE("objects that do not tell their class are on record as unreadable") {
  const Checked checked = check("attribute call fails");
  check_unharmed(checked);
  CHECK(checked.cell("SELECT count(*) FROM pkcs11_key") == "0");
  CHECK_THAT(
      checked.query("SELECT reason FROM source WHERE reason LIKE '%class of the object%'")[0],
      Contains("CKR_GENERAL_ERROR"));
}
