#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cmvp/certificate.h"
#include "cmvp/import.h"
#include "cmvp/page.h"

namespace cmvp {

/// In which shape a certificate page names its approved algorithms. `none` says nothing about the
/// module: the newest pages name no algorithms at all.
enum class AlgorithmShape { none, table, grid };

/// The page of one certificate.
struct DetailPage {
  Certificate certificate;  ///< `status_as_of` and `sunset_as_of` are not set.
  AlgorithmShape shape = AlgorithmShape::none;
  std::vector<LineNote> left_out;            ///< Fields that were not believed; `line` is 0.
  std::vector<std::int64_t> validation_ids;  ///< Of CAVP, in the addresses of its links, sorted.
};

/// Whether `page` has the rows of a certificate page.
bool is_detail_page(const Page& page);

/// Reads the page of a certificate. Its number is the one of its heading, or else the one that
/// `file_name` begins with. Throws Error(input), "the page no longer looks as expected: …", if
/// there is no number, no module name, standard or status, or if heading and file name differ.
DetailPage read_detail_page(const Page& page, const std::string& file_name);

/// The flags of a caveat, in the words of `Certificate::caveat_flags`, sorted.
std::vector<std::string> flags_of_caveat(const std::string& caveat);

/// The certificates that the caveat of certificate `own` names, and how: "validated to FIPS 140-3
/// under Cert. #4775" operates with it, an "embedded module" is embedded, others are mentioned.
std::vector<Relation> relations_of_caveat(const std::string& caveat, std::int64_t own);

}  // namespace cmvp
