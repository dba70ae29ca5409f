#include <algorithm>

#include "evidence/probes/pkcs11_child/conformance_check.h"

// Encryption and decryption (PKCS #11 3.2, clauses 5.2, 5.8 and 5.10), by AES-CBC.

namespace evidence::probes::pkcs11_child {
namespace {

using namespace drivers::cryptoki;

constexpr CK_ULONG kBlocks = 32;
using Bytes = std::array<CK_BYTE, 2 * kBlocks>;

Bytes plain_text() {
  Bytes text{};
  std::fill_n(text.begin(), kBlocks, CK_BYTE{'p'});
  return text;
}

CK_RV init(const OpenSession& session, CK_OBJECT_HANDLE key, CK_ULONG iv_length = 16) {
  std::array<CK_BYTE, 16> iv{};
  CK_MECHANISM mechanism{CKM_AES_CBC, iv.data(), iv_length};
  return call(session.functions().C_EncryptInit, session.handle(), &mechanism, key);
}

void need_cipher(const Trial& trial) {
  if (!trial.offers(CKM_AES_CBC, CKF_ENCRYPT | CKF_DECRYPT))
    not_applicable("the token does not list CKM_AES_CBC for encryption and decryption");
}

/// A session with an encryption begun.
class Begun : public OpenSession {
 public:
  explicit Begun(const Trial& trial) : OpenSession(trial) {
    need_cipher(trial);
    key_ = aes_key(*this);
    need(init(*this, key_), "C_EncryptInit");
  }
  CK_OBJECT_HANDLE key() const { return key_; }

