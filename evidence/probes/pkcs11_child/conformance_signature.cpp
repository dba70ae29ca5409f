#include "evidence/probes/pkcs11_child/conformance_check.h"

// Signatures and their verification (PKCS #11 3.2, clauses 5.2, 5.13 and 5.15), by HMAC-SHA-256.

namespace evidence::probes::pkcs11_child {
namespace {

using namespace drivers::cryptoki;

constexpr CK_ULONG kLength = 32;
using Bytes = std::array<CK_BYTE, 2 * kLength>;

CK_RV sign_init(const OpenSession& session, CK_OBJECT_HANDLE key) {
  CK_MECHANISM mechanism{CKM_SHA256_HMAC, nullptr, 0};
  return call(session.functions().C_SignInit, session.handle(), &mechanism, key);
}

void need_signing(const Trial& trial) {
  if (!trial.offers(CKM_SHA256_HMAC, CKF_SIGN | CKF_VERIFY))
    not_applicable("the token does not list CKM_SHA256_HMAC for signing and verifying");
}

/// A session with a signature begun.
class Begun : public OpenSession {
 public:
  explicit Begun(const Trial& trial) : OpenSession(trial) {
    need_signing(trial);
    key_ = hmac_key(*this);
    need(sign_init(*this, key_), "C_SignInit");
  }
  CK_OBJECT_HANDLE key() const { return key_; }

