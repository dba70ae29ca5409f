// Other systems: unpacked packages of Debian 11, 13 and forky, looked at as an ordinary user would.
#include "tests/traps/fixture.h"

namespace {

using Catch::Contains;
using Catch::StartsWith;
using tests::Checked;
using tests::copy_openssl;
using tests::has_target;
using tests::kLibraries;
using tests::Texts;
using tests::unpacked;
namespace fs = std::filesystem;

Checked check_root(const std::string& root) {
  tests::Assay assay;
  assay.options = {"--root", root};
  return assay.check();
}

}  // namespace

TEST_CASE("another system is assessed by its own OpenSSL") {
  const auto [suite, version] =
      GENERATE(table<std::string, std::string>({{"trixie", "3.5."}, {"forky", "3."}}));
  if (!has_target("roots/" + suite)) return;
  INFO(suite);
  const Checked checked = check_root(unpacked(suite));
  INFO(checked.errors);
  CHECK(checked.exit_code == 1);
  CHECK_THAT(checked.cell("SELECT DISTINCT version FROM libcrypto WHERE preferred = 1"),
             StartsWith(version));
  CHECK(checked.cell("SELECT count(*) FROM provider WHERE provider = 'default' AND active = 1") ==
        "1");
  CHECK(checked
            .query("SELECT path FROM loaded_object WHERE inside_root = 0 AND path LIKE '/%'"
                   " AND path NOT LIKE '%assay%'")
            .empty());
}

TEST_CASE("a FIPS provider of another system is found active there, links kept inside") {
  if (!has_target("roots/trixie") || !has_target("state/openssl35/fipsmodule.cnf")) return;
  const base::TemporaryFolder folder;
  copy_openssl(unpacked("trixie"), folder.path());
  tests::write(folder.path() + "/etc/ssl/openssl.cnf", tests::usual_configuration("/etc/ssl"));
  tests::write(folder.path() + "/etc/ssl/fipsmodule.cnf",
               tests::contents(tests::targets() + "/state/openssl35/fipsmodule.cnf"));
  const Checked checked = check_root(folder.path());
  INFO(checked.errors << checked.all("fail") << checked.all("error"));
  CHECK(checked.exit_code == 1);
  CHECK(checked.cell("SELECT file FROM openssl_configuration") == "/usr/lib/ssl/openssl.cnf");
  for (const char* rung : {"present", "integrity", "self-tests", "approved-mode"})
    CHECK(checked.rung("openssl:fips", rung) == "pass");
  CHECK(checked.rung("openssl:fips", "certificate") == "fail");
  CHECK(checked.cell("SELECT active FROM provider WHERE module = 'openssl:fips'") == "1");
  CHECK_THAT(checked.cell("SELECT path FROM provider WHERE module = 'openssl:fips'"),
             StartsWith(kLibraries));
}

TEST_CASE("a system with OpenSSL 1.1.1 has no providers, and the reason is said") {
  if (!has_target("roots/bullseye")) return;
  const Checked checked = check_root(unpacked("bullseye"));
  INFO(checked.errors);
  CHECK((checked.exit_code == 1 || checked.exit_code == 3));
  CHECK(checked.cell("SELECT soname FROM library_file WHERE preferred = 1") == "libcrypto.so.1.1");
  CHECK(checked.all("pass").find("openssl:fips") == std::string::npos);
  CHECK_THAT(checked.report().dump(), Contains("1.1"));
}

TEST_CASE("an empty folder as root could not be determined, in clear words") {
  const base::TemporaryFolder folder;
  const Checked checked = check_root(folder.path());
  INFO(checked.errors);
  CHECK(checked.exit_code == 3);
  CHECK_THAT(checked.report().dump(), Contains("no dynamic loader of glibc"));
}

TEST_CASE("a root that is not there is an error with the next step") {
  const Checked checked = check_root("/no/such/root");
  CHECK(checked.exit_code == 2);
  CHECK_THAT(checked.errors, Contains("/no/such/root: no such folder"));
}

TEST_CASE("a system without a dynamic loader that fits is not started, with the reason") {
  if (!has_target("roots/trixie")) return;
  const base::TemporaryFolder folder;
  const std::string& root = folder.path();
  copy_openssl(unpacked("trixie"), root);
  for (const char* loader : {"/usr/lib64/ld-linux-x86-64.so.2",
                             "/usr/lib/x86_64-linux-gnu/"
                             "ld-linux-x86-64.so.2"})
    fs::remove(root + loader);
  tests::write(root + "/usr/lib/ld-musl-x86_64.so.1", "another C library");
  const Checked checked = check_root(root);
  INFO(checked.errors);
  CHECK((checked.exit_code == 1 || checked.exit_code == 3));
  CHECK_THAT(checked.query("SELECT reason FROM source WHERE outcome = 'unsupported'").at(0),
             Contains("this system uses musl"));
  CHECK_THAT(checked.all("unknown"), Contains("musl"));
}
