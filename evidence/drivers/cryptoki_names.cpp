#include "evidence/drivers/cryptoki_names.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <string_view>

#include "evidence/base/error.h"
#include "evidence/drivers/embedded.h"

namespace evidence::drivers {
namespace {

using Names = std::map<unsigned long, std::string_view>;

// The file is our own and holds no quotes: it is read where it lies, for every run reads it.
Names read_names(std::string_view kind) {
  std::string_view file = base::find_resource(embedded(), "drivers/cryptoki_names.csv");
  Names names;
  while (!file.empty()) {
    const std::string_view line = file.substr(0, file.find('\n'));
    file.remove_prefix(std::min(line.size() + 1, file.size()));
    if (!line.starts_with(kind) || !line.substr(kind.size()).starts_with(",0x")) continue;
    const std::string_view rest = line.substr(kind.size() + 3);
    const auto comma = rest.find(',');
    unsigned long value = 0;
    if (comma == std::string_view::npos ||
        std::from_chars(rest.data(), rest.data() + comma, value, 16).ptr != rest.data() + comma)
      throw base::Error(base::ErrorKind::internal, "cryptoki_names.csv: a line without a name");
    names.insert_or_assign(names.end(), value, rest.substr(comma + 1));
  }
  return names;
}

std::string name_or_number(const Names& names, unsigned long value) {
  const auto found = names.find(value);
  return found == names.end() ? cryptoki_hex(value) : std::string(found->second);
}

}  // namespace

std::string cryptoki_hex(unsigned long value) {
  std::array<char, 16> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, 16).ptr;
  std::string text(digits.data(), end);
  if (text.size() < 8) text.insert(0, 8 - text.size(), '0');
  return "0x" + text;
}

std::optional<std::string> mechanism_name(unsigned long type) {
  static const Names kNames = read_names("mechanism");
  const auto found = kNames.find(type);
  return found == kNames.end() ? std::nullopt : std::optional(std::string(found->second));
}

std::string result_name(unsigned long result) {
  static const Names kNames = read_names("result");
  return name_or_number(kNames, result);
}

std::string class_name(unsigned long value) {
  static const Names kNames = read_names("class");
  return name_or_number(kNames, value);
}

std::string key_type_name(unsigned long value) {
  static const Names kNames = read_names("key type");
  return name_or_number(kNames, value);
}

std::string certificate_type_name(unsigned long value) {
  static const Names kNames = read_names("certificate type");
  return name_or_number(kNames, value);
}

std::string attribute_name(unsigned long value) {
  static const Names kNames = read_names("attribute");
  return name_or_number(kNames, value);
}

}  // namespace evidence::drivers
