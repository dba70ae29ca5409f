#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "cmvp/algorithm_page.h"
#include "cmvp/common_criteria.h"
#include "cmvp/common_criteria_page.h"
#include "cmvp/detail_page.h"
#include "cmvp/entropy_page.h"
#include "cmvp/import.h"
#include "cmvp/list_page.h"
#include "cmvp/process_page.h"
#include "cmvp/profile_xml.h"
#include "evidence/base/host.h"

namespace cmvp {

/// Largest file that is imported, in bytes.
constexpr std::size_t kImportLimit = std::size_t{256} << 20U;

/// What one file of an import holds: a JSON or JSON Lines feed, a search list, a certificate page,
/// a list of modules in process or under test, a CAVP page, the Common Criteria portal's CSV or
/// page of products, its page of protection profiles, an entropy certificate, NIAP's XML of a
/// profile.
using ImportedFile =
    std::variant<Import, ListPage, DetailPage, ProcessPage, AlgorithmPage, CommonCriteriaList,
                 ProtectionProfileList, EntropyPage, ProfileDocument>;

/// Reads a file; what it is shows in its contents. `origin` is named in messages, and its last part
/// is the name of the file. Throws Error(input) for a file that is none of these, or a page that no
/// longer looks as expected. Files may be read in several threads at once.
ImportedFile read_imported(const std::string& origin, std::string_view bytes);

/// Reads the file `path` of `host`. Throws as above, and Error(environment) if it cannot be read.
ImportedFile read_imported(const base::Host& host, const std::string& path);

}  // namespace cmvp
