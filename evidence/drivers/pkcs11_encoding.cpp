#include "evidence/drivers/pkcs11_encoding.h"

#include "evidence/base/text.h"

namespace evidence::drivers {
namespace {

using namespace cryptoki;

constexpr std::array kHashes = {
    Pkcs11Hash{"MD5", CKM_MD5, CKM_MD5_HMAC, CKM_MD5_RSA_PKCS, std::nullopt, std::nullopt,
               std::nullopt, 0, 0, "3020300c06082a864886f70d020505000410"},
    Pkcs11Hash{"SHA1", CKM_SHA_1, CKM_SHA_1_HMAC, CKM_SHA1_RSA_PKCS, CKM_SHA1_RSA_PKCS_PSS,
               CKM_ECDSA_SHA1, CKM_DSA_SHA1, CKG_MGF1_SHA1, CKP_PKCS5_PBKD2_HMAC_SHA1,
               "3021300906052b0e03021a05000414"},
    Pkcs11Hash{"SHA2-224", CKM_SHA224, CKM_SHA224_HMAC, CKM_SHA224_RSA_PKCS,
               CKM_SHA224_RSA_PKCS_PSS, CKM_ECDSA_SHA224, CKM_DSA_SHA224, CKG_MGF1_SHA224,
               CKP_PKCS5_PBKD2_HMAC_SHA224, "302d300d06096086480165030402040500041c"},
    Pkcs11Hash{"SHA2-256", CKM_SHA256, CKM_SHA256_HMAC, CKM_SHA256_RSA_PKCS,
               CKM_SHA256_RSA_PKCS_PSS, CKM_ECDSA_SHA256, CKM_DSA_SHA256, CKG_MGF1_SHA256,
               CKP_PKCS5_PBKD2_HMAC_SHA256, "3031300d060960864801650304020105000420"},
    Pkcs11Hash{"SHA2-384", CKM_SHA384, CKM_SHA384_HMAC, CKM_SHA384_RSA_PKCS,
               CKM_SHA384_RSA_PKCS_PSS, CKM_ECDSA_SHA384, CKM_DSA_SHA384, CKG_MGF1_SHA384,
               CKP_PKCS5_PBKD2_HMAC_SHA384, "3041300d060960864801650304020205000430"},
    Pkcs11Hash{"SHA2-512", CKM_SHA512, CKM_SHA512_HMAC, CKM_SHA512_RSA_PKCS,
               CKM_SHA512_RSA_PKCS_PSS, CKM_ECDSA_SHA512, CKM_DSA_SHA512, CKG_MGF1_SHA512,
               CKP_PKCS5_PBKD2_HMAC_SHA512, "3051300d060960864801650304020305000440"},
    Pkcs11Hash{"SHA2-512/256", CKM_SHA512_256, CKM_SHA512_256_HMAC, std::nullopt, std::nullopt,
               std::nullopt, std::nullopt, 0, CKP_PKCS5_PBKD2_HMAC_SHA512_256, ""},
    Pkcs11Hash{"SHA3-256", CKM_SHA3_256, CKM_SHA3_256_HMAC, CKM_SHA3_256_RSA_PKCS,
               CKM_SHA3_256_RSA_PKCS_PSS, CKM_ECDSA_SHA3_256, CKM_DSA_SHA3_256, CKG_MGF1_SHA3_256,
               0, "3031300d060960864801650304020805000420"},
    Pkcs11Hash{"SHA3-512", CKM_SHA3_512, CKM_SHA3_512_HMAC, CKM_SHA3_512_RSA_PKCS,
               CKM_SHA3_512_RSA_PKCS_PSS, CKM_ECDSA_SHA3_512, CKM_DSA_SHA3_512, CKG_MGF1_SHA3_512,
               0, "3051300d060960864801650304020a05000440"},
    Pkcs11Hash{"RIPEMD160", CKM_RIPEMD160, CKM_RIPEMD160_HMAC, CKM_RIPEMD160_RSA_PKCS, std::nullopt,
               std::nullopt, std::nullopt, 0, 0, "3021300906052b2403020105000414"},
    Pkcs11Hash{"BLAKE2B-512", CKM_BLAKE2B_512, CKM_BLAKE2B_512_HMAC, std::nullopt, std::nullopt,
               std::nullopt, std::nullopt, 0, 0, ""},
};

// Object identifiers: RFC 5480, SEC 2, RFC 5639, RFC 8410.
constexpr std::array kCurves = {
    Pkcs11Curve{"P-192", CKK_EC, CKM_EC_KEY_PAIR_GEN, "06082a8648ce3d030101", "", 24},
    Pkcs11Curve{"P-224", CKK_EC, CKM_EC_KEY_PAIR_GEN, "06052b81040021", "", 28},
    Pkcs11Curve{"P-256", CKK_EC, CKM_EC_KEY_PAIR_GEN, "06082a8648ce3d030107", "", 32},
    Pkcs11Curve{"P-384", CKK_EC, CKM_EC_KEY_PAIR_GEN, "06052b81040022", "", 48},
    Pkcs11Curve{"P-521", CKK_EC, CKM_EC_KEY_PAIR_GEN, "06052b81040023", "", 66},
    Pkcs11Curve{"secp256k1", CKK_EC, CKM_EC_KEY_PAIR_GEN, "06052b8104000a", "", 32},
    Pkcs11Curve{"brainpoolP256r1", CKK_EC, CKM_EC_KEY_PAIR_GEN, "06092b2403030208010107", "", 32},
    Pkcs11Curve{"ED25519", CKK_EC_EDWARDS, CKM_EC_EDWARDS_KEY_PAIR_GEN, "06032b6570",
                "edwards25519", 32},
    Pkcs11Curve{"ED448", CKK_EC_EDWARDS, CKM_EC_EDWARDS_KEY_PAIR_GEN, "06032b6571", "edwards448",
                57},
    Pkcs11Curve{"X25519", CKK_EC_MONTGOMERY, CKM_EC_MONTGOMERY_KEY_PAIR_GEN, "06032b656e",
                "curve25519", 32},
    Pkcs11Curve{"X448", CKK_EC_MONTGOMERY, CKM_EC_MONTGOMERY_KEY_PAIR_GEN, "06032b656f", "curve448",
                56},
};

template <class Table>
auto find_named(const Table& table, std::string_view name) -> decltype(table.data()) {
  for (const auto& entry : table)
    if (entry.name == name) return &entry;
  return nullptr;
}

constexpr char kPrintableString = '\x13', kOctetString = '\x04', kInteger = '\x02';

std::string der(char tag, const std::string& contents) {
  std::string bytes(1, tag);
  const std::size_t size = contents.size();
  if (size >= 0x100)
    bytes += {'\x82', static_cast<char>(size >> 8U)};
  else if (size >= 0x80)
    bytes += '\x81';
  return bytes + static_cast<char>(size & 0xffU) + contents;
}

// Takes one INTEGER off the front of `der`, as an unsigned number of `length` bytes.
std::optional<std::string> take_integer(std::string& der, std::size_t length) {
  if (der.size() < 2 || der[0] != kInteger) return std::nullopt;
  const auto size = static_cast<std::size_t>(static_cast<unsigned char>(der[1]));
  if (size >= 0x80 || der.size() < 2 + size) return std::nullopt;
  std::string number = der.substr(2, size);
  der.erase(0, 2 + size);
  while (number.size() > length && number.front() == '\0') number.erase(0, 1);
  if (number.size() > length) return std::nullopt;
  return std::string(length - number.size(), '\0') + number;
}

}  // namespace

const Pkcs11Hash* pkcs11_hash(std::string_view name) { return find_named(kHashes, name); }
const Pkcs11Curve* pkcs11_curve(std::string_view name) { return find_named(kCurves, name); }

std::string der_octet_string(const std::string& bytes) { return der(kOctetString, bytes); }

std::optional<std::string> raw_signature(const std::string& der, std::size_t length) {
  if (der.size() < 2 || der[0] != '\x30') return std::nullopt;
  std::string rest = der.substr(static_cast<unsigned char>(der[1]) == 0x81 ? 3 : 2);
  const auto r = take_integer(rest, length);
  const auto s = r ? take_integer(rest, length) : std::nullopt;
  if (!s || !rest.empty()) return std::nullopt;
  return *r + *s;
}

std::vector<CurveEncoding> encodings_of(const Pkcs11Curve& curve) {
  const std::string identifier = base::from_hex(curve.identifier).value_or("");
  std::vector<CurveEncoding> encodings = {{identifier, true, ""}};
  if (curve.printable_name.empty()) return encodings;
  const std::string name = der(kPrintableString, std::string(curve.printable_name));
  encodings.push_back({identifier, false, "public key as plain bytes"});
  encodings.push_back({name, true, "curve by its name"});
  encodings.push_back({name, false, "curve by its name, public key as plain bytes"});
  return encodings;
}

}  // namespace evidence::drivers
