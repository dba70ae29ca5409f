// The odd records are like those of the CMVP re-publications: names missing, vendors hidden behind
// a mail protection, numbers twice. The real file is ../shared/data/cmvp.
#include "cmvp/import.h"

#include <cstdio>
#include <fstream>
#include <memory>
#include <sstream>

#include "cmvp/snapshot.h"
#include "evidence/base/error.h"
#include "tests/catch.h"

namespace {

cmvp::Import import(const std::string& lines) {
  std::istringstream input(lines);
  return cmvp::import_json_lines(input);
}

std::string record(const std::string& number, const std::string& more = {}) {
  return R"({"number": )" + number + R"(, "status": "Active", "status_as_of": "2026-09-30")" +
         more + "}\n";
}

std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

constexpr const char* kSnapshot = ASSAY_SOURCE_DIR "/cmvp/snapshots/2026-09-30";
constexpr const char* kData =
    ASSAY_SOURCE_DIR "/../shared/data/cmvp/certificates-2026-09-30.jsonl.gz";

}  // namespace

TEST_CASE("a record without a name is kept without a name") {
  const auto result = import(record("5400"));
  REQUIRE(result.certificates.size() == 1);
  CHECK(result.certificates[0].name.empty());
  CHECK(result.rejected.empty());
}

TEST_CASE("the second record of a number is rejected and names the first") {
  const auto result = import(record("7", R"(, "name": "first")") + record("8") +
                             record("7", R"(, "name": "second")"));
  REQUIRE(result.certificates.size() == 2);
  CHECK(result.certificates[0].name == "first");
  REQUIRE(result.rejected.size() == 1);
  CHECK(result.rejected[0].line == 3);
  CHECK(result.rejected[0].text == "certificate #7 again, first on line 1");
}

TEST_CASE("a line that is no UTF-8 is rejected, and the next one is read") {
  const auto result =
      import(record("7", ", \"name\": \"Module\xAE\"") + record("8", ", \"name\": \"Ĳ\""));
  REQUIRE(result.certificates.size() == 1);
  CHECK(result.certificates[0].number == 8);
  REQUIRE(result.rejected.size() == 1);
  CHECK(result.rejected[0].line == 1);
}

TEST_CASE("a hidden mail address is no vendor, and the import says so") {
  const auto result = import(record("576", R"(, "vendor": "[email protected]")"));
  REQUIRE(result.certificates.size() == 1);
  CHECK(result.certificates[0].vendor.empty());
  REQUIRE(result.left_out.size() == 1);
  CHECK(result.left_out[0].text == "vendor is a hidden mail address: [email protected]");
}

TEST_CASE("an impossible date is left out where it is optional and rejects where it is not") {
  const auto optional = import(record("1", R"(, "sunset_date": "2026-02-30")"));
  REQUIRE(optional.certificates.size() == 1);
  CHECK(optional.certificates[0].sunset_date.empty());
  REQUIRE(optional.left_out.size() == 1);
  CHECK(optional.left_out[0].text == "sunset_date is no date: 2026-02-30");
  const auto required =
      import(R"({"number": 1, "status": "Active", "status_as_of": "2026-13-01"})");
  CHECK(required.certificates.empty());
  REQUIRE(required.rejected.size() == 1);
  CHECK(required.rejected[0].text == "status_as_of is no date: \"2026-13-01\"");
}

TEST_CASE("a number out of range, of another type or missing rejects the record") {
  for (const char* number :
       {"0", "-5", "100000", "18446744073709551615", "1.5", "\"4985\"", "null"}) {
    CAPTURE(number);
    const auto result = import(record(number));
    CHECK(result.certificates.empty());
    REQUIRE(result.rejected.size() == 1);
    CHECK(result.rejected[0].text == "certificate number is none from 1 to 99999");
  }
  CHECK(import(R"({"status": "Active"})").rejected.at(0).text == "no certificate number");
}

TEST_CASE("a status that is none of the three rejects the record") {
  const auto result =
      import(R"({"number": 1, "status": "In Process", "status_as_of": "2026-09-30"})");
  REQUIRE(result.rejected.size() == 1);
  CHECK(result.rejected[0].text == "status is \"In Process\", not Active, Historical or Revoked");
}

TEST_CASE("lines that are no JSON object are rejected, empty ones are not counted") {
  const auto result = import("not json\n\n[1]\n{\"number\": 1\n" + record("2"));
  CHECK(result.certificates.size() == 1);
  REQUIRE(result.rejected.size() == 3);
  CHECK(result.rejected[0].text == "no JSON");
  CHECK(result.rejected[1].line == 3);
  CHECK(result.rejected[1].text == "no JSON object");
  CHECK(result.rejected[2].line == 4);
}

