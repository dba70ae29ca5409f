#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cmvp/import.h"
#include "cmvp/page.h"

namespace cmvp {

/// An algorithm validation of CAVP. Its number ("A4809") is not the id in its address (37419).
struct AlgorithmValidation {
  std::string number;              ///< "A4809" or, of old, "AES 123"
  std::int64_t validation_id = 0;  ///< `validation=` of its address
  std::int64_t product_id = 0;     ///< `product=` of its implementation, 0 if the page has none
  std::string vendor, product, version, type;
  std::string date;          ///< YYYY-MM-DD, first validated; "" if not known
  std::string environments;  ///< Operating environments, separated by semicolons
  std::string algorithms;    ///< Algorithm capabilities, separated by spaces
};

/// A page of CAVP.
struct AlgorithmPage {
  std::vector<AlgorithmValidation> validations;
  std::vector<LineNote> rejected;  ///< `line` counts rows or forms.
};

/// Whether `page` is a search list or a product page of CAVP.
bool is_algorithm_page(const Page& page);

/// Reads either kind. Throws Error(input), "the page no longer looks as expected: …".
AlgorithmPage read_algorithm_page(const Page& page);

}  // namespace cmvp
