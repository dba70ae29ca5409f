#include "cli/collect.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "cli/options.h"
#include "evidence/base/error.h"
#include "evidence/schema.h"

namespace cli {
namespace {

namespace fs = std::filesystem;
using base::ErrorKind;

void replace(const std::string& from, const std::string& to) {
  std::error_code error;
  fs::rename(from, to, error);
  if (!error) return;
  fs::remove(from, error);
  throw base::Error(ErrorKind::environment,
                    to + ": cannot be written; choose another folder with -o");
}

void refuse_other_files(const std::string& file) {
  if (!fs::exists(file)) return;
  try {
    evidence::open_evidence(file);
  } catch (const base::Error&) {
    throw base::Error(ErrorKind::usage, file +
                                            ": is there already and is no evidence database; "
                                            "choose another folder with -o");
  }
}

}  // namespace

void make_folder(const std::string& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error || !fs::is_directory(path))
    throw base::Error(ErrorKind::environment, path + ": " +
                                                  (error ? error.message() : "not a folder") +
                                                  "; choose another folder with -o");
}

void write_file(const std::string& file, std::string_view bytes) {
  const std::string part = file + ".part";
  std::ofstream out(part, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) {
    std::error_code ignored;
    fs::remove(part, ignored);
    throw base::Error(ErrorKind::environment, file + ": cannot be written: " +
                                                  std::strerror(errno) + "; choose another folder");
  }
  replace(part, file);
}

void collect_into(const std::string& file, const std::string& target, const Invocation& invocation,
                  Terminal& terminal) {
  const auto options = collect_options(invocation, terminal, target);
  refuse_other_files(file);
  base::Database db = base::Database::in_memory();
  evidence::create_schema(db);
  evidence::probes::collect(options, db);
  write_file(file, db.image());
}

}  // namespace cli
