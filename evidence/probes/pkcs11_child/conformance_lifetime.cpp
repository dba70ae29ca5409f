#include "evidence/probes/pkcs11_child/conformance_check.h"

// Beginning and end: C_Initialize and C_Finalize (PKCS #11 3.2, clauses 5.4.1 and 5.4.2). Every
// check leaves the library initialised, or says that it cannot be.

namespace evidence::probes::pkcs11_child {
namespace {

using namespace drivers::cryptoki;

void need_initialised(const Trial& trial) {
  const CK_RV result = initialize_module(trial.session(), trial.module()).result;
  if (result != CKR_OK && result != CKR_CRYPTOKI_ALREADY_INITIALIZED) need(result, "C_Initialize");
}

/// The library out of use, and in use again afterwards.
class Finalized {
 public:
  explicit Finalized(const Trial& trial) : trial_(trial) {
    need_initialised(trial);
    need(call(trial.functions().C_Finalize, nullptr), "C_Finalize");
  }
  ~Finalized() {
    if (trial_.functions().C_Initialize != nullptr)
      initialize_module(trial_.session(), trial_.module()).result;
  }
  Finalized(const Finalized&) = delete;
  Finalized& operator=(const Finalized&) = delete;

 private:
  const Trial& trial_;
};

Finding initialize_twice(const Trial& trial) {
  need_initialised(trial);
  return expect(initialize_module(trial.session(), trial.module()).result,
                {CKR_CRYPTOKI_ALREADY_INITIALIZED});
}

Finding initialize_again(const Trial& trial) {
  { const Finalized finalized(trial); }
  CK_INFO info{};
  return expect(call(trial.functions().C_GetInfo, &info), {CKR_OK});
}

Finding initialize_with(const Trial& trial, CK_C_INITIALIZE_ARGS args,
                        std::initializer_list<CK_RV> allowed) {
  const Finalized finalized(trial);
  const CK_RV result = call(trial.functions().C_Initialize, &args);
  if (result == CKR_OK) call(trial.functions().C_Finalize, nullptr);
  return expect(result, allowed);
}

void refuse_where_text_is_wanted(const Trial& trial) {
  if (!trial.session().task.target.init_args.empty() ||
      wants_text_of_nss(trial.session(), trial.module().library))
    not_applicable("the module wants text of its own in pReserved");
}

CK_RV no_mutex(void**) { return CKR_OK; }

Finding initialize_some_mutexes(const Trial& trial) {
  refuse_where_text_is_wanted(trial);
  CK_C_INITIALIZE_ARGS args{};
  args.CreateMutex = no_mutex;
  return initialize_with(trial, args, {CKR_ARGUMENTS_BAD});
}

Finding initialize_reserved(const Trial& trial) {
  refuse_where_text_is_wanted(trial);
  std::array<char, 64> nothing{};
  CK_C_INITIALIZE_ARGS args{};
  args.pReserved = nothing.data();
  return initialize_with(trial, args, {CKR_ARGUMENTS_BAD});
}

Finding initialize_os_locking(const Trial& trial) {
  refuse_where_text_is_wanted(trial);
  CK_C_INITIALIZE_ARGS args{};
  args.flags = CKF_OS_LOCKING_OK;
  return initialize_with(trial, args, {CKR_OK, CKR_CANT_LOCK});
}

Finding finalize_reserved(const Trial& trial) {
  int something = 0;
  need_initialised(trial);
  const CK_RV result = call(trial.functions().C_Finalize, &something);
  need_initialised(trial);
  return expect(result, {CKR_ARGUMENTS_BAD});
}

Finding finalize_twice(const Trial& trial) {
  const Finalized finalized(trial);
  return expect(call(trial.functions().C_Finalize, nullptr), {CKR_CRYPTOKI_NOT_INITIALIZED});
}

Finding info_before(const Trial& trial) {
  const Finalized finalized(trial);
  CK_INFO info{};
  return expect(call(trial.functions().C_GetInfo, &info), {CKR_CRYPTOKI_NOT_INITIALIZED});
}

Finding slots_before(const Trial& trial) {
  const Finalized finalized(trial);
  CK_ULONG count = 0;
  return expect(call(trial.functions().C_GetSlotList, CK_FALSE, nullptr, &count),
                {CKR_CRYPTOKI_NOT_INITIALIZED});
}

Finding session_before(const Trial& trial) {
  const Finalized finalized(trial);
  CK_SESSION_HANDLE handle = 0;
  return expect(call(trial.functions().C_OpenSession, trial.slot(), CKF_SERIAL_SESSION, nullptr,
                     nullptr, &handle),
                {CKR_CRYPTOKI_NOT_INITIALIZED});
}

Finding list_before(const Trial& trial) {
  const Finalized finalized(trial);
  CK_FUNCTION_LIST* list = nullptr;
  return expect(call(trial.functions().C_GetFunctionList, &list), {CKR_OK});
}

constexpr std::array<Check, 11> kChecks = {{
    {"initialize-twice", "CKR_CRYPTOKI_ALREADY_INITIALIZED", initialize_twice},
    {"initialize-again", "CKR_OK after C_Finalize", initialize_again},
    {"initialize-some-mutexes", "CKR_ARGUMENTS_BAD for one mutex function without the others",
     initialize_some_mutexes},
    {"initialize-reserved", "CKR_ARGUMENTS_BAD where pReserved is not NULL", initialize_reserved},
    {"initialize-os-locking", "CKR_OK, or CKR_CANT_LOCK", initialize_os_locking},
    {"finalize-reserved", "CKR_ARGUMENTS_BAD where pReserved is not NULL", finalize_reserved},
    {"finalize-twice", "CKR_CRYPTOKI_NOT_INITIALIZED", finalize_twice},
    {"info-before-initialize", "CKR_CRYPTOKI_NOT_INITIALIZED", info_before},
    {"slot-list-before-initialize", "CKR_CRYPTOKI_NOT_INITIALIZED", slots_before},
    {"session-before-initialize", "CKR_CRYPTOKI_NOT_INITIALIZED", session_before},
    {"function-list-before-initialize", "CKR_OK", list_before},
}};

}  // namespace

std::span<const Check> lifetime_checks() { return kChecks; }

}  // namespace evidence::probes::pkcs11_child
