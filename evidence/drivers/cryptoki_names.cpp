#include "evidence/drivers/cryptoki_names.h"

#include <array>
#include <charconv>
#include <map>

#include "evidence/base/csv.h"
#include "evidence/drivers/embedded.h"

namespace evidence::drivers {
namespace {

using Names = std::map<std::string, std::string>;

Names read_names(std::string_view kind) {
  const auto file = base::find_resource(embedded(), "drivers/cryptoki_names.csv");
  Names names;
  for (const auto& row : base::parse_csv(file, "cryptoki_names.csv").rows)
    if (row.at(0) == kind) names[row.at(1)] = row.at(2);
  return names;
}

std::string name_or_number(const Names& names, unsigned long value) {
  const auto found = names.find(cryptoki_hex(value));
  return found == names.end() ? cryptoki_hex(value) : found->second;
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
  const auto found = kNames.find(cryptoki_hex(type));
  return found == kNames.end() ? std::nullopt : std::optional(found->second);
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
