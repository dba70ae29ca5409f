#include "cmvp/watch.h"

#include <algorithm>
#include <tuple>

#include "cmvp/bindings.h"
#include "cmvp/status.h"
#include "evidence/base/time.h"

namespace cmvp {
namespace {

void note(WatchedCertificate& watched, const std::string& module, bool relied_on) {
  watched.relied_on = watched.relied_on || relied_on;
  if (std::find(watched.modules.begin(), watched.modules.end(), module) == watched.modules.end())
    watched.modules.push_back(module);
}

std::vector<std::int64_t> successors(const Certificate& c) {
  std::vector<std::int64_t> numbers;
  for (const Relation& relation : c.relations)
    if (relation.type == "superseded_by_inferred") numbers.push_back(relation.other);
  return numbers;
}

}  // namespace

std::map<std::int64_t, WatchedCertificate> watched_certificates(
    const std::vector<ReportedModule>& modules, Certificates& certificates,
    const std::string& as_of) {
  std::map<std::int64_t, WatchedCertificate> watched;
  for (const ReportedModule& module : modules) {
    const std::string label = module.module + " (" + module.name + " " + module.version + ")";
    for (const ModuleMatch& match : match_all(module, certificates, as_of)) {
      note(watched[match.certificate], label, match.exact);
      if (!match.exact) continue;
      for (const Binding& binding : bindings_of(match.certificate, certificates))
        note(watched[binding.bound], label, true);
    }
  }
  return watched;
}

std::vector<Sunset> sunsets_ahead(const base::Database& snapshot, const std::string& as_of,
                                  std::int64_t days) {
  check_date(as_of);
  const std::int64_t from = base::parse_date(as_of).value();
  auto row = snapshot.prepare(
      "SELECT number FROM certificate WHERE sunset_date BETWEEN ? AND ? ORDER BY sunset_date, 1");
  row.bind(1, as_of).bind(2, base::date(from + days));
  CertificateReader reader(snapshot);
  std::vector<Sunset> result;
  while (row.step()) {
    const auto c = reader.read(row.integer(0));
    const auto sunset = c ? base::parse_date(c->sunset_date) : std::nullopt;
    if (!sunset || status_as_of(*c, as_of).status != "Active") continue;
    result.push_back({c->number, c->name, c->vendor, c->sunset_date, c->sunset_as_of,
                      *sunset - from, successors(*c)});
  }
  return result;
}

}  // namespace cmvp
