#pragma once

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cctype>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "evidence/base/error.h"
#include "evidence/base/temporary_folder.h"
#include "evidence/schema.h"
#include "tests/catch.h"
#include "tests/evidence/evidence_file.h"

namespace tests {

namespace fs = std::filesystem;
using Texts = std::vector<std::string>;

inline std::string contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void write(const std::string& path, const std::string& text) {
  fs::create_directories(fs::path(path).parent_path());
  std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
}

/// Runs a program to its end, without a terminal, with `environment` and nothing else in its
/// environment, its output in files and `input` as its standard input; returns its exit code, or
/// 128 and the number of the signal that ended it.
inline int run_program(const Texts& words, const Texts& environment, const std::string& out,
                       const std::string& errors, const std::string& input = "/dev/null") {
  const auto pointers = [](const Texts& texts) {
    std::vector<char*> result;
    for (const auto& text : texts) result.push_back(const_cast<char*>(text.c_str()));
    result.push_back(nullptr);
    return result;
  };
  posix_spawn_file_actions_t files{};
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, 0, input.c_str(), O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, 1, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  posix_spawn_file_actions_addopen(&files, 2, errors.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  posix_spawnattr_t attributes{};
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
  pid_t child = 0;
  const int code = posix_spawnp(&child, words[0].c_str(), &files, &attributes,
                                pointers(words).data(), pointers(environment).data());
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&attributes);
  if (code != 0) return 127;
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// What one run of `assay check` left: its exit code, its JSON report, its evidence.
class Checked {
 public:
  int exit_code = 0;
  std::string errors;  ///< What it said on its standard error.
  std::chrono::milliseconds took{};
  Texts left_behind;  ///< Names in its folder for temporary files, afterwards.

  const nlohmann::json& report() const { return report_; }

  /// All that it wrote: evidence, reports, standard output and standard error, one after the other.
  std::string everything() const {
    std::string all;
    for (const auto& entry : fs::recursive_directory_iterator(folder_->path()))
      if (entry.is_regular_file()) all += contents(entry.path());
    return all;
  }

  /// The result of a rung of a module, e.g. "fail"; "no ladder" if there is none.
  std::string rung(const std::string& subject, const std::string& rung) const {
    for (const auto& ladder : report_.value("ladders", nlohmann::json::array()))
      if (ladder["subject"] == subject)
        for (const auto& one : ladder["rungs"])
          if (one["rung"] == rung) return one["result"];
    return "no ladder";
  }

  /// "result: message" of what a rule says of a subject, of all of them with "" as subject.
  std::string finding(const std::string& rule, const std::string& subject = "") const {
    std::string said;
    for (const auto& one : report_.value("findings", nlohmann::json::array()))
      if (one["rule"] == rule && (subject.empty() || one["subject"] == subject))
        said += (said.empty() ? "" : "\n") + one["result"].get<std::string>() + ": " +
                one["message"].get<std::string>();
    return said.empty() ? "no finding" : said;
  }

  /// The messages of all findings with `result`, a line each.
  std::string all(const std::string& result) const {
    std::string said;
    for (const auto& one : report_.value("findings", nlohmann::json::array()))
      if (one["result"] == result)
        said += one["id"].get<std::string>() + ": " + one["message"].get<std::string>() + "\n";
    return said;
  }

  /// The path of a file that the run wrote, e.g. "report/evidence.db".
  std::string file(const std::string& name) const { return folder_->path() + "/" + name; }

  /// The rows of a query over the evidence, asked as a user would: cells with commas between them.
  Texts query(const std::string& sql) const {
    const std::string out = folder_->path() + "/rows.csv";
    const int code = run_program({ASSAY_BINARY_DIR "/bin/assay", "query", "--format", "csv",
                                  folder_->path() + "/report/evidence.db", sql},
                                 {}, out, folder_->path() + "/rows.err");
    if (code != 0) return {"assay query: " + contents(folder_->path() + "/rows.err")};
    Texts lines;
    std::ifstream file(out);
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    if (!lines.empty()) lines.erase(lines.begin());
    return lines;
  }

  /// The one cell that a query gives.
  std::string cell(const std::string& sql) const {
    const Texts found = query(sql);
    return found.size() == 1 ? found[0] : std::to_string(found.size()) + " rows";
  }

 private:
  friend class Assay;
  std::unique_ptr<base::TemporaryFolder> folder_ = std::make_unique<base::TemporaryFolder>();
  nlohmann::json report_;
};

/// `assay check` with the options and the environment that a test gives it.
class Assay {
 public:
  Texts options;
  Texts environment;
  std::string binaries = ASSAY_BINARY_DIR "/bin";  ///< Folder of the program.
  std::string input = "/dev/null";                 ///< What it reads on its standard input.
  std::string as_of = "2026-11-23";                ///< The date that is judged.
  bool as_nobody = false;                          ///< Run as user 65534, who owns nothing.
  Texts through;                                   ///< A program and words, which run the program.

  Checked check() const {
    Checked checked;
    const std::string& folder = checked.folder_->path();
    const std::string report = folder + "/report", temporary = folder + "/tmp";
    for (const std::string& path : {folder, report, temporary}) {
      fs::create_directories(path);
      fs::permissions(path, fs::perms::all);
    }
    Texts words;
    if (as_nobody) words = {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"};
    words.insert(words.end(), through.begin(), through.end());
    words.insert(words.end(), {binaries + "/assay", "check", "-q", "-o", report, "--format", "json",
                               "--as-of", as_of});
    words.insert(words.end(), options.begin(), options.end());
    Texts variables = environment;
    variables.push_back("TMPDIR=" + temporary);
    variables.emplace_back("PATH=/usr/sbin:/usr/bin:/sbin:/bin");
    const auto started = std::chrono::steady_clock::now();
    checked.exit_code = run_program(words, variables, folder + "/out", folder + "/err", input);
    checked.took = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - started);
    checked.errors = contents(folder + "/err");
    checked.report_ = nlohmann::json::parse(contents(report + "/report.json"), nullptr, false);
    for (const auto& entry : fs::directory_iterator(temporary))
      checked.left_behind.push_back(entry.path().filename());
    keep(report + "/evidence.db");
    return checked;
  }

 private:
  // With ASSAY_KEEP_EVIDENCE=FOLDER, what each test collected stays there under the test's name:
  // tests/rules/fired/fired.py tells which rules fired on it.
  static void keep(const std::string& evidence) {
    const char* folder = std::getenv("ASSAY_KEEP_EVIDENCE");
    if (folder == nullptr || !fs::exists(evidence)) return;
    std::string name = Catch::getResultCapture().getCurrentTestName();
    for (char& c : name)
      if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '-';
    fs::create_directories(folder);
    for (int i = 1;; ++i) {
      const fs::path kept =
          fs::path(folder) / (name + (i == 1 ? "" : "-" + std::to_string(i)) + ".db");
      if (fs::exists(kept)) continue;
      fs::copy_file(evidence, kept);
      return;
    }
  }
};

}  // namespace tests
