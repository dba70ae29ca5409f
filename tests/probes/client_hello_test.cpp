// The bytes are the ClientHello of RFC 8448, section 3; what it offers is what that section says.
#include "evidence/probes/client_hello.h"

#include <string>

#include "tests/catch.h"

using evidence::probes::ClientHello;
using evidence::probes::read_client_hello;
using Codes = std::vector<std::uint16_t>;

namespace {

const std::string kHello =
    "16030100c4010000c00303cb34ecb1e78163ba1c38c6dacb196a6dffa21a8d9912ec18a2ef6283024dece700"
    "0006130113031302010000910000000b0009000006736572766572ff01000100000a00140012001d00170018"
    "00190100010101020103010400230000003300260024001d002099381de560e4bd43d23d8e435a7dbafeb3c0"
    "6e51c13cae4d5413691e529aaf2c002b0003020304000d0020001e0403050306030203080408050806040105"
    "01060102010402050206020202002d00020101001c00024001";

std::string bytes_of(const std::string& hexadecimal) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hexadecimal.size(); i += 2)
    bytes += static_cast<char>(std::stoi(hexadecimal.substr(i, 2), nullptr, 16));
  return bytes;
}

}  // namespace

TEST_CASE("what a TLS client offers is read from its first bytes") {
  const auto hello = read_client_hello(bytes_of(kHello));
  REQUIRE(hello);
  CHECK(hello->legacy_version == 0x0303);
  CHECK(hello->versions == Codes{0x0304});
  CHECK(hello->cipher_suites == Codes{0x1301, 0x1303, 0x1302});
  CHECK(hello->groups ==
        Codes{0x001D, 0x0017, 0x0018, 0x0019, 0x0100, 0x0101, 0x0102, 0x0103, 0x0104});
  CHECK(hello->key_shares == Codes{0x001D});
  CHECK(hello->signature_schemes == Codes{0x0403, 0x0503, 0x0603, 0x0203, 0x0804, 0x0805, 0x0806,
                                          0x0401, 0x0501, 0x0601, 0x0201, 0x0402, 0x0502, 0x0602,
                                          0x0202});
  CHECK(hello->extensions ==
        Codes{0x0000, 0xFF01, 0x000A, 0x0023, 0x0033, 0x002B, 0x000D, 0x002D, 0x001C});
}

TEST_CASE("a message that is cut into two records is put together") {
  const std::string whole = bytes_of(kHello);
  const std::string message = whole.substr(5);
  const std::string cut = bytes_of("1603010064") + message.substr(0, 100) + bytes_of("1603010060") +
                          message.substr(100);
  const auto hello = read_client_hello(cut);
  REQUIRE(hello);
  CHECK(hello->cipher_suites.size() == 3);
}

TEST_CASE("a hello that ends too early is none, wherever it ends") {
  const std::string whole = bytes_of(kHello);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    INFO(size);
    CHECK_FALSE(read_client_hello(whole.substr(0, size)));
  }
}

TEST_CASE("other records and other messages are no hello") {
  std::string alert = bytes_of("15030100020228");
  CHECK_FALSE(read_client_hello(alert));
  std::string other = bytes_of(kHello);
  other[5] = 2;  // a ServerHello
  CHECK_FALSE(read_client_hello(other));
}
