// Version strings as they stand on NIST's certificate pages and in Security Policies (the number of
// the certificate is in the comment).
#include "cmvp/version.h"

#include "cmvp/name.h"
#include "tests/catch.h"

namespace {
using Tokens = std::vector<std::string>;
}

TEST_CASE("a recorded version string gives its single versions") {
  CHECK(cmvp::version_tokens("3.0.8, 3.0.9") == Tokens{"3.0.8", "3.0.9"});  // #4282
  CHECK(cmvp::version_tokens("10.2.8-h4 [1] and 10.2.17 [2]") ==
        Tokens{"10.2.8-h4", "10.2.17"});                                     // #4760
  CHECK(cmvp::version_tokens("3.3[1] and 3.4[2]") == Tokens{"3.3", "3.4"});  // #4727
  CHECK(cmvp::version_tokens("1.0.2.1, 1.0.2.2 and 1.0.2.3") ==
        Tokens{"1.0.2.1", "1.0.2.2", "1.0.2.3"});  // #4600
  CHECK(cmvp::version_tokens("1.0.2.1/1.0.2.2/1.0.2.3") ==
        Tokens{"1.0.2.1", "1.0.2.2", "1.0.2.3"});  // #4600
  CHECK(cmvp::version_tokens("3.0.0-FIPS 140-3, 3.0.1-FIPS 140-3") ==
        Tokens{"3.0.0-FIPS 140-3", "3.0.1-FIPS 140-3"});  // #4781
  CHECK(cmvp::version_tokens("MZWLR1T9HCJR-00AC9 [1, 3, 12, 13], MZWLR3T8HCLS-00AC9 [1, 3]") ==
        Tokens{"MZWLR1T9HCJR-00AC9", "MZWLR3T8HCLS-00AC9"});  // #4709
}

TEST_CASE("a version broken by a line end in its document is put together") {
  CHECK(cmvp::version_tokens("3.0.8- d694bfa693b76001") ==
        Tokens{"3.0.8-d694bfa693b76001"});  // #5021
}

TEST_CASE("a version with words before it gives its bare last word too") {
  CHECK(cmvp::version_tokens("kernel 5.14.0-284.1101.el9_2.tuxcare.7") ==
        Tokens{"kernel 5.14.0-284.1101.el9_2.tuxcare.7",
               "5.14.0-284.1101.el9_2.tuxcare.7"});  // #4750
  CHECK(cmvp::version_tokens("AWS-LC FIPS 2.0.0") ==
        Tokens{"AWS-LC FIPS 2.0.0", "2.0.0"});                                        // #4759
  CHECK(cmvp::version_tokens("3.0.10 with KP_1.2") == Tokens{"3.0.10 with KP_1.2"});  // #4724
}

TEST_CASE("what is no version of a module gives none") {
  CHECK(cmvp::version_tokens("N/A").empty());
  CHECK(cmvp::version_tokens("").empty());
  CHECK(cmvp::version_tokens("1.3                         Page 1 of 68").empty());  // #4679
  CHECK(cmvp::version_tokens("3.0.10 with").empty());  // #4724, cut off
  CHECK(cmvp::version_tokens("8.1.2.3 and to all subsequent versions until otherwise") ==
        Tokens{"8.1.2.3"});  // #4998
}

TEST_CASE("brackets that are never closed do no harm") {
  CHECK(cmvp::version_tokens("WUH722020BL4205 [1") == Tokens{"WUH722020BL4205"});
  CHECK(cmvp::version_tokens("[") == Tokens{});
  CHECK(cmvp::version_tokens("1.0[") == Tokens{"1.0["});
}

TEST_CASE("an upstream version is what stands before the build") {
  const auto red_hat = cmvp::parse_upstream("3.0.7-395c1a240fbfffd8");
  REQUIRE(red_hat);
  CHECK(red_hat->text() == "3.0.7");
  CHECK(red_hat->build == "395c1a240fbfffd8");
  const auto ubuntu = cmvp::parse_upstream("3.0.13-0ubuntu3+Fips1");
  REQUIRE(ubuntu);
  CHECK(ubuntu->text() == "3.0.13");
  CHECK(ubuntu->build == "0ubuntu3+Fips1");
  CHECK(cmvp::parse_upstream("3.1.4a")->letters == "a");
  CHECK(cmvp::parse_upstream("v5.2.1")->text() == "5.2.1");
  CHECK_FALSE(cmvp::parse_upstream("version 2.0"));
  CHECK_FALSE(cmvp::parse_upstream(""));
  CHECK_FALSE(cmvp::parse_upstream("99999999999999999999.1"));
}

TEST_CASE("versions are ordered by number, not by letter") {
  const auto less = [](const char* a, const char* b) {
    return compare_upstream(*cmvp::parse_upstream(a), *cmvp::parse_upstream(b)) < 0;
  };
  CHECK(less("3.0.9", "3.0.20"));
  CHECK(less("3.1.4", "3.1.4a"));
  CHECK(less("3.0.20", "3.1.2"));
  CHECK_FALSE(less("3.1.0", "3.1"));
  CHECK_FALSE(less("3.1", "3.1.0"));
}

TEST_CASE("module names are compared without case, marks and lone dashes") {
  CHECK(cmvp::plain_name("Red Hat Enterprise Linux 9 - OpenSSL FIPS Provider").plain ==
        cmvp::plain_name("Red Hat\xC2\xAE Enterprise Linux 9  OpenSSL FIPS provider").plain);
  CHECK(cmvp::plain_name("OpenSSL FIPS Provider").plain !=
        cmvp::plain_name("OpenSSL FIPS Object Module").plain);
  CHECK(cmvp::plain_name("VMware\xE2\x80\x99s OpenSSL FIPS Provider").plain ==
        "vmware's openssl fips provider");
}

TEST_CASE("only a version at the end of a name is cut off") {
  const auto junos =
      cmvp::plain_name("Junos\xC2\xAE OS Evolved OpenSSL Cryptographic Module version 3.0");
  CHECK(junos.bare == "junos os evolved openssl cryptographic module");
  CHECK(junos.version == "3.0");
  const auto alma = cmvp::plain_name("OpenSSL FIPS Provider for AlmaLinux 9");
  CHECK(alma.bare == alma.plain);
  CHECK(alma.version.empty());
  CHECK(cmvp::plain_name("").plain.empty());
}
