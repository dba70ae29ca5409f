#include "evidence/probes/pkcs11_child/census.h"

#include <algorithm>
#include <array>
#include <map>

#include "evidence/drivers/cryptoki_names.h"

namespace evidence::probes::pkcs11_child {
namespace {

using namespace drivers::cryptoki;

constexpr std::size_t kBatch = 256;
constexpr std::size_t kObjectLimit = 200'000;

/// What an object is, as far as the module tells: its class, and whether the token keeps it.
struct Kind {
  std::string name = "not told";
  std::optional<bool> on_token;
  auto operator<=>(const Kind&) const = default;
};

Kind kind_of(const CK_FUNCTION_LIST& functions, CK_SESSION_HANDLE session,
             CK_OBJECT_HANDLE object) {
  CK_OBJECT_CLASS type = CK_UNAVAILABLE_INFORMATION;
  CK_BBOOL token = 2;
  CK_ATTRIBUTE attributes[] = {{CKA_CLASS, &type, sizeof type}, {CKA_TOKEN, &token, sizeof token}};
  functions.C_GetAttributeValue(session, object, attributes, std::size(attributes));
  Kind kind;
  if (attributes[0].ulValueLen == sizeof type && type != CK_UNAVAILABLE_INFORMATION)
    kind.name = drivers::class_name(type);
  if (attributes[1].ulValueLen == sizeof token && token <= 1) kind.on_token = token == CK_TRUE;
  return kind;
}

using Counts = std::map<Kind, std::int64_t>;

// What the session finds; the call that failed, with what it returned, if one did.
std::optional<std::string> find_all(const CK_FUNCTION_LIST& functions, CK_SESSION_HANDLE session,
                                    Counts& counts) {
  const auto failed = [](const char* call, CK_RV result) {
    return std::string(call) + " returned " + drivers::result_name(result);
  };
  if (functions.C_FindObjectsInit == nullptr || functions.C_FindObjects == nullptr ||
      functions.C_FindObjectsFinal == nullptr || functions.C_GetAttributeValue == nullptr)
    return "a function to find objects is missing";
  if (const CK_RV result = functions.C_FindObjectsInit(session, nullptr, 0); result != CKR_OK)
    return failed("C_FindObjectsInit", result);
  std::array<CK_OBJECT_HANDLE, kBatch> found{};
  std::vector<CK_OBJECT_HANDLE> all;
  for (;;) {
    CK_ULONG count = 0;
    const CK_RV result = functions.C_FindObjects(session, found.data(), kBatch, &count);
    if (result != CKR_OK) return failed("C_FindObjects", result);
    if (count == 0) break;
    all.insert(all.end(), found.begin(), found.begin() + std::min<std::size_t>(count, kBatch));
    if (all.size() > kObjectLimit) return "there is no end of objects";
  }
  if (const CK_RV result = functions.C_FindObjectsFinal(session); result != CKR_OK)
    return failed("C_FindObjectsFinal", result);
  for (const CK_OBJECT_HANDLE object : all) ++counts[kind_of(functions, session, object)];
  return std::nullopt;
}

}  // namespace

void count_objects(const Session& session, const drivers::Pkcs11Token& token,
                   const std::string& key, const std::string& moment) {
  const std::string step = "count objects " + moment;
  const Place place = session.call({"pkcs11_census"}, key, step);
  session.record.step(step, place, [&] {
    Counts counts;
    const auto failure = find_all(*token.module.functions, token.session, counts);
    Source source = session.record.source(place);
    if (failure) return source.unreadable(*failure);
    std::int64_t total = 0;
    const std::int64_t logged_in = token.logged_in ? 1 : 0;
    for (const auto& [kind, count] : counts) {
      total += count;
      source.row("pkcs11_census", Basis::observed,
                 {{"token", key},
                  {"module", session.module()},
                  {"moment", moment},
                  {"logged_in", logged_in},
                  {"class", kind.name},
                  {"on_token", kind.on_token ? base::Value(std::int64_t{*kind.on_token ? 1 : 0})
                                             : base::Value(nullptr)},
                  {"objects", count}});
    }
    source.row("pkcs11_census", Basis::observed,
               {{"token", key},
                {"module", session.module()},
                {"moment", moment},
                {"logged_in", logged_in},
                {"class", "all"},
                {"objects", total}});
  });
}

std::optional<std::int64_t> object_count(const drivers::Pkcs11Token& token) {
  Counts counts;
  if (find_all(*token.module.functions, token.session, counts)) return std::nullopt;
  std::int64_t total = 0;
  for (const auto& [kind, count] : counts) total += count;
  return total;
}

}  // namespace evidence::probes::pkcs11_child
