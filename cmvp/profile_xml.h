#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cmvp/common_criteria_page.h"

namespace cmvp {

/// An element of a security functional requirement: what a product must do, with "[selection]" and
/// "[assignment]" where the Security Target chooses.
struct SecurityRequirement {
  std::string component;     ///< "FCS_CKM.1/AK", its iteration behind the slash
  std::int64_t element = 0;  ///< From 1.
  std::string name, status;  ///< Status: "", optional, objective, sel-based, feat-based.
  std::string text;
};

/// One of the choices of a selection.
struct RequirementSelection {
  std::string component;
  std::int64_t element = 0;
  std::string selectable;  ///< The id that the profile gives it, "" if it gives none.
  bool exclusive = false;  ///< Chosen alone.
  std::string text;        ///< Choices inside of it stand as "[selection]" and have their own row.
};

/// A protection profile or functional package in the XML of NIAP.
struct ProfileDocument {
  ProtectionProfile profile;
  std::vector<SecurityRequirement> requirements;
  std::vector<RequirementSelection> selections;
  std::vector<LineNote> rejected;  ///< Components that gave nothing; `line` counts them.
};

/// Whether `bytes` begin as such a document.
bool is_profile_xml(std::string_view bytes);

/// Reads it. Throws Error(input), `origin:line: message`, for XML that is not well formed or nested
/// too deeply, or "the document no longer looks as expected" without title, version or components.
ProfileDocument read_profile_xml(std::string_view bytes, const std::string& origin);

}  // namespace cmvp
