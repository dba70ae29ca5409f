// What a workbook must look like to a reader is judged by the schemas of ISO/IEC 29500
// (tests/reports/validators.cmake). Day numbers are those of Excel's own DATE function.
#include "reports/xlsx.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>

#include "evidence/base/error.h"
#include "evidence/base/temporary_folder.h"
#include "reports/workbook.h"
#include "tests/catch.h"
#include "tests/reports/sample.h"

namespace {

namespace fs = std::filesystem;

struct ClosePipe {
  void operator()(FILE* pipe) const { pclose(pipe); }
};

std::string output_of(const std::string& command) {
  const std::unique_ptr<FILE, ClosePipe> pipe(popen(command.c_str(), "r"));
  REQUIRE(pipe);
  std::string output;
  std::array<char, 4096> buffer{};
  while (const std::size_t count = fread(buffer.data(), 1, buffer.size(), pipe.get()))
    output.append(buffer.data(), count);
  return output;
}

bool has_unzip() {
  if (!output_of("command -v unzip").empty()) return true;
  WARN("unzip is not installed: what is in the workbook was not looked at");
  return false;
}

// The text of a part of the workbook.
std::string part(const std::string& workbook, const std::string& name) {
  const base::TemporaryFolder folder;
  const std::string path = folder.path() + "/report.xlsx";
  std::ofstream(path, std::ios::binary) << workbook;
  return output_of("unzip -p '" + path + "' '" + name + "'");
}

// Sets TMPDIR for the life of this object.
class TemporaryDirectory {
 public:
  explicit TemporaryDirectory(const std::string& path) {
    if (const char* before = std::getenv("TMPDIR")) before_ = before;
    setenv("TMPDIR", path.c_str(), 1);
  }
  ~TemporaryDirectory() {
    if (before_.empty())
      unsetenv("TMPDIR");
    else
      setenv("TMPDIR", before_.c_str(), 1);
  }

 private:
  std::string before_;
};

}  // namespace

TEST_CASE("the workbook is a whole archive that unzip finds no fault with") {
  if (!has_unzip()) return;
  const base::TemporaryFolder folder;
  std::ofstream(folder.path() + "/report.xlsx", std::ios::binary)
      << reports::write_xlsx(sample::rich());
  CHECK(output_of("unzip -tq '" + folder.path() + "/report.xlsx' && echo good").find("good\n") !=
        std::string::npos);
}

TEST_CASE("the workbook has its sheets in the order of the page") {
  if (!has_unzip()) return;
  const std::string book = part(reports::write_xlsx(sample::rich()), "xl/workbook.xml");
  std::size_t at = 0;
  for (const std::string name :
       {"Summary", "Requirements", "Controls", "Results", "Services", "Certificates that match or",
        "Nothing found", "Sources", "For a person", "Glossary"}) {
    INFO(name);
    at = book.find("<sheet name=\"" + name + "\"", at);
    REQUIRE(at != std::string::npos);
  }
}

TEST_CASE("text that begins like a formula stays text in the workbook") {
  if (!has_unzip()) return;
  const std::string workbook = reports::write_xlsx(sample::rich());
  CHECK(part(workbook, "xl/sharedStrings.xml").find("<t>=HYPERLINK(") != std::string::npos);
  for (int sheet = 1; sheet <= 10; ++sheet) {
    const std::string xml = part(workbook, "xl/worksheets/sheet" + std::to_string(sheet) + ".xml");
    INFO(sheet);
    CHECK(xml.find("<sheetData") != std::string::npos);
    CHECK(xml.find("<f>") == std::string::npos);
    CHECK(xml.find("<hyperlink") == std::string::npos);
  }
}

TEST_CASE("dates are dates and integers are numbers in the workbook") {
  if (!has_unzip()) return;
  const std::string workbook = reports::write_xlsx(sample::rich());
  CHECK(part(workbook, "xl/worksheets/sheet1.xml").find("<v>46349</v>") != std::string::npos);
  CHECK(part(workbook, "xl/worksheets/sheet7.xml").find("<v>2048</v>") != std::string::npos);
  const std::string certificates = part(workbook, "xl/worksheets/sheet8.xml");
  CHECK(certificates.find("<v>45727</v>") != std::string::npos);  // 2025-03-11
  CHECK(certificates.find("<v>47552</v>") != std::string::npos);  // 2030-03-10
  CHECK(certificates.find("<v>4985</v>") != std::string::npos);
}

