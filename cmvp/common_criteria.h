#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cmvp/import.h"

namespace cmvp {

/// Maintenance of a Common Criteria certificate.
struct Maintenance {
  std::string date, title;  ///< The date as YYYY-MM-DD, "" if not known.
};

/// A product of the Common Criteria portal.
struct CommonCriteriaProduct {
  std::string category, name, vendor, scheme, assurance, protection_profiles;
  std::string certified, archived;  ///< YYYY-MM-DD; "" if not known
  std::vector<Maintenance> maintenance;
};

/// What the portal's list gave.
struct CommonCriteriaList {
  std::vector<CommonCriteriaProduct> products;  ///< In the order of the file.
  std::vector<LineNote> rejected;               ///< Rows that gave no product, and why.
};

/// Whether `bytes` begin as the portal's list of certified products does.
bool is_common_criteria_list(std::string_view bytes);

/// Reads the portal's CSV file of certified products: dates are US dates, the encoding is mixed,
/// and a product has one row for each maintenance. Throws Error(input), `origin: message`, if the
/// columns are not those of the portal.
CommonCriteriaList read_common_criteria_list(std::string_view bytes, const std::string& origin);

/// Makes one product of the rows that have the same name, vendor and day of certification, of one
/// list or of several: the first tells its fields, the others fill those that it leaves empty, and
/// each brings its maintenance. Letter case, spaces and marks do not count (`plain_name`).
void join_products(std::vector<CommonCriteriaProduct>& rows);

}  // namespace cmvp
