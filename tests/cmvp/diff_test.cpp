// Certificates are NIST's #4985, #4846 and #4725 as the built-in snapshot has them; what differs in
// the older snapshot is made up. The form of the calendar is that of RFC 5545.
#include "cmvp/diff.h"

#include <algorithm>
#include <fstream>

#include "cmvp/built_in.h"
#include "cmvp/calendar.h"
#include "cmvp/lookup.h"
#include "cmvp/named_snapshot.h"
#include "cmvp/snapshot.h"
#include "cmvp/store.h"
#include "cmvp/watch.h"
#include "evidence/base/error.h"
#include "evidence/base/host.h"
#include "evidence/base/temporary_folder.h"
#include "tests/catch.h"

namespace {

base::Database snapshot_of(const std::vector<cmvp::Certificate>& certificates) {
  auto db = base::Database::in_memory();
  cmvp::build_snapshot({"2026-08-31", "a test", static_cast<std::int64_t>(certificates.size())},
                       cmvp::write_csv(certificates), "test", db);
  return db;
}

cmvp::Certificate certificate(std::int64_t number) {
  return cmvp::find_certificate(cmvp::built_in_snapshot(), number).value();
}

std::string changes(const std::vector<cmvp::Certificate>& before,
                    const std::vector<cmvp::Certificate>& after) {
  std::string text;
  for (const auto& each : cmvp::changes_between(snapshot_of(before), snapshot_of(after)))
    text += std::to_string(each.certificate) + " " + each.kind + ": " + each.before + " > " +
            each.after + "\n";
  return text;
}

cmvp::Sunset sunset(std::int64_t number, const std::string& name, const std::string& date) {
  return {number, name, "A vendor", date, "2026-09-30", 20, {5284}};
}

void write(const std::string& file, const std::string& text) { std::ofstream(file) << text; }

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t at = 0;
  for (auto end = text.find("\r\n"); end != std::string::npos; end = text.find("\r\n", at)) {
    lines.push_back(text.substr(at, end - at));
    at = end + 2;
  }
  REQUIRE(at == text.size());
  return lines;
}

}  // namespace

TEST_CASE("a snapshot does not differ from itself") {
  const auto snapshot = cmvp::built_in_snapshot();
  CHECK(cmvp::changes_between(snapshot, snapshot).empty());
}

TEST_CASE("new, gone and changed certificates are told, in the order of their numbers") {
  auto old_4985 = certificate(4985);
  old_4985.sunset_date = "2029-03-10";
  old_4985.recorded_versions = {{"software", "3.1.1", "security policy"}};
  auto old_4725 = certificate(4725);
  old_4725.status = "Active";
  old_4725.caveat_flags.clear();
  old_4725.became_historical_by.clear();
  old_4725.environments.clear();
  auto new_4725 = old_4725;
  new_4725.status = "Historical";
  new_4725.caveat_flags = {"interim_validation"};
  new_4725.sunset_date.clear();
  CHECK(
      changes({old_4725, certificate(4846), old_4985},
              {new_4725, certificate(4857), certificate(4985)})
          .find("4725 status: Active > Historical\n4725 caveats:  > interim_validation\n"
                "4846 gone: Active > \n4857 new:  > Active\n4985 sunset: 2029-03-10 > 2030-03-10\n"
                "4985 versions: 3.1.1 > 3.1.2\n") == 0);
}

TEST_CASE("the same versions in another order are no change") {
  auto before = certificate(4985), after = before;
  before.recorded_versions = {{"software", "3.0.8, 3.0.9", "certificate page"}};
  after.recorded_versions = {{"software", "3.0.9", "certificate page"},
                             {"software", "3.0.8", "certificate page"}};
  CHECK(changes({before}, {after}).empty());
}

TEST_CASE("sunset dates ahead are those of Active certificates, soonest first") {
  const auto snapshot = cmvp::built_in_snapshot();
  const auto ahead = cmvp::sunsets_ahead(snapshot, "2026-09-30", 60);
  REQUIRE(ahead.size() > 3);
  for (std::size_t i = 1; i < ahead.size(); ++i) CHECK(ahead[i - 1].date <= ahead[i].date);
  CHECK(ahead.front().date == "2026-09-30");
  CHECK(ahead.front().days == 0);
  const auto found = std::find_if(ahead.begin(), ahead.end(),
                                  [](const auto& each) { return each.certificate == 4846; });
  REQUIRE(found != ahead.end());
  CHECK(found->date == "2026-10-20");
  CHECK(found->days == 20);
  // #4780 has its sunset in August 2026 and is Historical.
  for (const auto& each : cmvp::sunsets_ahead(snapshot, "2026-08-01", 365))
    CHECK(each.certificate != 4780);
  CHECK_THROWS_AS(cmvp::sunsets_ahead(snapshot, "soon", 60), base::Error);
}

