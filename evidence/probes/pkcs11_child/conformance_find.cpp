#include "evidence/probes/pkcs11_child/conformance_check.h"

// Searches (PKCS #11 3.2, clause 5.7).

namespace evidence::probes::pkcs11_child {
namespace {

using namespace drivers::cryptoki;

constexpr const char* kLabel = "assay trial of searching";

CK_RV begin(const OpenSession& session, const std::string& label) {
  Template wanted = Template().bytes(CKA_LABEL, label);
  return call(session.functions().C_FindObjectsInit, session.handle(), wanted.data(),
              wanted.size());
}

struct Found {
  std::array<CK_OBJECT_HANDLE, 8> objects;
  CK_ULONG count;
};

Found next(const OpenSession& session) {
  Found found{};
  need(call(session.functions().C_FindObjects, session.handle(), found.objects.data(),
            found.objects.size(), &found.count),
       "C_FindObjects");
  return found;
}

Finding not_initialised(const Trial& trial) {
  const OpenSession session(trial);
  Found found{};
  return expect(call(session.functions().C_FindObjects, session.handle(), found.objects.data(),
                     found.objects.size(), &found.count),
                {CKR_OPERATION_NOT_INITIALIZED});
}

Finding final_not_initialised(const Trial& trial) {
  const OpenSession session(trial);
  return expect(call(session.functions().C_FindObjectsFinal, session.handle()),
                {CKR_OPERATION_NOT_INITIALIZED});
}

Finding init_twice(const Trial& trial) {
  const OpenSession session(trial);
  need(begin(session, kLabel), "C_FindObjectsInit");
  return expect(begin(session, kLabel), {CKR_OPERATION_ACTIVE});
}

Finding finds_the_one(const Trial& trial) {
  const OpenSession session(trial);
  const CK_OBJECT_HANDLE object = data_object(session, kLabel);
  need(begin(session, kLabel), "C_FindObjectsInit");
  const Found found = next(session);
  return expect_that(found.count == 1 && found.objects[0] == object,
                     std::to_string(found.count) + " objects where there is one");
}

Finding finds_none(const Trial& trial) {
  const OpenSession session(trial);
  need(begin(session, "assay, a label that nobody has"), "C_FindObjectsInit");
  const Found found = next(session);
  return expect_that(found.count == 0, std::to_string(found.count) + " objects where none is");
}

Finding prefix_is_no_match(const Trial& trial) {
  const OpenSession session(trial);
  data_object(session, kLabel);
  need(begin(session, "assay trial of"), "C_FindObjectsInit");
  const Found found = next(session);
  return expect_that(found.count == 0,
                     std::to_string(found.count) + " objects for the beginning of a label");
}

Finding exhausted(const Trial& trial) {
  const OpenSession session(trial);
  data_object(session, kLabel);
  need(begin(session, kLabel), "C_FindObjectsInit");
  next(session);
  const Found found = next(session);
  return expect_that(found.count == 0, std::to_string(found.count) + " objects after the last");
}

Finding null_count(const Trial& trial) {
  const OpenSession session(trial);
  need(begin(session, kLabel), "C_FindObjectsInit");
  Found found{};
  return expect(call(session.functions().C_FindObjects, session.handle(), found.objects.data(),
                     found.objects.size(), nullptr),
                {CKR_ARGUMENTS_BAD});
}

Finding final_releases(const Trial& trial) {
  const OpenSession session(trial);
  need(begin(session, kLabel), "C_FindObjectsInit");
  need(call(session.functions().C_FindObjectsFinal, session.handle()), "C_FindObjectsFinal");
  return expect(begin(session, kLabel), {CKR_OK});
}

constexpr std::array<Check, 9> kChecks = {{
    {"find-not-initialised", "CKR_OPERATION_NOT_INITIALIZED", not_initialised},
    {"find-final-not-initialised", "CKR_OPERATION_NOT_INITIALIZED", final_not_initialised},
    {"find-init-twice", "CKR_OPERATION_ACTIVE", init_twice},
    {"find-the-one", "the one object that has the label", finds_the_one},
    {"find-none", "CKR_OK and a count of 0", finds_none},
    {"find-no-prefix", "no object for the beginning of its label", prefix_is_no_match},
    {"find-exhausted", "CKR_OK and a count of 0 after the last object", exhausted},
    {"find-null-count", "CKR_ARGUMENTS_BAD", null_count},
    {"find-final-releases", "CKR_OK for the next search", final_releases},
}};

}  // namespace

std::span<const Check> find_checks() { return kChecks; }

}  // namespace evidence::probes::pkcs11_child
