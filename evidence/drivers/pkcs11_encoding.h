#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/drivers/cryptoki_mechanisms.h"
#include "evidence/drivers/cryptoki_values.h"

namespace evidence::drivers {

/// A hash function as PKCS #11 needs it: the mechanisms that use it, and its AlgorithmIdentifier in
/// a DigestInfo (RFC 8017, 9.2, notes).
struct Pkcs11Hash {
  std::string_view name;  ///< as the catalogue calls it
  cryptoki::CK_MECHANISM_TYPE digest, hmac;
  std::optional<cryptoki::CK_MECHANISM_TYPE> rsa_pkcs, rsa_pss, ecdsa, dsa;
  cryptoki::CK_ULONG mask_generation;  ///< CKG_…, 0 if there is none
  cryptoki::CK_ULONG pbkdf2;           ///< CKP_PKCS5_PBKD2_HMAC_…, 0 if there is none
  std::string_view digest_info;        ///< hexadecimal, before the digest
};

/// The hash function called `name`; null if PKCS #11 has none.
const Pkcs11Hash* pkcs11_hash(std::string_view name);

/// `bytes` as a DER OCTET STRING (X.690, 8.7).
std::string der_octet_string(const std::string& bytes);

/// The r and s of a DER signature (RFC 3279, 2.2), each of `length` bytes one after the other, as
/// PKCS #11 wants them. Nothing if it is none.
std::optional<std::string> raw_signature(const std::string& der, std::size_t length);

/// One way in which modules want the key of a curve.
struct CurveEncoding {
  std::string parameters;  ///< CKA_EC_PARAMS
  bool wrapped_point;      ///< CKA_EC_POINT as an OCTET STRING, else the bytes alone
  std::string words;
};

/// A named curve.
struct Pkcs11Curve {
  std::string_view name;  ///< as the catalogue calls it
  cryptoki::CK_KEY_TYPE type;
  cryptoki::CK_MECHANISM_TYPE generation;
  std::string_view identifier;      ///< DER of the object identifier, hexadecimal
  std::string_view printable_name;  ///< name that version 3.0 allows in its place, or ""
  std::size_t order_bytes;          ///< of one half of an ECDSA signature
};

/// The curve called `name`; null if there is none.
const Pkcs11Curve* pkcs11_curve(std::string_view name);

/// How keys of `curve` may have to be encoded, the usual way first. Standards and modules differ
/// for Edwards and Montgomery curves (PKCS #11 v3.1, 6.3.5 to 6.3.8).
std::vector<CurveEncoding> encodings_of(const Pkcs11Curve& curve);

}  // namespace evidence::drivers
