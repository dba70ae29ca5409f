#pragma once

#include <string>
#include <vector>

#include "cmvp/common_criteria.h"
#include "cmvp/page.h"

namespace cmvp {

/// A protection profile or functional package.
struct ProtectionProfile {
  std::string category, name, version, assurance, scheme;
  std::string issued;  ///< YYYY-MM-DD, "" if not known
};

/// What the portal's list of protection profiles gave.
struct ProtectionProfileList {
  std::vector<ProtectionProfile> profiles;
  std::vector<LineNote> rejected;  ///< `line` counts the rows of all tables.
};

/// Whether `page` is the portal's page of certified products.
bool is_product_page(const Page& page);

/// Reads the portal's page of certified products, active or archived: a table for each category,
/// its maintenance reports and protection profiles inside the cell of the product. Rows of one
/// product become one. Throws Error(input), "the page no longer looks as expected: …".
CommonCriteriaList read_product_page(const Page& page);

/// Whether `page` is the portal's page of protection profiles.
bool is_profile_page(const Page& page);

/// Reads the portal's page of protection profiles. Throws as `read_product_page`.
ProtectionProfileList read_profile_page(const Page& page);

}  // namespace cmvp
