#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "evidence/base/error.h"
#include "rules/pack.h"
#include "rules/schema.h"
#include "tests/catch.h"
#include "tests/rules/small_pack.h"

using namespace rules::test;

namespace {

// What a command prints, and how it ends.
struct Ending {
  int code = -1;
  std::string output;
};

Ending run(const std::string& command) {
  Ending ending;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::array<char, 4096> buffer{};
  while (std::fgets(buffer.data(), buffer.size(), pipe) != nullptr) ending.output += buffer.data();
  const int status = pclose(pipe);
  ending.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return ending;
}

bool xmllint_is_here() {
  if (run("xmllint --version").code == 0) return true;
  WARN("skipped: there is no xmllint on this machine");
  return false;
}

// An independent validator's word on `text` as a file of a pack.
Ending validate(const std::string& text) {
  std::string folder = (std::filesystem::temp_directory_path() / "assay-xsd-XXXXXX").string();
  REQUIRE(mkdtemp(folder.data()) != nullptr);
  const std::string path = folder + "/file.xml";
  std::ofstream(path, std::ios::binary) << text;
  const std::string schema = std::string(ASSAY_SOURCE_DIR) + "/rules/pack.xsd";
  Ending ending = run("xmllint --noout --schema '" + schema + "' '" + path + "'");
  std::filesystem::remove_all(folder);
  return ending;
}

}  // namespace

TEST_CASE("lint applies the schema, and tells file and line of what it refuses") {
  auto files = pack_files(RuleText().xml());
  try {
    CHECK(rules::lint_schema(files).empty());
  } catch (const base::Error& error) {
    WARN("skipped: " << error.what());
    return;
  }
  std::string& text = files[1].text;
  text.replace(text.find("severity=\"critical\""), 19, "severity=\"grave\"");
  const auto remarks = rules::lint_schema(files);
  REQUIRE_FALSE(remarks.empty());
  CHECK_THAT(remarks[0], Catch::Matchers::StartsWith("05.xml:2: error: by the schema, "));
  CHECK_THAT(remarks[0], Catch::Matchers::Contains("grave"));
  for (const std::string& name : rules::built_in_packs())
    CHECK(rules::lint_schema(rules::built_in_pack_files(name)).empty());
}

TEST_CASE("the files of every built-in pack are valid by the schema") {
  if (!xmllint_is_here()) return;
  for (const std::string& name : rules::built_in_packs())
    for (const rules::PackFile& file : rules::built_in_pack_files(name)) {
      if (!file.name.ends_with(".xml")) continue;
      const Ending ending = validate(file.text);
      INFO(name << "/" << file.name << ": " << ending.output);
      CHECK(ending.code == 0);
    }
}

TEST_CASE("the schema takes what the reader takes, and refuses what it refuses") {
  if (!xmllint_is_here()) return;
  auto files = pack_files(RuleText().xml(), "<manual heading=\"Scope\">Say it.</manual>");
  CHECK(validate(files[0].text).code == 0);
  CHECK(validate(files[1].text).code == 0);
  for (const auto& [good, bad] : std::vector<std::pair<std::string, std::string>>{
           {"severity=\"critical\"", "severity=\"grave\""},
           {"severity=\"critical\"", "sevrity=\"critical\""},
           {"<rationale>", "<reason/><rationale>"},
           {"whether the", "if the"},
           {"when-empty=\"unknown\"", ""},
           {"when-empty=\"unknown\"", "when-empty=\"error\""},
           {"<violations>SELECT", "<violations>DELETE"},
           {"id=\"integrity\"", "id=\"Integrity\""}}) {
    std::string text = files[1].text;
    text.replace(text.find(good), good.size(), bad);
    CAPTURE(good, bad);
    CHECK(validate(text).code != 0);
    CHECK_THROWS(rules::read_pack({files[0], {"05.xml", text}}));
  }
}
