#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cmvp/certificate.h"
#include "cmvp/import.h"
#include "cmvp/page.h"

namespace cmvp {

/// A search list of NIST's validated modules.
struct ListPage {
  std::vector<Certificate> certificates;  ///< By number; `status_as_of` is not set.
  std::vector<std::string> statuses;      ///< Which statuses the list is of, e.g. Active; sorted.
  /// Whether the page holds all rows that it speaks of: only then does absence say something.
  bool complete = false;
  std::vector<LineNote> rejected;  ///< `line` counts the rows of the table.
  std::vector<LineNote> left_out;
};

/// Whether `page` has the table of a search list.
bool is_list_page(const Page& page);

/// Reads a search list. A row that cannot be read is rejected, as is the second one of a number.
/// Throws Error(input), "the page no longer looks as expected: …", if table, columns or status are
/// not where they were.
ListPage read_list_page(const Page& page);

}  // namespace cmvp
