#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace cmvp {

/// How pages are fetched.
struct FetchOptions {
  std::string proxy;    ///< Address of a proxy; "" takes it from the environment, as curl does.
  std::string ca_file;  ///< File of trusted authorities; "" for the system's.
  std::string user_agent;
  std::chrono::milliseconds pause{1000};             ///< Between two requests.
  std::chrono::seconds longest_wait{120};            ///< Longest Retry-After that is waited for.
  std::function<void(const std::string&)> progress;  ///< May be empty.
};

/// What lets a server say that nothing changed.
struct Validators {
  std::string etag, last_modified;
};

/// An answer to a request.
struct Response {
  bool unchanged = false;  ///< The server says that what is known is still right (304).
  std::string body;
  Validators validators;
};

/// Whether this build can fetch at all.
bool can_fetch();

/// Fetches pages over HTTP and HTTPS, one at a time and not in haste.
class Fetcher {
 public:
  /// Throws Error(environment) if this build cannot fetch.
  explicit Fetcher(FetchOptions options);
  ~Fetcher();
  Fetcher(const Fetcher&) = delete;
  Fetcher& operator=(const Fetcher&) = delete;

  /// The page at `url`, unless it is as `known` describes it. A server that is busy (429, 503) is
  /// asked again after the time it names, one that fails or breaks off is asked three times. Throws
  /// Error(environment), with what to do next, if there is no page in the end, or if it is larger
  /// than a page may be (kPageLimit), unpacked.
  Response get(const std::string& url, const Validators& known);

 private:
  struct Connection;
  FetchOptions options_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace cmvp
