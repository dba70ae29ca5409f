// Writes every report format for the hand-made assessments into a folder, for validators that this
// project did not write, and for people who want to look.
#include <filesystem>
#include <fstream>
#include <iostream>

#include "reports/format.h"
#include "tests/reports/sample.h"

namespace {

void write_all(const std::filesystem::path& folder, const rules::Assessment& assessment) {
  std::filesystem::create_directories(folder);
  for (const reports::Format& format : reports::all()) {
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
  write_all(folder / "rich", sample::rich());
  write_all(folder / "empty", {});
  return 0;
}
