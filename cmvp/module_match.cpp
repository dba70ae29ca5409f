#include "cmvp/module_match.h"

#include <algorithm>
#include <cstdlib>
#include <tuple>

#include "cmvp/bindings.h"
#include "cmvp/name.h"
#include "cmvp/status.h"
#include "cmvp/version.h"
#include "cmvp/version_combination.h"
#include "evidence/base/text.h"

namespace cmvp {
namespace {

std::string name_reason(const ReportedModule& module, const std::string& certified) {
  const std::string& reported = module.name;
  if (!module.name_source.empty())
    return "the " + module.part + " calls itself \"" + module.words +
           "\", which the table of names knows as \"" + certified + "\"";
  if (reported == certified) return "the module reports the name of the certificate";
  const bool whole = plain_name(reported).plain == plain_name(certified).plain;
  return "the module reports the name of the certificate, \"" + certified + "\", but for " +
         (whole ? "letter case, spaces, dashes or marks" : "the version at its end");
}

struct CertifiedVersion {
  const Version* version;
  UpstreamVersion upstream;
};

// A short unlabelled number in a Security Policy may be the version of the document.
bool can_be_compared(const Version& version, const UpstreamVersion& upstream) {
  if (version.kind == "hardware") return false;
  return version.kind != "unlabelled" || upstream.numbers.size() > 2 || !upstream.build.empty();
}

// The versions that can be compared with another one, in order.
std::vector<CertifiedVersion> comparable(const Certificate& certificate) {
  std::vector<CertifiedVersion> result;
  const auto add = [&](const Version& version) {
    if (auto upstream = parse_upstream(version.text);
        upstream && can_be_compared(version, *upstream))
      result.push_back({&version, std::move(*upstream)});
  };
  for (const Version& version : certificate.versions) add(version);
  for (const VersionCombination& combination : certificate.combinations)
    for (const Version& version : combination.versions) add(version);
  std::stable_sort(result.begin(), result.end(),
                   [](const CertifiedVersion& a, const CertifiedVersion& b) {
                     return compare_upstream(a.upstream, b.upstream) < 0;
                   });
  return result;
}

// Whether the version may be that of the document in which it stands.
bool doubtful(const Version& version) {
  const auto upstream = parse_upstream(version.text);
  return upstream && !can_be_compared(version, *upstream);
}

// Whether a version of this kind can be the one that the module tells.
bool of_kind(const Version& version, const ReportedModule& module) {
  if (version.kind == "hardware") return false;
  const bool other = version.kind == "software" || version.kind == "firmware";
  return module.version_kind.empty() || !other || version.kind == module.version_kind;
}

const Version* same_string(const ReportedModule& module, const Certificate& certificate) {
  for (const Version& version : certificate.versions)
    if (of_kind(version, module) && version.text == module.version) return &version;
  return nullptr;
}

// The first version that may be the one that is told cut short: 3.90 of "3.90.0-a20cd33f".
const Version* longer_string(const ReportedModule& module, const Certificate& certificate) {
  if (!module.version_cut) return nullptr;
  const auto goes_on = [](char c) { return c == '.' || c == '-' || c == '_' || c == '+'; };
  const auto longer = [&](const Version& version) {
    return of_kind(version, module) && version.text.size() > module.version.size() &&
           version.text.starts_with(module.version) && goes_on(version.text[module.version.size()]);
  };
  for (const Version& version : certificate.versions)
    if (longer(version)) return &version;
  for (const VersionCombination& combination : certificate.combinations)
    for (const Version& version : combination.versions)
      if (longer(version)) return &version;
  return nullptr;
}

// The parts of software or firmware in `combination` whose version is the one that is told; with
// `origin`, only those from there. None if all that the combination has of such parts is told.
std::vector<const Version*> told_parts(const VersionCombination& combination,
                                       const ReportedModule& module, const std::string& origin) {
  std::vector<const Version*> told;
  bool others = false;
  for (const Version& each : combination.versions) {
    if (each.kind == "hardware") continue;
    if (of_kind(each, module) && is_version(module.version, each) &&
        (origin.empty() || origin == each.origin))
      told.push_back(&each);
    others = others || each.component != combination.versions.front().component;
  }
  if (!others) told.clear();
  return told;
}

// "recovery 13.2.4 and uboot 1.1.0 or 1.4.1": the parts of which nothing is told.
std::string untold_parts(const VersionCombination& combination,
                         const std::vector<const Version*>& told) {
  std::vector<std::string> words;
  std::string last;
  for (const Version& each : combination.versions) {
    const auto same = [&](const Version* part) { return part->component == each.component; };
    if (each.kind == "hardware" || std::any_of(told.begin(), told.end(), same)) continue;
    if (!words.empty() && each.component == last) {
      words.back() += " or " + each.text;
    } else {
      words.push_back(each.component + (each.component.empty() ? "" : " ") + each.text);
    }
    last = each.component;
  }
  return base::join(words, " and ");
}

// Whether the version that is told is that of a part that was validated together with others; says
// so. `whole` is the version of the certificate that it equals, or nullptr.
bool explain_part(const ReportedModule& module, const Certificate& certificate,
                  const Version* whole, ModuleMatch& match) {
  const std::string origin = whole == nullptr ? "" : whole->origin;
  std::size_t count = 0;
  for (const VersionCombination& each : certificate.combinations) {
    const auto told = told_parts(each, module, origin);
    if (told.empty() || ++count > 1) continue;
    std::vector<std::string> names;
    for (const Version* part : told) names.push_back(part->component);
    std::erase(names, "");
    match.reasons_for.push_back("version " + module.version + " is that of a part that it covers" +
                                (names.empty() ? "" : ", " + base::join(names, " and ")) +
                                " (from the " + told.front()->origin + ")");
    match.reasons_against.push_back("it was validated together with " + untold_parts(each, told) +
                                    ", of which the " + module.part + " tells nothing");
  }
  if (count > 1)
    match.reasons_against.back() +=
        "; " + std::to_string(count) + " combinations have that version";
  match.part_only = count > 0;
  return match.part_only;
}

// What is compared besides name and version, and decides nothing.
void explain_vendor(const ReportedModule& module, const Certificate& certificate,
                    ModuleMatch& match) {
  if (module.manufacturer.empty() || certificate.vendor.empty()) return;
  if (plain_name(module.manufacturer).plain == plain_name(certificate.vendor).plain) {
    match.reasons_for.push_back("the manufacturer it tells is the vendor of the certificate");
  } else {
    match.reasons_against.push_back("the manufacturer it tells is " + module.manufacturer +
                                    ", the vendor of the certificate " + certificate.vendor);
  }
}

// The hardware versions that were validated together with the version that is told; all of them if
// the record does not say which.
std::vector<std::string> hardware_of(const ReportedModule& module, const Certificate& certificate) {
  std::vector<std::string> together, all;
  for (const VersionCombination& each : certificate.combinations)
    if (std::any_of(each.versions.begin(), each.versions.end(), [&](const Version& version) {
          return of_kind(version, module) && is_version(module.version, version);
        }))
      for (const Version& version : each.versions)
        if (version.kind == "hardware") together.push_back(version.text);
  for (const Version& version : certificate.versions)
    if (version.kind == "hardware") all.push_back(version.text);
  return together.empty() ? all : together;
}

void explain_hardware(const ReportedModule& module, const Certificate& certificate,
                      ModuleMatch& match) {
  if (module.hardware_version.empty()) return;
  const auto listed = hardware_of(module, certificate);
  if (listed.empty()) return;
  const bool same =
      std::find(listed.begin(), listed.end(), module.hardware_version) != listed.end();
  (same ? match.reasons_for : match.reasons_against)
      .push_back("hardware version " + module.hardware_version +
                 (same ? " is on the certificate"
                       : " is not on the certificate, which has " + base::join(listed, ", ")));
}

void explain_file(const ReportedModule& module, const Certificate& certificate,
                  ModuleMatch& match) {
  if (module.file_digest.empty() || certificate.file_digests.empty()) return;
  const auto& digests = certificate.file_digests;
  if (std::find(digests.begin(), digests.end(), module.file_digest) != digests.end()) {
    match.reasons_for.push_back("its file has a SHA-256 that the record of the certificate names");
  } else {
    match.reasons_against.push_back("its file, SHA-256 " + module.file_digest.substr(0, 12) +
                                    "…, is none of those that the record of the certificate names");
  }
}

std::vector<std::int64_t> distance(const UpstreamVersion& a, const UpstreamVersion& b) {
  std::vector<std::int64_t> result;
  for (std::size_t i = 0; i < std::max(a.numbers.size(), b.numbers.size()); ++i) {
    const std::int64_t left = i < a.numbers.size() ? a.numbers[i] : 0;
    const std::int64_t right = i < b.numbers.size() ? b.numbers[i] : 0;
    result.push_back(std::abs(left - right));
  }
  return result;
}

bool is_hash(const std::string& build) {
  return build.size() >= 8 && build.find_first_not_of("0123456789abcdef") == std::string::npos;
}

void explain_other_build(const std::string& reported, const UpstreamVersion& upstream,
                         const CertifiedVersion& certified, ModuleMatch& match) {
  const bool hashes = is_hash(upstream.build) && is_hash(certified.upstream.build);
  match.same_upstream = true;
  match.reasons_for.push_back("same upstream version " + upstream.text());
  match.reasons_against.push_back(std::string("another build") + (hashes ? " hash" : "") + ": " +
                                  reported + " runs, " + certified.version->text +
                                  " is on the certificate");
}

void explain_other_version(const std::string& reported, const UpstreamVersion& upstream,
                           const std::vector<CertifiedVersion>& certified, ModuleMatch& match) {
  const auto above = std::find_if(certified.begin(), certified.end(), [&](const auto& each) {
    return compare_upstream(each.upstream, upstream) > 0;
  });
  std::string where;
  if (above == certified.begin()) {
    where = "below " + above->version->text + ", the lowest there";
  } else if (above == certified.end()) {
    where = "above " + (above - 1)->version->text + ", the highest there";
  } else {
    where = "between " + (above - 1)->version->text + " and " + above->version->text;
  }
  match.reasons_against.push_back("version " + reported + " is not on the certificate; it lies " +
                                  where);
}

void explain_near_miss(const std::string& reported, const Certificate& certificate,
                       ModuleMatch& match) {
  const auto certified = comparable(certificate);
  if (certified.empty()) {
    match.reasons_against.push_back("the snapshot knows no version of certificate #" +
                                    std::to_string(certificate.number) +
                                    " to compare with, which shows neither a match nor a mismatch");
    return;
  }
  match.version_matches = false;
  const auto upstream = parse_upstream(reported);
  if (!upstream) {
    match.reasons_against.push_back("version " + reported +
                                    " is not on the certificate, which has " +
                                    certified.back().version->text);
    return;
  }
  match.distance = distance(*upstream, certified.front().upstream);
  for (const CertifiedVersion& each : certified) {
    match.distance = std::min(match.distance, distance(*upstream, each.upstream));
    if (compare_upstream(each.upstream, *upstream) == 0 && !match.same_upstream)
      explain_other_build(reported, *upstream, each, match);
  }
  if (!match.same_upstream) explain_other_version(reported, *upstream, certified, match);
}

using Order = std::tuple<bool, bool, bool, bool, bool, std::vector<std::int64_t>, std::int64_t>;

Order order(const ModuleMatch& match, Certificates& certificates, const std::string& as_of) {
  const bool active = status_as_of(*certificates.find(match.certificate), as_of).status == "Active";
  return {!match.exact,           !match.part_only, !match.same_upstream, !active,
          !match.version_matches, match.distance,   -match.certificate};
}

// What a certificate listed before its last update is not known: the snapshot has only what it
// lists since.
void explain_update(const Certificate& certificate, const std::string& as_of, ModuleMatch& match) {
  const auto& days = certificate.validation_dates;
  if (!match.exact || days.empty()) return;
  const std::string& last = *std::max_element(days.begin(), days.end());
  if (last > as_of && *std::min_element(days.begin(), days.end()) <= as_of)
    match.reasons_against.push_back(
        "the certificate was updated on " + last +
        ", after the date judged; whether it had this version before is "
        "not known to the snapshot");
}

// What the base of a re-brand lists speaks for the match, but decides nothing: the certificate of
// the re-brand need not cover every version of its base.
void add_base(const ReportedModule& module, Certificates& certificates, ModuleMatch& match) {
  for (const Binding& binding : bindings_of(match.certificate, certificates)) {
    const Certificate* base = binding.type == "derived_from" && binding.depth == 1
                                  ? certificates.find(binding.bound)
                                  : nullptr;
    if (base == nullptr) continue;
    const std::string number = "#" + std::to_string(base->number);
    std::string reason = std::string("it is ") + (binding.inferred ? "by its name " : "") +
                         "a re-brand of " + number + " (" + base->name + ")";
    if (!match.version_matches && same_string(module, *base) != nullptr)
      reason += ", which lists version " + module.version;
    match.reasons_for.push_back(std::move(reason));
  }
}

}  // namespace

ModuleMatch match_module(const ReportedModule& module, const Certificate& certificate) {
  ModuleMatch match;
  match.certificate = certificate.number;
  match.reasons_for.push_back(name_reason(module, certificate.name));
  explain_vendor(module, certificate, match);
  explain_hardware(module, certificate, match);
  explain_file(module, certificate, match);
  if (module.version.empty()) {
    match.reasons_against.push_back("the " + module.part + " does not tell its version");
    return match;
  }
  const Version* version = same_string(module, certificate);
  if (version != nullptr && doubtful(*version)) {
    match.reasons_against.push_back("the security policy has the number " + version->text +
                                    " but does not say that it is the version of the module");
    return match;
  }
  if (explain_part(module, certificate, version, match)) return match;
  if (version != nullptr) {
    match.exact = true;
    match.version_matches = true;
    match.reasons_for.push_back("version " + module.version +
                                " is the certificate's, character for character (from the " +
                                version->origin + ")");
    return match;
  }
  if (const Version* longer = longer_string(module, certificate); longer != nullptr) {
    match.reasons_against.push_back("the " + module.part + " tells only " + module.version +
                                    ", the certificate has " + longer->text +
                                    "; whether that is the one that runs is not told");
    return match;
  }
  explain_near_miss(module.version, certificate, match);
  return match;
}

std::vector<ModuleMatch> match_all(const ReportedModule& module, Certificates& certificates,
                                   const std::string& as_of) {
  check_date(as_of);
  std::vector<std::pair<Order, ModuleMatch>> matches;
  bool found = false;
  for (const std::int64_t number : certificates.named(module.name)) {
    ModuleMatch match = match_module(module, *certificates.find(number));
    explain_update(*certificates.find(number), as_of, match);
    add_base(module, certificates, match);
    found = found || match.exact;
    Order place = order(match, certificates, as_of);
    matches.emplace_back(std::move(place), std::move(match));
  }
  if (found)
    std::erase_if(matches, [](const auto& each) { return each.second.version_matches == false; });
  std::sort(matches.begin(), matches.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<ModuleMatch> result;
  for (auto& [place, match] : matches) result.push_back(std::move(match));
  return result;
}

}  // namespace cmvp
