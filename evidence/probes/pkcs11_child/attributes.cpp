#include "evidence/probes/pkcs11_child/attributes.h"

#include <algorithm>
#include <cstring>

#include "evidence/base/error.h"
#include "evidence/base/text.h"
#include "evidence/base/time.h"
#include "evidence/drivers/cryptoki_names.h"
#include "evidence/probes/pkcs11_child/answers.h"
#include "evidence/probes/pkcs11_child/attribute_forms.h"

namespace evidence::probes::pkcs11_child {
namespace {

using namespace drivers::cryptoki;

constexpr std::size_t kLimit = std::size_t{64} << 10U;
constexpr std::size_t kZone = 8;  // Entries.
constexpr CK_ATTRIBUTE kMark = {CK_UNAVAILABLE_INFORMATION, nullptr, CK_UNAVAILABLE_INFORMATION};

bool is_mark(const CK_ATTRIBUTE& entry) {
  return entry.type == kMark.type && entry.pValue == nullptr &&
         entry.ulValueLen == kMark.ulValueLen;
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
    if (is_secret_value(type))
      throw base::Error(base::ErrorKind::internal, "the value of a key is never asked for");
  ask_all(types);
}

void Attributes::note_overrun(const AttributeRoom& room, CK_ATTRIBUTE_TYPE type,
                              std::size_t at) const {
  if (room.overrun(at) == 0) return;
  token_.odd_once(token_.step("C_GetAttributeValue"),
                  "it wrote past the room for " + drivers::attribute_name(type));
}

void Attributes::ask_all(const std::vector<CK_ATTRIBUTE_TYPE>& types) {
  AttributeRoom room;
  for (const CK_ATTRIBUTE_TYPE type : types) room.add(room_for(type));
  std::vector<CK_ATTRIBUTE> asked;
  for (std::size_t i = 0; i < types.size(); ++i)
    asked.push_back(
        {types[i], form_of(types[i]) == Form::nested ? nullptr : room.at(i), room_for(types[i])});
  // Behind the list stand entries that are not the module's.
  asked.resize(types.size() + kZone, kMark);
  result_ = token_.module.functions->C_GetAttributeValue(token_.handle, object_, asked.data(),
                                                         types.size());
  if (!std::all_of(asked.begin() + static_cast<std::ptrdiff_t>(types.size()), asked.end(), is_mark))
    token_.odd_once(token_.step("C_GetAttributeValue"),
                    "it wrote past the list of attributes that it was given");
  for (std::size_t i = 0; i < types.size(); ++i) {
    note_overrun(room, types[i], i);
    take(types[i], asked[i].ulValueLen, room, i);
  }
}

// What came of one attribute of several.
void Attributes::take(CK_ATTRIBUTE_TYPE type, CK_ULONG length, const AttributeRoom& room,
                      std::size_t at) {
  Answer& answer = answers_[type];
  answer.told = reason_of(result_);
  const bool nested = form_of(type) == Form::nested;
  // A module may give up at the first attribute that it does not have.
  const bool untouched = length == room_for(type);
  const bool too_small = !nested && result_ == CKR_BUFFER_TOO_SMALL && length >= room_for(type);
  if (untouched || too_small || gives_up(result_)) ask_one(type);
  if (untouched || too_small || !tells_each(result_) || length == CK_UNAVAILABLE_INFORMATION)
    return;
  answer.told = length == 0 ? Told::empty : Told::senseless;
  if (length == 0 || !fits(type, length) || (!nested && length > room_for(type))) return;
  if (nested) {
    answer.told = Told::value;
    return;
  }
  // Of free length is what may truly be the mark.
  if (form_of(type) != Form::bytes && room.unwritten(at, length)) return;
  answer.told = Told::value;
  answer.bytes = room.bytes(at, length);
}

void Attributes::ask_one(CK_ATTRIBUTE_TYPE type) {
  Answer& answer = answers_[type];
  CK_ATTRIBUTE asked = {type, nullptr, 0};
  const auto call = [&] {
    return token_.module.functions->C_GetAttributeValue(token_.handle, object_, &asked, 1);
  };
  CK_RV result = call();
  const CK_ULONG announced = asked.ulValueLen;
  answer.told = reason_of(result);
  if (result != CKR_OK || announced == CK_UNAVAILABLE_INFORMATION) return;
  answer.told = announced == 0 ? Told::empty : Told::senseless;
  if (announced == 0 || announced > kLimit || !fits(type, announced)) return;
  answer.told = Told::value;
  if (form_of(type) == Form::nested) return;
  AttributeRoom room;
  room.add(announced);
  asked = {type, room.at(0), announced};
  result = call();
  note_overrun(room, type, 0);
  answer.told = result == CKR_OK ? Told::senseless : reason_of(result);
  if (result != CKR_OK || asked.ulValueLen > announced || !fits(type, asked.ulValueLen)) return;
  answer.told = Told::value;
  answer.bytes = room.bytes(0, asked.ulValueLen);
}

bool Attributes::cover(const std::vector<CK_ATTRIBUTE_TYPE>& types) const {
  return std::all_of(types.begin(), types.end(),
                     [&](CK_ATTRIBUTE_TYPE type) { return answers_.contains(type); });
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

std::string Attributes::untold(std::vector<CK_ATTRIBUTE_TYPE> types) const {
  std::map<Told, std::vector<std::string>> names;
  std::sort(types.begin(), types.end());
  for (const CK_ATTRIBUTE_TYPE type : types)
    if (told(type) != Told::value) names[told(type)].push_back(drivers::attribute_name(type));
  std::vector<std::string> parts;
  for (const auto& [told, those] : names)
    parts.push_back(std::string(words_of(told)) + ": " + base::join(those, ", "));
  return base::join(parts, "; ");
}

namespace {

constexpr std::size_t kEntryLimit = 256, kEntryRoom = 256;

// `room` is where the value was to be put, whatever the module says of that.
base::Value entry_value(const CK_ATTRIBUTE& entry, const unsigned char* room) {
  if (entry.ulValueLen > kEntryRoom || entry.type == CKA_VALUE || is_secret_value(entry.type))
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
