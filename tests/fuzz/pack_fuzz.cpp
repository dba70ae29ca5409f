#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/base/error.h"
#include "evidence/base/text.h"
#include "rules/pack.h"

namespace {

// The input is up to three files, one after another, with a record separator (0x1E) between them.
std::vector<rules::PackFile> files_of(std::string_view bytes) {
  constexpr std::array kNames = {"pack.xml", "05.xml", "data.csv"};
  std::vector<rules::PackFile> files;
  for (const std::string_view part : base::split(bytes, '\x1e')) {
    if (files.size() == kNames.size()) break;
    files.push_back({kNames[files.size()], std::string(part)});
  }
  return files;
}

bool has_test(const rules::Rule& rule, rules::Result expected) {
  return std::any_of(rule.tests.begin(), rule.tests.end(),
                     [expected](const rules::RuleTest& test) { return test.expect == expected; });
}

// What the reader promises of every rule that it lets through.
bool is_proven(const rules::Rule& rule) {
  return !rule.id.empty() && !rule.citations.empty() && !rule.violations.empty() &&
         has_test(rule, rules::Result::pass) && has_test(rule, rules::Result::fail);
}

}  // namespace

// Any bytes as a rule pack: it is refused with a message, or every rule of it is cited and tested.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto files = files_of({reinterpret_cast<const char*>(data), size});
  try {
    const rules::Pack pack = rules::read_pack(files);
    if (!std::all_of(pack.rules.begin(), pack.rules.end(), is_proven)) __builtin_trap();
    if (rules::read_pack(files).digest != pack.digest) __builtin_trap();
  } catch (const base::Error& error) {
    if (error.kind() != base::ErrorKind::input || *error.what() == '\0') __builtin_trap();
  }
  return 0;
}
