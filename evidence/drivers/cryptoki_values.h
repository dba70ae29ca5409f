#pragma once

#include "evidence/drivers/cryptoki_types.h"

// Values of PKCS #11 3.2 (pkcs11t.h) other than attributes, mechanisms and results.

namespace evidence::drivers::cryptoki {

// Classes of objects, types of keys and certificates.
constexpr CK_OBJECT_CLASS CKO_DATA = 0x0, CKO_CERTIFICATE = 0x1, CKO_PUBLIC_KEY = 0x2,
                          CKO_PRIVATE_KEY = 0x3, CKO_SECRET_KEY = 0x4, CKO_HW_FEATURE = 0x5,
                          CKO_DOMAIN_PARAMETERS = 0x6, CKO_MECHANISM = 0x7, CKO_OTP_KEY = 0x8,
                          CKO_VENDOR_DEFINED = 0x80000000, CKO_PROFILE = 0x9, CKO_VALIDATION = 0xa,
                          CKO_TRUST = 0xb;
constexpr CK_KEY_TYPE CKK_RSA = 0x0, CKK_DSA = 0x1, CKK_DH = 0x2, CKK_ECDSA = 0x3, CKK_EC = 0x3,
                      CKK_X9_42_DH = 0x4, CKK_KEA = 0x5, CKK_GENERIC_SECRET = 0x10, CKK_RC2 = 0x11,
                      CKK_RC4 = 0x12, CKK_DES = 0x13, CKK_DES2 = 0x14, CKK_DES3 = 0x15,
                      CKK_CAST = 0x16, CKK_CAST3 = 0x17, CKK_CAST5 = 0x18, CKK_CAST128 = 0x18,
                      CKK_RC5 = 0x19, CKK_IDEA = 0x1a, CKK_SKIPJACK = 0x1b, CKK_BATON = 0x1c,
                      CKK_JUNIPER = 0x1d, CKK_CDMF = 0x1e, CKK_AES = 0x1f, CKK_BLOWFISH = 0x20,
                      CKK_TWOFISH = 0x21, CKK_SECURID = 0x22, CKK_HOTP = 0x23, CKK_ACTI = 0x24,
                      CKK_CAMELLIA = 0x25, CKK_ARIA = 0x26, CKK_MD5_HMAC = 0x27,
                      CKK_SHA_1_HMAC = 0x28, CKK_RIPEMD128_HMAC = 0x29, CKK_RIPEMD160_HMAC = 0x2a,
                      CKK_SHA256_HMAC = 0x2b, CKK_SHA384_HMAC = 0x2c, CKK_SHA512_HMAC = 0x2d,
                      CKK_SHA224_HMAC = 0x2e, CKK_SEED = 0x2f, CKK_GOSTR3410 = 0x30,
                      CKK_GOSTR3411 = 0x31, CKK_GOST28147 = 0x32, CKK_VENDOR_DEFINED = 0x80000000,
                      CKK_CHACHA20 = 0x33, CKK_POLY1305 = 0x34, CKK_AES_XTS = 0x35,
                      CKK_SHA3_224_HMAC = 0x36, CKK_SHA3_256_HMAC = 0x37, CKK_SHA3_384_HMAC = 0x38,
                      CKK_SHA3_512_HMAC = 0x39, CKK_BLAKE2B_160_HMAC = 0x3a,
                      CKK_BLAKE2B_256_HMAC = 0x3b, CKK_BLAKE2B_384_HMAC = 0x3c,
                      CKK_BLAKE2B_512_HMAC = 0x3d, CKK_SALSA20 = 0x3e, CKK_X2RATCHET = 0x3f,
                      CKK_EC_EDWARDS = 0x40, CKK_EC_MONTGOMERY = 0x41, CKK_HKDF = 0x42,
                      CKK_SHA512_224_HMAC = 0x43, CKK_SHA512_256_HMAC = 0x44,
                      CKK_SHA512_T_HMAC = 0x45, CKK_HSS = 0x46, CKK_XMSS = 0x47, CKK_XMSSMT = 0x48,
                      CKK_ML_KEM = 0x49, CKK_ML_DSA = 0x4a, CKK_SLH_DSA = 0x4b;
constexpr CK_ULONG CKC_X_509 = 0x0, CKC_X_509_ATTR_CERT = 0x1, CKC_WTLS = 0x2,
                   CKC_VENDOR_DEFINED = 0x80000000;

// Hardware features, categories and other values of attributes.
constexpr CK_ULONG CKH_MONOTONIC_COUNTER = 0x1, CKH_CLOCK = 0x2, CKH_USER_INTERFACE = 0x3,
                   CKH_VENDOR_DEFINED = 0x80000000, CKH_HEDGE_PREFERRED = 0x0,
                   CKH_HEDGE_REQUIRED = 0x1, CKH_DETERMINISTIC_REQUIRED = 0x2,
                   CKP_PKCS5_PBKD2_HMAC_SHA1 = 0x1, CKP_PKCS5_PBKD2_HMAC_GOSTR3411 = 0x2,
                   CKP_PKCS5_PBKD2_HMAC_SHA224 = 0x3, CKP_PKCS5_PBKD2_HMAC_SHA256 = 0x4,
                   CKP_PKCS5_PBKD2_HMAC_SHA384 = 0x5, CKP_PKCS5_PBKD2_HMAC_SHA512 = 0x6,
                   CKP_PKCS5_PBKD2_HMAC_SHA512_224 = 0x7, CKP_PKCS5_PBKD2_HMAC_SHA512_256 = 0x8,
                   CKP_INVALID_ID = 0x0, CKP_BASELINE_PROVIDER = 0x1, CKP_EXTENDED_PROVIDER = 0x2,
                   CKP_AUTHENTICATION_TOKEN = 0x3, CKP_PUBLIC_CERTIFICATES_TOKEN = 0x4,
                   CKP_VENDOR_DEFINED = 0x80000000, CKP_COMPLETE_PROVIDER = 0x5,
                   CKP_HKDF_TLS_TOKEN = 0x6, CKP_ML_DSA_44 = 0x1, CKP_ML_DSA_65 = 0x2,
                   CKP_ML_DSA_87 = 0x3, CKP_SLH_DSA_SHA2_128S = 0x1, CKP_SLH_DSA_SHAKE_128S = 0x2,
                   CKP_SLH_DSA_SHA2_128F = 0x3, CKP_SLH_DSA_SHAKE_128F = 0x4,
                   CKP_SLH_DSA_SHA2_192S = 0x5, CKP_SLH_DSA_SHAKE_192S = 0x6,
                   CKP_SLH_DSA_SHA2_192F = 0x7, CKP_SLH_DSA_SHAKE_192F = 0x8,
                   CKP_SLH_DSA_SHA2_256S = 0x9, CKP_SLH_DSA_SHAKE_256S = 0xa,
                   CKP_SLH_DSA_SHA2_256F = 0xb, CKP_SLH_DSA_SHAKE_256F = 0xc, CKP_ML_KEM_512 = 0x1,
                   CKP_ML_KEM_768 = 0x2, CKP_ML_KEM_1024 = 0x3,
                   CKV_AUTHORITY_TYPE_UNSPECIFIED = 0x0, CKV_AUTHORITY_TYPE_NIST_CMVP = 0x1,
                   CKV_AUTHORITY_TYPE_COMMON_CRITERIA = 0x2, CKV_TYPE_UNSPECIFIED = 0x0,
                   CKV_TYPE_SOFTWARE = 0x1, CKV_TYPE_HARDWARE = 0x2, CKV_TYPE_FIRMWARE = 0x3,
                   CKV_TYPE_HYBRID = 0x4;

// Users, states of a session, kinds of session validation flags.
constexpr CK_USER_TYPE CKU_SO = 0x0, CKU_USER = 0x1, CKU_CONTEXT_SPECIFIC = 0x2;
constexpr CK_STATE CKS_RO_PUBLIC_SESSION = 0x0, CKS_RO_USER_FUNCTIONS = 0x1,
                   CKS_RW_PUBLIC_SESSION = 0x2, CKS_RW_USER_FUNCTIONS = 0x3,
                   CKS_RW_SO_FUNCTIONS = 0x4;
constexpr CK_ULONG CKS_LAST_VALIDATION_OK = 0x1;

// Parameters: mask generation, key derivation, sources.
constexpr CK_ULONG CKG_MGF1_SHA1 = 0x1, CKG_MGF1_SHA256 = 0x2, CKG_MGF1_SHA384 = 0x3,
                   CKG_MGF1_SHA512 = 0x4, CKG_MGF1_SHA224 = 0x5, CKG_MGF1_SHA3_224 = 0x6,
                   CKG_MGF1_SHA3_256 = 0x7, CKG_MGF1_SHA3_384 = 0x8, CKG_MGF1_SHA3_512 = 0x9,
                   CKG_NO_GENERATE = 0x0, CKG_GENERATE = 0x1, CKG_GENERATE_COUNTER = 0x2,
                   CKG_GENERATE_RANDOM = 0x3, CKG_GENERATE_COUNTER_XOR = 0x4, CKD_NULL = 0x1,
                   CKD_SHA1_KDF = 0x2, CKD_SHA1_KDF_ASN1 = 0x3, CKD_SHA1_KDF_CONCATENATE = 0x4,
                   CKD_SHA224_KDF = 0x5, CKD_SHA256_KDF = 0x6, CKD_SHA384_KDF = 0x7,
                   CKD_SHA512_KDF = 0x8, CKD_CPDIVERSIFY_KDF = 0x9, CKD_SHA3_224_KDF = 0xa,
                   CKD_SHA3_256_KDF = 0xb, CKD_SHA3_384_KDF = 0xc, CKD_SHA3_512_KDF = 0xd,
                   CKD_SHA1_KDF_SP800 = 0xe, CKD_SHA224_KDF_SP800 = 0xf,
                   CKD_SHA256_KDF_SP800 = 0x10, CKD_SHA384_KDF_SP800 = 0x11,
                   CKD_SHA512_KDF_SP800 = 0x12, CKD_SHA3_224_KDF_SP800 = 0x13,
                   CKD_SHA3_256_KDF_SP800 = 0x14, CKD_SHA3_384_KDF_SP800 = 0x15,
                   CKD_SHA3_512_KDF_SP800 = 0x16, CKD_BLAKE2B_160_KDF = 0x17,
                   CKD_BLAKE2B_256_KDF = 0x18, CKD_BLAKE2B_384_KDF = 0x19,
                   CKD_BLAKE2B_512_KDF = 0x1a, CKZ_DATA_SPECIFIED = 0x1, CKZ_SALT_SPECIFIED = 0x1;

// Flags. Which belong to which structure is in the standard: the same bit means another thing
// elsewhere.
constexpr CK_FLAGS CKF_TOKEN_PRESENT = 0x1, CKF_REMOVABLE_DEVICE = 0x2, CKF_HW_SLOT = 0x4,
                   CKF_RNG = 0x1, CKF_WRITE_PROTECTED = 0x2, CKF_LOGIN_REQUIRED = 0x4,
                   CKF_USER_PIN_INITIALIZED = 0x8, CKF_RESTORE_KEY_NOT_NEEDED = 0x20,
                   CKF_CLOCK_ON_TOKEN = 0x40, CKF_PROTECTED_AUTHENTICATION_PATH = 0x100,
                   CKF_DUAL_CRYPTO_OPERATIONS = 0x200, CKF_TOKEN_INITIALIZED = 0x400,
                   CKF_SECONDARY_AUTHENTICATION = 0x800, CKF_USER_PIN_COUNT_LOW = 0x10000,
                   CKF_USER_PIN_FINAL_TRY = 0x20000, CKF_USER_PIN_LOCKED = 0x40000,
                   CKF_USER_PIN_TO_BE_CHANGED = 0x80000, CKF_SO_PIN_COUNT_LOW = 0x100000,
                   CKF_SO_PIN_FINAL_TRY = 0x200000, CKF_SO_PIN_LOCKED = 0x400000,
                   CKF_SO_PIN_TO_BE_CHANGED = 0x800000, CKF_ERROR_STATE = 0x1000000,
                   CKF_RW_SESSION = 0x2, CKF_SERIAL_SESSION = 0x4, CKF_ARRAY_ATTRIBUTE = 0x40000000,
                   CKF_HW = 0x1, CKF_ENCRYPT = 0x100, CKF_DECRYPT = 0x200, CKF_DIGEST = 0x400,
                   CKF_SIGN = 0x800, CKF_SIGN_RECOVER = 0x1000, CKF_VERIFY = 0x2000,
                   CKF_VERIFY_RECOVER = 0x4000, CKF_GENERATE = 0x8000,
                   CKF_GENERATE_KEY_PAIR = 0x10000, CKF_WRAP = 0x20000, CKF_UNWRAP = 0x40000,
                   CKF_DERIVE = 0x80000, CKF_EC_F_P = 0x100000, CKF_EC_F_2M = 0x200000,
                   CKF_EC_ECPARAMETERS = 0x400000, CKF_EC_UNCOMPRESS = 0x1000000,
                   CKF_EC_COMPRESS = 0x2000000, CKF_EXTENSION = 0x80000000,
                   CKF_LIBRARY_CANT_CREATE_OS_THREADS = 0x1, CKF_OS_LOCKING_OK = 0x2,
                   CKF_DONT_BLOCK = 0x1, CKF_NEXT_OTP = 0x1, CKF_EXCLUDE_TIME = 0x2,
                   CKF_EXCLUDE_COUNTER = 0x4, CKF_EXCLUDE_CHALLENGE = 0x8, CKF_EXCLUDE_PIN = 0x10,
                   CKF_USER_FRIENDLY_OTP = 0x20, CKF_MESSAGE_ENCRYPT = 0x2,
                   CKF_MESSAGE_DECRYPT = 0x4, CKF_MESSAGE_SIGN = 0x8, CKF_MESSAGE_VERIFY = 0x10,
                   CKF_MULTI_MESSAGE = 0x20, CKF_FIND_OBJECTS = 0x40, CKF_EC_OID = 0x800000,
                   CKF_EC_CURVENAME = 0x4000000, CKF_END_OF_MESSAGE = 0x1,
                   CKF_INTERFACE_FORK_SAFE = 0x1, CKF_HKDF_SALT_NULL = 0x1,
                   CKF_HKDF_SALT_DATA = 0x2, CKF_HKDF_SALT_KEY = 0x4,
                   CKF_SEED_RANDOM_REQUIRED = 0x2000000, CKF_ASYNC_SESSION_SUPPORTED = 0x4000000,
                   CKF_ASYNC_SESSION = 0x8, CKF_ENCAPSULATE = 0x10000000,
                   CKF_DECAPSULATE = 0x20000000;

}  // namespace evidence::drivers::cryptoki
