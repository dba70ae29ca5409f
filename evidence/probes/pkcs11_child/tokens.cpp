#include "evidence/probes/pkcs11_child/tokens.h"

#include <algorithm>
#include <chrono>
#include <set>

#include "evidence/base/text.h"
#include "evidence/drivers/cryptoki_names.h"
#include "evidence/probes/pkcs11_child/answers.h"

namespace evidence::probes::pkcs11_child {
namespace {

using namespace drivers::cryptoki;
using drivers::cryptoki_hex;
using drivers::result_name;

constexpr std::size_t kSlotLimit = 256;
constexpr std::size_t kMechanismLimit = 4096;
// A module that answers from memory has told everything by then.
constexpr std::chrono::milliseconds kPatience{250};
constexpr CK_MECHANISM_TYPE kVendorDefined = 0x80000000;

// The texts of a token, by which a user tells it from others.
struct TokenName {
  std::string label, manufacturer, model, serial;
};

class Slots {
 public:
  Slots(const Session& session, const Module& module)
      : session_(session), functions_(*module.functions) {}

  std::vector<Token> record() {
    begun_ = Clock::now();
    if (const auto one = base::parse_integer(session_.task.only_slot))
      return record_only(static_cast<CK_SLOT_ID>(*one));
    const auto with_token = slot_list(CK_TRUE, "C_GetSlotList(with token)");
    const auto all = slot_list(CK_FALSE, "C_GetSlotList(all)");
    std::vector<CK_SLOT_ID> slots = all.value_or(std::vector<CK_SLOT_ID>());
    for (const CK_SLOT_ID slot : with_token.value_or(std::vector<CK_SLOT_ID>())) {
      listed_.insert(slot);
      if (std::find(slots.begin(), slots.end(), slot) != slots.end()) continue;
      if (all)
        session_.odd("C_GetSlotList",
                     "slot " + std::to_string(slot) + " is listed among those with a token only");
      slots.push_back(slot);
    }
    std::erase_if(slots, [&](CK_SLOT_ID slot) { return !is_new(slot); });
    const bool some_left = record_each(slots);
    if (all || with_token) conclude(some_left);
    return std::move(found_);
  }

 private:
  using Clock = std::chrono::steady_clock;

  std::vector<Token> record_only(CK_SLOT_ID slot) {
    if (session_.task.slot_listed) listed_.insert(slot);
    tokens_ = session_.task.taken;
    record_slot(slot);
    return std::move(found_);
  }

  // A module that takes its time is asked about the slots that are left by several processes at
  // once. True if some are left to them.
  bool record_each(const std::vector<CK_SLOT_ID>& slots) {
    std::set<CK_SLOT_ID> apart;
    for (std::size_t i = 0; i < slots.size(); ++i) {
      const bool slow = Clock::now() - begun_ > kPatience;
      if (!apart.empty() || (session_.task.leave_slots && slow && slots.size() - i > 1))
        apart.insert(slots[i]);
      else
        record_slot(slots[i]);
    }
    Source source = session_.record.source(
        session_.call({"pkcs11_slot_list"}, session_.module(), "C_GetSlotList"));
    std::int64_t position = 0;
    for (const CK_SLOT_ID slot : slots)
      source.row("pkcs11_slot_list", Basis::listed,
                 {{"module", session_.module()},
                  {"position", ++position},
                  {"slot", std::to_string(slot)},
                  {"token_listed", std::int64_t{listed_.contains(slot) ? 1 : 0}},
                  {"apart", std::int64_t{apart.contains(slot) ? 1 : 0}}});
    return !apart.empty();
  }

  bool is_new(CK_SLOT_ID slot) {
    if (seen_.insert(slot).second) return true;
    session_.odd("C_GetSlotList", "slot " + std::to_string(slot) + " is listed twice");
    return false;
  }

