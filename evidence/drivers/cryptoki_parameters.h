#pragma once

#include "evidence/drivers/cryptoki.h"

// The parameters of mechanisms (PKCS #11 3.2, pkcs11t.h) that services need, in our own
// declarations. Names, member order and sizes are the standard's. Lengths are bytes unless a name
// says bits.

namespace evidence::drivers::cryptoki {

/// CKM_RSA_PKCS_PSS and those that hash before it.
struct CK_RSA_PKCS_PSS_PARAMS {
  CK_MECHANISM_TYPE hashAlg;
  CK_ULONG mgf;
  CK_ULONG sLen;
};

/// CKM_RSA_PKCS_OAEP.
struct CK_RSA_PKCS_OAEP_PARAMS {
  CK_MECHANISM_TYPE hashAlg;
  CK_ULONG mgf;
  CK_ULONG source;
  void* pSourceData;
  CK_ULONG ulSourceDataLen;
};

/// CKM_AES_CTR and CKM_CAMELLIA_CTR.
struct CK_AES_CTR_PARAMS {
  CK_ULONG ulCounterBits;
  CK_BYTE cb[16];
};

/// CKM_AES_GCM, all of a message at once; CKM_AES_GMAC takes the vector alone.
struct CK_GCM_PARAMS {
  CK_BYTE* pIv;
  CK_ULONG ulIvLen;
  CK_ULONG ulIvBits;
  CK_BYTE* pAAD;
  CK_ULONG ulAADLen;
  CK_ULONG ulTagBits;
};

/// CKM_AES_GCM for C_EncryptMessage: the module can make the vector.
struct CK_GCM_MESSAGE_PARAMS {
  CK_BYTE* pIv;
  CK_ULONG ulIvLen;
  CK_ULONG ulIvFixedBits;
  CK_ULONG ivGenerator;
  CK_BYTE* pTag;
  CK_ULONG ulTagBits;
};

/// CKM_AES_CCM.
struct CK_CCM_PARAMS {
  CK_ULONG ulDataLen;
  CK_BYTE* pNonce;
  CK_ULONG ulNonceLen;
  CK_BYTE* pAAD;
  CK_ULONG ulAADLen;
  CK_ULONG ulMACLen;
};

/// CKM_CHACHA20.
struct CK_CHACHA20_PARAMS {
  CK_BYTE* pBlockCounter;
  CK_ULONG blockCounterBits;
  CK_BYTE* pNonce;
  CK_ULONG ulNonceBits;
};

/// CKM_CHACHA20_POLY1305.
struct CK_SALSA20_CHACHA20_POLY1305_PARAMS {
  CK_BYTE* pNonce;
  CK_ULONG ulNonceLen;
  CK_BYTE* pAAD;
  CK_ULONG ulAADLen;
};

/// CKM_ECDH1_DERIVE.
struct CK_ECDH1_DERIVE_PARAMS {
  CK_ULONG kdf;
  CK_ULONG ulSharedDataLen;
  CK_BYTE* pSharedData;
  CK_ULONG ulPublicDataLen;
  CK_BYTE* pPublicData;
};

/// CKM_HKDF_DERIVE.
struct CK_HKDF_PARAMS {
  CK_BBOOL bExtract;
  CK_BBOOL bExpand;
  CK_MECHANISM_TYPE prfHashMechanism;
  CK_ULONG ulSaltType;
  CK_BYTE* pSalt;
  CK_ULONG ulSaltLen;
  CK_OBJECT_HANDLE hSaltKey;
  CK_BYTE* pInfo;
  CK_ULONG ulInfoLen;
};

/// CKM_PKCS5_PBKD2, in the form that version 2.40 with errata and later have.
struct CK_PKCS5_PBKD2_PARAMS2 {
  CK_ULONG saltSource;
  void* pSaltSourceData;
  CK_ULONG ulSaltSourceDataLen;
  CK_ULONG iterations;
  CK_ULONG prf;
  void* pPrfData;
  CK_ULONG ulPrfDataLen;
  CK_UTF8CHAR* pPassword;
  CK_ULONG ulPasswordLen;
};

/// One piece of what CKM_SP800_108_COUNTER_KDF and its kin hash.
struct CK_PRF_DATA_PARAM {
  CK_ULONG type;
  void* pValue;
  CK_ULONG ulValueLen;
};
constexpr CK_ULONG CK_SP800_108_ITERATION_VARIABLE = 0x1, CK_SP800_108_DKM_LENGTH = 0x3,
                   CK_SP800_108_BYTE_ARRAY = 0x4, CK_SP800_108_DKM_LENGTH_SUM_OF_KEYS = 0x1;
struct CK_SP800_108_COUNTER_FORMAT {
  CK_BBOOL bLittleEndian;
  CK_ULONG ulWidthInBits;
};
struct CK_SP800_108_DKM_LENGTH_FORMAT {
  CK_ULONG dkmLengthMethod;
  CK_BBOOL bLittleEndian;
  CK_ULONG ulWidthInBits;
};
struct CK_SP800_108_KDF_PARAMS {
  CK_MECHANISM_TYPE prfType;
  CK_ULONG ulNumberOfDataParams;
  CK_PRF_DATA_PARAM* pDataParams;
  CK_ULONG ulAdditionalDerivedKeys;
  void* pAdditionalDerivedKeys;
};

/// CKM_TLS12_MASTER_KEY_DERIVE.
struct CK_SSL3_RANDOM_DATA {
  CK_BYTE* pClientRandom;
  CK_ULONG ulClientRandomLen;
  CK_BYTE* pServerRandom;
  CK_ULONG ulServerRandomLen;
};
struct CK_TLS12_MASTER_KEY_DERIVE_PARAMS {
  CK_SSL3_RANDOM_DATA RandomInfo;
  CK_VERSION* pVersion;
  CK_MECHANISM_TYPE prfHashMechanism;
};

/// CKM_TLS12_EXTENDED_MASTER_KEY_DERIVE.
struct CK_TLS12_EXTENDED_MASTER_KEY_DERIVE_PARAMS {
  CK_MECHANISM_TYPE prfHashMechanism;
  CK_BYTE* pSessionHash;
  CK_ULONG ulSessionHashLen;
  CK_VERSION* pVersion;
};

/// CKM_EDDSA; Ed25519 without context takes none (3.0, 2.3.14).
struct CK_EDDSA_PARAMS {
  CK_BBOOL phFlag;
  CK_ULONG ulContextDataLen;
  CK_BYTE* pContextData;
};

/// Asks whether what a session did last was done in an approved way: the interface "Vendor NSS FIPS
/// Interface" of NSS (pkcs11n.h).
struct CK_NSS_FIPS_FUNCTIONS {
  CK_VERSION version;
  CK_RV(*NSC_NSSGetFIPSStatus)
  (CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ULONG operation, CK_ULONG* status);
};
constexpr CK_ULONG CKT_NSS_SESSION_LAST_CHECK = 4, CKS_NSS_FIPS_NOT_OK = 0, CKS_NSS_FIPS_OK = 1;

}  // namespace evidence::drivers::cryptoki
