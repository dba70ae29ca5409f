#include "rules/baseline.h"

#include <algorithm>
#include <set>

#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace rules {
namespace {

constexpr std::string_view kHead =
    "# assay baseline 1\n"
    "# Findings that were there before: result, rule, subject. They are shown and do not count.\n"
    "# Lines may only be taken away; assay check --write-baseline FILE writes this file anew.\n";

base::Error error_at(const std::string& file, std::int64_t line, const std::string& message) {
  return {base::ErrorKind::input, file + ":" + std::to_string(line) + ": " + message};
}

Result result_named(std::string_view word, const std::string& file, std::int64_t line) {
  const std::vector<std::string_view> known(kResultNames.begin() + 2, kResultNames.end());
  const auto found = std::find(known.begin(), known.end(), word);
  if (found != known.end()) return static_cast<Result>(found - known.begin() + 2);
  const auto near = base::nearest(word, known);
  throw error_at(file, line,
                 "no result \"" + base::printable(word) + "\" stands in a baseline" +
                     (near ? "; did you mean " + std::string(*near) + "?" : ""));
}

BaselineEntry entry_of(std::string_view line, const std::string& file, std::int64_t number) {
  const auto parts = base::split(line, '\t');
  if (parts.size() != 3 || parts[1].find('/') == std::string_view::npos)
    throw error_at(file, number,
                   "a line of a baseline is result, pack/rule and subject with tabs between; "
                   "correct the line, or take it away");
  const auto slash = parts[1].find('/');
  return {result_named(parts[0], file, number), std::string(parts[1].substr(0, slash)),
          std::string(parts[1].substr(slash + 1)), std::string(parts[2]), number};
}

// A subject is whatever a module says: what would break a line is written as printable text.
std::string one_line(const std::string& text) {
  std::string plain = base::printable(text);
  for (char& c : plain)
    if (c == '\n' || c == '\t') c = ' ';
  return plain;
}

}  // namespace

std::string baseline_line(const BaselineEntry& entry) {
  return std::string(name_of(entry.result)) + "\t" + one_line(entry.pack) + "/" +
         one_line(entry.rule) + "\t" + one_line(entry.subject);
}

std::string baseline_line(const Finding& finding) {
  return baseline_line({finding.result, finding.pack, finding.rule, finding.subject, 0});
}

bool belongs_in_baseline(const Finding& finding) {
  return finding.result >= Result::notchecked && finding.pack != kGatePack;
}

Baseline read_baseline(std::string_view text, const std::string& file) {
  Baseline baseline{file, {}};
  std::set<std::string_view> known;
  std::int64_t number = 0;
  for (const std::string_view line : base::lines(text)) {
    ++number;
    if (line.empty() || line.front() == '#') continue;
    if (!known.insert(line).second)
      throw error_at(file, number, "the same finding stands here twice; take one line away");
    baseline.entries.push_back(entry_of(line, file, number));
  }
  return baseline;
}

std::string write_baseline(const std::vector<Finding>& findings, const Baseline* before) {
  std::set<std::string> lines, allowed;
  if (before != nullptr)
    for (const BaselineEntry& entry : before->entries) allowed.insert(baseline_line(entry));
  for (const Finding& finding : findings) {
    if (!belongs_in_baseline(finding)) continue;
    const std::string line = baseline_line(finding);
    if (before == nullptr || allowed.contains(line)) lines.insert(line);
  }
  std::string text(kHead);
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

}  // namespace rules
