// The built-in snapshot is of 2026-09-30; everything that is imported here is invented.
#include "cmvp/store.h"

#include <filesystem>
#include <fstream>

#include "cmvp/built_in.h"
#include "cmvp/import_files.h"
#include "evidence/base/error.h"
#include "evidence/base/temporary_folder.h"
#include "tests/catch.h"
#include "tests/cmvp/evidence_fixture.h"
#include "tests/cmvp/pages.h"

namespace {

constexpr const char* kRecord =
    R"({"number": 7001, "status": "Active", "status_as_of": "2026-10-15", "name": "Invented"})";

// A data folder of its own, and a machine that uses it.
struct Data {
  base::TemporaryFolder folder;
  base::SystemHost host{"", {{"ASSAY_DATA", folder.path()}}};

  std::string import(const std::string& bytes, const std::string& taken_at) const {
    cmvp::FileImport import({taken_at, "", false, {}});
    import.add("file", bytes);
    const auto known = cmvp::known_before(host, import.taken_at());
    return cmvp::store_snapshot(folder.path(), import.finish(known ? &*known : nullptr).contents);
  }
};

std::string bytes_of(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void write(const std::string& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

std::string day_of(const base::Database& db) { return cmvp::snapshot_info(db).taken_at; }

}  // namespace

TEST_CASE("an imported snapshot is on top of the built-in one") {
  const Data data;
  const std::string file = data.import(kRecord, "");
  CHECK(file == data.folder.path() + "/snapshots/2026-10-15.db");
  const auto db = cmvp::open_snapshot(data.host, file);
  CHECK(cmvp::snapshot_info(db).certificates == 5517);
  CHECK(cmvp::find_certificate(db, 7001)->name == "Invented");
  CHECK(cmvp::find_certificate(db, 4282)->versions.at(1).text == "3.0.9");
  CHECK(cmvp::snapshot_info(db).source ==
        "a feed of records, on top of the snapshot of 2026-09-30");
}

TEST_CASE("a snapshot that is read and built again is the same") {
  const auto contents = cmvp::read_snapshot(cmvp::built_in_snapshot());
  auto again = base::Database::in_memory();
  cmvp::build_snapshot(contents, again);
  for (const char* table : {"certificate", "certificate_recorded_version", "certificate_version",
                            "certificate_relation", "certificate_environment"}) {
    CAPTURE(table);
    const std::string sql = std::string("SELECT count(*) FROM ") + table;
    CHECK(fixture::cell(again, sql) == fixture::cell(cmvp::built_in_snapshot(), sql));
  }
}

TEST_CASE("everything that certificate pages and other lists tell is stored") {
  const Data data;
  cmvp::FileImport import({"2026-11-01", "test", false, {}});
  auto fields = pages::plain_fields();
  fields.emplace_back("Approved Algorithms",
                      "<div class=\"col-md-3\">AES-CBC</div><div class=\"col-md-4\">A1</div>");
  import.add("7001.html", pages::detail("7001", fields));
  import.add("iut.html",
             "<table><tr><th>Module Name</th><th>Vendor Name</th><th>Standard</th><th>IUT "
             "Date</th></tr><tr><td>New Module</td><td>V</td><td>FIPS "
             "140-3</td><td>7/2/2026</td></tr><tr><td></td></tr></table>");
  const auto file = cmvp::store_snapshot(data.folder.path(), import.finish(nullptr).contents);
  const auto contents = cmvp::read_snapshot(cmvp::open_snapshot(data.host, file));
  REQUIRE(contents.certificates.size() == 1);
  CHECK(contents.certificates[0].caveat == "Interim validation. When operated in approved mode");
  CHECK(contents.certificates[0].algorithms.at(0).name == "AES-CBC");
  CHECK(contents.certificates[0].sunset_as_of == "2026-11-01");
  CHECK(contents.in_process.at(0).status_date == "2026-07-02");
  REQUIRE(contents.rejected.size() == 1);
  CHECK(contents.rejected[0].origin == "iut.html");
  CHECK(contents.rejected[0].place == 2);
}

TEST_CASE("the newest snapshot that is not later than the as-of date is chosen") {
  const Data data;
  data.import(kRecord, "2026-10-15");
  data.import(kRecord, "2026-12-01");
  const auto chosen = [&](const std::optional<std::string>& wanted, const std::string& as_of) {
    return day_of(cmvp::choose_snapshot(data.host, wanted, as_of));
  };
  CHECK(chosen({}, "") == "2026-12-01");
  CHECK(chosen({}, "2026-11-23") == "2026-10-15");
  CHECK(chosen({}, "2026-10-14") == "2026-09-30");
  CHECK(chosen({}, "2020-01-01") == "2026-09-30");
  CHECK(chosen("built-in", "2026-12-31") == "2026-09-30");
  CHECK(chosen("2026-10-15", "2026-12-31") == "2026-10-15");
  CHECK(chosen(data.folder.path() + "/snapshots/2026-12-01.db", "2026-10-01") == "2026-12-01");
  CHECK_THROWS_WITH(chosen("2026-10-16", ""),
                    "there is no snapshot of 2026-10-16; assay cmvp list shows which there are");
  CHECK_THROWS_AS(chosen("no-such-file.db", ""), base::Error);
}

TEST_CASE("a damaged snapshot is refused with what to do next") {
  const Data data;
  const std::string file = data.import(kRecord, "");
  const std::string good = bytes_of(file);
  for (const std::size_t at : {std::size_t{0}, good.size() / 2, good.size() - 10}) {
    CAPTURE(at);
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 1);
    write(file, bad);
    CHECK_THROWS_WITH(cmvp::open_snapshot(data.host, file),
                      file +
                          ": damaged, its digest is another; remove it and import it again "
                          "(assay cmvp import), or use --snapshot built-in");
  }
  for (const std::string& bad :
       {good.substr(0, good.size() / 2), std::string(), std::string("x")}) {
    write(file, bad);
    CHECK_THROWS_AS(cmvp::choose_snapshot(data.host, std::nullopt, ""), base::Error);
  }
  CHECK(day_of(cmvp::choose_snapshot(data.host, "built-in", "")) == "2026-09-30");
}

TEST_CASE("an import that fails leaves the old snapshot as it was") {
  const Data data;
  const std::string file = data.import(kRecord, "2026-10-15");
  const std::string before = bytes_of(file);
  CHECK_THROWS_AS(data.import(pages::list({}, "Active", 0), "2026-10-15"), base::Error);
  CHECK_THROWS_AS(data.import("<html><p>changed", "2026-10-15"), base::Error);
  write(file + ".123.part", "half of an import that was killed");
  CHECK(bytes_of(file) == before);
  CHECK(cmvp::held_snapshots(data.host, data.folder.path()).size() == 1);
}

TEST_CASE("the same import gives the same bytes") {
  const Data one, two;
  CHECK((bytes_of(one.import(kRecord, "")) == bytes_of(two.import(kRecord, ""))));
}

TEST_CASE("a folder is imported and what cannot be read in it is counted") {
  const Data data;
  const std::string folder = data.folder.path() + "/pages";
  std::filesystem::create_directories(folder + "/more");
  write(folder + "/7001.html", pages::detail("7001", pages::plain_fields()));
  write(folder + "/more/7002.html", pages::detail("7002", pages::plain_fields()));
  write(folder + "/7003.html", "<html><p>Service unavailable");
  write(folder + "/readme.txt", "text");
  cmvp::FileImport import({"2026-11-01", "", false, {}});
  import.add_path(data.host, folder);
  const auto result = import.finish(nullptr);
  CHECK(result.contents.certificates.size() == 2);
  REQUIRE(result.contents.rejected.size() == 2);
  CHECK(result.contents.rejected[0].reason.find("no longer looks as expected") !=
        std::string::npos);
  write(folder + "/7004.html", "<p>");
  cmvp::FileImport again({"2026-11-01", "", false, {}});
  CHECK_THROWS_AS(again.add_path(data.host, folder), base::Error);
}

TEST_CASE("a cell of ten megabytes in a page costs its record alone and the import goes on") {
  const Data data;
  const std::string folder = data.folder.path() + "/pages";
  std::filesystem::create_directories(folder);
  const std::string large(std::size_t{10} << 20U, 'x');
  const pages::Row good = {"7001", "Vendor Ltd", "First", "Software", "01/02/2026", "Active"};
  pages::Row row = good;
  row.number = "7002";
  row.name = large;
  write(folder + "/active.html", pages::list({row, good}, "Active", 2));
  auto fields = pages::plain_fields();
  fields[0].second = large;  // Its name, without which a page is none.
  write(folder + "/7003.html", pages::detail("7003", fields));
  write(folder + "/7004.html", pages::detail("7004", pages::plain_fields()));
  write(folder + "/process.html",
        "<table><thead><tr><th>Module Name</th><th>Vendor Name</th><th>Standard</th><th>Status</th>"
        "</tr></thead><tbody><tr><td>" +
            large + "</td><td>V</td><td>FIPS 140-3</td><td>In Review</td></tr><tr><td>New</td>" +
            "<td>V</td><td>FIPS 140-3</td><td>In Review</td></tr></tbody></table>");
  cmvp::FileImport import({"2026-11-01", "", false, {}});
  import.add_path(data.host, folder);
  const auto contents = import.finish(nullptr).contents;
  std::vector<std::string> reasons;
  for (const auto& each : contents.rejected) reasons.push_back(each.reason);
  const std::string cell = "a cell has 10485760 bytes, more than 65536";
  CHECK(reasons == std::vector<std::string>{
                       folder + "/7003.html: the page no longer looks as expected: module name has "
                                "10485760 bytes, more than 65536",
                       cell, cell});
  REQUIRE(contents.certificates.size() == 2);
  CHECK(contents.certificates[0].name == "First");
  CHECK(contents.certificates[1].number == 7004);
  REQUIRE(contents.in_process.size() == 1);
  CHECK(contents.in_process[0].name == "New");
}

TEST_CASE("many pages are taken in the order of their names, whichever is read first") {
  const Data data;
  const std::string folder = data.folder.path() + "/pages";
  std::filesystem::create_directories(folder);
  std::vector<std::string> expected;
  for (int number = 7100; number < 7250; ++number) {
    const std::string name = std::to_string(number) + ".html";
    const bool broken = number % 5 == 0;
    // A long page first: those behind it are ready before it is.
    const std::string padding(number % 30 == 0 ? 200'000 : 10, 'x');
    write(folder + "/" + name,
          broken ? "<p>" + padding : pages::detail(std::to_string(number), pages::plain_fields()));
    if (broken) expected.push_back(name);
  }
  write(folder + "/a.html", pages::detail("7101", pages::plain_fields()));
  expected.emplace_back("a.html");
  cmvp::FileImport import({"2026-11-01", "", false, {}});
  import.add_path(data.host, folder);
  const auto result = import.finish(nullptr);
  std::vector<std::string> rejected;
  for (const auto& each : result.contents.rejected) rejected.push_back(each.origin);
  CHECK(rejected == expected);
  CHECK(result.contents.rejected.back().reason ==
        folder + "/a.html: certificate #7101 again; its page was read before");
  CHECK(result.contents.certificates.size() == 120);
}

TEST_CASE("files that are no data are refused with what is known") {
  cmvp::FileImport import({"2026-11-01", "", false, {}});
  CHECK_THROWS_AS(import.add("a", ""), base::Error);
  CHECK_THROWS_AS(import.add("a", "\x1f\x8b\x08"), base::Error);
  CHECK_THROWS_AS(import.add("a", "{}"), base::Error);
  CHECK_THROWS_AS(import.add("a", "<p>"), base::Error);
  CHECK_THROWS_AS(import.finish(nullptr), base::Error);
}

TEST_CASE("a JSON list is a feed like JSON Lines") {
  cmvp::FileImport import({"", "", false, {}});
  import.add("a", std::string("[") + kRecord + ", 5]");
  CHECK(import.taken_at() == "2026-10-15");
  const auto result = import.finish(nullptr);
  CHECK(result.contents.certificates.size() == 1);
  CHECK(result.contents.rejected.at(0).reason == "no JSON object");
}

TEST_CASE("files without a day need one, and a feed cannot be later than its snapshot") {
  cmvp::FileImport none({"", "", false, {}});
  none.add("7001.html", pages::detail("7001", pages::plain_fields()));
  CHECK_THROWS_WITH(none.taken_at(),
                    "the files do not say of which day they are; give --taken-at, the day they "
                    "were fetched");
  cmvp::FileImport wrong({"2026-02-30", "", false, {}});
  CHECK_THROWS_AS(wrong.taken_at(), base::Error);
  cmvp::FileImport early({"2026-10-01", "", false, {}});
  early.add("a", kRecord);
  CHECK(early.finish(nullptr).contents.rejected.at(0).reason ==
        "its status is of 2026-10-15, later than the snapshot, 2026-10-01");
}
