#include "evidence/probes/pkcs11_uri.h"

#include <algorithm>
#include <array>
#include <set>

#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace evidence::probes {
namespace {

constexpr std::string_view kScheme = "pkcs11:";

[[noreturn]] void refuse(const std::string& why) { throw base::Error(base::ErrorKind::usage, why); }

std::string decoded(std::string_view value, std::string_view name) {
  std::string text;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] != '%') {
      text += value[i];
      continue;
    }
    const auto byte = base::from_hex(value.substr(i + 1, 2));
    if (!byte || byte->size() != 1)
      refuse("pkcs11 URI: " + std::string(name) + ": % is followed by two hexadecimal digits");
    text += *byte;
    i += 2;
  }
  if (text.find('\0') != std::string::npos)
    refuse("pkcs11 URI: " + std::string(name) + ": a NUL byte cannot be part of it");
  return text;
}

// Where the value of the attribute `name` goes; nullptr if it is to be taken and not used.
std::string* place_of(std::string_view name, Pkcs11Target& target) {
  constexpr std::array<std::string_view, 3> kUnused = {"object", "type", "id"};
  TokenFilter& filter = target.filter;
  const std::array<std::pair<std::string_view, std::string*>, 8> places = {{
      {"pin-source", &target.pin_source},
      {"module-path", &target.module_path},
      {"module-name", &target.module_name},
      {"token", &filter.token},
      {"serial", &filter.serial},
      {"manufacturer", &filter.manufacturer},
      {"model", &filter.model},
      {"slot-id", &filter.slot},
  }};
  for (const auto& [known, place] : places)
    if (known == name) return place;
  if (std::find(kUnused.begin(), kUnused.end(), name) != kUnused.end()) return nullptr;
  if (name == "pin-value")
    refuse(
        "pkcs11 URI: pin-value is refused: a PIN in an argument can be read by every user of the "
        "machine, and none is needed to take an inventory; leave it out, and to read keys give "
        "--login with --pin-file, --pin-fd, --pin-env or pin-source");
  refuse("pkcs11 URI: " + base::printable(name) +
         " is not heeded by this version; leave it out, or choose the token by token, serial, "
         "manufacturer, model or slot-id");
}

void take(std::string_view attribute, Pkcs11Target& target, std::set<std::string_view>& seen) {
  if (attribute.empty()) return;
  const auto equals = attribute.find('=');
  const std::string_view name = attribute.substr(0, equals);
  // The PIN must not be repeated in a message either: nothing behind the name is.
  std::string* place = place_of(name, target);
  if (equals == std::string_view::npos)
    refuse("pkcs11 URI: " + std::string(name) + " has no value; write " + std::string(name) + "=…");
  if (!seen.insert(name).second)
    refuse("pkcs11 URI: " + std::string(name) + " is given twice; leave one out");
  if (place != nullptr) *place = decoded(attribute.substr(equals + 1), name);
}

Pkcs11Target parse_uri(std::string_view uri) {
  Pkcs11Target target;
  std::set<std::string_view> seen;
  const auto question = uri.find('?');
  for (const auto attribute : base::split(uri.substr(0, question), ';'))
    take(attribute, target, seen);
  if (question != std::string_view::npos)
    for (const auto attribute : base::split(uri.substr(question + 1), '&'))
      take(attribute, target, seen);
  const std::string& slot = target.filter.slot;
  if (!slot.empty() && slot.find_first_not_of("0123456789") != std::string::npos)
    refuse("pkcs11 URI: slot-id is a decimal number, not \"" + base::printable(slot) + "\"");
  if (!target.module_path.empty() && !target.module_name.empty())
    refuse("pkcs11 URI: module-path and module-name name the module twice; leave one out");
  return target;
}

}  // namespace

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kPlain = "-._~[]:@!$'()*+,=/";
  std::string result;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || kPlain.find(c) != std::string_view::npos)
      result += c;
    else
      result += "%" + base::hex(std::string_view(&c, 1));
  }
  return result;
}

std::string TokenFilter::text() const {
  std::vector<std::string> parts;
  const auto add = [&parts](const char* name, const std::string& value) {
    if (!value.empty()) parts.push_back(std::string(name) + "=" + percent_encoded(value));
  };
  add("token", token);
  add("serial", serial);
  add("manufacturer", manufacturer);
  add("model", model);
  add("slot-id", slot);
  return base::join(parts, ";");
}

bool is_pkcs11_target(std::string_view word) {
  return word.starts_with(kScheme) || word.ends_with(".so") ||
         word.find(".so.") != std::string_view::npos;
}

Pkcs11Target parse_pkcs11_target(std::string_view word) {
  if (word.starts_with(kScheme)) return parse_uri(word.substr(kScheme.size()));
  Pkcs11Target target;
  target.module_path = word;
  return target;
}

}  // namespace evidence::probes
