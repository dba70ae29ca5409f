// assay-snapshot: makes the files of a snapshot. A tool of the build; it is not installed.
//   assay-snapshot import TAKEN_AT SOURCE FOLDER < certificates.jsonl
//   assay-snapshot image FILE.csv FILE.txt FILE.db
#include "cmvp/snapshot.h"

#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>

#include "cmvp/import.h"
#include "evidence/base/error.h"

namespace {

std::string read_all(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) throw base::Error(base::ErrorKind::environment, path + ": cannot be read");
  return text.str();
}

void write_all(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  if (!file.flush()) throw base::Error(base::ErrorKind::environment, path + ": cannot be written");
}

void import(const std::string& taken_at, const std::string& source, const std::string& folder) {
  cmvp::Import result = cmvp::import_json_lines(std::cin);
  cmvp::make_compact(result.certificates);
  for (const auto& note : result.rejected)
    std::cerr << "line " << note.line << ": rejected: " << note.text << '\n';
  for (const auto& note : result.left_out)
    std::cerr << "line " << note.line << ": left out: " << note.text << '\n';
  const auto count = static_cast<std::int64_t>(result.certificates.size());
  write_all(folder + "/" + taken_at + ".csv", cmvp::write_csv(result.certificates));
  write_all(folder + "/" + taken_at + ".txt", cmvp::write_header({taken_at, source, count}));
  std::cerr << count << " certificates, " << result.rejected.size() << " lines rejected, "
            << result.left_out.size() << " fields left out\n";
}

void image(const std::string& csv, const std::string& header, const std::string& target) {
  std::remove(target.c_str());
  base::Database db = base::Database::create(target);
  // A build that breaks off leaves no file that counts, so nothing needs to reach the disk early.
  db.execute("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF");
  cmvp::build_snapshot(cmvp::read_header(read_all(header), header), read_all(csv), csv, db);
}

int run(const std::vector<std::string>& words) {
  if (words.size() == 4 && words[0] == "import") {
    import(words[1], words[2], words[3]);
  } else if (words.size() == 4 && words[0] == "image") {
    image(words[1], words[2], words[3]);
  } else {
    std::cerr << "assay-snapshot: import TAKEN_AT SOURCE FOLDER, or image CSV TXT DB\n";
    return 2;
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run({argv + 1, argv + argc});
  } catch (const base::Error& error) {
    std::cerr << "assay-snapshot: " << error.what() << '\n';
    return 2;
  }
}
