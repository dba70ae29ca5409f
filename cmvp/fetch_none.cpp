#include "cmvp/fetch.h"
#include "evidence/base/error.h"

namespace cmvp {

// Stands in for fetch_curl.cpp where libcurl is not there.
struct Fetcher::Connection {};

bool can_fetch() { return false; }

Fetcher::Fetcher(FetchOptions options) : options_(std::move(options)) {
  throw base::Error(base::ErrorKind::environment,
                    "this build cannot fetch: it was built without libcurl. Fetch the pages by "
                    "other means and use assay cmvp import");
}

Fetcher::~Fetcher() = default;

Response Fetcher::get(const std::string&, const Validators&) { return {}; }

}  // namespace cmvp
