#include <curl/curl.h>

#include <algorithm>
#include <optional>
#include <thread>

#include "cmvp/fetch.h"
#include "cmvp/page.h"
#include "evidence/base/error.h"
#include "evidence/base/loaded_library.h"
#include "evidence/base/text.h"

namespace cmvp {
namespace {

constexpr int kTries = 3;

// libcurl brings two dozen libraries with it, which would slow the start of every command: it is
// loaded when something is fetched.
struct LibCurl : base::LoadedLibrary {
  LibCurl() : LoadedLibrary("libcurl.so.4", Scope::itself) {}

  decltype(&::curl_easy_init) easy_init = required("curl_easy_init");
  decltype(&::curl_easy_cleanup) easy_cleanup = required("curl_easy_cleanup");
  decltype(&::curl_easy_setopt) easy_setopt = required("curl_easy_setopt");
  decltype(&::curl_easy_getinfo) easy_getinfo = required("curl_easy_getinfo");
  decltype(&::curl_easy_perform) easy_perform = required("curl_easy_perform");
  decltype(&::curl_easy_strerror) easy_strerror = required("curl_easy_strerror");
  decltype(&::curl_slist_append) slist_append = required("curl_slist_append");
  decltype(&::curl_slist_free_all) slist_free_all = required("curl_slist_free_all");
};

const LibCurl& curl() try {
  static const LibCurl kCurl;
  return kCurl;
} catch (const base::Error& error) {
  throw base::Error(error.kind(), std::string(error.what()) + "; install libcurl4");
}

struct FreeHeaders {
  void operator()(curl_slist* list) const { curl().slist_free_all(list); }
};
using Headers = std::unique_ptr<curl_slist, FreeHeaders>;

// One answer as it comes in.
struct Answer {
  std::string body;
  bool too_large = false;
  Validators validators;
  std::optional<std::int64_t> retry_after;
};

// libcurl hands over unpacked bytes, so a small answer that unpacks without end stops here.
std::size_t take_body(char* bytes, std::size_t size, std::size_t count, void* into) {
  auto& answer = *static_cast<Answer*>(into);
  if (answer.body.size() + size * count > kPageLimit) {
    answer.too_large = true;
    return 0;
  }
  answer.body.append(bytes, size * count);
  return size * count;
}

std::size_t take_header(char* bytes, std::size_t size, std::size_t count, void* into) {
  auto& answer = *static_cast<Answer*>(into);
  const std::string_view line(bytes, size * count);
  const auto colon = line.find(':');
  if (line.starts_with("HTTP/")) {
    answer = Answer();  // The answer after a redirection.
  } else if (colon != std::string_view::npos && line.size() < 2000) {
    const std::string name = base::lower(line.substr(0, colon));
    const std::string value(base::trim(line.substr(colon + 1)));
    if (name == "etag") answer.validators.etag = value;
    if (name == "last-modified") answer.validators.last_modified = value;
    if (name == "retry-after") answer.retry_after = base::parse_integer(value);
  }
  return size * count;
}

void add_header(Headers& headers, const std::string& line) {
  curl_slist* longer = curl().slist_append(headers.get(), line.c_str());
  if (longer == nullptr) throw base::Error(base::ErrorKind::environment, "out of memory");
  (void)headers.release();
  headers.reset(longer);
}

[[noreturn]] void fail(const std::string& url, const std::string& why) {
  throw base::Error(base::ErrorKind::environment,
                    url + ": " + why +
                        ". The snapshots that are held stay as they are; try again later, or fetch "
                        "the pages by other means and use assay cmvp import");
}

std::string in_words(CURLcode code, const char* details) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return "the name of the server cannot be resolved; is this machine offline?";
    case CURLE_COULDNT_RESOLVE_PROXY:
      return "the name of the proxy cannot be resolved; look at --proxy";
    case CURLE_COULDNT_CONNECT:
      return "the server cannot be reached; is this machine offline, or is a proxy needed "
             "(--proxy)?";
    case CURLE_OPERATION_TIMEDOUT:
      return "the server did not answer in time";
    case CURLE_PARTIAL_FILE:
      return "the answer was cut short";
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
      return "the certificate of the server is not trusted; look at --cacert";
    default:
      return std::string("fetching failed: ") +
             (*details != '\0' ? details : curl().easy_strerror(code));
  }
}

