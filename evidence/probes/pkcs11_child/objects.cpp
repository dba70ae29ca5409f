#include "evidence/probes/pkcs11_child/objects.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "evidence/base/text.h"
#include "evidence/drivers/cryptoki_names.h"
#include "evidence/probes/pkcs11_child/answers.h"
#include "evidence/probes/pkcs11_child/object_rows.h"
#include "evidence/probes/pkcs11_tables.h"

namespace evidence::probes::pkcs11_child {
namespace {

using namespace drivers::cryptoki;
using drivers::result_name;

constexpr std::size_t kBatch = 256;
constexpr std::size_t kObjectLimit = 100'000;

// Classes that a search for everything need not give (PKCS #11 3.2, C_FindObjectsInit). A search
// by class may cost a module as much as reading all of its objects, so a class is looked for only
// where the module can know it: profiles came with 3.0, validations with 3.2, and NSS has its own.
std::vector<CK_OBJECT_CLASS> hidden_classes(const Module& module) {
  const auto has = [&](const char* name) {
    void (*function)() = module.library.optional(name);
    return function != nullptr;
  };
  if (has("C_GetInterfaceList"))
    return {CKO_HW_FEATURE, CKO_PROFILE, CKO_VALIDATION, kNssValidation};
  if (has("NSC_GetFunctionList")) return {CKO_HW_FEATURE, kNssValidation};
  return {CKO_HW_FEATURE};
}

// What has to be known of an object before all else.
const std::vector<CK_ATTRIBUTE_TYPE> kBasic = {CKA_CLASS, CKA_PRIVATE};

// How many objects of a class there are.
struct Count {
  std::int64_t objects = 0, secret = 0;
};

class Objects {
 public:
  explicit Objects(const TokenSession& token)
      : token_(token), record_(token.session.record), functions_(*token.module.functions) {}

  void record() {
    if (functions_.C_FindObjectsInit == nullptr || functions_.C_FindObjects == nullptr ||
        functions_.C_FindObjectsFinal == nullptr || functions_.C_GetAttributeValue == nullptr) {
      record_.source(place("C_FindObjects")).unreadable("the functions for objects are missing");
      return;
    }
    find(std::nullopt);
    for (const CK_OBJECT_CLASS hidden : hidden_classes(token_.module)) find(hidden);
    Source source = record_.source(place("C_GetAttributeValue"));
    if (!token_.sees_private)
      record_.source(token_.session.call({"pkcs11_key"}, token_.token.key, "C_FindObjects"))
          .unreadable("private objects are seen after a login only; give --login");
    for (const FoundObject& object : objects_) record_object(source, object);
    record_counts(source);
  }

 private:
  Place place(const std::string& function) const {
    return token_.session.call(pkcs11_object_tables(), token_.token.key, token_.step(function));
  }

  // Looks for objects of a class, or for all that a search without a template gives.
  void find(std::optional<CK_OBJECT_CLASS> wanted) {
    const std::string what = wanted ? "C_FindObjects(slot " + std::to_string(token_.token.slot) +
                                          ", " + drivers::class_name(*wanted) + ")"
                                    : token_.step("C_FindObjects");
    Place where = place("C_FindObjects");
    where.method = what;
    record_.step(what, where, [&] {
      const CK_RV result = search(what, wanted);
      if (result == CKR_OK) return;
      // A module need not know a class that a later version of the standard brought.
      if (wanted) return;
      record_.source(where).unreadable(what + " returned " + result_name(result));
    });
  }

  CK_RV search(const std::string& what, std::optional<CK_OBJECT_CLASS> wanted) {
    CK_OBJECT_CLASS value = wanted.value_or(0);
    CK_ATTRIBUTE by_class = {CKA_CLASS, &value, sizeof value};
    CK_RV result =
        functions_.C_FindObjectsInit(token_.handle, wanted ? &by_class : nullptr, wanted ? 1 : 0);
    if (result != CKR_OK) return result;
    while ((result = take_batch(what)) == CKR_OK && more_) continue;
    functions_.C_FindObjectsFinal(token_.handle);
    return result;
  }