  // A slot that nobody could look into leaves it open whether there is a token.
  void conclude(bool some_left) const {
    Source source = session_.record.source(
        session_.call({"pkcs11_token", "pkcs11_mechanism"}, "", "C_GetTokenInfo"));
    if (tokens_.empty() && !some_left) source.absent("no token that was asked for is in any slot");
  }

  std::optional<std::vector<CK_SLOT_ID>> slot_list(CK_BBOOL present, const std::string& what) {
    std::optional<std::vector<CK_SLOT_ID>> slots;
    const Place place =
        session_.call({"pkcs11_slot", "pkcs11_token", "pkcs11_mechanism"}, "", what);
    if (functions_.C_GetSlotList == nullptr) {
      session_.record.source(place).unreadable("the function is missing");
      return slots;
    }
    session_.record.step(what, place, [&] {
      const ListAnswer answer =
          ask_list(session_, what, kSlotLimit, [&](CK_ULONG* list, CK_ULONG* count) {
            return functions_.C_GetSlotList(present, list, count);
          });
      Source source = session_.record.source(place);
      if (answer.failure)
        source.unreadable(what + " returned " + result_name(*answer.failure));
      else
        slots = answer.values;
    });
    return slots;
  }

  // Calls a function that fills `info`; nothing if it did not, which is on record.
  template <class Info, class Function>
  std::optional<Info> ask(const Place& place, const std::string& step, Function* function,
                          CK_SLOT_ID slot) {
    std::optional<Info> answer;
    if (function == nullptr) {
      session_.record.source(place).unreadable("the function is missing");
      return answer;
    }
    session_.record.step(step, place, [&] {
      Guarded<Info> info;
      const CK_RV result = function(slot, info.to_fill());
      note_overrun(session_, step, info);
      if (result == CKR_OK) {
        answer = info.value();
        return;
      }
      Source source = session_.record.source(place);
      if (result == CKR_TOKEN_NOT_PRESENT)
        source.absent(step + " returned " + result_name(result));
      else
        source.unreadable(step + " returned " + result_name(result));
    });
    return answer;
  }

  void record_slot(CK_SLOT_ID slot) {
    const std::string step = "C_GetSlotInfo(slot " + std::to_string(slot) + ")";
    const Place place = session_.call({"pkcs11_slot"}, session_.module(), step);
    const auto info = ask<CK_SLOT_INFO>(place, step, functions_.C_GetSlotInfo, slot);
    const bool listed = listed_.contains(slot);
    const bool flagged = info && (info->flags & CKF_TOKEN_PRESENT) != 0;
    const std::string token = listed || flagged || !info ? record_token(slot) : std::string();
    if (!info) return;
    session_.record.source(place).row(
        "pkcs11_slot", Basis::listed,
        {{"module", session_.module()},
         {"slot", std::to_string(slot)},
         {"token", token.empty() ? base::Value(nullptr) : base::Value(token)},
         {"description", fixed_text(session_, step, "slotDescription", info->slotDescription)},
         {"manufacturer", fixed_text(session_, step, "manufacturerID", info->manufacturerID)},
         {"flags", number(info->flags)},
         {"token_flagged", std::int64_t{flagged ? 1 : 0}},
         {"token_listed", std::int64_t{listed ? 1 : 0}},
         {"removable", flag(info->flags, CKF_REMOVABLE_DEVICE)},
         {"hardware_claim", flag(info->flags, CKF_HW_SLOT)},
         {"hardware_version", version_text(info->hardwareVersion)},
         {"firmware_version", version_text(info->firmwareVersion)}});
  }

  bool asked_for(CK_SLOT_ID slot, const TokenName& name) const {
    const TokenFilter& filter = session_.task.target.filter;
    const auto fits = [](const std::string& wanted, const std::string& found) {
      return wanted.empty() || wanted == found;
    };
    return fits(filter.token, name.label) && fits(filter.serial, name.serial) &&
           fits(filter.manufacturer, name.manufacturer) && fits(filter.model, name.model) &&
           fits(filter.slot, std::to_string(slot));
  }

