#include "cmvp/update.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>

#include "cmvp/entropy_certificates.h"
#include "cmvp/name.h"
#include "cmvp/store.h"
#include "evidence/base/digest.h"
#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace cmvp {
namespace {

using base::ErrorKind;

constexpr const char* kProgram = "/projects/cryptographic-module-validation-program/";
constexpr const char* kAlgorithmProgram = "/projects/cryptographic-algorithm-validation-program/";

// A page as it was fetched: a line each for its day and what the server said, then its bytes.
struct KeptPage {
  std::string day, body;
  Validators validators;
};

// Pages in the data folder, by their address.
class PageFolder {
 public:
  PageFolder(const base::Host& host, std::string folder) : host_(host), folder_(std::move(folder)) {
    std::error_code error;
    std::filesystem::create_directories(folder_, error);
    if (error)
      throw base::Error(ErrorKind::environment,
                        folder_ + ": cannot be made; set ASSAY_DATA to a folder that can");
  }

  KeptPage read(const std::string& url) const {
    KeptPage page;
    const base::FileText file = host_.read_file(path(url), kPageLimit + 8192);
    std::string_view rest = file.text;
    for (std::string* line : {&page.day, &page.validators.etag, &page.validators.last_modified}) {
      const auto end = rest.find('\n');
      if (end == std::string_view::npos) return {};
      *line = rest.substr(0, end);
      rest.remove_prefix(end + 1);
    }
    page.body = rest;
    return page;
  }

  // In one step, so that what breaks off leaves no half page.
  void write(const std::string& url, const KeptPage& page) const {
    const std::string part = path(url) + ".part";
    {
      std::ofstream file(part, std::ios::binary);
      file << page.day << '\n'
           << page.validators.etag << '\n'
           << page.validators.last_modified << '\n'
           << page.body;
      if (!file.flush()) throw base::Error(ErrorKind::environment, part + ": cannot be written");
    }
    std::error_code error;
    std::filesystem::rename(part, path(url), error);
    if (error) throw base::Error(ErrorKind::environment, path(url) + ": cannot be written");
  }

 private:
  std::string path(const std::string& url) const {
    return folder_ + "/" + base::sha256(url).substr(0, 32);
  }

  const base::Host& host_;
  std::string folder_;
};

std::string list_address(const UpdateOptions& options, const std::string& status) {
  return options.base_url + kProgram +
         "validated-modules/search?SearchMode=Advanced&CertificateStatus=" + status +
         "&ValidationYear=0&displayall=1";
}

class Updater {
 public:
  Updater(const base::Host& host, const UpdateOptions& options)
      : options_(options),
        host_(host),
        pages_(host, data_folder(host) + "/fetched"),
        fetcher_(options.fetch),
        import_({options.today, "NIST, " + options.base_url, options.accept_shrink, {}}) {}

  Update run() {
    const auto known = known_before(host_, options_.today);
    std::vector<Certificate> listed;
    for (const char* status : {"Active", "Historical", "Revoked"}) add_list(status, listed);
    for (const char* list :
         {"modules-in-process/modules-in-process-list", "modules-in-process/iut-list"})
      add_optional(options_.base_url + kProgram + list, list, false);
    const auto wanted = changed(known ? known->certificates : std::vector<Certificate>(), listed);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const std::string number = std::to_string(wanted[i]);
      say("page " + std::to_string(i + 1) + " of " + std::to_string(wanted.size()) +
          ": certificate #" + number);
      if (!add_optional(options_.base_url + kProgram + "certificate/" + number, number + ".html",
                        true))
        ++refused_;
    }
    if (refused_ > 3 && refused_ * 2 > wanted.size())
      throw base::Error(
          ErrorKind::input,
          "of " + std::to_string(wanted.size()) + " certificate pages " + std::to_string(refused_) +
              " could not be read; the old data is kept. The first: " + rejected_.front().reason);
    add_others(known ? *known : SnapshotContents());
    update_.result = import_.finish(known ? &*known : nullptr);
    auto& rejected = update_.result.contents.rejected;
    rejected.insert(rejected.end(), rejected_.begin(), rejected_.end());
    update_.file = store_snapshot(data_folder(host_), update_.result.contents);
    return std::move(update_);
  }

 private:
  void say(const std::string& doing) const {
    if (options_.fetch.progress) options_.fetch.progress(doing);
  }

