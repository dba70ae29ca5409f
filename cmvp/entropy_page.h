#pragma once

#include <string>
#include <vector>

#include "cmvp/import.h"
#include "cmvp/page.h"

namespace cmvp {

/// An entropy source that was validated (ESV), against SP 800-90B.
struct EntropyCertificate {
  std::int64_t number = 0;  ///< 47 of "E47"
  std::string vendor, name, standard, description;
  std::string noise_source;                   ///< "Physical" or "Non-Physical"
  std::string reuse_status;                   ///< Whether others may use it, e.g. "Open for reuse"
  std::vector<std::string> validation_dates;  ///< YYYY-MM-DD
};

/// The page of one entropy certificate.
struct EntropyPage {
  EntropyCertificate certificate;
  std::vector<LineNote> left_out;  ///< Fields that were not believed; `line` is 0.
};

/// Whether `page` has the rows of an entropy certificate.
bool is_entropy_page(const Page& page);

/// Reads the page of an entropy certificate by its labels. No stored page was at hand when this was
/// written: the labels are those that a public parser reads, the rows those of other NIST pages.
/// Its number is the one of its heading ("E47", "#47"), or else the one in the file name. Throws
/// Error(input), "the page no longer looks as expected: …", without a number or a noise source.
EntropyPage read_entropy_page(const Page& page, const std::string& file_name);

}  // namespace cmvp
