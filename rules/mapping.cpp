#include "rules/mapping.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "evidence/base/csv.h"
#include "evidence/base/error.h"
#include "evidence/base/resource.h"
#include "evidence/base/text.h"
#include "rules/embedded.h"
#include "rules/pack.h"

namespace rules {
namespace {

[[noreturn]] void refuse(const std::string& origin, const std::string& why) {
  throw base::Error(base::ErrorKind::input, origin + ": " + why);
}

const std::vector<std::string>& header() {
  static const std::vector<std::string> kHeader = {"framework", "control", "title", "by",
                                                   "name",      "source",  "memory"};
  return kHeader;
}

ControlLink read_link(const std::vector<std::string>& row, const std::string& origin) {
  for (std::size_t at = 0; at < 6; ++at)
    if (row[at].empty()) refuse(origin, "the column " + header()[at] + " is empty");
  const auto by = std::find(kLinkByNames.begin(), kLinkByNames.end(), row[3]);
  if (by == kLinkByNames.end())
    refuse(origin, "\"" + row[3] + "\" is none of rule, rung, pack, cites");
  return {row[0], row[1], row[2],          static_cast<LinkBy>(by - kLinkByNames.begin()),
          row[4], row[5], row[6] == "yes", origin};
}

// A control has one title, one source and one mark of memory in a mapping.
void check_agreement(const std::vector<ControlLink>& links) {
  std::map<std::pair<std::string, std::string>, const ControlLink*> first;
  for (const ControlLink& link : links) {
    const ControlLink& other =
        *first.emplace(std::pair(link.framework, link.control), &link).first->second;
    if (link.title != other.title || link.source != other.source ||
        link.from_memory != other.from_memory)
      refuse(link.origin, link.control + " is described in another way at " + other.origin);
  }
}

std::set<std::string> names_of(LinkBy by, const std::vector<Pack>& packs) {
  std::set<std::string> names;
  if (by == LinkBy::rung) names.insert(kRungNames.begin() + 1, kRungNames.end());
  for (const Pack& pack : packs) {
    if (by == LinkBy::pack) names.insert(pack.id);
    for (const Rule& rule : pack.rules) {
      if (by == LinkBy::rule) names.insert(rule.id);
      if (by == LinkBy::cites)
        for (const Citation& cite : rule.citations) names.insert(cite.clause);
    }
  }
  return names;
}

// Each control once, in the order of the mapping.
std::vector<Control> controls_of(const std::vector<ControlLink>& links) {
  std::vector<Control> controls;
  std::set<std::pair<std::string_view, std::string_view>> known;
  for (const ControlLink& link : links)
    if (known.emplace(link.framework, link.control).second)
      controls.push_back(
          {link.framework, link.control, link.title, link.source, link.from_memory, {}, {}});
  return controls;
}

// The controls that the findings of one rule speak to.
struct SpokenTo {
  std::vector<std::size_t> places;  // in the list of all controls
  base::Shared<std::vector<std::string>> names;
};

SpokenTo spoken_to(const Finding& finding, const std::vector<ControlLink>& links,
                   const std::vector<Control>& controls) {
  std::set<std::pair<std::string_view, std::string_view>> spoken;
  for (const ControlLink& link : links)
    if (speaks_to(link, finding)) spoken.emplace(link.framework, link.control);
  SpokenTo list;
  std::vector<std::string> names;
  for (std::size_t place = 0; place < controls.size(); ++place) {
    const Control& control = controls[place];
    if (!spoken.contains({control.framework, control.id})) continue;
    list.places.push_back(place);
    names.push_back(control.framework + " " + control.id);
  }
  list.names = std::move(names);
  return list;
}

}  // namespace

std::vector<ControlLink> read_mapping(std::string_view csv, const std::string& origin) {
  const base::Csv table = base::parse_csv(csv, origin);
  if (table.header != header())
    refuse(origin + ":1", "the columns of a mapping are " + base::join(header(), ","));
  std::vector<ControlLink> links;
  std::size_t line = 1;
  for (const auto& row : table.rows)
    links.push_back(read_link(row, origin + ":" + std::to_string(++line)));
  check_agreement(links);
  return links;
}

std::vector<ControlLink> built_in_mappings() {
  std::vector<ControlLink> all;
  for (const base::Resource& resource : embedded())
    if (resource.name.starts_with("mappings/"))
      for (ControlLink& link : read_mapping(resource.bytes, std::string(resource.name)))
        all.push_back(std::move(link));
  return all;
}

bool speaks_to(const ControlLink& link, const Finding& finding) {
  switch (link.by) {
    case LinkBy::rule:
      return finding.rule == link.name;
    case LinkBy::rung:
      return finding.rung != Rung::none && name_of(finding.rung) == link.name;
    case LinkBy::pack:
      return finding.pack == link.name;
    case LinkBy::cites:
      return std::any_of(finding.citations.begin(), finding.citations.end(),
                         [&](const Citation& cite) { return cite.clause == link.name; });
  }
  return false;
}

std::vector<Control> group_by_control(const std::vector<ControlLink>& links,
                                      std::vector<Finding>& findings) {
  std::vector<Control> controls = controls_of(links);
  std::map<std::pair<std::string_view, std::string_view>, SpokenTo> by_rule;
  for (Finding& finding : findings) {
    const auto [rule, is_new] = by_rule.try_emplace({finding.pack, finding.rule});
    if (is_new) rule->second = spoken_to(finding, links, controls);
    finding.controls = rule->second.names;
    for (const std::size_t place : rule->second.places) {
      ++controls[place].count[static_cast<std::size_t>(finding.result)];
      controls[place].findings.push_back(finding.id);
    }
  }
  std::erase_if(controls, [](const Control& control) { return control.findings.empty(); });
  return controls;
}

std::vector<std::string> lint_mapping(const std::vector<ControlLink>& links,
                                      const std::vector<Pack>& packs) {
  std::vector<std::string> remarks;
  std::map<LinkBy, std::set<std::string>> known;
  for (const LinkBy by : {LinkBy::rule, LinkBy::rung, LinkBy::pack, LinkBy::cites})
    known[by] = names_of(by, packs);
  for (const ControlLink& link : links)
    if (!known[link.by].contains(link.name))
      remarks.push_back(
          link.origin + ": error: " + link.framework + " " + link.control + " is linked to the " +
          (link.by == LinkBy::cites ? "clause " + link.name + ", which no rule cites"
                                    : std::string(kLinkByNames[static_cast<std::size_t>(link.by)]) +
                                          " " + link.name + ", which is not there"));
  return remarks;
}

}  // namespace rules
