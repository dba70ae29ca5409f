#pragma once

#include "evidence/table.h"

// Columns of the tables about what a session with a PKCS #11 token shows. They stand apart because
// they are many; evidence/tables.cpp lists the tables.

namespace evidence::columns {

constexpr Type kOfInteger = Type::integer, kOfText = Type::text;

constexpr Column kPkcs11Function[] = {
    {"module", kOfText, "subject, e.g. pkcs11:/usr/lib/softhsm/libsofthsm2.so"},
    {"name", kOfText, "e.g. C_WrapKey"},
    {"version", kOfText, "of the standard that brought it: 2.40, 3.0 or 3.2"},
    {"present", kOfInteger, "1 if the list of the module points to one; it may still refuse"},
};
constexpr Column kPkcs11ObjectClass[] = {
    {"token", kOfText, "subject: the token that holds them"},
    {"module", kOfText, "the module it was reached through"},
    {"slot", kOfText, "number of the slot, decimal"},
    {"class", kOfText, "name of the class, e.g. CKO_DATA, or its number"},
    {"objects", kOfInteger, "how many were seen"},
    {"private_objects", kOfInteger, "how many of them are private"},
};
constexpr Column kPkcs11Key[] = {
    {"token", kOfText, "subject: the token that holds it"},
    {"module", kOfText, "the module it was reached through"},
    {"slot", kOfText, "number of the slot, decimal"},
    {"key", kOfText, "its name as a PKCS #11 URI; two keys may have the same"},
    {"position", kOfInteger, "place among the objects of the token, from 1"},
    {"class", kOfText, "CKO_SECRET_KEY, CKO_PRIVATE_KEY or CKO_PUBLIC_KEY"},
    {"key_type", kOfText, "e.g. CKK_AES, or its number; NULL not told"},
    {"size_bits", kOfInteger,
     "bits as stored (DES with parity), of the modulus, the prime or the curve; NULL not told"},
    {"curve", kOfText, "e.g. P-256, or the object identifier; NULL if it has none or did not tell"},
    {"parameter_set", kOfText, "e.g. ML-DSA-65; NULL if it has none or did not tell"},
    {"public_exponent", kOfText, "of an RSA key, hexadecimal digits"},
    {"public_value", kOfText, "modulus or point, hexadecimal digits; NULL not told"},
    {"label", kOfText, "CKA_LABEL, NULL not told"},
    {"id", kOfText, "CKA_ID, hexadecimal digits, NULL not told"},
    {"unique_id", kOfText, "CKA_UNIQUE_ID, NULL not told"},
    {"on_token", kOfInteger, "1 if the token keeps it, 0 if the session does"},
    {"private", kOfInteger, "1 if it is seen after a login only"},
    {"modifiable", kOfInteger, "1 if its attributes can be changed"},
    {"copyable", kOfInteger, "1 if it can be copied"},
    {"destroyable", kOfInteger, "1 if it can be destroyed"},
    {"sensitive", kOfInteger, "1 if its value cannot be read in the clear"},
    {"always_sensitive", kOfInteger, "1 if that has always been so"},
    {"extractable", kOfInteger, "1 if it can be wrapped, that is, taken out encrypted"},
    {"never_extractable", kOfInteger, "1 if it never could be"},
    {"local", kOfInteger, "1 if it was made on the token"},
    {"trusted", kOfInteger, "1 if the security officer marked it as trusted for wrapping"},
    {"wrap_with_trusted", kOfInteger, "1 if only a trusted key can wrap it"},
    {"always_authenticate", kOfInteger, "1 if each use asks for the PIN"},
    {"encrypt", kOfInteger, "1 if it may encrypt"},
    {"decrypt", kOfInteger, "1 if it may decrypt"},
    {"sign", kOfInteger, "1 if it may sign or make a MAC"},
    {"sign_recover", kOfInteger, "1 if it may sign with recovery"},
    {"verify", kOfInteger, "1 if it may verify"},
    {"verify_recover", kOfInteger, "1 if it may verify with recovery"},
    {"wrap", kOfInteger, "1 if it may wrap other keys"},
    {"unwrap", kOfInteger, "1 if it may unwrap other keys"},
    {"derive", kOfInteger, "1 if other keys may be derived from it"},
    {"encapsulate", kOfInteger, "1 if it may encapsulate"},
    {"decapsulate", kOfInteger, "1 if it may decapsulate"},
    {"start_date", kOfText, "YYYY-MM-DD, NULL if none is set or told"},
    {"end_date", kOfText, "YYYY-MM-DD, NULL if none is set or told"},
    {"key_gen_mechanism", kOfText, "what made it, e.g. CKM_AES_KEY_GEN; NULL not told"},
    {"allowed_mechanisms", kOfInteger,
     "how many mechanisms it is confined to, 0 for no list; NULL not told"},
    {"wrap_template", kOfInteger, "entries of the wrap template, 0 for none; NULL not told"},
    {"unwrap_template", kOfInteger, "entries of the unwrap template, 0 for none; NULL not told"},
    {"derive_template", kOfInteger, "entries of the derive template, 0 for none; NULL not told"},
    {"validation_flags", kOfInteger, "CKA_OBJECT_VALIDATION_FLAGS, NULL not told"},
    {"untold", kOfText, "attributes that were asked for and not told, by reason, for people"},
};
constexpr Column kPkcs11KeyMechanism[] = {
    {"token", kOfText, "subject: the token that holds the key"},
    {"key", kOfText, "the key as in pkcs11_key"},
    {"position", kOfInteger, "its place as in pkcs11_key"},
    {"mechanism", kOfText, "a mechanism it is confined to, 0x and hexadecimal digits"},
    {"name", kOfText, "its name, NULL if it has none"},
};
constexpr Column kPkcs11KeyTemplate[] = {
    {"token", kOfText, "subject: the token that holds the key"},
    {"key", kOfText, "the key as in pkcs11_key"},
    {"position", kOfInteger, "its place as in pkcs11_key"},
    {"template", kOfText, "wrap, unwrap or derive"},
    {"attribute", kOfText, "name of the attribute that other keys must or will have"},
    {"value", kOfText, "1 or 0, a number, or hexadecimal digits; NULL not told"},
};
constexpr Column kPkcs11Certificate[] = {
    {"token", kOfText, "subject: the token that holds it"},
    {"module", kOfText, "the module it was reached through"},
    {"slot", kOfText, "number of the slot, decimal"},
    {"certificate", kOfText, "its name as a PKCS #11 URI"},
    {"position", kOfInteger, "place among the objects of the token, from 1"},
    {"certificate_type", kOfText, "e.g. CKC_X_509"},
    {"category", kOfText, "unspecified, token user, authority, other entity"},
    {"label", kOfText, "CKA_LABEL, NULL not told"},
    {"id", kOfText, "CKA_ID, hexadecimal digits, NULL not told"},
    {"unique_id", kOfText, "CKA_UNIQUE_ID, NULL not told"},
    {"trusted", kOfInteger, "1 if it is marked as trusted"},
    {"private", kOfInteger, "1 if it is seen after a login only"},
    {"modifiable", kOfInteger, "1 if its attributes can be changed"},
    {"size", kOfInteger, "bytes of its value, 0 if there is none"},
    {"subject", kOfText, "name of its subject, NULL if it cannot be read"},
    {"issuer", kOfText, "name of its issuer"},
    {"serial", kOfText, "hexadecimal digits"},
    {"not_before", kOfText, "timestamp"},
    {"not_after", kOfText, "timestamp"},
    {"key_algorithm", kOfText, "of its public key, e.g. RSA, EC, ML-DSA-65"},
    {"key_bits", kOfInteger, "bits of modulus, prime or curve, NULL not known"},
    {"key_curve", kOfText, "curve of its public key, NULL if it has none"},
    {"public_value", kOfText, "modulus, point or key, hexadecimal digits"},
    {"untold", kOfText, "attributes that were asked for and not told, by reason, for people"},
};
constexpr Column kPkcs11Validation[] = {
    {"token", kOfText, "subject: the token that holds it"},
    {"module", kOfText, "the module that claims it"},
    {"slot", kOfText, "number of the slot, decimal"},
    {"position", kOfInteger, "place among the objects of the token, from 1"},
    {"kind", kOfText, "PKCS #11 3.2, or NSS for its own kind of object"},
    {"module_id", kOfText, "what the module calls itself"},
    {"validation_type", kOfText, "unspecified, software, hardware, firmware, hybrid"},
    {"version", kOfText, "of the standard it was validated against, major.minor"},
    {"level", kOfInteger, "security level that is claimed"},
    {"flag", kOfInteger, "bit of the validation flags that stands for it"},
    {"authority", kOfText, "unspecified, NIST CMVP, Common Criteria"},
    {"country", kOfText, "CKA_VALIDATION_COUNTRY"},
    {"certificate", kOfText, "number or words where the certificate should be named"},
    {"certificate_uri", kOfText, "where the certificate is said to be"},
    {"vendor_uri", kOfText, "where the vendor is"},
    {"profile", kOfText, "CKA_VALIDATION_PROFILE"},
    {"untold", kOfText, "attributes that were asked for and not told, by reason, for people"},
};
constexpr Column kPkcs11Profile[] = {
    {"token", kOfText, "subject: the token that holds it"},
    {"module", kOfText, "the module that claims it"},
    {"slot", kOfText, "number of the slot, decimal"},
    {"position", kOfInteger, "place among the objects of the token, from 1"},
    {"profile", kOfText, "e.g. CKP_BASELINE_PROVIDER, or its number"},
};
constexpr Column kPkcs11HardwareFeature[] = {
    {"token", kOfText, "subject: the token that has it"},
    {"module", kOfText, "the module it was reached through"},
    {"slot", kOfText, "number of the slot, decimal"},
    {"position", kOfInteger, "place among the objects of the token, from 1"},
    {"feature", kOfText, "monotonic counter, clock, user interface, or its number"},
    {"reset_on_init", kOfInteger, "1 if a counter starts anew when the token is initialised"},
    {"has_reset", kOfInteger, "1 if a counter was reset"},
};

}  // namespace evidence::columns
