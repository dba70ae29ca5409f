#include "evidence/probes/processor.h"

#include <algorithm>
#include <array>
#include <span>

#include "evidence/base/text.h"
#include "evidence/probes/reading.h"

namespace evidence::probes {
namespace {

struct Feature {
  std::string_view flag;
  std::string_view accelerates;
};

constexpr Feature kX86[] = {
    {"aes", "AES"},
    {"pclmulqdq", "GHASH of AES-GCM"},
    {"vaes", "AES, several blocks at a time"},
    {"vpclmulqdq", "GHASH of AES-GCM, several blocks at a time"},
    {"sha_ni", "SHA-1, SHA-224, SHA-256"},
    {"sha512", "SHA-384, SHA-512"},
    {"ssse3", "AES without AES instructions, SHA-1, SHA-2"},
    {"avx", "SHA-1, SHA-2, SHA-3"},
    {"avx2", "SHA-1, SHA-2, SHA-3, RSA, ECDSA and ECDH with P-256"},
    {"bmi2", "RSA, elliptic curves"},
    {"adx", "RSA, elliptic curves"},
    {"avx512f", "AES-GCM, SHA-3, RSA"},
    {"avx512ifma", "RSA"},
    {"gfni", "AES, SM4"},
    {"rdrand", "random bits of the processor"},
    {"rdseed", "entropy of the processor"},
};
constexpr Feature kArm[] = {
    {"aes", "AES"},
    {"pmull", "GHASH of AES-GCM"},
    {"sha1", "SHA-1"},
    {"sha2", "SHA-224, SHA-256"},
    {"sha512", "SHA-384, SHA-512"},
    {"sha3", "SHA-3, SHAKE"},
    {"asimd", "AES without AES instructions, SHA-2"},
    {"sve", "AES, GHASH, SHA-3"},
    {"sve2", "AES, GHASH, SHA-3"},
    {"sm3", "SM3"},
    {"sm4", "SM4"},
    {"rng", "random bits of the processor"},
};

// The value of the first line "name : value".
std::optional<std::string> value_of(std::string_view cpuinfo, std::string_view name) {
  for (const auto line : base::lines(cpuinfo)) {
    const auto colon = line.find(':');
    if (colon != std::string_view::npos && base::trim(line.substr(0, colon)) == name)
      return base::printable(base::trim(line.substr(colon + 1)));
  }
  return std::nullopt;
}

std::optional<std::string> flags_of(std::string_view cpuinfo) {
  if (auto flags = value_of(cpuinfo, "flags")) return flags;
  return value_of(cpuinfo, "Features");
}

bool contains_word(std::string_view text, std::string_view word) {
  const auto words = base::split(text, ' ');
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::optional<std::int64_t> count_processors(std::string_view cpuinfo) {
  const auto lines = base::lines(cpuinfo);
  const auto count = std::count_if(lines.begin(), lines.end(), [](std::string_view line) {
    return base::trim(line.substr(0, line.find(':'))) == "processor";
  });
  if (count == 0) return std::nullopt;
  return count;
}

void record_features(Source& source, std::string_view flags, std::span<const Feature> features) {
  for (const Feature& feature : features)
    source.row("processor_feature", Basis::listed,
               {{"host", "host"},
                {"feature", std::string(feature.flag)},
                {"present", std::int64_t{contains_word(flags, feature.flag)}},
                {"accelerates", std::string(feature.accelerates)}});
}

}  // namespace

bool is_x86(std::string_view cpuinfo) { return value_of(cpuinfo, "flags").has_value(); }

bool has_flag(std::string_view cpuinfo, std::string_view flag) {
  return contains_word(flags_of(cpuinfo).value_or(""), flag);
}

std::string record_processor(Recorder& record, const base::Host& machine) {
  Reading reading = read_on(
      record, machine,
      {{"processor", "processor_feature", "virtualization"}, "host", "/proc/cpuinfo", "read"});
  if (!reading.source.observed()) return {};
  auto vendor = value_of(reading.text, "vendor_id");
  if (!vendor) vendor = value_of(reading.text, "CPU implementer");
  reading.source.row("processor", Basis::listed,
                     {{"host", "host"},
                      {"vendor", or_null(vendor)},
                      {"model", or_null(value_of(reading.text, "model name"))},
                      {"logical_processors", or_null(count_processors(reading.text))}});
  const auto flags = flags_of(reading.text);
  if (!flags) return std::move(reading.text);
  record_features(reading.source, *flags,
                  is_x86(reading.text) ? std::span<const Feature>(kX86) : kArm);
  return std::move(reading.text);
}

}  // namespace evidence::probes