TEST_CASE("a sheet of results can be filtered, keeps its header in view and prints on A4") {
  if (!has_unzip()) return;
  const std::string xml = part(reports::write_xlsx(sample::rich()), "xl/worksheets/sheet6.xml");
  CHECK(xml.find("<autoFilter ref=\"A1:K48\"/>") != std::string::npos);
  CHECK(xml.find("state=\"frozen\"") != std::string::npos);
  CHECK(xml.find("paperSize=\"9\"") != std::string::npos);
  CHECK(xml.find("orientation=\"landscape\"") != std::string::npos);
  CHECK(xml.find("fitToHeight=\"0\"") != std::string::npos);
}

TEST_CASE("a text longer than a cell is cut, and says so") {
  const std::string cut = reports::cell_text(std::string(40000, 'm'));
  CHECK(cut.size() < 32767 + 3);
  CHECK(cut.find("(cut here: 40,000 characters") != std::string::npos);
  CHECK(reports::cell_text(std::string(32767, 'm')) == std::string(32767, 'm'));
}

TEST_CASE("a pictograph takes two of the characters that a cell may have") {
  std::string keys;
  for (int i = 0; i < 16384; ++i) keys += "\xF0\x9F\x94\x91";
  CHECK(reports::cell_text(keys).find("(cut here: 32,768 characters") != std::string::npos);
  CHECK(reports::cell_text(keys.substr(4)) == keys.substr(4));
}

TEST_CASE("text that looks like an escape of the format is not taken for one") {
  CHECK(reports::cell_text("_x0041_") == "_x005F_x0041_");
  CHECK(reports::cell_text("_x004_ _x00zz_ x_y") == "_x004_ _x00zz_ x_y");
}

TEST_CASE("control characters never reach a cell") {
  CHECK(reports::cell_text("a\x07\x1B"
                           "b") ==
        "a\xEF\xBF\xBD\xEF\xBF\xBD"
        "b");
}

TEST_CASE("a sheet has a name that Excel takes") {
  CHECK(reports::sheet_name("a[b]c:d*e?f/g\\h") == "a b c d e f g h");
  CHECK(reports::sheet_name("'quoted'") == "quoted");
  CHECK(reports::sheet_name("History") == "Sheet History");
  CHECK(reports::sheet_name("") == "Sheet");
  CHECK(reports::sheet_name(std::string(40, 'n')) == std::string(31, 'n'));
}

TEST_CASE("the name of a sheet is cut behind a word") {
  CHECK(reports::sheet_name("TLS selections for a Security Target") ==
        "TLS selections for a Security");
  CHECK(reports::sheet_name("Selections for a Security Targets") == "Selections for a Security");
  CHECK(reports::sheet_name("Selections for a Security Tests") ==
        "Selections for a Security Tests");
  CHECK(reports::sheet_name("Selections for a Security Tests 2") ==
        "Selections for a Security Tests");
}

TEST_CASE("titles that are cut to one name get sheets of their own, with the whole title in each") {
  if (!has_unzip()) return;
  auto assessment = sample::rich();
  const std::string title = "Certificates of modules that rest on others";
  for (const char* more : {", listed", ", concluded"}) {
    assessment.tables.push_back(assessment.tables[0]);
    assessment.tables.back().title = title + more;
  }
  const std::string bytes = reports::write_xlsx(assessment);
  const std::string book = part(bytes, "xl/workbook.xml");
  CHECK(book.find("<sheet name=\"Certificates of modules that\"") != std::string::npos);
  CHECK(book.find("<sheet name=\"Certificates of modules that 2\"") != std::string::npos);
  const std::string words = part(bytes, "xl/sharedStrings.xml");
  CHECK(words.find(title + ", listed<") != std::string::npos);
  CHECK(words.find(title + ", concluded<") != std::string::npos);
}

TEST_CASE("tables of the same title get sheets of their own") {
  if (!has_unzip()) return;
  auto assessment = sample::rich();
  assessment.tables.push_back(assessment.tables[0]);
  assessment.tables.back().title = "SERVICES";
  const std::string book = part(reports::write_xlsx(assessment), "xl/workbook.xml");
  CHECK(book.find("\"Services\"") != std::string::npos);
  CHECK(book.find("\"SERVICES 2\"") != std::string::npos);
}

TEST_CASE("writing a workbook leaves nothing behind") {
  const base::TemporaryFolder folder;
  const TemporaryDirectory here(folder.path());
  CHECK(reports::write_xlsx(sample::rich()).starts_with("PK"));
  CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("a workbook that cannot be written is an error that names the way out") {
  const TemporaryDirectory nowhere("/nonexistent");
  try {
    reports::write_xlsx({});
    FAIL("a workbook was written where no folder is");
  } catch (const base::Error& error) {
    CHECK(error.kind() == base::ErrorKind::environment);
    CHECK(std::string(error.what()).find("TMPDIR") != std::string::npos);
  }
}
