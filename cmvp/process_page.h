#pragma once

#include <string>
#include <vector>

#include "cmvp/import.h"
#include "cmvp/page.h"

namespace cmvp {

/// A module that is on its way to a certificate, or was on the day of the list.
struct ModuleInProcess {
  std::string list;  ///< "modules in process" or "implementation under test"
  std::string name, vendor, standard;
  std::string status;           ///< E.g. "Review Pending"; "" on the list of implementations.
  std::string status_date;      ///< YYYY-MM-DD, since when; "" if the list does not say.
  std::string list_as_of = {};  ///< YYYY-MM-DD, the day of the list; set by the import.
};

/// A list of modules in process or of implementations under test.
struct ProcessPage {
  std::vector<ModuleInProcess> modules;
  std::vector<LineNote> rejected;  ///< `line` counts the rows of the table.
};

/// Whether `page` has a table with the columns of one of the two lists.
bool is_process_page(const Page& page);

/// Reads either list, in the layout of 2020 (a column for each status) or the later one. Throws
/// Error(input), "the page no longer looks as expected: …", if the columns are others.
ProcessPage read_process_page(const Page& page);

}  // namespace cmvp