  CK_RV take_batch(const std::string& what) {
    std::array<CK_OBJECT_HANDLE, kBatch> handles{};
    CK_ULONG count = 0;
    more_ = false;
    const CK_RV result = functions_.C_FindObjects(token_.handle, handles.data(), kBatch, &count);
    if (result != CKR_OK) return result;
    if (count > kBatch)
      token_.session.odd(what, "it says that it gave " + std::to_string(count) +
                                   " objects where there was room for " + std::to_string(kBatch));
    std::size_t fresh = 0;
    for (std::size_t i = 0; i < std::min<std::size_t>(count, kBatch); ++i) {
      if (!seen_.insert(handles.at(i)).second) continue;
      ++fresh;
      objects_.push_back({handles.at(i), static_cast<std::int64_t>(objects_.size() + 1)});
    }
    more_ = count > 0 && count <= kBatch && fresh > 0;
    if (objects_.size() < kObjectLimit) return CKR_OK;
    more_ = false;
    record_.source(place("C_FindObjects"))
        .unreadable("there are more than " + std::to_string(kObjectLimit) + " objects");
    return CKR_OK;
  }

  void record_object(Source& source, const FoundObject& object) {
    const std::string what = "C_GetAttributeValue(slot " + std::to_string(token_.token.slot) +
                             ", object " + std::to_string(object.position) + ")";
    Place where = place("C_GetAttributeValue");
    where.method = what;
    record_.step(what, where, [&] {
      const Attributes asked(token_, object.handle, likely_);
      const auto object_class = asked.ulong(CKA_CLASS);
      if (!object_class) {
        record_.source(where).unreadable(
            what + " did not tell the class of the object: " + result_name(asked.result()));
        return;
      }
      Count& count = counts_[*object_class];
      ++count.objects;
      if (asked.flag(CKA_PRIVATE) == base::Value(std::int64_t{1})) ++count.secret;
      record_as(source, object, *object_class, asked);
    });
  }

  void record_as(Source& source, const FoundObject& object, CK_OBJECT_CLASS object_class,
                 const Attributes& asked) {
    likely_ = kBasic;
    switch (object_class) {
      case CKO_SECRET_KEY:
      case CKO_PRIVATE_KEY:
      case CKO_PUBLIC_KEY:
        likely_ = record_key(token_, source, object, object_class, asked);
        likely_.push_back(CKA_CLASS);
        return;
      case CKO_CERTIFICATE:
        return record_certificate(token_, source, object);
      case CKO_VALIDATION:
      case kNssValidation:
        return record_validation(token_, source, object, object_class);
      case CKO_PROFILE:
        return record_profile(token_, source, object);
      case CKO_HW_FEATURE:
        return record_hardware_feature(token_, source, object);
      default:
        return;
    }
  }

  void record_counts(Source& source) {
    for (const auto& [object_class, count] : counts_)
      source.row("pkcs11_object_class", Basis::observed,
                 {{"token", token_.token.key},
                  {"module", token_.session.module()},
                  {"slot", std::to_string(token_.token.slot)},
                  {"class", drivers::class_name(object_class)},
                  {"objects", count.objects},
                  {"private_objects", count.secret}});
  }

  const TokenSession& token_;
  Recorder& record_;
  const CK_FUNCTION_LIST& functions_;
  std::vector<FoundObject> objects_;
  std::set<CK_OBJECT_HANDLE> seen_;
  std::map<CK_OBJECT_CLASS, Count> counts_;
  // Most objects are of the kind of the one before: one question then tells all of them.
  std::vector<CK_ATTRIBUTE_TYPE> likely_ = kBasic;
  bool more_ = false;
};

}  // namespace

void record_objects(const TokenSession& token) { Objects(token).record(); }

}  // namespace evidence::probes::pkcs11_child
