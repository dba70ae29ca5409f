// Certificates are invented; the rules of who is believed are those of docs/certificates.md.
#include "cmvp/merge.h"

#include "evidence/base/error.h"
#include "tests/catch.h"

namespace {

cmvp::Certificate certificate(std::int64_t number, const std::string& status,
                              const std::string& day, const std::string& name = "Module") {
  cmvp::Certificate c;
  c.number = number;
  c.status = status;
  c.status_as_of = day;
  c.name = name;
  return c;
}

cmvp::ListPage list(const std::string& status, const std::vector<std::int64_t>& numbers,
                    bool complete = true) {
  cmvp::ListPage page;
  page.statuses = {status};
  page.complete = complete;
  for (const auto number : numbers) page.certificates.push_back(certificate(number, status, ""));
  return page;
}

const std::vector<cmvp::Certificate> kKnown = {certificate(1, "Active", "2026-09-30"),
                                               certificate(2, "Active", "2026-09-30"),
                                               certificate(3, "Historical", "2026-09-30")};

cmvp::Merge merged(cmvp::Gathered gathered, bool accept_shrink = false) {
  return cmvp::merge(kKnown, std::move(gathered), "2026-11-01", accept_shrink);
}

}  // namespace

TEST_CASE("a certificate that moved to another list keeps what was known before") {
  const auto result = merged({{list("Active", {1}), list("Historical", {2, 3})}, {}, {}});
  REQUIRE(result.certificates.size() == 3);
  const auto& moved = result.certificates[1];
  CHECK(moved.status == "Historical");
  CHECK(moved.status_as_of == "2026-11-01");
  CHECK(moved.earlier_status == "Active");
  CHECK(moved.earlier_status_as_of == "2026-09-30");
  CHECK(moved.became_historical_by == "2026-11-01");
  CHECK(result.contradictions.empty());
}

TEST_CASE("a certificate that left a complete list has a status that is unknown") {
  const auto result = merged({{list("Active", {1})}, {}, {}});
  CHECK(result.certificates.at(1).status == "unknown");
  CHECK(result.certificates.at(2).status == "Historical");
  REQUIRE(result.contradictions.size() == 1);
  CHECK(result.contradictions[0] ==
        "certificate #2: Active on 2026-09-30, but no longer on that list; its status is unknown "
        "until the other lists are read");
}

TEST_CASE("a list that is not complete says nothing about those that are not on it") {
  const auto result = merged({{list("Active", {1}, false)}, {}, {}});
  CHECK(result.certificates.at(1).status == "Active");
  CHECK(result.certificates.at(1).status_as_of == "2026-09-30");
}

TEST_CASE("a list that shrank by more than half is refused unless that is accepted") {
  CHECK_THROWS_WITH(merged({{list("Active", {})}, {}, {}}),
                    "the list of Active certificates shrank from 2 to 0; the old data is kept. If "
                    "that is right, import it with --accept-shrink");
  CHECK(merged({{list("Active", {})}, {}, {}}, true).certificates.at(0).status == "unknown");
}

TEST_CASE("a feed with wrong numbers loses against the official list") {
  const auto result = merged(
      {{list("Active", {1, 2})},
       {},
       {certificate(1, "Revoked", "2026-10-30"), certificate(2, "Active", "2026-10-30", "Mine"),
        certificate(9, "Active", "2026-10-30")}});
  REQUIRE(result.certificates.size() == 3);
  CHECK(result.certificates[0].status == "Active");
  CHECK(result.certificates[1].name == "Module");
  REQUIRE(result.rejected.size() == 2);
  CHECK(result.rejected[0].origin == "certificate #2");
  CHECK(result.rejected[0].reason ==
        "the feed calls it \"Mine\", the list of 2026-09-30 \"Module\"; the list is believed");
  CHECK(result.rejected[1].reason ==
        "not on the complete list of Active certificates of 2026-11-01");
}

TEST_CASE("a feed of the same day as the list is not believed where it contradicts") {
  const auto result = merged({{}, {}, {certificate(1, "Revoked", "2026-09-30")}});
  CHECK(result.certificates[0].status == "Active");
  REQUIRE(result.contradictions.size() == 1);
  CHECK(result.contradictions[0] ==
        "certificate #1: Revoked in the feed, Active on the list of 2026-09-30; the list is "
        "believed");
}

TEST_CASE("a newer feed is believed and an older one fills gaps only") {
  auto newer = certificate(1, "Revoked", "2026-10-15");
  newer.vendor = "New";
  auto older = certificate(2, "Historical", "2026-01-01");
  older.vendor = "Old";
  older.overall_level = 1;
  const auto result = merged({{}, {}, {newer, older}});
  CHECK(result.certificates[0].status == "Revoked");
  CHECK(result.certificates[0].vendor == "New");
  CHECK(result.certificates[1].status == "Active");
  CHECK(result.certificates[1].vendor == "Old");
  CHECK(result.certificates[1].overall_level == 1);
}

TEST_CASE("the list is believed where a certificate page contradicts it") {
  const auto result =
      merged({{list("Active", {1, 2})}, {certificate(1, "Historical", "", "Other")}, {}});
  CHECK(result.certificates[0].status == "Active");
  CHECK(result.certificates[0].name == "Module");
  CHECK(result.contradictions.size() == 2);
}

TEST_CASE("a certificate on two lists has the graver status, and that is said") {
  const auto result = merged({{list("Active", {1, 2}), list("Revoked", {2})}, {}, {}});
  CHECK(result.certificates[1].status == "Revoked");
  REQUIRE(result.contradictions.size() == 1);
  CHECK(result.contradictions[0] ==
        "certificate #2: on two lists, Revoked and Active; taken as Revoked");
}

TEST_CASE("a certificate page replaces what pages said and keeps what policies said") {
  auto known = certificate(1, "Active", "2026-09-30");
  known.recorded_versions = {{"software", "1.0", "certificate page"},
                             {"software", "1.0-build", "security policy"}};
  known.sunset_date = "2027-01-01";
  auto page = certificate(1, "Active", "");
  page.recorded_versions = {{"software", "1.1", "certificate page"}};
  const auto result = cmvp::merge({known}, {{}, {page}, {}}, "2026-11-01", false);
  REQUIRE(result.certificates[0].recorded_versions.size() == 2);
  CHECK(result.certificates[0].recorded_versions[0].text == "1.1");
  CHECK(result.certificates[0].recorded_versions[1].text == "1.0-build");
  CHECK(result.certificates[0].sunset_date == "2027-01-01");
}

TEST_CASE("two snapshots that contradict each other are told apart") {
  cmvp::SnapshotContents a, b;
  a.header.taken_at = "2026-09-30";
  b.header.taken_at = "2026-11-01";
  a.certificates = {certificate(1, "Active", "2026-09-30"), certificate(2, "Active", "2026-09-30")};
  b.certificates = {certificate(1, "Revoked", "2026-09-30"),
                    certificate(2, "Historical", "2026-11-01", "Other")};
  const auto found = cmvp::contradictions(a, b, 10);
  REQUIRE(found.size() == 2);
  CHECK(found[0] ==
        "certificate #1: status on 2026-09-30 \"Active\" in the snapshot of 2026-09-30, "
        "\"Revoked\" in that of 2026-11-01");
  CHECK(found[1].find("name \"Module\"") != std::string::npos);
  CHECK(cmvp::contradictions(a, b, 1).size() == 1);
}
