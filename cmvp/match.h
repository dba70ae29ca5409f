#pragma once

#include "evidence/base/sqlite.h"

namespace cmvp {

/// Creates and fills the tables `snapshot`, `certificate`, `certificate_version` and
/// `certificate_match` of `judgement`, a writable database that holds a copy of the evidence, from
/// the certificates in `snapshot` (cmvp/snapshot.h) and the modules in table `provider`. Only
/// certificates that some module matches, nearly matches, or that those are related to, are copied.
void match_certificates(const base::Database& snapshot, base::Database& judgement);

}  // namespace cmvp
