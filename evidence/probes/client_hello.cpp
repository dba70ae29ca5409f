#include "evidence/probes/client_hello.h"

#include <string>

namespace evidence::probes {
namespace {

// Code points of the IANA registry "TLS ExtensionType Values".
constexpr std::uint16_t kSupportedGroups = 10, kSignatureAlgorithms = 13, kSupportedVersions = 43,
                        kKeyShare = 51;
constexpr unsigned kHandshakeRecord = 22, kClientHelloMessage = 1;

// A cursor over bytes: what does not fit makes it bad, and a bad one gives nothing any more.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  bool good() const { return good_; }
  bool empty() const { return !good_ || bytes_.empty(); }

  std::uint32_t number(std::size_t size) {
    std::uint32_t value = 0;
    for (const char byte : take(size)) value = value << 8U | static_cast<unsigned char>(byte);
    return value;
  }

  std::string_view take(std::size_t size) {
    if (size > bytes_.size()) good_ = false;
    if (!good_) return {};
    const std::string_view taken = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return taken;
  }

  /// Bytes that begin with their own length, itself `size` bytes long.
  std::string_view vector(std::size_t size) { return take(number(size)); }

 private:
  std::string_view bytes_;
  bool good_ = true;
};

std::vector<std::uint16_t> numbers(std::string_view bytes) {
  std::vector<std::uint16_t> list;
  for (Reader reader(bytes); !reader.empty();) {
    const auto value = static_cast<std::uint16_t>(reader.number(2));
    if (reader.good()) list.push_back(value);
  }
  return list;
}

std::vector<std::uint16_t> groups_of_key_shares(std::string_view bytes) {
  std::vector<std::uint16_t> groups;
  for (Reader reader(bytes); !reader.empty();) {
    const auto group = static_cast<std::uint16_t>(reader.number(2));
    reader.vector(2);
    if (reader.good()) groups.push_back(group);
  }
  return groups;
}

// A message may be cut into several records.
std::optional<std::string> joined_records(std::string_view records) {
  std::string message;
  for (Reader reader(records); !reader.empty();) {
    const std::uint32_t type = reader.number(1);
    reader.number(2);  // the version of the record layer says nothing
    const std::string_view fragment = reader.vector(2);
    if (!reader.good() || type != kHandshakeRecord) return std::nullopt;
    message += fragment;
  }
  return message;
}

void read_extension(std::uint16_t type, std::string_view bytes, ClientHello& hello) {
  Reader reader(bytes);
  hello.extensions.push_back(type);
  if (type == kSupportedVersions) hello.versions = numbers(reader.vector(1));
  if (type == kSupportedGroups) hello.groups = numbers(reader.vector(2));
  if (type == kSignatureAlgorithms) hello.signature_schemes = numbers(reader.vector(2));
  if (type == kKeyShare) hello.key_shares = groups_of_key_shares(reader.vector(2));
}

}  // namespace

std::optional<ClientHello> read_client_hello(std::string_view records) {
  constexpr std::size_t kRandom = 32;
  const auto message = joined_records(records);
  if (!message) return std::nullopt;
  Reader outer(*message);
  if (outer.number(1) != kClientHelloMessage) return std::nullopt;
  Reader body(outer.vector(3));
  ClientHello hello;
  hello.legacy_version = static_cast<std::uint16_t>(body.number(2));
  body.take(kRandom);
  body.vector(1);  // session
  hello.cipher_suites = numbers(body.vector(2));
  body.vector(1);  // compression methods
  Reader extensions(body.empty() ? std::string_view() : body.vector(2));
  while (!extensions.empty()) {
    const auto type = static_cast<std::uint16_t>(extensions.number(2));
    const std::string_view content = extensions.vector(2);
    if (extensions.good()) read_extension(type, content, hello);
  }
  if (!outer.good() || !body.good() || !extensions.good()) return std::nullopt;
  return hello;
}

}  // namespace evidence::probes
