#include <algorithm>

#include "evidence/probes/pkcs11_child/conformance_check.h"

// Digests (PKCS #11 3.2, clauses 5.2 and 5.12), by SHA-256.

namespace evidence::probes::pkcs11_child {
namespace {

using namespace drivers::cryptoki;

constexpr CK_ULONG kLength = 32;
using Digest = std::array<CK_BYTE, 2 * kLength>;

// FIPS 180-4: "abc" and its SHA-256, as in the example values of NIST.
constexpr std::array<CK_BYTE, 3> kAbc = {'a', 'b', 'c'};
constexpr std::array<CK_BYTE, kLength> kOfAbc = {
    0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40, 0xde, 0x5d, 0xae, 0x22, 0x23,
    0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17, 0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad};

bool is_of_abc(const Digest& digest) {
  return std::equal(kOfAbc.begin(), kOfAbc.end(), digest.begin());
}

CK_RV init(const OpenSession& session) {
  CK_MECHANISM mechanism{CKM_SHA256, nullptr, 0};
  return call(session.functions().C_DigestInit, session.handle(), &mechanism);
}

/// A session with a digest begun.
class Begun : public OpenSession {
 public:
  explicit Begun(const Trial& trial) : OpenSession(trial) {
    if (!trial.offers(CKM_SHA256, CKF_DIGEST)) not_applicable("the token does not list CKM_SHA256");
    need(init(*this), "C_DigestInit");
  }
};

CK_RV digest(const OpenSession& session, CK_BYTE* out, CK_ULONG* length) {
  auto data = kAbc;
  return call(session.functions().C_Digest, session.handle(), data.data(), data.size(), out,
              length);
}

CK_RV update(const OpenSession& session, std::size_t from, std::size_t count) {
  auto data = kAbc;
  return call(session.functions().C_DigestUpdate, session.handle(), data.data() + from, count);
}

CK_RV final(const OpenSession& session, CK_BYTE* out, CK_ULONG* length) {
  return call(session.functions().C_DigestFinal, session.handle(), out, length);
}

std::string words(CK_RV result, CK_ULONG length) {
  return drivers::result_name(result) + " with length " + std::to_string(length);
}

Finding known_answer(const Trial& trial) {
  const Begun session(trial);
  Digest out{};
  CK_ULONG length = out.size();
  const CK_RV result = digest(session, out.data(), &length);
  return expect_that(result == CKR_OK && length == kLength && is_of_abc(out),
                     words(result, length) + (is_of_abc(out) ? "" : ", another digest"));
}

Finding length_query(const Trial& trial) {
  const Begun session(trial);
  CK_ULONG length = 0;
  const CK_RV result = digest(session, nullptr, &length);
  return expect_that(result == CKR_OK && length >= kLength, words(result, length));
}

Finding query_goes_on(const Trial& trial) {
  const Begun session(trial);
  Digest out{};
  CK_ULONG length = 0;
  need(digest(session, nullptr, &length), "C_Digest");
  length = out.size();
  return expect(digest(session, out.data(), &length), {CKR_OK});
}

Finding too_small(const Trial& trial) {
  const Begun session(trial);
  Digest out{};
  CK_ULONG length = kLength - 1;
  const CK_RV result = digest(session, out.data(), &length);
  return expect_that(result == CKR_BUFFER_TOO_SMALL && length >= kLength, words(result, length));
}

Finding too_small_goes_on(const Trial& trial) {
  const Begun session(trial);
  Digest out{};
  CK_ULONG length = kLength - 1;
  if (digest(session, out.data(), &length) != CKR_BUFFER_TOO_SMALL)
    not_applicable("the module takes too small a buffer");
  length = out.size();
  const CK_RV result = digest(session, out.data(), &length);
  return expect_that(result == CKR_OK && is_of_abc(out), words(result, length));
}

Finding final_length_query(const Trial& trial) {
  const Begun session(trial);
  need(update(session, 0, 3), "C_DigestUpdate");
  CK_ULONG length = 0;
  const CK_RV result = final(session, nullptr, &length);
  return expect_that(result == CKR_OK && length >= kLength, words(result, length));
}

Finding final_too_small_goes_on(const Trial& trial) {
  const Begun session(trial);
  need(update(session, 0, 3), "C_DigestUpdate");
  Digest out{};
  CK_ULONG length = 1;
  const CK_RV small = final(session, out.data(), &length);
  if (small != CKR_BUFFER_TOO_SMALL) return expect(small, {CKR_BUFFER_TOO_SMALL});
  length = out.size();
  const CK_RV result = final(session, out.data(), &length);
  return expect_that(result == CKR_OK && is_of_abc(out), words(result, length));
}

Finding parts_equal(const Trial& trial) {
  const Begun session(trial);
  need(update(session, 0, 1), "C_DigestUpdate");
  need(update(session, 1, 2), "C_DigestUpdate");
  Digest out{};
  CK_ULONG length = out.size();
  const CK_RV result = final(session, out.data(), &length);
  return expect_that(result == CKR_OK && is_of_abc(out), words(result, length));
}

Finding empty_part(const Trial& trial) {
  const Begun session(trial);
  need(update(session, 0, 3), "C_DigestUpdate");
  const CK_RV empty = update(session, 0, 0);
  if (empty != CKR_OK) return expect(empty, {CKR_OK});
  Digest out{};
  CK_ULONG length = out.size();
  const CK_RV result = final(session, out.data(), &length);
  return expect_that(result == CKR_OK && is_of_abc(out), words(result, length));
}

Finding in_place(const Trial& trial) {
  const Begun session(trial);
  Digest place{};
  std::copy(kAbc.begin(), kAbc.end(), place.begin());
  CK_ULONG length = place.size();
  const CK_RV result = call(session.functions().C_Digest, session.handle(), place.data(),
                            CK_ULONG{kAbc.size()}, place.data(), &length);
  return expect_that(result == CKR_OK && is_of_abc(place), words(result, length));
}

Finding digest_not_initialised(const Trial& trial) {
  const OpenSession session(trial);
  Digest out{};
  CK_ULONG length = out.size();
  return expect(digest(session, out.data(), &length), {CKR_OPERATION_NOT_INITIALIZED});
}

Finding update_not_initialised(const Trial& trial) {
  const OpenSession session(trial);
  return expect(update(session, 0, 3), {CKR_OPERATION_NOT_INITIALIZED});
}

Finding final_not_initialised(const Trial& trial) {
  const OpenSession session(trial);
  Digest out{};
  CK_ULONG length = out.size();
  return expect(final(session, out.data(), &length), {CKR_OPERATION_NOT_INITIALIZED});
}

Finding init_twice(const Trial& trial) {
  const Begun session(trial);
  return expect(init(session), {CKR_OPERATION_ACTIVE});
}

Finding ends(const Trial& trial) {
  const Begun session(trial);
  Digest out{};
  CK_ULONG length = out.size();
  need(digest(session, out.data(), &length), "C_Digest");
  return expect(update(session, 0, 3), {CKR_OPERATION_NOT_INITIALIZED});
}

Finding single_after_part(const Trial& trial) {
  const Begun session(trial);
  need(update(session, 0, 1), "C_DigestUpdate");
  Digest out{};
  CK_ULONG length = out.size();
  const CK_RV result = digest(session, out.data(), &length);
  return expect_that(result != CKR_OK, drivers::result_name(result));
}

Finding unknown_mechanism(const Trial& trial) {
  const Begun works(trial);
  const OpenSession session(trial);
  CK_MECHANISM mechanism{0x7ffffff0, nullptr, 0};
  return expect(call(session.functions().C_DigestInit, session.handle(), &mechanism),
                {CKR_MECHANISM_INVALID});
}

Finding parameter(const Trial& trial) {
  const Begun works(trial);
  const OpenSession session(trial);
  std::array<CK_BYTE, 4> nothing{};
  CK_MECHANISM mechanism{CKM_SHA256, nothing.data(), nothing.size()};
  return expect(call(session.functions().C_DigestInit, session.handle(), &mechanism),
                {CKR_MECHANISM_PARAM_INVALID});
}

constexpr std::array<Check, 18> kChecks = {{
    {"digest-known-answer", "the SHA-256 of \"abc\"", known_answer},
    {"digest-length-query", "CKR_OK and a length that suffices", length_query},
    {"digest-query-goes-on", "CKR_OK for the digest after the question for its length",
     query_goes_on},
    {"digest-too-small", "CKR_BUFFER_TOO_SMALL and a length that suffices", too_small},
    {"digest-too-small-goes-on", "the digest after CKR_BUFFER_TOO_SMALL", too_small_goes_on},
    {"digest-final-length-query", "CKR_OK and a length that suffices", final_length_query},
    {"digest-final-too-small", "CKR_BUFFER_TOO_SMALL, and then the digest",
     final_too_small_goes_on},
    {"digest-parts-equal", "the same digest in parts", parts_equal},
    {"digest-empty-part", "CKR_OK for a part of no bytes, and the same digest", empty_part},
    {"digest-in-place", "the digest in the place of the data", in_place},
    {"digest-not-initialised", "CKR_OPERATION_NOT_INITIALIZED", digest_not_initialised},
    {"digest-update-not-initialised", "CKR_OPERATION_NOT_INITIALIZED", update_not_initialised},
    {"digest-final-not-initialised", "CKR_OPERATION_NOT_INITIALIZED", final_not_initialised},
    {"digest-init-twice", "CKR_OPERATION_ACTIVE", init_twice},
    {"digest-ends", "CKR_OPERATION_NOT_INITIALIZED after the digest was given", ends},
    {"digest-single-after-part", "an error for C_Digest after C_DigestUpdate", single_after_part},
    {"digest-unknown-mechanism", "CKR_MECHANISM_INVALID", unknown_mechanism},
    {"digest-parameter", "CKR_MECHANISM_PARAM_INVALID where there is none to give", parameter},
}};

}  // namespace

std::span<const Check> digest_checks() { return kChecks; }

}  // namespace evidence::probes::pkcs11_child
