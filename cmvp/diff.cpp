#include "cmvp/diff.h"

#include <algorithm>
#include <set>

#include "cmvp/lookup.h"
#include "evidence/base/text.h"

namespace cmvp {
namespace {

std::vector<std::int64_t> numbers_in(const base::Database& snapshot) {
  std::vector<std::int64_t> numbers;
  auto row = snapshot.prepare("SELECT number FROM certificate ORDER BY number");
  while (row.step()) numbers.push_back(row.integer(0));
  return numbers;
}

// Elements of a list, each once and in order, so that another order is no change.
std::string sorted(std::set<std::string> elements, std::string_view separator) {
  return base::join({elements.begin(), elements.end()}, separator);
}

std::string versions(const Certificate& c) {
  std::set<std::string> all;
  for (const Version& version : c.versions) all.insert(version.text);
  return sorted(std::move(all), ", ");
}

std::string environments(const Certificate& c) {
  std::set<std::string> all;
  for (const ListedEnvironment& environment : c.environments) all.insert(environment.text);
  return sorted(std::move(all), "; ");
}

class Changes {
 public:
  void add_whole(const Certificate& c, const char* kind) {
    const bool gone = std::string_view(kind) == "gone";
    list.push_back({c.number, c.name, c.vendor, kind, gone ? c.status : "", gone ? "" : c.status});
  }

  void compare(const Certificate& a, const Certificate& b) {
    add(b, "status", a.status, b.status);
    if (!b.sunset_date.empty()) add(b, "sunset", a.sunset_date, b.sunset_date);
    add(b, "versions", versions(a), versions(b));
    add(b, "environments", environments(a), environments(b));
    add(b, "caveats", sorted({a.caveat_flags.begin(), a.caveat_flags.end()}, ", "),
        sorted({b.caveat_flags.begin(), b.caveat_flags.end()}, ", "));
  }

  std::vector<Change> list;

 private:
  void add(const Certificate& c, const char* kind, std::string before, std::string after) {
    if (before != after)
      list.push_back({c.number, c.name, c.vendor, kind, std::move(before), std::move(after)});
  }
};

}  // namespace

std::vector<Change> changes_between(const base::Database& before, const base::Database& after) {
  const auto old_numbers = numbers_in(before), new_numbers = numbers_in(after);
  std::vector<std::int64_t> all;
  std::set_union(old_numbers.begin(), old_numbers.end(), new_numbers.begin(), new_numbers.end(),
                 std::back_inserter(all));
  CertificateReader old_reader(before), new_reader(after);
  Changes changes;
  for (const std::int64_t number : all) {
    const auto a = old_reader.read(number), b = new_reader.read(number);
    if (a && b) {
      changes.compare(*a, *b);
    } else {
      changes.add_whole(a ? *a : *b, a ? "gone" : "new");
    }
  }
  return std::move(changes.list);
}

}  // namespace cmvp
