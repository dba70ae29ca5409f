#include "evidence/drivers/service_parameters.h"

#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace evidence::drivers {
namespace {

constexpr std::int64_t kLargestNumber = std::int64_t{1} << 24U;

base::Error bad_parameter(const Service& service, const std::string& key, const char* wanted) {
  return {base::ErrorKind::input,
          "catalogue.csv: " + service.id + ": parameter \"" + key + "\" must be " + wanted};
}

}  // namespace

std::string service_text(const Service& service, const std::string& key,
                         const std::string& otherwise) {
  const auto found = service.parameters.find(key);
  return found == service.parameters.end() ? otherwise : found->second;
}

std::size_t service_number(const Service& service, const std::string& key, std::size_t otherwise) {
  const std::string given = service_text(service, key);
  if (given.empty()) return otherwise;
  const auto value = base::parse_integer(given);
  if (!value || *value < 0 || *value > kLargestNumber)
    throw bad_parameter(service, key, "a number up to 16777216");
  return static_cast<std::size_t>(*value);
}

std::string service_bytes(const Service& service, const std::string& key) {
  const auto value = base::from_hex(service_text(service, key));
  if (!value) throw bad_parameter(service, key, "hexadecimal digits");
  return *value;
}

std::string counting_bytes(std::size_t length) {
  std::string bytes(length, '\0');
  for (std::size_t i = 0; i < length; ++i) bytes[i] = static_cast<char>(i & 0xffU);
  return bytes;
}

std::string example_plaintext(std::size_t length) {
  std::string text(length, '\0');
  for (std::size_t i = 0; i < length; ++i) text[i] = static_cast<char>((i % 16) * 0x11U);
  return text;
}

}  // namespace evidence::drivers
