#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "evidence/probes/pkcs11_child/attribute_room.h"
#include "evidence/probes/pkcs11_child/token_session.h"

namespace evidence::probes::pkcs11_child {

/// What came of asking for an attribute.
enum class Told {
  value,        ///< The module gave a value of the right form.
  empty,        ///< It gave a value of no bytes.
  sensitive,    ///< It does not give it: CKR_ATTRIBUTE_SENSITIVE.
  unknown,      ///< The object has none: CKR_ATTRIBUTE_TYPE_INVALID.
  unavailable,  ///< It said that it cannot tell, or refused the whole question.
  senseless,    ///< It gave a length that the attribute cannot have, or that was not true.
};

/// The attributes of one object, as its module told them. Attributes with the value of a key are
/// refused: Error(internal).
class Attributes {
 public:
  /// Asks the module for all of `types` in one call, and once more for each that a module with
  /// habits of its own left out. Of a template (CKA_WRAP_TEMPLATE and the like) only the length is
  /// asked for: one that has entries counts as told, and has no bytes here. A value that was
  /// written past its room is an oddity.
  Attributes(const TokenSession& token, drivers::cryptoki::CK_OBJECT_HANDLE object,
             const std::vector<drivers::cryptoki::CK_ATTRIBUTE_TYPE>& types);

  Told told(drivers::cryptoki::CK_ATTRIBUTE_TYPE type) const;
  /// The bytes of the value; "" unless there is one.
  const std::string& bytes(drivers::cryptoki::CK_ATTRIBUTE_TYPE type) const;

  /// The value as evidence holds it; NULL unless there is one.
  base::Value flag(drivers::cryptoki::CK_ATTRIBUTE_TYPE type) const;    ///< 0 or 1
  base::Value number(drivers::cryptoki::CK_ATTRIBUTE_TYPE type) const;  ///< CK_ULONG
  base::Value date(drivers::cryptoki::CK_ATTRIBUTE_TYPE type) const;    ///< YYYY-MM-DD
  base::Value text(drivers::cryptoki::CK_ATTRIBUTE_TYPE type) const;
  base::Value hex(drivers::cryptoki::CK_ATTRIBUTE_TYPE type) const;
  std::optional<drivers::cryptoki::CK_ULONG> ulong(drivers::cryptoki::CK_ATTRIBUTE_TYPE type) const;
  /// A list of CK_ULONG; nothing unless there is one. An empty list is one.
  std::optional<std::vector<drivers::cryptoki::CK_ULONG>> ulongs(
      drivers::cryptoki::CK_ATTRIBUTE_TYPE type) const;

  /// Those of `types` that were not told, by name and reason, for people to read; "" if none.
  std::string untold(std::vector<drivers::cryptoki::CK_ATTRIBUTE_TYPE> types) const;

  /// Whether all of `types` were asked for.
  bool cover(const std::vector<drivers::cryptoki::CK_ATTRIBUTE_TYPE>& types) const;

  /// What C_GetAttributeValue returned for all of them together.
  drivers::cryptoki::CK_RV result() const { return result_; }

 private:
  struct Answer {
    Told told = Told::unavailable;
    std::string bytes;
  };

  void ask_all(const std::vector<drivers::cryptoki::CK_ATTRIBUTE_TYPE>& types);
  void take(drivers::cryptoki::CK_ATTRIBUTE_TYPE type, drivers::cryptoki::CK_ULONG length,
            const AttributeRoom& room, std::size_t at);
  void ask_one(drivers::cryptoki::CK_ATTRIBUTE_TYPE type);
  void note_overrun(const AttributeRoom& room, drivers::cryptoki::CK_ATTRIBUTE_TYPE type,
                    std::size_t at) const;
  const Answer& answer(drivers::cryptoki::CK_ATTRIBUTE_TYPE type) const;

  const TokenSession& token_;
  drivers::cryptoki::CK_OBJECT_HANDLE object_;
  drivers::cryptoki::CK_RV result_ = 0;
  std::map<drivers::cryptoki::CK_ATTRIBUTE_TYPE, Answer> answers_;
};

/// An entry of an attribute that is itself a template, e.g. CKA_UNWRAP_TEMPLATE.
struct TemplateEntry {
  drivers::cryptoki::CK_ATTRIBUTE_TYPE type = 0;
  base::Value value;  ///< The number or flag that it asks for, or its bytes in hexadecimal digits.
};

/// Reads a template; nothing if the object has none or does not tell.
std::optional<std::vector<TemplateEntry>> read_template(const TokenSession& token,
                                                        drivers::cryptoki::CK_OBJECT_HANDLE object,
                                                        drivers::cryptoki::CK_ATTRIBUTE_TYPE type);

}  // namespace evidence::probes::pkcs11_child
