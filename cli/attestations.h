#pragma once

#include <vector>

#include "cli/command.h"
#include "rules/attestation.h"

namespace cli {

/// The attestations that --attestations names, their documents compared where they say where these
/// lie (a relative path is one from the folder of the file). Throws Error(input) for a file of
/// attestations that cannot be read or makes no sense; a document that cannot be read is said with
/// its attestation.
std::vector<rules::Attestation> attestations_of(const Invocation& invocation);

}  // namespace cli
