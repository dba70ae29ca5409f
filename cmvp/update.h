#pragma once

#include <functional>
#include <set>
#include <string>

#include "cmvp/fetch.h"
#include "cmvp/import_files.h"
#include "evidence/base/host.h"

namespace cmvp {

/// Where NIST publishes the lists; mirrors and tests give another.
constexpr const char* kNist = "https://csrc.nist.gov";

/// Where the Common Criteria portal is.
constexpr const char* kPortal = "https://www.commoncriteriaportal.org";

/// What can be fetched besides the lists and pages of CMVP.
constexpr const char* kAlsoEntropy = "entropy";
constexpr const char* kAlsoAlgorithms = "cavp";
constexpr const char* kAlsoProducts = "common-criteria";

/// What an update is told.
struct UpdateOptions {
  std::string base_url = kNist;
  std::string today;  ///< YYYY-MM-DD, the day of the new snapshot.
  std::string portal_url = kPortal;
  std::set<std::string> also;  ///< Of the words above.
  bool accept_shrink = false;
  FetchOptions fetch;
};

/// What came of an update.
struct Update {
  ImportResult result;
  std::string file;  ///< The new snapshot.
  std::size_t fetched = 0, unchanged = 0;
};

/// Fetches the three lists and the lists of modules on their way, then the pages of those
/// certificates that are new, changed, or without details, and stores a snapshot of today. Pages
/// are kept in the data folder with what the server says of their age, so that only what changed is
/// fetched again, and an update that broke off goes on where it was. As `also` says, it fetches
/// besides: the entropy certificates that a page names which is new, or that are not held; the CAVP
/// validations that the new pages link to; the portal's lists of products and protection profiles.
/// What cannot be had of these is a rejected record. Throws Error(environment) if a
/// list cannot be fetched, Error(input) if it no longer looks as expected or is not complete: then
/// nothing is stored.
Update update(const base::Host& host, const UpdateOptions& options);

}  // namespace cmvp
