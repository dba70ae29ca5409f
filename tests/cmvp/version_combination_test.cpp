// The forms are those of NIST's certificates: #4760 (firmware and hardware with marks), #4727 (one
// kind only), #4709 (a list that was cut at the commas inside of its marks).
#include "cmvp/version_combination.h"

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
    for (const auto& version : each.versions) text += " " + version.kind + " " + version.text;
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