TEST_CASE("lists nested without end are rejected like any other line") {
  const auto result = import(std::string(500'000, '[') + "\n" + std::string(200'000, '[') +
                             std::string(200'000, ']') + "\n");
  REQUIRE(result.rejected.size() == 2);
  CHECK(result.rejected[0].text == "no JSON");
  CHECK(result.rejected[1].text == "no JSON object");
}

TEST_CASE("a cell of ten megabytes is rejected and the next line is read") {
  const std::string large(std::size_t{10} << 20U, 'x');
  const auto result =
      import(record("1", ", \"name\": \"" + large + "\"") + record("2", R"(, "name": "two")"));
  REQUIRE(result.rejected.size() == 1);
  CHECK(result.rejected[0].text == "longer than 1048576 bytes");
  REQUIRE(result.certificates.size() == 1);
  CHECK(result.certificates[0].name == "two");
}

TEST_CASE("a field longer than any true one rejects the record") {
  const std::string large(cmvp::kFieldLimit + 1, 'x');
  const auto result = import(record("1", ", \"name\": \"" + large + "\""));
  REQUIRE(result.rejected.size() == 1);
  CHECK(result.rejected[0].text == "name has 65537 bytes, more than 65536");
}

TEST_CASE("fields of another type are left out and reported") {
  const auto result = import(record("1", R"(, "name": 5, "overall_level": 9, "caveat_flags": "x")"
                                         R"(, "relations": [{"type": "embeds"}, 3])"
                                         R"(, "software_versions": [1, "2.0"])"));
  REQUIRE(result.certificates.size() == 1);
  CHECK(result.left_out.size() == 6);
  CHECK(result.certificates[0].recorded_versions.at(0).text == "2.0");
  CHECK_FALSE(result.certificates[0].overall_level);
}

TEST_CASE("control characters, line ends and list signs do not get into the text form") {
  const auto result = import(record("1", R"(, "name": "a\nb\u0000\tc", "caveat_flags": ["x|y"])"));
  REQUIRE(result.certificates.size() == 1);
  CHECK(result.certificates[0].name == "a b\xEF\xBF\xBD c");
  CHECK(result.certificates[0].caveat_flags.at(0) == "x/y");
}

TEST_CASE("what is written as text is read back the same") {
  const auto result = import(record(
      "4985",
      R"(, "name": "A \"quoted\", name", "overall_level": 1, "validation_dates": ["2025-03-11"])"
      R"(, "software_versions": ["3.0.8", "3.0.9"])"
      R"(, "relations": [{"type": "embeds", "certificate": 2}])"
      R"(, "versions_from_security_policy": [{"kind": null, "text": "3.0.9"}])"
      R"(, "tested_configurations": ["Debian 11.5 running on X with Y with PAA", "N/A"])"));
  const std::string text = cmvp::write_csv(result.certificates);
  const auto again = cmvp::read_csv(text, "text");
  REQUIRE(again.size() == 1);
  CHECK(again[0].name == "A \"quoted\", name");
  CHECK(again[0].recorded_versions.at(0).text == "3.0.8, 3.0.9");
  CHECK(again[0].recorded_versions.at(1).kind == "unlabelled");
  CHECK(again[0].relations.at(0).other == 2);
  CHECK(again[0].environments.size() == 1);
  CHECK(cmvp::write_csv(again) == text);
}

TEST_CASE("file digests of a feed are read, and those that are none are left out") {
  const std::string digest(64, 'a');
  const auto result =
      import(record("7", R"(, "file_digests": [")" + std::string(64, 'A') + R"(", "abc"])"));
  REQUIRE(result.certificates.size() == 1);
  CHECK(result.certificates[0].file_digests == std::vector<std::string>{digest});
  CHECK(result.left_out.size() == 1);
  const auto again = cmvp::read_csv(cmvp::write_csv(result.certificates), "s.csv");
  CHECK(again.at(0).file_digests == std::vector<std::string>{digest});
}

TEST_CASE("a damaged text form is refused with its line") {
  const std::string good = cmvp::write_csv(import(record("1")).certificates);
  CHECK_THROWS_WITH(cmvp::read_csv("a,b\n1,2\n", "s.csv"),
                    "s.csv:1: not the columns of a snapshot; make it with the importer");
  std::string bad = good;
  bad.replace(bad.find("2026-09-30"), 10, "2026-99-30");
  CHECK_THROWS_WITH(cmvp::read_csv(bad, "s.csv"), "s.csv:2: \"2026-99-30\" is no date");
}

TEST_CASE("a header without its lines, or another count, is refused") {
  CHECK_THROWS_AS(cmvp::read_header("taken_at: 2026-09-30\n", "s.txt"), base::Error);
  CHECK_THROWS_AS(cmvp::read_header("taken_at: soon\n", "s.txt"), base::Error);
  CHECK_THROWS_AS(cmvp::read_header("nonsense\n", "s.txt"), base::Error);
  auto target = base::Database::in_memory();
  CHECK_THROWS_WITH(
      cmvp::build_snapshot({"2026-09-30", "test", 2},
                           cmvp::write_csv(import(record("1")).certificates), "s.csv", target),
      "s.csv: 1 certificates where its header says 2; import it again");
}

TEST_CASE("the committed snapshot is what the importer makes of the original records") {
  if (!std::ifstream(kData)) {
    WARN(
        "the original records are not there, so the snapshot is not compared with them: " << kData);
    return;
  }
  const std::string command = std::string("gzip -dc '") + kData + "'";
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  REQUIRE(pipe);
  std::string lines;
  std::vector<char> buffer(std::size_t{1} << 16U);
  for (std::size_t n = 0; (n = fread(buffer.data(), 1, buffer.size(), pipe.get())) > 0;)
    lines.append(buffer.data(), n);
  auto result = import(lines);
  cmvp::make_compact(result.certificates);
  CHECK(result.rejected.empty());
  // 117 hidden mail addresses, and 6 lists of algorithms that a document cut to pieces.
  CHECK(result.left_out.size() == 123);
  const bool same =
      cmvp::write_csv(result.certificates) == file_text(std::string(kSnapshot) + ".csv");
  CHECK(same);
  const auto header = cmvp::read_header(file_text(std::string(kSnapshot) + ".txt"), "header");
  CHECK(static_cast<std::size_t>(header.certificates) == result.certificates.size());
}
