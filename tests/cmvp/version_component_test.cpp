// The pieces are those of NIST's certificates; the number stands beside each.
#include "cmvp/version_component.h"

#include "tests/catch.h"

namespace {

std::string told(const std::string& piece) {
  const auto each = cmvp::component_version(piece);
  return each.component + "|" + each.text;
}

// "FW 1; BOOT 2"
std::string parts(const std::string& words, std::string last = "") {
  std::string text;
  for (const auto& each : cmvp::versions_of_parts(words, "firmware", "certificate page", last))
    text += (text.empty() ? "" : "; ") + each.component + " " + each.text;
  return text;
}

}  // namespace

TEST_CASE("a piece of a recorded version is cut into the name of a part and its version") {
  CHECK(told("MARVELL-LS2-UBOOT-10.23-1107-R01-SB") ==
        "MARVELL-LS2-UBOOT|10.23-1107-R01-SB");                                     // #4703
  CHECK(told("PIN-App:10.23-1107") == "PIN-App|10.23-1107");                        // #4703
  CHECK(told("primary-version 13.2.4") == "primary|13.2.4");                        // #4745
  CHECK(told("Boot Firmware Version: 0x00010000") == "Boot Firmware|0x00010000");   // #5009
  CHECK(told("Runtime SCSS v2.2") == "Runtime SCSS|v2.2");                          // #4994
  CHECK(told("KP_1.2") == "KP|1.2");                                                // #4724
  CHECK(told("Demonstration Applet version V1.D") == "Demonstration Applet|V1.D");  // #4772
}

TEST_CASE("a version that names no part is left whole") {
  for (const char* version : {"3.0.7-395c1a240fbfffd8", "5.14.0-284.1101.el9_2.tuxcare.7",
                              "10.2.8-h4", "3.0.10 with", "", ":", "-1.0", "_1"}) {
    CAPTURE(version);
    CHECK(told(version) == "|" + std::string(version));
  }
}

TEST_CASE("a piece without a name is another version of the part before it") {
  CHECK(parts("kernel 6.1.41-64.118.amzn2023, 6.1.41-64.118.fips.amzn2023, libkcapi "
              "1.4.0-105.amzn2023") ==
        "kernel 6.1.41-64.118.amzn2023; kernel 6.1.41-64.118.fips.amzn2023; libkcapi "
        "1.4.0-105.amzn2023");  // #4808
  CHECK(parts("v1.1", "Bootloader") == "Bootloader v1.1");
}

TEST_CASE("names that are not of parts make no parts, unless they say that they belong together") {
  CHECK(parts("1830PSS ECN R23.3, 1830PSI-M ECN R23.3").empty());  // #4751: two products
  CHECK(parts("3.0.0-FIPS 140-3, 3.0.1-FIPS 140-3").empty());      // #4781
  CHECK(parts("[IDCore 230-BUILD6.11, Demonstration Applet version V1.D]") ==
        "IDCore 230-BUILD6.11; Demonstration Applet V1.D");  // #4772
  CHECK(parts("3.0.10 with KP_1.2") == " 3.0.10; KP 1.2");   // #4724
}
