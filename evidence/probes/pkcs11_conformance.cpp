#include "evidence/probes/pkcs11_conformance.h"

namespace evidence::probes {

std::vector<Pkcs11Conformance> conformance_trials(base::Database& db, const Pkcs11Target& target) {
  const std::string module = pkcs11_module_key(target.module_path);
  std::vector<Pkcs11Conformance> trials;
  auto library =
      db.prepare("SELECT module FROM pkcs11_library WHERE module = ? AND initialized = 1");
  library.bind(1, module);
  if (!library.step()) return trials;
  trials.push_back({target, module});
  // Objects of sessions are made on a token only where it was seen to let go of them.
  auto token = db.prepare(
      "WITH counted (token, same) AS"
      " (SELECT b.token, b.objects = a.objects FROM pkcs11_census AS b JOIN pkcs11_census AS a"
      "   ON a.token = b.token AND a.logged_in = b.logged_in AND a.class = b.class"
      "   WHERE b.class = 'all' AND b.moment = 'before' AND a.moment = 'after')"
      " SELECT token, slot FROM pkcs11_token AS t WHERE module = ? AND initialized = 1"
      " AND (SELECT min(same) FROM counted AS c WHERE c.token = t.token) = 1 ORDER BY token");
  token.bind(1, module);
  while (token.step()) {
    Pkcs11Conformance trial{target, token.text(0)};
    trial.target.filter.slot = token.text(1);
    trials.push_back(std::move(trial));
  }
  return trials;
}

ForeignStart start_of(const base::Host& host, const Pkcs11Conformance& conformance,
                      const std::set<std::string>& skip, int log_descriptor) {
  ForeignStart start = start_of(host, Pkcs11Task{conformance.target}, skip, log_descriptor);
  if (!start.program.arguments.empty())
    start.program.arguments.push_back("--conformance=" + conformance.subject);
  return start;
}

}  // namespace evidence::probes