 private:
  CK_OBJECT_HANDLE key_ = 0;
};

CK_RV sign(const OpenSession& session, CK_BYTE* out, CK_ULONG* length) {
  std::array<CK_BYTE, 4> data = {'d', 'a', 't', 'a'};
  return call(session.functions().C_Sign, session.handle(), data.data(), data.size(), out, length);
}

CK_RV verify(const OpenSession& session, CK_OBJECT_HANDLE key, Bytes signature, CK_ULONG length) {
  CK_MECHANISM mechanism{CKM_SHA256_HMAC, nullptr, 0};
  std::array<CK_BYTE, 4> data = {'d', 'a', 't', 'a'};
  need(call(session.functions().C_VerifyInit, session.handle(), &mechanism, key), "C_VerifyInit");
  return call(session.functions().C_Verify, session.handle(), data.data(), data.size(),
              signature.data(), length);
}

Bytes signature_of(const Begun& session) {
  Bytes signature{};
  CK_ULONG length = signature.size();
  need(sign(session, signature.data(), &length), "C_Sign");
  return signature;
}

std::string words(CK_RV result, CK_ULONG length) {
  return drivers::result_name(result) + " with length " + std::to_string(length);
}

Finding length_query(const Trial& trial) {
  const Begun session(trial);
  CK_ULONG length = 0;
  const CK_RV result = sign(session, nullptr, &length);
  return expect_that(result == CKR_OK && length >= kLength, words(result, length));
}

Finding query_goes_on(const Trial& trial) {
  const Begun session(trial);
  Bytes out{};
  CK_ULONG length = 0;
  need(sign(session, nullptr, &length), "C_Sign");
  length = out.size();
  return expect(sign(session, out.data(), &length), {CKR_OK});
}

Finding too_small(const Trial& trial) {
  const Begun session(trial);
  Bytes out{};
  CK_ULONG length = kLength - 1;
  const CK_RV result = sign(session, out.data(), &length);
  return expect_that(result == CKR_BUFFER_TOO_SMALL && length >= kLength, words(result, length));
}

Finding too_small_goes_on(const Trial& trial) {
  const Begun session(trial);
  Bytes out{};
  CK_ULONG length = 1;
  if (sign(session, out.data(), &length) != CKR_BUFFER_TOO_SMALL)
    not_applicable("the module takes too small a buffer");
  length = out.size();
  return expect(sign(session, out.data(), &length), {CKR_OK});
}

Finding parts_equal(const Trial& trial) {
  const Begun session(trial);
  const Bytes whole = signature_of(session);
  need(sign_init(session, session.key()), "C_SignInit");
  std::array<CK_BYTE, 4> data = {'d', 'a', 't', 'a'};
  const auto& f = session.functions();
  need(call(f.C_SignUpdate, session.handle(), data.data(), 1UL), "C_SignUpdate");
  need(call(f.C_SignUpdate, session.handle(), data.data() + 1, 3UL), "C_SignUpdate");
  Bytes parts{};
  CK_ULONG length = parts.size();
  const CK_RV result = call(f.C_SignFinal, session.handle(), parts.data(), &length);
  return expect_that(result == CKR_OK && parts == whole, words(result, length));
}

Finding not_initialised(const Trial& trial) {
  const OpenSession session(trial);
  Bytes out{};
  CK_ULONG length = out.size();
  return expect(sign(session, out.data(), &length), {CKR_OPERATION_NOT_INITIALIZED});
}

Finding verify_not_initialised(const Trial& trial) {
  const OpenSession session(trial);
  Bytes in{};
  return expect(
      call(session.functions().C_Verify, session.handle(), in.data(), 4UL, in.data(), kLength),
      {CKR_OPERATION_NOT_INITIALIZED});
}

Finding init_twice(const Trial& trial) {
  const Begun session(trial);
  return expect(sign_init(session, session.key()), {CKR_OPERATION_ACTIVE});
}

Finding ends(const Trial& trial) {
  const Begun session(trial);
  signature_of(session);
  Bytes out{};
  CK_ULONG length = out.size();
  return expect(sign(session, out.data(), &length), {CKR_OPERATION_NOT_INITIALIZED});
}

Finding key_zero(const Trial& trial) {
  const OpenSession session(trial);
  need_signing(trial);
  return expect(sign_init(session, 0), {CKR_KEY_HANDLE_INVALID, CKR_OBJECT_HANDLE_INVALID});
}

Finding key_may_not(const Trial& trial) {
  const OpenSession session(trial);
  need_signing(trial);
  return expect(sign_init(session, hmac_key(session, false)), {CKR_KEY_FUNCTION_NOT_PERMITTED});
}

Finding verifies(const Trial& trial) {
  const Begun session(trial);
  return expect(verify(session, session.key(), signature_of(session), kLength), {CKR_OK});
}

Finding wrong_signature(const Trial& trial) {
  const Begun session(trial);
  Bytes signature = signature_of(session);
  signature[0] ^= 1U;
  return expect(verify(session, session.key(), signature, kLength), {CKR_SIGNATURE_INVALID});
}

Finding short_signature(const Trial& trial) {
  const Begun session(trial);
  return expect(verify(session, session.key(), signature_of(session), kLength - 1),
                {CKR_SIGNATURE_LEN_RANGE, CKR_SIGNATURE_INVALID});
}

constexpr std::array<Check, 14> kChecks = {{
    {"sign-length-query", "CKR_OK and a length that suffices", length_query},
    {"sign-query-goes-on", "CKR_OK for the signature after the question for its length",
     query_goes_on},
    {"sign-too-small", "CKR_BUFFER_TOO_SMALL and a length that suffices", too_small},
    {"sign-too-small-goes-on", "CKR_OK after CKR_BUFFER_TOO_SMALL", too_small_goes_on},
    {"sign-parts-equal", "the same signature in parts", parts_equal},
    {"sign-not-initialised", "CKR_OPERATION_NOT_INITIALIZED", not_initialised},
    {"verify-not-initialised", "CKR_OPERATION_NOT_INITIALIZED", verify_not_initialised},
    {"sign-init-twice", "CKR_OPERATION_ACTIVE", init_twice},
    {"sign-ends", "CKR_OPERATION_NOT_INITIALIZED after the signature was given", ends},
    {"sign-key-zero", "CKR_KEY_HANDLE_INVALID", key_zero},
    {"sign-key-may-not", "CKR_KEY_FUNCTION_NOT_PERMITTED", key_may_not},
    {"verify-right", "CKR_OK", verifies},
    {"verify-wrong", "CKR_SIGNATURE_INVALID", wrong_signature},
    {"verify-short", "CKR_SIGNATURE_LEN_RANGE", short_signature},
}};

}  // namespace

std::span<const Check> signature_checks() { return kChecks; }

}  // namespace evidence::probes::pkcs11_child
