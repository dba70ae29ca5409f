#pragma once

#include <optional>
#include <string>

namespace evidence::drivers {

/// The name of a mechanism type (PKCS #11 versions up to 3.2), e.g. CKM_AES_GCM; nothing for one
/// that a vendor defined or that is not known.
std::optional<std::string> mechanism_name(unsigned long type);

/// The name of a class of objects (CKO_SECRET_KEY), a type of keys (CKK_AES), of certificates
/// (CKC_X_509) or of attributes (CKA_LABEL), or its number where it has no name.
std::string class_name(unsigned long value);
std::string key_type_name(unsigned long value);
std::string certificate_type_name(unsigned long value);
std::string attribute_name(unsigned long value);

/// The name of a return value, e.g. CKR_TOKEN_NOT_PRESENT, or its number where it has no name.
std::string result_name(unsigned long result);

/// Eight or more hexadecimal digits, as evidence and reference data write values of PKCS #11.
std::string cryptoki_hex(unsigned long value);

}  // namespace evidence::drivers
