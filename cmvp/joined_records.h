#pragma once

#include <vector>

#include "cmvp/certificate.h"
#include "cmvp/judgement_rows.h"
#include "cmvp/module_match.h"
#include "evidence/base/sqlite.h"

namespace cmvp {

/// Writes what the snapshot holds of the entropy certificates and CAVP validations that
/// certificates name into the tables `certificate_entropy` and `certificate_algorithm_validation`.
/// Snapshot and judgement must outlive it.
class RecordJoiner {
 public:
  RecordJoiner(const base::Database& snapshot, const base::Database& judgement);

  void join(const Certificate& certificate);

 private:
  const base::Database& snapshot_;
  Rows entropy_, validations_;
};

/// Writes the products of the Common Criteria portal that have the name of a module, or of the
/// operating system in the evidence, into the table `common_criteria_match`. Names are compared as
/// those of certificates are (cmvp/name.h): with or without the version at their end.
void write_products(const base::Database& snapshot, const base::Database& judgement,
                    const std::vector<ReportedModule>& modules);

}  // namespace cmvp
