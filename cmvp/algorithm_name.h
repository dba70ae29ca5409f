#pragma once

#include <optional>
#include <string_view>

#include "cmvp/certificate.h"

namespace cmvp {

/// An approved algorithm as a feed writes it, "AES-CBC A4809" or "AES-ECB A4605, A4606,", cut into
/// its name and its CAVP numbers. Signs that a document puts in its place become plain ones
/// ("AES‐CBC", "HMAC-SHA2- 256"); what was cut off at the end of a line is left off ("DSA KeyGen
/// (FIPS186-" is "DSA KeyGen"). Nothing for a piece that names no algorithm: "56Cr2", "Sp800-56A".
std::optional<Algorithm> read_algorithm(std::string_view text);

/// Whether `word` is the number of a CAVP certificate: "A4809", "C1234".
bool is_cavp_number(std::string_view word);

}  // namespace cmvp