bool may_help_to_try_again(CURLcode code) {
  return code == CURLE_PARTIAL_FILE || code == CURLE_OPERATION_TIMEDOUT ||
         code == CURLE_RECV_ERROR || code == CURLE_SEND_ERROR || code == CURLE_GOT_NOTHING;
}

}  // namespace

struct Fetcher::Connection {
  struct Cleanup {
    void operator()(CURL* handle) const { curl().easy_cleanup(handle); }
  };
  std::unique_ptr<CURL, Cleanup> handle{curl().easy_init()};
  char details[CURL_ERROR_SIZE] = "";
  bool used = false;

  template <typename T>
  void set(CURLoption option, T value) {
    const CURLcode code = curl().easy_setopt(handle.get(), option, value);
    if (code != CURLE_OK)
      throw base::Error(base::ErrorKind::environment,
                        std::string("libcurl refuses an option: ") + curl().easy_strerror(code));
  }
};

bool can_fetch() {
  try {
    curl();
    return true;
  } catch (const base::Error&) {
    return false;
  }
}

Fetcher::Fetcher(FetchOptions options)
    : options_(std::move(options)), connection_(std::make_unique<Connection>()) {
  Connection& c = *connection_;
  if (!c.handle) throw base::Error(base::ErrorKind::environment, "libcurl: out of memory");
  c.set(CURLOPT_ERRORBUFFER, c.details);
  c.set(CURLOPT_NOSIGNAL, 1L);
  c.set(CURLOPT_PROTOCOLS_STR, "http,https");
  c.set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  c.set(CURLOPT_FOLLOWLOCATION, 1L);
  c.set(CURLOPT_MAXREDIRS, 5L);
  c.set(CURLOPT_ACCEPT_ENCODING, "gzip");
  c.set(CURLOPT_CONNECTTIMEOUT, 30L);
  c.set(CURLOPT_LOW_SPEED_LIMIT, 1L);
  c.set(CURLOPT_LOW_SPEED_TIME, 60L);
  c.set(CURLOPT_USERAGENT, options_.user_agent.c_str());
  c.set(CURLOPT_WRITEFUNCTION, take_body);
  c.set(CURLOPT_HEADERFUNCTION, take_header);
  if (!options_.proxy.empty()) c.set(CURLOPT_PROXY, options_.proxy.c_str());
  if (!options_.ca_file.empty()) c.set(CURLOPT_CAINFO, options_.ca_file.c_str());
}

Fetcher::~Fetcher() = default;

Response Fetcher::get(const std::string& url, const Validators& known) {
  Connection& c = *connection_;
  Headers headers;
  if (!known.etag.empty()) add_header(headers, "If-None-Match: " + known.etag);
  if (!known.last_modified.empty())
    add_header(headers, "If-Modified-Since: " + known.last_modified);
  for (int attempt = 1;; ++attempt) {
    if (c.used) std::this_thread::sleep_for(options_.pause * attempt);
    c.used = true;
    Answer answer;
    c.details[0] = '\0';
    c.set(CURLOPT_URL, url.c_str());
    c.set(CURLOPT_HTTPHEADER, headers.get());
    c.set(CURLOPT_WRITEDATA, &answer);
    c.set(CURLOPT_HEADERDATA, &answer);
    const CURLcode code = curl().easy_perform(c.handle.get());
    if (answer.too_large)
      fail(url, "the page is larger than " + std::to_string(kPageLimit >> 20U) +
                    " MiB when unpacked and is refused");
    if (code != CURLE_OK) {
      if (attempt < kTries && may_help_to_try_again(code)) continue;
      fail(url, in_words(code, c.details));
    }
    long status = 0;
    curl().easy_getinfo(c.handle.get(), CURLINFO_RESPONSE_CODE, &status);
    if (status == 304) return {true, "", known};
    if (status == 200) return {false, std::move(answer.body), answer.validators};
    const bool busy = status == 429 || status == 503;
    if (attempt >= kTries || (!busy && status < 500))
      fail(url, "the server answers with status " + std::to_string(status));
    if (!busy || !answer.retry_after) continue;
    if (*answer.retry_after > options_.longest_wait.count() || *answer.retry_after < 0)
      fail(url, "the server is busy and asks to come back in " +
                    std::to_string(*answer.retry_after) + " seconds");
    if (options_.progress)
      options_.progress("the server is busy; waiting " + std::to_string(*answer.retry_after) +
                        " seconds as it asks");
    std::this_thread::sleep_for(std::chrono::seconds(*answer.retry_after));
  }
}

}  // namespace cmvp
