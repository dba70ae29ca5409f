// The forms are those of NIST's certificates: #4760 (firmware and hardware with marks), #4727 (one
// kind only), #4709 (a list that was cut at the commas inside of its marks).
#include "cmvp/version_combination.h"

#include <algorithm>
#include <map>

#include "cmvp/built_in.h"
#include "cmvp/lookup.h"
#include "tests/catch.h"

namespace {

constexpr const char* kPage = "certificate page";

// "1: firmware A, hardware X; 2: …"
std::string told(const std::vector<cmvp::RecordedVersion>& recorded) {
  std::string text;
  for (const auto& each : cmvp::version_combinations(recorded)) {
    text += (text.empty() ? "" : "; ") + each.mark + ":";
    for (const auto& version : each.versions)
      text += " " + version.kind + " " + version.component +
              (version.component.empty() ? "" : " ") + version.text;
  }
  return text;
}

}  // namespace

TEST_CASE("versions of several kinds with the same mark were validated together") {
  CHECK(told({{"firmware", "10.2.8-h4 [1] and 10.2.17 [2]", kPage},
              {"hardware", "910-000102 with Physical Kit 920-000112 [1]", kPage},
              {"hardware", "and 910-000252 [2]", kPage}}) ==
        "1: firmware 10.2.8-h4 hardware 910-000102 with Physical Kit 920-000112; "
        "2: firmware 10.2.17 hardware 910-000252");
  CHECK(told({{"firmware", "v1.0 [a], v1.1 [b, c]", kPage}, {"hardware", "X [a-c], Y [b]", kPage}})
            .starts_with("b: firmware v1.1 hardware Y"));
  CHECK(told({{"firmware", "F1 [1], F2 [2], F3 [3]", kPage}, {"hardware", "H [1-3]", kPage}}) ==
        "1: firmware F1 hardware H; 2: firmware F2 hardware H; 3: firmware F3 hardware H");
}

TEST_CASE("marks on one kind, versions without marks and damaged marks are no combination") {
  CHECK(told({{"software", "3.3[1] and 3.4[2]", kPage}}).empty());
  CHECK(told({{"software", "3.0.8, 3.0.9", kPage}, {"hardware", "1", kPage}}).empty());
  CHECK(told({{"firmware", "F [1", kPage}, {"hardware", "[1] [ ] [] [1-999999]", kPage}}).empty());
  CHECK(told({}).empty());
}

TEST_CASE("a list that was cut inside of brackets is put together again") {
  const auto whole = cmvp::whole_versions({{{"hardware", "X [1", kPage},
                                            {"hardware", "3", kPage},
                                            {"hardware", "12]", kPage},
                                            {"hardware", "Y", kPage},
                                            {"firmware", "F", kPage}}});
  REQUIRE(whole.size() == 3);
  CHECK(whole[0].text == "X [1, 3, 12]");
  CHECK(whole[1].text == "Y");
}

TEST_CASE("certificates of the built-in snapshot have their combinations, and no mark as version") {
  const auto snapshot = cmvp::built_in_snapshot();
  const auto switches = cmvp::find_certificate(snapshot, 4760).value();
  const auto combinations = cmvp::version_combinations(switches.recorded_versions);
  REQUIRE(combinations.size() == 2);
  CHECK(combinations[0].versions.at(0).text == "10.2.8-h4");
  CHECK(combinations[1].versions.at(0).text == "10.2.17");
  CHECK(combinations[0].versions.size() > 5);
  const auto drives = cmvp::find_certificate(snapshot, 4709).value();
  for (const auto& version : drives.versions) {
    CAPTURE(version.text);
    CHECK(version.text.size() > 2);
  }
}

TEST_CASE("the parts of one firmware were validated together, from the mark or place they share") {
  CHECK(
      told({{"firmware",
             "Runtime SCSS v2.2 [a], v2.3 [b], Bootloader v1.0 [a], v1.1 [b], Function ROM v3.0, "
             "Boot ROM v1.0",
             kPage}}) ==
      "a: firmware Runtime SCSS v2.2 firmware Bootloader v1.0 firmware Function ROM v3.0 firmware "
      "Boot ROM v1.0; b: firmware Runtime SCSS v2.3 firmware Bootloader v1.1 firmware Function ROM "
      "v3.0 firmware Boot ROM v1.0");  // after #4994
  CHECK(told({{"firmware",
               "primary-version 13.2.4, recovery-version 13.2.4, uboot-version 1.1.0 and "
               "uboot-version 1.4.1",
               kPage}}) ==
        ": firmware primary 13.2.4 firmware recovery 13.2.4 firmware uboot 1.1.0 firmware uboot "
        "1.4.1");  // #4745
  CHECK(told({{"firmware", "A-FW-1, A-BOOT-1, A-FW-1, A-BOOT-2, PIN-App:3", kPage}}) ==
        ": firmware A-FW 1 firmware A-BOOT 1; : firmware A-FW 1 firmware A-BOOT 2 firmware PIN-App "
        "3");  // after #4703
  CHECK(told({{"hardware", "main board 1, boot board 2", kPage}}).empty());
}

TEST_CASE("what a Security Policy cut from a combination of the page is not another one") {
  CHECK(told({{"firmware", "Function ROM v3.0, Boot ROM v1.0", kPage},
              {"firmware", "ROM v3.0, Boot ROM v1.0", "security policy"}}) ==
        ": firmware Function ROM v3.0 firmware Boot ROM v1.0");
  CHECK(told({{"software", "3.0.10 with KP_1.2", "security policy"}}) ==
        ": software 3.0.10 software KP 1.2");
}

// Counted by hand in certificates-2026-09-30.jsonl: #4703 lists 18 lines of a firmware with its
// boot loader, #4700 one.
TEST_CASE("every combination of parts in the built-in snapshot is found") {
  const std::map<std::int64_t, std::size_t> expected = {
      {4700, 1}, {4703, 18}, {4724, 1}, {4739, 1}, {4745, 1}, {4750, 1},
      {4767, 1}, {4772, 2},  {4808, 1}, {4886, 1}, {4889, 1}, {4900, 1},
      {4922, 1}, {4925, 1},  {4994, 4}, {5009, 1}, {5048, 1}};
  const auto snapshot = cmvp::built_in_snapshot();
  cmvp::CertificateReader reader(snapshot);
  std::map<std::int64_t, std::size_t> found;
  auto row = snapshot.prepare("SELECT number FROM certificate");
  while (row.step()) {
    const auto certificate = reader.read(row.integer(0));
    for (const auto& combination : certificate->combinations)
      if (std::any_of(combination.versions.begin(), combination.versions.end(),
                      [](const auto& version) { return !version.component.empty(); }))
        ++found[row.integer(0)];
  }
  CHECK(found == expected);
}

TEST_CASE("a version is told with or without the name of its part") {
  const cmvp::Version boot{"10.01-10", "firmware", kPage, "MARVELL-LS2-UBOOT"};
  CHECK(cmvp::is_version("10.01-10", boot));
  CHECK(cmvp::is_version("MARVELL-LS2-UBOOT-10.01-10", boot));
  CHECK_FALSE(cmvp::is_version("MARVELL-LS2-FW-10.01-10", boot));
  CHECK_FALSE(cmvp::is_version("10.01", boot));
}
