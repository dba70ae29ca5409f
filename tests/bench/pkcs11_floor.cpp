// The floor of the measurements of PKCS #11: the calls that assay makes into a module, in a bare
// loop that keeps nothing. It also makes the token that is read. Nothing here is a test: a person
// reads the figures (docs/measurements.md).
#include <dlfcn.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "evidence/drivers/cryptoki.h"
#include "evidence/drivers/cryptoki_mechanisms.h"

namespace {

using namespace evidence::drivers::cryptoki;

[[noreturn]] void give_up(const std::string& why) {
  std::fprintf(stderr, "pkcs11_floor: %s\n", why.c_str());
  std::exit(2);
}

void need(const char* call, CK_RV result) {
  if (result != CKR_OK) give_up(std::string(call) + " returned " + std::to_string(result));
}

CK_FUNCTION_LIST& open(const char* path) {
  void* library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) give_up(dlerror());
  auto* get = reinterpret_cast<GetFunctionList*>(dlsym(library, "C_GetFunctionList"));
  CK_FUNCTION_LIST* functions = nullptr;
  if (get == nullptr) give_up("no C_GetFunctionList");
  need("C_GetFunctionList", get(&functions));
  need("C_Initialize", functions->C_Initialize(nullptr));
  return *functions;
}

std::vector<CK_SLOT_ID> slots(CK_FUNCTION_LIST& functions, CK_BBOOL present) {
  CK_ULONG count = 0;
  need("C_GetSlotList", functions.C_GetSlotList(present, nullptr, &count));
  std::vector<CK_SLOT_ID> list(count);
  need("C_GetSlotList", functions.C_GetSlotList(present, list.data(), &count));
  return list;
}

void list_all(CK_FUNCTION_LIST& functions) {
  CK_INFO library{};
  functions.C_GetInfo(&library);
  slots(functions, CK_TRUE);
  for (const CK_SLOT_ID slot : slots(functions, CK_FALSE)) {
    CK_SLOT_INFO info{};
    CK_TOKEN_INFO token{};
    functions.C_GetSlotInfo(slot, &info);
    if (functions.C_GetTokenInfo(slot, &token) != CKR_OK) continue;
    CK_ULONG count = 0;
    functions.C_GetMechanismList(slot, nullptr, &count);
    std::vector<CK_MECHANISM_TYPE> mechanisms(count);
    functions.C_GetMechanismList(slot, mechanisms.data(), &count);
    for (const CK_MECHANISM_TYPE type : mechanisms) {
      CK_MECHANISM_INFO mechanism{};
      functions.C_GetMechanismInfo(slot, type, &mechanism);
    }
  }
}

CK_UTF8CHAR* text(std::string& words) { return reinterpret_cast<CK_UTF8CHAR*>(words.data()); }

CK_SESSION_HANDLE log_in(CK_FUNCTION_LIST& functions, std::string pin, CK_FLAGS more) {
  const auto with_token = slots(functions, CK_TRUE);
  if (with_token.empty()) give_up("no token");
  CK_SESSION_HANDLE session = 0;
  need("C_OpenSession", functions.C_OpenSession(with_token[0], CKF_SERIAL_SESSION | more, nullptr,
                                                nullptr, &session));
  need("C_Login", functions.C_Login(session, CKU_USER, text(pin), pin.size()));
  return session;
}

// The attributes of a secret key that assay asks for.
constexpr std::array kAsked = {CKA_CLASS,
                               CKA_KEY_TYPE,
                               CKA_LABEL,
                               CKA_ID,
                               CKA_TOKEN,
                               CKA_PRIVATE,
                               CKA_MODIFIABLE,
                               CKA_COPYABLE,
                               CKA_DESTROYABLE,
                               CKA_LOCAL,
                               CKA_DERIVE,
                               CKA_START_DATE,
                               CKA_END_DATE,
                               CKA_KEY_GEN_MECHANISM,
                               CKA_ALLOWED_MECHANISMS,
                               CKA_UNIQUE_ID,
                               CKA_PARAMETER_SET,
                               CKA_OBJECT_VALIDATION_FLAGS,
                               CKA_SENSITIVE,
                               CKA_ALWAYS_SENSITIVE,
                               CKA_EXTRACTABLE,
                               CKA_WRAP,
                               CKA_NEVER_EXTRACTABLE,
                               CKA_WRAP_WITH_TRUSTED,
                               CKA_ENCRYPT,
                               CKA_DECRYPT,
                               CKA_SIGN,
                               CKA_VERIFY,
                               CKA_UNWRAP,
                               CKA_TRUSTED,
                               CKA_VALUE_LEN,
                               CKA_WRAP_TEMPLATE,
                               CKA_UNWRAP_TEMPLATE,
                               CKA_DERIVE_TEMPLATE};

