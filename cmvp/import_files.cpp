#include "cmvp/import_files.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <utility>

#include "cmvp/entropy_certificates.h"
#include "evidence/base/error.h"
#include "evidence/base/text.h"
#include "evidence/base/time.h"

namespace cmvp {
namespace {

using base::ErrorKind;

constexpr int kFolderDepth = 8;

void add_kind(std::vector<std::string>& kinds, const std::string& kind) {
  if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.push_back(kind);
}

std::string title_of(const ProfileDocument& document) {
  return document.profile.name + " " + document.profile.version;
}

// What was known before and did not come again, by its key; then all of it in the order of the key.
template <typename T, typename Key>
void keep_known(std::vector<T>& ours, const std::vector<T>& known, Key key) {
  std::set<decltype(key(std::declval<const T&>()))> came;
  for (const T& each : ours) came.insert(key(each));
  for (const T& each : known)
    if (!came.contains(key(each))) ours.push_back(each);
  std::stable_sort(ours.begin(), ours.end(),
                   [&](const T& a, const T& b) { return key(a) < key(b); });
}

std::pair<std::string, std::int64_t> key_of(const AlgorithmValidation& each) {
  return {each.number, each.validation_id};
}

// The search list and the page of a product tell of the same validation: what one leaves out is
// taken from the other.
void join_validations(std::vector<AlgorithmValidation>& all) {
  std::map<std::pair<std::string, std::int64_t>, AlgorithmValidation> joined;
  for (const AlgorithmValidation& each : all) {
    const auto [found, is_new] = joined.emplace(key_of(each), each);
    if (is_new) continue;
    AlgorithmValidation& first = found->second;
    if (first.product_id == 0) first.product_id = each.product_id;
    for (auto field :
         {&AlgorithmValidation::vendor, &AlgorithmValidation::product,
          &AlgorithmValidation::version, &AlgorithmValidation::type, &AlgorithmValidation::date,
          &AlgorithmValidation::environments, &AlgorithmValidation::algorithms})
      if ((first.*field).empty()) first.*field = each.*field;
  }
  all.clear();
  for (auto& [key, each] : joined) all.push_back(std::move(each));
}

template <typename T>
void append(std::vector<T>& to, std::vector<T> from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace

void FileImport::add_notes(const std::string& origin, const std::vector<LineNote>& rejected,
                           const std::vector<LineNote>& left_out) {
  for (const LineNote& each : rejected)
    result_.contents.rejected.push_back({origin, each.line, each.text});
  for (const LineNote& each : left_out) result_.left_out.push_back({origin, each});
}

void FileImport::take(const std::string& origin, Import feed) {
  add_notes(origin, feed.rejected, feed.left_out);
  append(gathered_.feed, std::move(feed.certificates));
  add_kind(kinds_, "a feed of records");
}

void FileImport::take(const std::string& origin, ListPage list) {
  add_notes(origin, list.rejected, list.left_out);
  add_kind(kinds_, "the list of " + base::join(list.statuses, " and ") + " certificates" +
                       (list.complete ? "" : ", not complete"));
  gathered_.lists.push_back(std::move(list));
}

void FileImport::take(const std::string& origin, DetailPage page) {
  const std::int64_t number = page.certificate.number;
  if (!page_numbers_.insert(number).second)
    throw base::Error(ErrorKind::input, origin + ": certificate #" + std::to_string(number) +
                                            " again; its page was read before");
  add_notes(origin, {}, page.left_out);
  named_.validations.insert(page.validation_ids.begin(), page.validation_ids.end());
  for (const std::string& words : page.certificate.entropy)
    for (const std::int64_t named : entropy_numbers(words)) named_.entropy.insert(named);
  gathered_.pages.push_back(std::move(page.certificate));
  add_kind(kinds_, "certificate pages");
}

void FileImport::take(const std::string& origin, ProcessPage list) {
  add_notes(origin, list.rejected, {});
  if (!list.modules.empty()) add_kind(kinds_, "the list of " + list.modules[0].list);
  append(result_.contents.in_process, std::move(list.modules));
}

void FileImport::take(const std::string& origin, AlgorithmPage page) {
  add_notes(origin, page.rejected, {});
  append(result_.contents.algorithm_validations, std::move(page.validations));
  add_kind(kinds_, "CAVP pages");
}

void FileImport::take(const std::string& origin, CommonCriteriaList list) {
  add_notes(origin, list.rejected, {});
  append(result_.contents.products, std::move(list.products));
  add_kind(kinds_, "the list of the Common Criteria portal");
}

void FileImport::take(const std::string& origin, ProtectionProfileList list) {
  add_notes(origin, list.rejected, {});
  append(result_.contents.profiles, std::move(list.profiles));
  add_kind(kinds_, "the Common Criteria portal's list of protection profiles");
}

void FileImport::take(const std::string& origin, EntropyPage page) {
  auto& all = result_.contents.entropy_certificates;
  const std::int64_t number = page.certificate.number;
  if (std::any_of(all.begin(), all.end(), [&](const auto& each) { return each.number == number; }))
    throw base::Error(ErrorKind::input, origin + ": entropy certificate E" +
                                            std::to_string(number) +
                                            " again; its page was read before");
  add_notes(origin, {}, page.left_out);
  all.push_back(std::move(page.certificate));
  add_kind(kinds_, "entropy certificates");
}

void FileImport::take(const std::string& origin, ProfileDocument document) {
  auto& all = result_.contents.documents;
  if (std::any_of(all.begin(), all.end(),
                  [&](const auto& each) { return title_of(each) == title_of(document); }))
    throw base::Error(ErrorKind::input,
                      origin + ": " + title_of(document) + " again; it was read before");
  add_notes(origin, document.rejected, {});
  add_kind(kinds_, "protection profiles with their requirements");
  all.push_back(std::move(document));
}

void FileImport::take_file(const std::string& origin, ImportedFile file) {
  std::visit([&](auto& read) { take(origin, std::move(read)); }, file);
}

void FileImport::add(const std::string& origin, std::string_view bytes) {
  take_file(origin, read_imported(origin, bytes));
}

// What is known of a folder while its files are read.
struct FileImport::Folder {
  struct Waiting {
    std::string name, path;
    std::future<ImportedFile> file;
  };

  std::string path;
  FileReaders readers = {};
  std::deque<Waiting> waiting = {};
  std::vector<std::string> refused = {};
  std::size_t read = 0;
};

void FileImport::take_next(Folder& folder) {
  Folder::Waiting next = std::move(folder.waiting.front());
  folder.waiting.pop_front();
  try {
    take_file(next.path, next.file.get());
    if (++folder.read % 500 == 0 && options_.progress)
      options_.progress("read " + std::to_string(folder.read) + " files of " + folder.path);
  } catch (const base::Error& error) {
    folder.refused.emplace_back(error.what());
    result_.contents.rejected.push_back({next.name, 0, error.what()});
  }
}

void FileImport::add_folder(const base::Host& host, Folder& folder) {
  std::vector<std::pair<std::string, int>> folders = {{folder.path, 0}};
  while (!folders.empty()) {
    const auto [path, depth] = folders.back();
    folders.pop_back();
    const base::Listing listing = host.list_folder(path);
    if (listing.seen != base::Seen::ok)
      throw base::Error(ErrorKind::environment, path + ": " + listing.reason);
    for (const std::string& name : listing.names) {
      const std::string file = path + "/" + name;
      if (host.status(file).is_folder) {
        if (depth < kFolderDepth) folders.emplace_back(file, depth + 1);
        continue;
      }
      folder.waiting.push_back({name, file, folder.readers.read(host, file)});
      if (folder.waiting.size() > folder.readers.ahead()) take_next(folder);
    }
  }
  while (!folder.waiting.empty()) take_next(folder);
}

void FileImport::add_path(const base::Host& host, const std::string& path) {
  if (options_.progress) options_.progress("reading " + path);
  if (!host.status(path).is_folder) return take_file(path, read_imported(host, path));
  Folder folder{path};
  add_folder(host, folder);
  if (folder.refused.size() > folder.read)
    throw base::Error(
        ErrorKind::input,
        path + ": of " + std::to_string(folder.refused.size() + folder.read) + " files " +
            std::to_string(folder.refused.size()) +
            " could not be read; the old data is kept. The first: " + folder.refused.front());
}

std::string FileImport::taken_at() const {
  std::string day = options_.taken_at;
  if (day.empty())
    for (const Certificate& each : gathered_.feed) day = std::max(day, each.status_as_of);
  if (day.empty())
    throw base::Error(ErrorKind::usage,
                      "the files do not say of which day they are; give --taken-at, the day they "
                      "were fetched");
  if (!base::parse_date(day))
    throw base::Error(ErrorKind::usage, "--taken-at is a date, YYYY-MM-DD, not \"" + day + "\"");
  return day;
}

void FileImport::reject_impossible(const std::string& day) {
  std::set<std::int64_t> seen;
  std::erase_if(gathered_.feed, [&](const Certificate& each) {
    std::string why;
    if (each.status_as_of > day)
      why = "its status is of " + each.status_as_of + ", later than the snapshot, " + day;
    else if (!seen.insert(each.number).second)
      why = "stands in two feeds; the first one is taken";
    if (why.empty()) return false;
    result_.contents.rejected.push_back({"certificate #" + std::to_string(each.number), 0, why});
    return true;
  });
}

std::string FileImport::words_for_source(const SnapshotContents* known) const {
  std::string words = options_.source.empty() ? base::join(kinds_, ", ") : options_.source;
  if (known != nullptr) words += ", on top of the snapshot of " + known->header.taken_at;
  return words;
}

ImportResult FileImport::finish(const SnapshotContents* known) {
  const std::string day = taken_at();
  if (kinds_.empty()) throw base::Error(ErrorKind::input, "nothing was read; the old data is kept");
  reject_impossible(day);
  static const std::vector<Certificate> kNothing;
  Merge merged = merge(known == nullptr ? kNothing : known->certificates, std::move(gathered_), day,
                       options_.accept_shrink);
  SnapshotContents& contents = result_.contents;
  contents.certificates = std::move(merged.certificates);
  append(contents.rejected, std::move(merged.rejected));
  for (ModuleInProcess& each : contents.in_process) each.list_as_of = day;
  if (known != nullptr) {
    // What this import did not bring stays as it was known.
    if (contents.in_process.empty()) contents.in_process = known->in_process;
    if (contents.products.empty()) contents.products = known->products;
    if (contents.profiles.empty()) contents.profiles = known->profiles;
  }
  static const SnapshotContents kNone;
  const SnapshotContents& before = known == nullptr ? kNone : *known;
  keep_known(contents.entropy_certificates, before.entropy_certificates,
             [](const EntropyCertificate& each) { return each.number; });
  join_products(contents.products);
  join_validations(contents.algorithm_validations);
  keep_known(contents.algorithm_validations, before.algorithm_validations, key_of);
  keep_known(contents.documents, before.documents, title_of);
  contents.header = {day, words_for_source(known),
                     static_cast<std::int64_t>(contents.certificates.size())};
  result_.contradictions = std::move(merged.contradictions);
  return std::move(result_);
}

}  // namespace cmvp
