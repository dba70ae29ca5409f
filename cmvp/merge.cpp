#include "cmvp/merge.h"

#include <algorithm>
#include <map>
#include <set>

#include "cmvp/name.h"
#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace cmvp {
namespace {

std::string numbered(std::int64_t number) { return "#" + std::to_string(number); }

bool same_name(const std::string& a, const std::string& b) {
  return a.empty() || b.empty() || plain_name(a).plain == plain_name(b).plain;
}

// The new status, and what was known before as the earlier one; an older change is not forgotten
// while the status stays the same.
void set_status(Certificate& c, const std::string& status, const std::string& day) {
  if (!c.status.empty() && c.status_as_of != day) {
    if (c.status != status || c.earlier_status.empty()) {
      c.earlier_status = c.status;
      c.earlier_status_as_of = c.status_as_of;
    }
    if (status == "Historical" && c.status == "Active") c.became_historical_by = day;
    if (status == "Active") c.became_historical_by.clear();
  }
  c.status = status;
  c.status_as_of = day;
}

void take(std::string& ours, const std::string& theirs) {
  if (!theirs.empty()) ours = theirs;
}

template <typename T>
void take(std::vector<T>& ours, const std::vector<T>& theirs) {
  if (!theirs.empty()) ours = theirs;
}

// What a certificate page says in place of what pages said before; what a Security Policy said
// stays.
template <typename T>
void take_of_origin(std::vector<T>& ours, const std::vector<T>& theirs) {
  if (theirs.empty()) return;
  std::set<std::string> origins;
  for (const T& each : theirs) origins.insert(each.origin);
  std::erase_if(ours, [&](const T& each) { return origins.contains(each.origin); });
  ours.insert(ours.begin(), theirs.begin(), theirs.end());
}

// Relations that were worked out from other places are not on the page, and stay.
void add_relations(std::vector<Relation>& ours, const std::vector<Relation>& theirs) {
  for (const Relation& each : theirs) {
    const bool known = std::any_of(ours.begin(), ours.end(), [&](const Relation& other) {
      return other.type == each.type && other.other == each.other;
    });
    if (!known) ours.push_back(each);
  }
}

void take_details(Certificate& ours, const Certificate& theirs) {
  take(ours.vendor, theirs.vendor);
  take(ours.name, theirs.name);
  take(ours.standard, theirs.standard);
  take(ours.validation_dates, theirs.validation_dates);
  take(ours.sunset_date, theirs.sunset_date);
  take(ours.sunset_as_of, theirs.sunset_as_of);
  if (theirs.overall_level) ours.overall_level = theirs.overall_level;
  take(ours.module_type, theirs.module_type);
  take(ours.embodiment, theirs.embodiment);
  take_of_origin(ours.recorded_versions, theirs.recorded_versions);
  take_of_origin(ours.environments, theirs.environments);
  add_relations(ours.relations, theirs.relations);
  take(ours.caveat_flags, theirs.caveat_flags);
  take(ours.caveat, theirs.caveat);
  take(ours.laboratory, theirs.laboratory);
  take(ours.algorithms, theirs.algorithms);
  if (!theirs.algorithms.empty()) ours.algorithms_read = theirs.algorithms_read;
  take(ours.level_exceptions, theirs.level_exceptions);
  take(ours.cavp_numbers, theirs.cavp_numbers);
  take(ours.parameter_sets, theirs.parameter_sets);
  take(ours.entropy, theirs.entropy);
  take(ours.file_digests, theirs.file_digests);
}

class Merger {
 public:
  Merger(const std::vector<Certificate>& known, std::string taken_at)
      : taken_at_(std::move(taken_at)) {
    for (const Certificate& each : known) {
      certificates_.emplace(each.number, each);
      known_.insert(each.number);
    }
  }

  // A feed is what anybody can write: it fills gaps and brings what is newer, and loses otherwise.
  void add_feed(Certificate feed) {
    const auto found = certificates_.find(feed.number);
    if (found == certificates_.end()) {
      certificates_.emplace(feed.number, std::move(feed));
      return;
    }
    Certificate& ours = found->second;
    if (!same_name(ours.name, feed.name)) {
      reject(feed, "the feed calls it \"" + feed.name + "\", the list of " + ours.status_as_of +
                       " \"" + ours.name + "\"; the list is believed");
      return;
    }
    const bool newer = feed.status_as_of > ours.status_as_of;
    if (feed.status_as_of == ours.status_as_of && feed.status != ours.status)
      contradict(feed.number, feed.status + " in the feed, " + ours.status + " on the list of " +
                                  ours.status_as_of + "; the list is believed");
    if (newer) {
      set_status(ours, feed.status, feed.status_as_of);
      take_details(ours, feed);
    } else {
      feed.status = ours.status;
      feed.status_as_of = ours.status_as_of;
      feed.earlier_status = ours.earlier_status;
      feed.earlier_status_as_of = ours.earlier_status_as_of;
      feed.became_historical_by = ours.became_historical_by;
      take_details(feed, ours);
      ours = std::move(feed);
    }
  }

  void add_page(Certificate page) {
    page.status_as_of = taken_at_;
    if (!page.sunset_date.empty()) page.sunset_as_of = taken_at_;
    page_status_[page.number] = page.status;
    const auto found = certificates_.find(page.number);
    if (found == certificates_.end()) {
      certificates_.emplace(page.number, std::move(page));
      return;
    }
    set_status(found->second, page.status, taken_at_);
    take_details(found->second, page);
  }

