#include "cli/claims.h"

#include <set>

#include "cmvp/claimed.h"
#include "evidence/base/error.h"
#include "evidence/base/host.h"
#include "evidence/base/text.h"
#include "rules/claim.h"

namespace cli {
namespace {

using base::Seen;

std::string text_of(const std::string& file) {
  const base::FileText read = base::SystemHost().read_file(file);
  if (read.seen == Seen::ok) return read.text;
  throw base::Error(base::ErrorKind::input,
                    file + ": the file of claims cannot be read (" +
                        (read.seen == Seen::absent ? "no such file" : read.reason) +
                        "); name another one with --claims");
}

rules::ClaimedCertificate looked_up(const cmvp::NamedCertificate& named) {
  rules::ClaimedCertificate found;
  if (!named.newer) found.in_snapshot = named.certificate.has_value();
  if (!named.certificate) return found;
  found.name = named.certificate->name;
  found.standard = named.certificate->standard;
  found.level = named.certificate->overall_level;
  found.status = named.status.status;
  found.reason = named.status.reason;
  found.environment = named.environment.verdict;
  found.closest = named.environment.closest;
  found.why = base::join(named.environment.reasons, "; ");
  return found;
}

std::vector<rules::Claim> claims_of(const Invocation& invocation) {
  std::vector<rules::Claim> all;
  std::set<std::string> said;
  for (const std::string& file : invocation.values("claims"))
    for (rules::Claim& claim : rules::read_claims(text_of(file), file)) {
      if (!said.insert(claim.says).second)
        throw base::Error(base::ErrorKind::input,
                          claim.place() + ": a claim in another file says the same; take one out");
      all.push_back(std::move(claim));
    }
  return all;
}

}  // namespace

void put_claims(const Invocation& invocation, const base::Database& snapshot,
                const std::string& as_of, base::Database& judgement) {
  std::vector<rules::Claim> claims = claims_of(invocation);
  for (rules::Claim& claim : claims) {
    if (claim.on > as_of)
      throw base::Error(base::ErrorKind::input, claim.place() + ": the claim is about " + claim.on +
                                                    ", after the as-of date " + as_of +
                                                    "; judge as of a later day");
    if (claim.certificate)
      claim.found = looked_up(cmvp::named_certificate(snapshot, judgement, *claim.certificate,
                                                      claim.on.empty() ? as_of : claim.on));
  }
  rules::create_claim_table(judgement);
  rules::add_claims(claims, judgement);
}

}  // namespace cli
