#include "evidence/probes/pkcs11_child/attributes.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "evidence/base/error.h"
#include "evidence/base/text.h"
#include "evidence/base/time.h"
#include "evidence/drivers/cryptoki_names.h"
#include "evidence/probes/pkcs11_child/answers.h"

namespace evidence::probes::pkcs11_child {
namespace {

using namespace drivers::cryptoki;

// The form of a value, and with it how many bytes it can have.
enum class Form { flag, number, date, numbers, bytes };

constexpr std::array kFlags = {
    CKA_TOKEN,
    CKA_PRIVATE,
    CKA_TRUSTED,
    CKA_SENSITIVE,
    CKA_ENCRYPT,
    CKA_DECRYPT,
    CKA_WRAP,
    CKA_UNWRAP,
    CKA_SIGN,
    CKA_SIGN_RECOVER,
    CKA_VERIFY,
    CKA_VERIFY_RECOVER,
    CKA_DERIVE,
    CKA_EXTRACTABLE,
    CKA_LOCAL,
    CKA_NEVER_EXTRACTABLE,
    CKA_ALWAYS_SENSITIVE,
    CKA_MODIFIABLE,
    CKA_COPYABLE,
    CKA_DESTROYABLE,
    CKA_ALWAYS_AUTHENTICATE,
    CKA_WRAP_WITH_TRUSTED,
    CKA_ENCAPSULATE,
    CKA_DECAPSULATE,
    CKA_RESET_ON_INIT,
    CKA_HAS_RESET,
};
constexpr std::array kNumbers = {
    CKA_CLASS,
    CKA_CERTIFICATE_TYPE,
    CKA_CERTIFICATE_CATEGORY,
    CKA_KEY_TYPE,
    CKA_MODULUS_BITS,
    CKA_VALUE_LEN,
    CKA_KEY_GEN_MECHANISM,
    CKA_HW_FEATURE_TYPE,
    CKA_MECHANISM_TYPE,
    CKA_PROFILE_ID,
    CKA_PARAMETER_SET,
    CKA_OBJECT_VALIDATION_FLAGS,
    CKA_VALIDATION_TYPE,
    CKA_VALIDATION_LEVEL,
    CKA_VALIDATION_FLAG,
    CKA_VALIDATION_AUTHORITY_TYPE,
    CKA_PRIME_BITS,
    CKA_VALUE_BITS,
};
// The values of secret and private keys: nobody needs to have them here.
constexpr std::array kValues = {
    CKA_PRIVATE_EXPONENT, CKA_PRIME_1,     CKA_PRIME_2, CKA_EXPONENT_1,
    CKA_EXPONENT_2,       CKA_COEFFICIENT, CKA_SEED,
};

constexpr std::size_t kFlagRoom = 3, kNumberRoom = 24, kDateRoom = 16, kBytesRoom = 1021;
constexpr std::size_t kLimit = std::size_t{64} << 10U;
constexpr std::size_t kAlignment = 16;

template <std::size_t N>
bool holds(const std::array<CK_ATTRIBUTE_TYPE, N>& types, CK_ATTRIBUTE_TYPE type) {
  return std::find(types.begin(), types.end(), type) != types.end();
}

Form form_of(CK_ATTRIBUTE_TYPE type) {
  if (holds(kFlags, type)) return Form::flag;
  if (holds(kNumbers, type)) return Form::number;
  if (type == CKA_START_DATE || type == CKA_END_DATE) return Form::date;
  if (type == CKA_ALLOWED_MECHANISMS) return Form::numbers;
  return Form::bytes;
}

// Never what a value fills exactly, unless it is of free length: a length that a module did not
// touch can be told from one that it gave.
std::size_t room_for(CK_ATTRIBUTE_TYPE type) {
  switch (form_of(type)) {
    case Form::flag:
      return kFlagRoom;
    case Form::number:
      return kNumberRoom;
    case Form::date:
      return kDateRoom;
    case Form::numbers:
    case Form::bytes:
      break;
  }
  return kBytesRoom;
}

bool fits(CK_ATTRIBUTE_TYPE type, std::size_t size) {
  switch (form_of(type)) {
    case Form::flag:
      return size == 1;
    case Form::number:
      return size == sizeof(CK_ULONG);
    case Form::date:
      return size == 8;
    case Form::numbers:
      return size % sizeof(CK_ULONG) == 0;
    case Form::bytes:
      break;
  }
  return true;
}

Told reason_of(CK_RV result) {
  if (result == CKR_ATTRIBUTE_SENSITIVE) return Told::sensitive;
  if (result == CKR_ATTRIBUTE_TYPE_INVALID) return Told::unknown;
  return Told::unavailable;
}

// Results that say how the attributes fared, one by one.
bool tells_each(CK_RV result) {
  return result == CKR_OK || result == CKR_ATTRIBUTE_SENSITIVE ||
         result == CKR_ATTRIBUTE_TYPE_INVALID || result == CKR_BUFFER_TOO_SMALL;
}

// What some modules return for all where one attribute troubles them.
bool gives_up(CK_RV result) {
  return result == CKR_FUNCTION_FAILED || result == CKR_GENERAL_ERROR ||
         result == CKR_ARGUMENTS_BAD || result == CKR_ATTRIBUTE_VALUE_INVALID;
}

const char* words_of(Told told) {
  switch (told) {
    case Told::value:
      return "told";
    case Told::empty:
      return "empty";
    case Told::sensitive:
      return "sensitive";
    case Told::unknown:
      return "not of this object";
    case Told::unavailable:
      return "unavailable";
    case Told::senseless:
      break;
  }
  return "of a length that makes no sense";
}

CK_ULONG ulong_at(const std::string& bytes, std::size_t at) {
  CK_ULONG value = 0;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

}  // namespace

Attributes::Attributes(const TokenSession& token, CK_OBJECT_HANDLE object,
                       const std::vector<CK_ATTRIBUTE_TYPE>& types)
    : token_(token), object_(object) {
  for (const CK_ATTRIBUTE_TYPE type : types)
    if (holds(kValues, type))
      throw base::Error(base::ErrorKind::internal, "the value of a key is never asked for");
  ask_all(types);
}

void Attributes::ask_all(const std::vector<CK_ATTRIBUTE_TYPE>& types) {
  std::size_t size = 0;
  const auto aligned = [](std::size_t room) {
    return (room + kAlignment) / kAlignment * kAlignment;
  };
  for (const CK_ATTRIBUTE_TYPE type : types) size += aligned(room_for(type));
  // A little more, so that a module that writes a byte too much harms nothing.
  std::vector<unsigned char> room(size + 64);
  std::vector<CK_ATTRIBUTE> asked;
  std::size_t at = 0;
  for (const CK_ATTRIBUTE_TYPE type : types) {
    asked.push_back({type, room.data() + at, room_for(type)});
    at += aligned(room_for(type));
  }
  result_ = token_.module.functions->C_GetAttributeValue(token_.handle, object_, asked.data(),
                                                         asked.size());
  for (std::size_t i = 0; i < types.size(); ++i) {
    const CK_ULONG length = asked[i].ulValueLen;
    Answer& answer = answers_[types[i]];
    answer.told = reason_of(result_);
    // A module may give up at the first attribute that it does not have.
    const bool untouched = length == room_for(types[i]);
    const bool too_small = result_ == CKR_BUFFER_TOO_SMALL && length >= room_for(types[i]);
    if (untouched || too_small || gives_up(result_)) ask_one(types[i]);
    if (untouched || too_small || !tells_each(result_) || length == CK_UNAVAILABLE_INFORMATION)
      continue;
    if (length > room_for(types[i]) || !fits(types[i], length)) {
      answer.told = length == 0 ? Told::empty : Told::senseless;
      continue;
    }
    answer.told = length == 0 ? Told::empty : Told::value;
    const auto* value = static_cast<const char*>(asked[i].pValue);
    answer.bytes.assign(value, value + length);
  }
}

void Attributes::ask_one(CK_ATTRIBUTE_TYPE type) {
  Answer& answer = answers_[type];
  CK_ATTRIBUTE asked = {type, nullptr, 0};
  const auto call = [&] {
    return token_.module.functions->C_GetAttributeValue(token_.handle, object_, &asked, 1);
  };
  CK_RV result = call();
  answer.told = reason_of(result);
  if (result != CKR_OK || asked.ulValueLen == CK_UNAVAILABLE_INFORMATION) return;
  answer.told = asked.ulValueLen == 0 ? Told::empty : Told::senseless;
  if (asked.ulValueLen == 0 || asked.ulValueLen > kLimit || !fits(type, asked.ulValueLen)) return;
  const CK_ULONG announced = asked.ulValueLen;
  std::vector<unsigned char> room(announced + 64);
  asked.pValue = room.data();
  result = call();
  if (result != CKR_OK) answer.told = reason_of(result);
  if (result != CKR_OK || asked.ulValueLen > announced || !fits(type, asked.ulValueLen)) return;
  answer.told = Told::value;
  answer.bytes.assign(room.begin(), room.begin() + static_cast<std::ptrdiff_t>(asked.ulValueLen));
}

const Attributes::Answer& Attributes::answer(CK_ATTRIBUTE_TYPE type) const {
  static const Answer kNotAsked;
  const auto found = answers_.find(type);
  return found == answers_.end() ? kNotAsked : found->second;
}

Told Attributes::told(CK_ATTRIBUTE_TYPE type) const { return answer(type).told; }

const std::string& Attributes::bytes(CK_ATTRIBUTE_TYPE type) const { return answer(type).bytes; }

base::Value Attributes::flag(CK_ATTRIBUTE_TYPE type) const {
  if (told(type) != Told::value) return nullptr;
  return std::int64_t{bytes(type)[0] != 0 ? 1 : 0};
}

std::optional<CK_ULONG> Attributes::ulong(CK_ATTRIBUTE_TYPE type) const {
  if (told(type) != Told::value || bytes(type).size() != sizeof(CK_ULONG)) return std::nullopt;
  return ulong_at(bytes(type), 0);
}

base::Value Attributes::number(CK_ATTRIBUTE_TYPE type) const {
  const auto value = ulong(type);
  return value ? pkcs11_child::number(*value) : nullptr;
}

std::optional<std::vector<CK_ULONG>> Attributes::ulongs(CK_ATTRIBUTE_TYPE type) const {
  if (told(type) != Told::value && told(type) != Told::empty) return std::nullopt;
  std::vector<CK_ULONG> values;
  for (std::size_t at = 0; at + sizeof(CK_ULONG) <= bytes(type).size(); at += sizeof(CK_ULONG))
    values.push_back(ulong_at(bytes(type), at));
  return values;
}

base::Value Attributes::date(CK_ATTRIBUTE_TYPE type) const {
  const std::string& digits = bytes(type);
  if (told(type) != Told::value || digits.size() != 8) return nullptr;
  const std::string text =
      digits.substr(0, 4) + "-" + digits.substr(4, 2) + "-" + digits.substr(6, 2);
  return base::parse_date(text) ? base::Value(text) : nullptr;
}

base::Value Attributes::text(CK_ATTRIBUTE_TYPE type) const {
  if (told(type) == Told::empty) return std::string();
  if (told(type) != Told::value) return nullptr;
  std::string text = bytes(type);
  while (text.ends_with('\0')) text.pop_back();
  return base::printable(text);
}

base::Value Attributes::hex(CK_ATTRIBUTE_TYPE type) const {
  if (told(type) == Told::empty) return std::string();
  if (told(type) != Told::value) return nullptr;
  return base::hex(bytes(type));
}

std::string Attributes::untold() const {
  std::map<Told, std::vector<std::string>> names;
  for (const auto& [type, answer] : answers_)
    if (answer.told != Told::value) names[answer.told].push_back(drivers::attribute_name(type));
  std::vector<std::string> parts;
  for (const auto& [told, types] : names)
    parts.push_back(std::string(words_of(told)) + ": " + base::join(types, ", "));
  return base::join(parts, "; ");
}

namespace {

constexpr std::size_t kEntryLimit = 256, kEntryRoom = 256;

// `room` is where the value was to be put, whatever the module says of that.
base::Value entry_value(const CK_ATTRIBUTE& entry, const unsigned char* room) {
  if (entry.ulValueLen > kEntryRoom || entry.type == CKA_VALUE || holds(kValues, entry.type))
    return nullptr;
  const std::string bytes(room, room + entry.ulValueLen);
  if (form_of(entry.type) == Form::flag && bytes.size() == 1)
    return std::string(bytes[0] != 0 ? "1" : "0");
  if (form_of(entry.type) == Form::number && bytes.size() == sizeof(CK_ULONG))
    return drivers::cryptoki_hex(ulong_at(bytes, 0));
  return base::hex(bytes);
}

}  // namespace

std::optional<std::vector<TemplateEntry>> read_template(const TokenSession& token,
                                                        CK_OBJECT_HANDLE object,
                                                        CK_ATTRIBUTE_TYPE type) {
  CK_ATTRIBUTE asked = {type, nullptr, 0};
  const auto call = [&] {
    return token.module.functions->C_GetAttributeValue(token.handle, object, &asked, 1);
  };
  if (call() != CKR_OK || asked.ulValueLen == CK_UNAVAILABLE_INFORMATION) return std::nullopt;
  const std::size_t count = asked.ulValueLen / sizeof(CK_ATTRIBUTE);
  std::vector<TemplateEntry> result;
  if (count == 0) return result;
  if (count > kEntryLimit || asked.ulValueLen % sizeof(CK_ATTRIBUTE) != 0) return std::nullopt;
  std::vector<CK_ATTRIBUTE> entries(count, CK_ATTRIBUTE{0, nullptr, 0});
  asked.pValue = entries.data();
  if (call() != CKR_OK || asked.ulValueLen != count * sizeof(CK_ATTRIBUTE)) return std::nullopt;
  std::vector<unsigned char> room(count * kEntryRoom);
  for (std::size_t i = 0; i < count; ++i) {
    if (entries[i].ulValueLen > kEntryRoom) return std::nullopt;
    entries[i].pValue = room.data() + i * kEntryRoom;
    entries[i].ulValueLen = kEntryRoom;
  }
  if (call() != CKR_OK) return std::nullopt;
  for (std::size_t i = 0; i < count; ++i)
    result.push_back({entries[i].type, entry_value(entries[i], room.data() + i * kEntryRoom)});
  return result;
}

}  // namespace evidence::probes::pkcs11_child
