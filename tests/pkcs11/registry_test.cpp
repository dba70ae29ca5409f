// Modules are registered as p11-kit's manual, pkcs11.conf(5), says: in a file of the user's.
#include "evidence/base/temporary_folder.h"
#include "tests/pkcs11/fake_module.h"

namespace {

using Catch::Contains;
using tests::Checked;
using tests::kFakeModule;

const std::string kOther = ASSAY_BINARY_DIR "/tests/pkcs11/fake_token.so";

// `assay check` where a user has registered `modules`, each with its library.
Checked check_registered(const std::map<std::string, std::string>& modules,
                         const std::string& target, const std::string& misbehaviour = "") {
  const base::TemporaryFolder home;
  for (const auto& [name, library] : modules)
    tests::write(home.path() + "/.config/pkcs11/modules/" + name + ".module",
                 "module: " + library + "\n");
  tests::Assay assay;
  assay.options = {target, "--time-limit", "2"};
  assay.environment = {"HOME=" + home.path(), "ASSAY_FAKE=" + misbehaviour};
  if (const char* sanitizer = std::getenv("ASAN_OPTIONS"))
    assay.environment.push_back(std::string("ASAN_OPTIONS=") + sanitizer);
  return assay.check();
}

}  // namespace

TEST_CASE("without a module every registered one is looked at") {
  const Checked checked = check_registered({{"one", kFakeModule}, {"two", kOther}}, "pkcs11:");
  INFO(checked.errors);
  CHECK(checked.cell("SELECT count(*) FROM pkcs11_registered WHERE problem IS NULL") == "2");
  CHECK(checked.cell("SELECT count(*) FROM pkcs11_library WHERE initialized = 1") == "2");
  CHECK_THAT(checked.finding("pkcs11-initialises", "pkcs11:" + kFakeModule),
             Catch::StartsWith("pass"));
}

TEST_CASE("a registered module is named by module-name") {
  const Checked checked = check_registered({{"one", kFakeModule}, {"two", kOther}},
                                           "pkcs11:token=A%20label?module-name=one");
  CHECK(checked.cell("SELECT module FROM pkcs11_library") == "pkcs11:" + kFakeModule);
  CHECK(checked.cell("SELECT count(*) FROM pkcs11_token") == "1");
}

TEST_CASE("a crash of one registered module is not laid at the door of another") {
  const Checked checked = check_registered({{"one", kFakeModule}, {"two", kOther}},
                                           "pkcs11:", "the 40th mechanism crashes");
  CHECK_THAT(checked.finding("pkcs11-behaves", "pkcs11:" + kFakeModule), Contains("signal 11"));
  CHECK_THAT(checked.finding("pkcs11-behaves", "pkcs11:" + kOther), Catch::StartsWith("pass"));
}

TEST_CASE("where nothing is registered the error says what to do next") {
  const Checked none = check_registered({}, "pkcs11:?module-name=hsm");
  CHECK(none.exit_code == 2);
  CHECK_THAT(none.errors, Contains("has registered no module \"hsm\"") && Contains("name one"));
  const Checked gone = check_registered({{"gone", "/usr/lib/gone.so"}}, "pkcs11:");
  CHECK(gone.exit_code == 2);
  CHECK_THAT(gone.errors, Contains("gone: the library /usr/lib/gone.so is not there"));
}
