#pragma once

#include <string>
#include <vector>

#include "cmvp/certificate.h"
#include "evidence/base/sqlite.h"

namespace cmvp {

/// SELECT … FROM certificate, with the columns that `certificate_of` reads; a condition may follow.
constexpr const char* kSelectCertificate =
    "SELECT number, vendor, name, standard, status, status_as_of, earlier_status,"
    " earlier_status_as_of, became_historical_by, validation_dates, sunset_date, sunset_as_of,"
    " overall_level, module_type, embodiment, caveat_flags, caveat, laboratory,"
    " algorithms_read, cavp_numbers, parameter_sets, entropy, file_digests FROM certificate";

/// The certificate in the row that a statement of `kSelectCertificate` stands on, without what
/// other tables hold: versions, relations, environments.
Certificate certificate_of(const base::Statement& row);

}  // namespace cmvp
