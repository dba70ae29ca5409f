#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cmvp/algorithm_page.h"
#include "cmvp/entropy_page.h"
#include "evidence/base/sqlite.h"

namespace cmvp {

/// The numbers of entropy (ESV) certificates in what a certificate says of its entropy, each once:
/// 47 of "ESV Cert. #E47" and of "E47". "ENT (P)" and "SP 800-90B" name none.
std::vector<std::int64_t> entropy_numbers(std::string_view words);

/// The entropy certificate `number`, or nothing if the snapshot does not hold it.
std::optional<EntropyCertificate> find_entropy_certificate(const base::Database& snapshot,
                                                           std::int64_t number);

/// The CAVP validations of number `number` ("A4809"), in the order of the snapshot; none if it does
/// not hold it. Old numbers name an implementation in several algorithms.
std::vector<AlgorithmValidation> find_algorithm_validations(const base::Database& snapshot,
                                                            const std::string& number);

}  // namespace cmvp
