#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cmvp/certificate.h"

namespace cmvp {

/// The recorded versions with those put together again that a list was cut into inside of brackets:
/// "X [1", "3", "12]" are one, "X [1, 3, 12]".
std::vector<RecordedVersion> whole_versions(std::span<const RecordedVersion> recorded);

/// The combinations in what a record has as versions, in the order in which they begin:
///  - versions that share a footnote mark: firmware "10.2.8-h4 [1]" with hardware "910-000102 [1]";
///  - versions of parts of the software or firmware that stand together: "kernel 5.14.0-284,
///    libkcapi 1.3.1", "3.0.10 with KP_1.2", "[Platform ID X and Patch ID 0]". Where a part comes
///    again behind another one, the next combination begins: "A-FW-1, A-BOOT-1, A-FW-1, A-BOOT-2".
/// Of a part, its name and version are told apart. Versions of one kind without parts are no
/// combination; a version without a mark beside marked ones is in none, unless it is of a part.
std::vector<VersionCombination> version_combinations(std::span<const RecordedVersion> recorded);

/// Whether `words`, a version as it is told or written, is `version`, with or without the name of
/// its component before it.
bool is_version(std::string_view words, const Version& version);

}  // namespace cmvp
