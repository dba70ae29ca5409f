// Writes every report format for the hand-made assessments into a folder, for validators that this
// project did not write, and for people who want to look.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <vector>

#include "reports/format.h"
#include "tests/reports/repeated.h"

namespace {

constexpr int kMany = 30'000;
constexpr int kSome = 2'000;  // The SARIF Multitool reads no file over 10 MB, and takes its time.

using Formats = std::vector<std::string_view>;

void write_all(const std::filesystem::path& folder, const rules::Assessment& assessment,
               const Formats& wanted) {
  std::filesystem::create_directories(folder);
  for (const std::string_view name : wanted) {
    const reports::Format& format = reports::format_named(name);
    std::ofstream file(folder / format.file_name, std::ios::binary);
    file << format.write(assessment);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: write_report_samples FOLDER\n";
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  Formats all;
  for (const reports::Format& format : reports::all()) all.push_back(format.name);
  write_all(folder / "rich", sample::rich(), all);
  write_all(folder / "empty", {}, all);
  write_all(folder / "gated", sample::gated(), all);
  write_all(folder / "some", sample::repeated(kSome), {"sarif"});
  write_all(folder / "many", sample::repeated(kMany),
            {"csv", "markdown", "sarif", "junit", "gitlab", "github"});
  return 0;
}