  // The page at `url`, from the server or, where that says so, as it was kept.
  KeptPage fetch(const std::string& url, bool once_a_day) {
    KeptPage kept = pages_.read(url);
    if (once_a_day && kept.day == options_.today) {
      ++update_.unchanged;
      return kept;
    }
    Response response = fetcher_.get(url, kept.validators);
    if (response.unchanged) {
      ++update_.unchanged;
      return kept;
    }
    ++update_.fetched;
    return {options_.today, std::move(response.body), response.validators};
  }

  void add_list(const std::string& status, std::vector<Certificate>& listed) {
    say("fetching the list of " + status + " certificates");
    const std::string url = list_address(options_, status);
    const KeptPage page = fetch(url, false);
    const std::string origin = "list of " + status + " certificates";
    const Page html(page.body, origin);
    ListPage list = read_list_page(html);
    if (list.statuses != std::vector<std::string>{status})
      html.unexpected("it is of " + base::join(list.statuses, " and ") + " certificates");
    if (!list.complete)
      html.unexpected(
          "it does not hold as many certificates as it says, or some of them cannot be "
          "read");
    import_.add(origin, page.body);
    pages_.write(url, page);
    listed.insert(listed.end(), list.certificates.begin(), list.certificates.end());
  }

  // What cannot be had of these is rejected with its reason, and false; the update goes on.
  bool add_optional(const std::string& url, const std::string& origin, bool once_a_day) {
    try {
      const KeptPage page = fetch(url, once_a_day);
      import_.add(origin, page.body);
      pages_.write(url, page);
      return true;
    } catch (const base::Error& error) {
      rejected_.push_back({origin, 0, error.what()});
      return false;
    }
  }

  void add_others(const SnapshotContents& known) {
    const NamedElsewhere named = import_.named();
    if (options_.also.contains(kAlsoEntropy))
      for (const std::int64_t number : wanted_entropy(known, named.entropy)) {
        say("fetching entropy certificate E" + std::to_string(number));
        add_optional(options_.base_url + kProgram + "entropy-validations/certificate/" +
                         std::to_string(number),
                     "E" + std::to_string(number) + ".html", true);
      }
    if (options_.also.contains(kAlsoAlgorithms))
      for (const std::int64_t id : named.validations) {
        say("fetching algorithm validation " + std::to_string(id));
        add_optional(
            options_.base_url + kAlgorithmProgram + "details?validation=" + std::to_string(id),
            "validation " + std::to_string(id), true);
      }
    if (options_.also.contains(kAlsoProducts))
      for (const char* list : {"/products/certified_products.csv",
                               "/products/certified_products-archived.csv", "/pps/"}) {
        say(std::string("fetching ") + list + " of the Common Criteria portal");
        add_optional(options_.portal_url + list, list, false);
      }
  }

  // Entropy certificates that a new page names, or that are named and not held.
  static std::set<std::int64_t> wanted_entropy(const SnapshotContents& known,
                                               std::set<std::int64_t> numbers) {
    std::set<std::int64_t> held;
    for (const EntropyCertificate& each : known.entropy_certificates) held.insert(each.number);
    for (const Certificate& each : known.certificates)
      for (const std::string& words : each.entropy)
        for (const std::int64_t number : entropy_numbers(words))
          if (!held.contains(number)) numbers.insert(number);
    return numbers;
  }

  // Certificates whose page is worth fetching: what the list says of them is new, or nothing but
  // the list was ever read.
  static std::vector<std::int64_t> changed(const std::vector<Certificate>& known,
                                           const std::vector<Certificate>& listed) {
    std::map<std::int64_t, const Certificate*> by_number;
    for (const Certificate& each : known) by_number[each.number] = &each;
    std::vector<std::int64_t> numbers;
    for (const Certificate& now : listed) {
      const auto found = by_number.find(now.number);
      const bool same = found != by_number.end() && found->second->status == now.status &&
                        plain_name(found->second->name).plain == plain_name(now.name).plain &&
                        found->second->validation_dates == now.validation_dates &&
                        found->second->overall_level.has_value();
      if (!same) numbers.push_back(now.number);
    }
    std::sort(numbers.begin(), numbers.end());
    return numbers;
  }

  const UpdateOptions& options_;
  const base::Host& host_;
  PageFolder pages_;
  Fetcher fetcher_;
  FileImport import_;
  Update update_;
  std::vector<RejectedRecord> rejected_;
  std::size_t refused_ = 0;
};

}  // namespace

Update update(const base::Host& host, const UpdateOptions& options) {
  return Updater(host, options).run();
}

}  // namespace cmvp
