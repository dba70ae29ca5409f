#pragma once

#include <string>

#include "cli/command.h"

namespace cli {

/// The name of the evidence file in an output folder.
constexpr std::string_view kEvidenceFile = "evidence.db";

/// Makes the folder `path` if it is not there. Throws Error(environment).
void make_folder(const std::string& path);

/// Probes `target`, a PKCS#11 module, or OpenSSL if it is "", as the options say and writes the
/// evidence to `file`: complete or not at all; an evidence file that is there already is replaced.
/// Throws Error(usage) if it is something else.
void collect_into(const std::string& file, const std::string& target, const Invocation& invocation,
                  Terminal& terminal);

/// Writes `bytes` to `file`: complete or not at all. Throws Error(environment).
void write_file(const std::string& file, std::string_view bytes);

}  // namespace cli