  void add_list(const ListPage& list) {
    for (const Certificate& listed : list.certificates) {
      Certificate& ours = certificates_[listed.number];
      ours.number = listed.number;
      take_listed(ours, listed);
      listed_.insert(listed.number);
    }
    if (list.complete) complete_.insert(list.statuses.begin(), list.statuses.end());
  }

  Merge finish() {
    drop_unlisted();
    for (auto& [number, each] : certificates_) result_.certificates.push_back(std::move(each));
    return std::move(result_);
  }

 private:
  void take_listed(Certificate& ours, const Certificate& listed) {
    const auto page = page_status_.find(listed.number);
    if (page != page_status_.end() && page->second != listed.status)
      contradict(listed.number, page->second + " on its page, " + listed.status +
                                    " on the list; the list is believed");
    if (page != page_status_.end() && !same_name(ours.name, listed.name))
      contradict(listed.number, "called \"" + ours.name + "\" on its page, \"" + listed.name +
                                    "\" on the list; the list is believed");
    std::string status = listed.status;
    if (listed_.contains(listed.number) && ours.status != status) {
      status = std::max(status, ours.status);  // In the order of the alphabet the graver is last.
      contradict(listed.number,
                 "on two lists, " + listed.status + " and " + ours.status + "; taken as " + status);
    }
    set_status(ours, status, taken_at_);
    take(ours.vendor, listed.vendor);
    take(ours.name, listed.name);
    take(ours.module_type, listed.module_type);
    if (listed.validation_dates.size() >= ours.validation_dates.size())
      take(ours.validation_dates, listed.validation_dates);
  }

  // Not on a complete list of its status any more: what became of it, only another list says.
  void drop_unlisted() {
    for (auto entry = certificates_.begin(); entry != certificates_.end();) {
      Certificate& c = entry->second;
      if (listed_.contains(c.number) || !complete_.contains(c.status)) {
        ++entry;
      } else if (!known_.contains(c.number)) {
        reject(c, "not on the complete list of " + c.status + " certificates of " + taken_at_);
        entry = certificates_.erase(entry);
      } else {
        contradict(c.number, c.status + " on " + c.status_as_of + ", but no longer on that list; " +
                                 "its status is unknown until the other lists are read");
        set_status(c, "unknown", taken_at_);
        ++entry;
      }
    }
  }

  void contradict(std::int64_t number, const std::string& what) {
    result_.contradictions.push_back("certificate " + numbered(number) + ": " + what);
  }

  void reject(const Certificate& c, const std::string& why) {
    result_.rejected.push_back({"certificate " + numbered(c.number), 0, why});
  }

  std::string taken_at_;
  std::map<std::int64_t, Certificate> certificates_;
  std::map<std::int64_t, std::string> page_status_;
  std::set<std::int64_t> known_, listed_;
  std::set<std::string> complete_;
  Merge result_;
};

void check_shrink(const std::vector<Certificate>& known, const std::vector<ListPage>& lists) {
  std::map<std::string, std::size_t> before, now;
  for (const Certificate& each : known) ++before[each.status];
  std::set<std::string> listed;
  for (const ListPage& list : lists) {
    listed.insert(list.statuses.begin(), list.statuses.end());
    for (const Certificate& each : list.certificates) ++now[each.status];
  }
  for (const std::string& status : listed)
    if (now[status] * 2 < before[status])
      throw base::Error(base::ErrorKind::input,
                        "the list of " + status + " certificates shrank from " +
                            std::to_string(before[status]) + " to " + std::to_string(now[status]) +
                            "; the old data is kept. If that is right, import it with "
                            "--accept-shrink");
}

}  // namespace

Merge merge(const std::vector<Certificate>& known, Gathered gathered, const std::string& taken_at,
            bool accept_shrink) {
  if (!accept_shrink) check_shrink(known, gathered.lists);
  Merger merger(known, taken_at);
  for (Certificate& each : gathered.feed) merger.add_feed(std::move(each));
  for (Certificate& each : gathered.pages) merger.add_page(std::move(each));
  for (const ListPage& list : gathered.lists) merger.add_list(list);
  return merger.finish();
}

std::vector<std::string> contradictions(const SnapshotContents& a, const SnapshotContents& b,
                                        std::size_t limit) {
  std::map<std::int64_t, const Certificate*> others;
  for (const Certificate& each : b.certificates) others[each.number] = &each;
  std::vector<std::string> result;
  const auto differ = [&](std::int64_t number, const std::string& what, const std::string& ours,
                          const std::string& theirs) {
    if (result.size() < limit)
      result.push_back("certificate " + numbered(number) + ": " + what + " \"" + ours +
                       "\" in the snapshot of " + a.header.taken_at + ", \"" + theirs +
                       "\" in that of " + b.header.taken_at);
  };
  for (const Certificate& ours : a.certificates) {
    const auto found = others.find(ours.number);
    if (found == others.end()) continue;
    const Certificate& theirs = *found->second;
    if (ours.status_as_of == theirs.status_as_of && ours.status != theirs.status)
      differ(ours.number, "status on " + ours.status_as_of, ours.status, theirs.status);
    if (!same_name(ours.name, theirs.name)) differ(ours.number, "name", ours.name, theirs.name);
    if (!ours.standard.empty() && !theirs.standard.empty() && ours.standard != theirs.standard)
      differ(ours.number, "standard", ours.standard, theirs.standard);
  }
  return result;
}

}  // namespace cmvp