TEST_CASE("what a module matches, what that rests on, and its name are watched") {
  const auto snapshot = cmvp::built_in_snapshot();
  cmvp::Certificates certificates(snapshot);
  const auto watched = cmvp::watched_certificates(
      {{"m", "SUSE Linux Enterprise Libica Cryptographic Module", "1.1"}}, certificates,
      "2026-09-30");
  REQUIRE(watched.contains(4822));
  CHECK(watched.at(4822).relied_on);
  CHECK(watched.at(4725).relied_on);
  CHECK_FALSE(watched.at(5464).relied_on);
  CHECK(watched.at(4725).modules.at(0) ==
        "m (SUSE Linux Enterprise Libica Cryptographic Module 1.1)");
  CHECK(cmvp::watched_certificates({{"m", "No such module", "1"}}, certificates, "2026-09-30")
            .empty());
}

TEST_CASE("a calendar has an all-day event for each sunset, as RFC 5545 has it") {
  const std::vector<cmvp::Sunset> sunsets = {sunset(4846, "A; B, C\\D\nE", "2026-10-20"),
                                             sunset(4876, "F", "2026-11-12")};
  const std::string text = cmvp::sunset_calendar(sunsets, "2026-09-30");
  const auto lines = lines_of(text);
  CHECK(lines.front() == "BEGIN:VCALENDAR");
  CHECK(lines.back() == "END:VCALENDAR");
  CHECK(lines[1] == "VERSION:2.0");
  CHECK(std::count(lines.begin(), lines.end(), "BEGIN:VEVENT") == 2);
  CHECK(std::count(lines.begin(), lines.end(), "UID:cmvp-certificate-4846-sunset@assay.invalid") ==
        1);
  CHECK(std::count(lines.begin(), lines.end(), "DTSTAMP:20260930T000000Z") == 2);
  CHECK(std::count(lines.begin(), lines.end(), "DTSTART;VALUE=DATE:20261020") == 1);
  CHECK(text.find("A\\; B\\, C\\\\D\\nE (A vendor)") != std::string::npos);
  CHECK(text == cmvp::sunset_calendar(sunsets, "2026-09-30"));
}

TEST_CASE("long lines of a calendar are folded between characters") {
  std::string name;
  for (int i = 0; i < 80; ++i) name += "\xC3\xA9";
  const auto text = cmvp::sunset_calendar(std::vector{sunset(1, name, "2026-10-20")}, "2026-09-30");
  std::string unfolded = text;
  for (auto at = unfolded.find("\r\n "); at != std::string::npos; at = unfolded.find("\r\n ", at))
    unfolded.erase(at, 3);
  CHECK(unfolded.find(name) != std::string::npos);
  for (const std::string& line : lines_of(text)) {
    CHECK(line.size() <= 75);
    CHECK((static_cast<unsigned char>(line.front()) & 0xC0U) != 0x80U);
    if (line.front() == ' ') CHECK((static_cast<unsigned char>(line[1]) & 0xC0U) != 0x80U);
  }
}

TEST_CASE("snapshots are opened from text, from an image, and built in") {
  const base::TemporaryFolder folder;
  const base::SystemHost host;
  const std::string csv = cmvp::write_csv(std::vector{certificate(4985)});
  const std::string file = folder.path() + "/old.csv";
  write(file, csv);
  CHECK_THROWS_AS(cmvp::named_snapshot(host, file), base::Error);
  write(folder.path() + "/old.txt", cmvp::write_header({"2026-08-31", "a test", 1}));
  CHECK(cmvp::snapshot_info(cmvp::named_snapshot(host, file)).taken_at == "2026-08-31");
  cmvp::SnapshotContents contents;
  contents.header = {"2026-08-31", "a test", 1};
  contents.certificates = {certificate(4985)};
  const std::string stored = cmvp::store_snapshot(folder.path(), contents);
  CHECK(cmvp::snapshot_info(cmvp::named_snapshot(host, stored)).certificates == 1);
  CHECK(cmvp::snapshot_info(cmvp::named_snapshot(host, "built-in")).certificates == 5516);
  CHECK_THROWS_AS(cmvp::named_snapshot(host, folder.path() + "/none.db"), base::Error);
  write(folder.path() + "/text.db", "no database");
  CHECK_THROWS_AS(cmvp::named_snapshot(host, folder.path() + "/text.db"), base::Error);
}