  // Label and serial number tell a token even when slots are numbered anew. Where that is not
  // enough, the slot has to.
  std::string key_of(CK_SLOT_ID slot, const TokenName& name) {
    std::vector<std::string> parts;
    if (!name.label.empty()) parts.push_back("token=" + percent_encoded(name.label));
    if (!name.serial.empty()) parts.push_back("serial=" + percent_encoded(name.serial));
    std::string key = "pkcs11:" + base::join(parts, ";");
    if (parts.empty() || tokens_.contains(key))
      key += (parts.empty() ? "slot-id=" : ";slot-id=") + std::to_string(slot);
    tokens_.insert(key);
    return key;
  }

  // The key of the token in the slot, or "" if there is none that was asked for.
  std::string record_token(CK_SLOT_ID slot) {
    const std::string step = "C_GetTokenInfo(slot " + std::to_string(slot) + ")";
    const Place place = session_.call({"pkcs11_token", "pkcs11_mechanism"}, "", step);
    const auto info = ask<CK_TOKEN_INFO>(place, step, functions_.C_GetTokenInfo, slot);
    if (!info) return {};
    const TokenName name = {fixed_text(session_, step, "label", info->label),
                            fixed_text(session_, step, "manufacturerID", info->manufacturerID),
                            fixed_text(session_, step, "model", info->model),
                            fixed_text(session_, step, "serialNumber", info->serialNumber)};
    if (!asked_for(slot, name)) return {};
    const std::string key = key_of(slot, name);
    record_token_row(slot, key, name, *info);
    found_.push_back({slot, key, info->flags});
    record_mechanisms(found_.back());
    return key;
  }

  void record_token_row(CK_SLOT_ID slot, const std::string& key, const TokenName& name,
                        const CK_TOKEN_INFO& info) {
    const CK_FLAGS flags = info.flags;
    const std::string what = "C_GetTokenInfo(slot " + std::to_string(slot) + ")";
    const bool clock = (flags & CKF_CLOCK_ON_TOKEN) != 0;
    session_.record.source(session_.call({"pkcs11_token"}, key, what))
        .row("pkcs11_token", Basis::listed,
             {{"token", key},
              {"module", session_.module()},
              {"slot", std::to_string(slot)},
              {"label", name.label},
              {"manufacturer", name.manufacturer},
              {"model", name.model},
              {"serial", name.serial},
              {"flags", number(flags)},
              {"initialized", flag(flags, CKF_TOKEN_INITIALIZED)},
              {"login_required", flag(flags, CKF_LOGIN_REQUIRED)},
              {"protected_authentication_path", flag(flags, CKF_PROTECTED_AUTHENTICATION_PATH)},
              {"write_protected", flag(flags, CKF_WRITE_PROTECTED)},
              {"random_generator", flag(flags, CKF_RNG)},
              {"user_pin_initialized", flag(flags, CKF_USER_PIN_INITIALIZED)},
              {"user_pin_count_low", flag(flags, CKF_USER_PIN_COUNT_LOW)},
              {"user_pin_final_try", flag(flags, CKF_USER_PIN_FINAL_TRY)},
              {"user_pin_locked", flag(flags, CKF_USER_PIN_LOCKED)},
              {"user_pin_to_be_changed", flag(flags, CKF_USER_PIN_TO_BE_CHANGED)},
              {"so_pin_count_low", flag(flags, CKF_SO_PIN_COUNT_LOW)},
              {"so_pin_final_try", flag(flags, CKF_SO_PIN_FINAL_TRY)},
              {"so_pin_locked", flag(flags, CKF_SO_PIN_LOCKED)},
              {"so_pin_to_be_changed", flag(flags, CKF_SO_PIN_TO_BE_CHANGED)},
              {"error_state", flag(flags, CKF_ERROR_STATE)},
              {"max_sessions", number(info.ulMaxSessionCount)},
              {"sessions", number(info.ulSessionCount)},
              {"max_rw_sessions", number(info.ulMaxRwSessionCount)},
              {"rw_sessions", number(info.ulRwSessionCount)},
              {"min_pin_length", number(info.ulMinPinLen)},
              {"max_pin_length", number(info.ulMaxPinLen)},
              {"total_public_memory", number(info.ulTotalPublicMemory)},
              {"free_public_memory", number(info.ulFreePublicMemory)},
              {"total_private_memory", number(info.ulTotalPrivateMemory)},
              {"free_private_memory", number(info.ulFreePrivateMemory)},
              {"hardware_version", version_text(info.hardwareVersion)},
              {"firmware_version", version_text(info.firmwareVersion)},
              {"clock", clock ? base::Value(fixed_text(session_, what, "utcTime", info.utcTime))
                              : base::Value(nullptr)}});
  }

