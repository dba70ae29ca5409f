#pragma once

#include <string>
#include <vector>

#include "cmvp/module_match.h"
#include "evidence/base/sqlite.h"

namespace cmvp {

/// The modules in `evidence` that say who they are: providers that claim to be FIPS providers and
/// say their name and version (others match nothing, whatever they are called), and the library and
/// tokens of PKCS #11 modules (cmvp/module_identity.h).
std::vector<ReportedModule> reported_modules(const base::Database& evidence);

/// Creates and fills the tables of `judgement_tables()` (cmvp/tables.h) in `judgement`, a writable
/// database that holds a copy of the evidence, from the certificates in `snapshot` and the modules
/// of `reported_modules`. `as_of`, YYYY-MM-DD, is the date of
/// `certificate_status`. Only certificates that some module matches or nearly matches, and those
/// that they are related to, are copied.
///
/// A certificate matches exactly if the module reports its name (cmvp/name.h) and one of its
/// version strings character for character. Certificates of that name with other versions are near
/// misses if nothing matches exactly; those whose versions the snapshot does not know always are,
/// with `version_matches` NULL. Where the name is another, there is no row, whatever the version.
/// Throws Error(usage) if `as_of` is no date.
void match_certificates(const base::Database& snapshot, base::Database& judgement,
                        const std::string& as_of);

}  // namespace cmvp