 private:
  CK_OBJECT_HANDLE key_ = 0;
};

CK_RV encrypt(const OpenSession& session, CK_ULONG size, CK_BYTE* out, CK_ULONG* length) {
  Bytes text = plain_text();
  return call(session.functions().C_Encrypt, session.handle(), text.data(), size, out, length);
}

CK_RV decrypt(const OpenSession& session, CK_OBJECT_HANDLE key, Bytes cipher, CK_ULONG size,
              Bytes& out, CK_ULONG& length) {
  std::array<CK_BYTE, 16> iv{};
  CK_MECHANISM mechanism{CKM_AES_CBC, iv.data(), iv.size()};
  need(call(session.functions().C_DecryptInit, session.handle(), &mechanism, key), "C_DecryptInit");
  return call(session.functions().C_Decrypt, session.handle(), cipher.data(), size, out.data(),
              &length);
}

std::string words(CK_RV result, CK_ULONG length) {
  return drivers::result_name(result) + " with length " + std::to_string(length);
}

Finding length_query(const Trial& trial) {
  const Begun session(trial);
  CK_ULONG length = 0;
  const CK_RV result = encrypt(session, kBlocks, nullptr, &length);
  return expect_that(result == CKR_OK && length >= kBlocks, words(result, length));
}

Finding query_goes_on(const Trial& trial) {
  const Begun session(trial);
  Bytes out{};
  CK_ULONG length = 0;
  need(encrypt(session, kBlocks, nullptr, &length), "C_Encrypt");
  length = out.size();
  return expect(encrypt(session, kBlocks, out.data(), &length), {CKR_OK});
}

Finding too_small(const Trial& trial) {
  const Begun session(trial);
  Bytes out{};
  CK_ULONG length = kBlocks - 1;
  const CK_RV result = encrypt(session, kBlocks, out.data(), &length);
  return expect_that(result == CKR_BUFFER_TOO_SMALL && length >= kBlocks, words(result, length));
}

Finding too_small_goes_on(const Trial& trial) {
  const Begun session(trial);
  Bytes out{};
  CK_ULONG length = 1;
  if (encrypt(session, kBlocks, out.data(), &length) != CKR_BUFFER_TOO_SMALL)
    not_applicable("the module takes too small a buffer");
  length = out.size();
  return expect(encrypt(session, kBlocks, out.data(), &length), {CKR_OK});
}

Finding restores(const Trial& trial) {
  const Begun session(trial);
  Bytes cipher{}, out{};
  CK_ULONG length = cipher.size(), restored = out.size();
  need(encrypt(session, kBlocks, cipher.data(), &length), "C_Encrypt");
  const CK_RV result = decrypt(session, session.key(), cipher, length, out, restored);
  return expect_that(result == CKR_OK && restored == kBlocks && out == plain_text(),
                     words(result, restored));
}

Finding parts_equal(const Trial& trial) {
  const Begun session(trial);
  Bytes whole{}, parts{}, text = plain_text();
  CK_ULONG length = whole.size(), first = 16, second = 16, rest = 16;
  need(encrypt(session, kBlocks, whole.data(), &length), "C_Encrypt");
  need(init(session, session.key()), "C_EncryptInit");
  const auto& f = session.functions();
  need(call(f.C_EncryptUpdate, session.handle(), text.data(), 16UL, parts.data(), &first),
       "C_EncryptUpdate");
  need(call(f.C_EncryptUpdate, session.handle(), text.data() + 16, 16UL, parts.data() + first,
            &second),
       "C_EncryptUpdate");
  const CK_RV result =
      call(f.C_EncryptFinal, session.handle(), parts.data() + first + second, &rest);
  return expect_that(result == CKR_OK && first + second + rest == length && parts == whole,
                     words(result, first + second + rest));
}

Finding not_initialised(const Trial& trial) {
  const OpenSession session(trial);
  Bytes out{};
  CK_ULONG length = out.size();
  return expect(encrypt(session, kBlocks, out.data(), &length), {CKR_OPERATION_NOT_INITIALIZED});
}

Finding decrypt_not_initialised(const Trial& trial) {
  const OpenSession session(trial);
  Bytes in{}, out{};
  CK_ULONG length = out.size();
  return expect(call(session.functions().C_Decrypt, session.handle(), in.data(), kBlocks,
                     out.data(), &length),
                {CKR_OPERATION_NOT_INITIALIZED});
}

Finding init_twice(const Trial& trial) {
  const Begun session(trial);
  return expect(init(session, session.key()), {CKR_OPERATION_ACTIVE});
}

Finding ends(const Trial& trial) {
  const Begun session(trial);
  Bytes out{};
  CK_ULONG length = out.size();
  need(encrypt(session, kBlocks, out.data(), &length), "C_Encrypt");
  length = out.size();
  return expect(encrypt(session, kBlocks, out.data(), &length), {CKR_OPERATION_NOT_INITIALIZED});
}

Finding key_zero(const Trial& trial) {
  const OpenSession session(trial);
  need_cipher(trial);
  return expect(init(session, 0), {CKR_KEY_HANDLE_INVALID, CKR_OBJECT_HANDLE_INVALID});
}

Finding key_is_data(const Trial& trial) {
  const OpenSession session(trial);
  need_cipher(trial);
  const CK_RV result = init(session, data_object(session, "assay trial"));
  return expect_that(result != CKR_OK, drivers::result_name(result));
}

Finding key_may_not(const Trial& trial) {
  const OpenSession session(trial);
  need_cipher(trial);
  return expect(init(session, aes_key(session, false)), {CKR_KEY_FUNCTION_NOT_PERMITTED});
}

Finding key_of_other_type(const Trial& trial) {
  const OpenSession session(trial);
  need_cipher(trial);
  return expect(init(session, hmac_key(session)),
                {CKR_KEY_TYPE_INCONSISTENT, CKR_KEY_FUNCTION_NOT_PERMITTED, CKR_KEY_SIZE_RANGE});
}

Finding bad_iv(const Trial& trial) {
  const OpenSession session(trial);
  need_cipher(trial);
  return expect(init(session, aes_key(session), 8),
                {CKR_MECHANISM_PARAM_INVALID, CKR_ARGUMENTS_BAD});
}

Finding half_block(const Trial& trial) {
  const Begun session(trial);
  Bytes out{};
  CK_ULONG length = out.size();
  return expect(encrypt(session, 15, out.data(), &length), {CKR_DATA_LEN_RANGE});
}

Finding half_cipher_block(const Trial& trial) {
  const OpenSession session(trial);
  need_cipher(trial);
  Bytes out{};
  CK_ULONG length = out.size();
  return expect(decrypt(session, aes_key(session), {}, 15, out, length),
                {CKR_ENCRYPTED_DATA_LEN_RANGE});
}

constexpr std::array<Check, 17> kChecks = {{
    {"encrypt-length-query", "CKR_OK and a length that suffices", length_query},
    {"encrypt-query-goes-on", "CKR_OK for the text after the question for its length",
     query_goes_on},
    {"encrypt-too-small", "CKR_BUFFER_TOO_SMALL and a length that suffices", too_small},
    {"encrypt-too-small-goes-on", "CKR_OK after CKR_BUFFER_TOO_SMALL", too_small_goes_on},
    {"decrypt-restores", "the text that was encrypted", restores},
    {"encrypt-parts-equal", "the same text in parts", parts_equal},
    {"encrypt-not-initialised", "CKR_OPERATION_NOT_INITIALIZED", not_initialised},
    {"decrypt-not-initialised", "CKR_OPERATION_NOT_INITIALIZED", decrypt_not_initialised},
    {"encrypt-init-twice", "CKR_OPERATION_ACTIVE", init_twice},
    {"encrypt-ends", "CKR_OPERATION_NOT_INITIALIZED after the text was given", ends},
    {"encrypt-key-zero", "CKR_KEY_HANDLE_INVALID", key_zero},
    {"encrypt-key-is-data", "an error: a data object is no key", key_is_data},
    {"encrypt-key-may-not", "CKR_KEY_FUNCTION_NOT_PERMITTED", key_may_not},
    {"encrypt-key-of-other-type", "CKR_KEY_TYPE_INCONSISTENT", key_of_other_type},
    {"encrypt-bad-parameter", "CKR_MECHANISM_PARAM_INVALID for 8 bytes of IV", bad_iv},
    {"encrypt-half-block", "CKR_DATA_LEN_RANGE for 15 bytes", half_block},
    {"decrypt-half-block", "CKR_ENCRYPTED_DATA_LEN_RANGE for 15 bytes", half_cipher_block},
}};

}  // namespace

std::span<const Check> cipher_checks() { return kChecks; }

}  // namespace evidence::probes::pkcs11_child