  void record_mechanisms(Token& token) {
    const CK_SLOT_ID slot = token.slot;
    const std::string what = "C_GetMechanismList(slot " + std::to_string(slot) + ")";
    const Place place = session_.call({"pkcs11_mechanism"}, token.key, what);
    if (functions_.C_GetMechanismList == nullptr)
      return session_.record.source(place).unreadable("the function is missing");
    session_.record.step(what, place, [&] {
      const ListAnswer answer =
          ask_list(session_, what, kMechanismLimit, [&](CK_ULONG* list, CK_ULONG* count) {
            return functions_.C_GetMechanismList(slot, list, count);
          });
      mechanisms_ = answer.values;
      Source source = session_.record.source(place);
      if (answer.failure) source.unreadable(what + " returned " + result_name(*answer.failure));
    });
    std::int64_t position = 0;
    for (const CK_MECHANISM_TYPE type : std::exchange(mechanisms_, {}))
      token.mechanisms[type] = record_mechanism(slot, token.key, ++position, type);
  }

  // What the token says of a mechanism that it lists: its flags, 0 if it does not tell them.
  CK_FLAGS record_mechanism(CK_SLOT_ID slot, const std::string& key, std::int64_t position,
                            CK_MECHANISM_TYPE type) {
    Guarded<CK_MECHANISM_INFO> guarded;
    std::optional<CK_RV> result;
    const std::string step =
        "C_GetMechanismInfo(slot " + std::to_string(slot) + ", " + cryptoki_hex(type) + ")";
    const Place place = session_.call({"pkcs11_mechanism"}, key, step);
    if (functions_.C_GetMechanismInfo != nullptr)
      session_.record.step(step, place, [&] {
        result = functions_.C_GetMechanismInfo(slot, type, guarded.to_fill());
      });
    note_overrun(session_, step, guarded);
    const CK_MECHANISM_INFO& info = guarded.value();
    const bool told = result == CKR_OK;
    const auto known = [&](base::Value value) { return told ? value : base::Value(nullptr); };
    session_.record.source(place).row(
        "pkcs11_mechanism", Basis::listed,
        {{"token", key},
         {"module", session_.module()},
         {"slot", std::to_string(slot)},
         {"position", position},
         {"mechanism", cryptoki_hex(type)},
         {"name", or_null(drivers::mechanism_name(type))},
         {"vendor_defined", std::int64_t{type >= kVendorDefined ? 1 : 0}},
         {"min_key_size", known(number(info.ulMinKeySize))},
         {"max_key_size", known(number(info.ulMaxKeySize))},
         {"flags", known(number(info.flags))},
         {"hardware_claim", known(flag(info.flags, CKF_HW))},
         {"info_result", result ? result_name(*result) : base::Value(nullptr)}});
    return told ? info.flags : 0;
  }

  const Session& session_;
  const CK_FUNCTION_LIST& functions_;
  Clock::time_point begun_;
  std::set<CK_SLOT_ID> listed_, seen_;
  std::set<std::string> tokens_;
  std::vector<Token> found_;
  std::vector<CK_MECHANISM_TYPE> mechanisms_;
};

}  // namespace

std::vector<Token> record_slots(const Session& session, const Module& module) {
  return Slots(session, module).record();
}

}  // namespace evidence::probes::pkcs11_child