std::vector<CK_OBJECT_HANDLE> find(CK_FUNCTION_LIST& functions, CK_SESSION_HANDLE session,
                                   CK_ATTRIBUTE* wanted) {
  std::array<CK_OBJECT_HANDLE, 256> batch{};
  std::vector<CK_OBJECT_HANDLE> objects;
  need("C_FindObjectsInit",
       functions.C_FindObjectsInit(session, wanted, wanted == nullptr ? 0 : 1));
  for (CK_ULONG count = 1; count > 0;) {
    need("C_FindObjects", functions.C_FindObjects(session, batch.data(), batch.size(), &count));
    objects.insert(objects.end(), batch.begin(), batch.begin() + static_cast<long>(count));
  }
  functions.C_FindObjectsFinal(session);
  return objects;
}

void read_objects(CK_FUNCTION_LIST& functions, CK_SESSION_HANDLE session) {
  CK_OBJECT_CLASS feature = CKO_HW_FEATURE;
  CK_ATTRIBUTE hidden = {CKA_CLASS, &feature, sizeof feature};
  const auto objects = find(functions, session, nullptr);
  find(functions, session, &hidden);
  for (const CK_OBJECT_HANDLE object : objects) {
    std::array<std::array<char, 1024>, kAsked.size()> room;
    std::array<CK_ATTRIBUTE, kAsked.size()> asked{};
    for (std::size_t i = 0; i < kAsked.size(); ++i)
      asked.at(i) = {kAsked.at(i), room.at(i).data(), room.at(i).size()};
    for (std::size_t i = kAsked.size() - 3; i < kAsked.size(); ++i) asked.at(i).pValue = nullptr;
    functions.C_GetAttributeValue(session, object, asked.data(), asked.size());
  }
  std::printf("%zu objects\n", objects.size());
}

void make_token(CK_FUNCTION_LIST& functions, std::string pin) {
  std::string label(32, ' '), officer = "12345678";
  label.replace(0, 4, "keys");
  CK_SESSION_HANDLE session = 0;
  need("C_InitToken", functions.C_InitToken(slots(functions, CK_TRUE).at(0), text(officer),
                                            officer.size(), text(label)));
  const CK_SLOT_ID slot = slots(functions, CK_TRUE).at(0);
  need("C_OpenSession", functions.C_OpenSession(slot, CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr,
                                                nullptr, &session));
  need("C_Login", functions.C_Login(session, CKU_SO, text(officer), officer.size()));
  need("C_InitPIN", functions.C_InitPIN(session, text(pin), pin.size()));
  functions.C_CloseSession(session);
}

void make_keys(CK_FUNCTION_LIST& functions, CK_SESSION_HANDLE session, int count) {
  CK_BBOOL yes = 1, no = 0;
  CK_ULONG length = 32, key = 0;
  for (int i = 0; i < count; ++i) {
    std::string label = "key " + std::to_string(i);
    std::array<CK_ATTRIBUTE, 7> asked = {{{CKA_TOKEN, &yes, 1},
                                          {CKA_PRIVATE, &yes, 1},
                                          {CKA_SENSITIVE, &yes, 1},
                                          {CKA_EXTRACTABLE, &no, 1},
                                          {CKA_LABEL, label.data(), label.size()},
                                          {CKA_ID, label.data(), label.size()},
                                          {CKA_VALUE_LEN, &length, sizeof length}}};
    CK_MECHANISM how = {CKM_AES_KEY_GEN, nullptr, 0};
    need("C_GenerateKey", functions.C_GenerateKey(session, &how, asked.data(), asked.size(), &key));
  }
}

}  // namespace

int main(int count, char** words) {
  const std::string what = count < 3 ? "" : words[1];
  if (what == "list" && count == 3) {
    auto& functions = open(words[2]);
    list_all(functions);
    functions.C_Finalize(nullptr);
  } else if (what == "read" && count == 4) {
    auto& functions = open(words[2]);
    list_all(functions);
    read_objects(functions, log_in(functions, words[3], 0));
    functions.C_Finalize(nullptr);
  } else if (what == "make" && count == 5) {
    auto& functions = open(words[2]);
    make_token(functions, words[3]);
    make_keys(functions, log_in(functions, words[3], CKF_RW_SESSION), std::atoi(words[4]));
    functions.C_Finalize(nullptr);
  } else {
    give_up("usage: list MODULE | read MODULE PIN | make MODULE PIN COUNT");
  }
  return 0;
}
