#include "rules/attest.h"

#include <algorithm>
#include <map>

#include "evidence/base/text.h"
#include "rules/evaluate.h"
#include "rules/gate.h"
#include "rules/phrase.h"

namespace rules {
namespace {

// "AS07" names AS07.01 and all others of its section.
bool names(const std::string& name, const std::string& requirement) {
  return requirement == name || requirement.starts_with(name + ".");
}

Finding about(const std::string& rule, const Attestation& one) {
  const std::string scope = base::join(one.assertions, " ") + " " + one.by + " " + one.date;
  Finding finding = gate_finding(rule, "Attestations", {one.file, one.line}, scope);
  finding.evidence = {{0, one.place(), "read the attestation", "observed", "declared",
                       one.by + " (" + one.role + "), " + one.date + ": " + one.statement +
                           "; document " + one.document + ", sha256 " + one.sha256}};
  return finding;
}

std::string who(const Attestation& one) {
  return enumerated(one.assertions) + ", attested by " + one.by;
}

Finding expired(const Attestation& one, const std::string& as_of) {
  Finding finding = about("attestation-expired", one);
  finding.message =
      who(one) + ": it ended with " + one.expires + ", and the as-of date is " + as_of;
  finding.remedy =
      "Have the point looked at again and attested with a new date, then take the old entry out "
      "of " +
      one.file + ".";
  return finding;
}

Finding early(const Attestation& one, const std::string& as_of) {
  Finding finding = about("attestation-not-yet", one);
  finding.message = who(one) + ": it was made on " + one.date + ", and the as-of date is " + as_of;
  finding.remedy = "Judge as of a later day with --as-of, or correct the date in " + one.file + ".";
  return finding;
}

Finding other_document(const Attestation& one) {
  Finding finding = about("attestation-other-document", one);
  finding.message = who(one) + ": " + one.document_file + " has the SHA-256 " + one.check_words +
                    ", not the one that was attested, " + one.sha256;
  finding.remedy =
      "Find the document that was attested, or have the one that is there read and attested again.";
  return finding;
}

Finding unknown(const Attestation& one, const std::string& name,
                const std::vector<RequirementStatus>& requirements) {
  std::vector<std::string_view> ids;
  for (const RequirementStatus& status : requirements) ids.push_back(status.requirement.id);
  const auto near = base::nearest(name, ids);
  Finding finding = about("attestation-unknown", one);
  finding.id = finding_id("attestation-unknown", name + " " + one.by + " " + one.date);
  finding.message = ids.empty() ? name + ": no pack that was applied lists assertions"
                                : "no assertion is called \"" + base::printable(name) + "\"" +
                                      (near ? "; did you mean " + std::string(*near) + "?" : "");
  finding.remedy = ids.empty()
                       ? "Apply a pack that lists them: --pack fips-140-3."
                       : "Correct the name in " + one.file + "; docs/coverage.md lists them all.";
  return finding;
}

Finding contradicted(const Attestation& one, const RequirementStatus& status) {
  const RuleVoice& voice = status.voices.front();
  const std::string& id = status.requirement.id;
  Finding finding = about("attestation-contradicted", one);
  finding.id = finding_id("attestation-contradicted", id + " " + one.by + " " + one.date);
  finding.message = id + " is attested by " + one.by +
                    ", and evidence speaks against it: " + voice.title + " (" + voice.finding + ")";
  finding.remedy = "Settle the finding " + voice.finding + ", or ask " + one.by +
                   " to look at it and to take the attestation back.";
  return finding;
}

Finding duplicate(const Attestation& one, const Attestation& earlier,
                  const std::vector<std::string>& ids) {
  Finding finding = about("attestation-duplicate", one);
  finding.message =
      enumerated(ids) + ": " + one.by + " attested this at " + earlier.place() + " already";
  finding.remedy = "Take one of the two out of " + one.file + ".";
  return finding;
}

// Which requirements `one` names; what is not listed is a finding.
void resolve(Attestation& one, const std::vector<RequirementStatus>& requirements,
             std::vector<Finding>& findings) {
  for (const std::string& name : one.assertions) {
    bool found = false;
    for (const RequirementStatus& status : requirements) {
      const std::string& id = status.requirement.id;
      if (!names(name, id)) continue;
      found = true;
      if (std::find(one.covers.begin(), one.covers.end(), id) == one.covers.end())
        one.covers.push_back(id);
    }
    if (!found) findings.push_back(unknown(one, name, requirements));
  }
}

// A document that is another one weighs more than a date.
void stand(Attestation& one, const std::string& as_of, std::vector<Finding>& findings) {
  if (one.check == DocumentCheck::other) {
    one.standing = AttestationStanding::other_document;
    findings.push_back(other_document(one));
  } else if (!one.expires.empty() && as_of > one.expires) {
    one.standing = AttestationStanding::expired;
    findings.push_back(expired(one, as_of));
  } else if (as_of < one.date) {
    one.standing = AttestationStanding::not_yet;
    findings.push_back(early(one, as_of));
  } else if (one.covers.empty()) {
    one.standing = AttestationStanding::names_nothing;
  }
}

void place(const std::vector<Attestation>& attestations, std::size_t at,
           std::vector<RequirementStatus>& requirements, std::vector<Finding>& findings) {
  const Attestation& one = attestations[at];
  std::map<std::size_t, std::vector<std::string>> twice;
  for (RequirementStatus& status : requirements) {
    const std::string& id = status.requirement.id;
    if (std::find(one.covers.begin(), one.covers.end(), id) == one.covers.end()) continue;
    for (const std::size_t other : status.attestations)
      if (attestations[other].by == one.by) twice[other].push_back(id);
    status.attestations.push_back(at);
    if (status.stand == Stand::against) findings.push_back(contradicted(one, status));
  }
  for (const auto& [other, ids] : twice)
    findings.push_back(duplicate(one, attestations[other], ids));
}

}  // namespace

void attest(const std::string& as_of, std::vector<Attestation>& attestations,
            std::vector<RequirementStatus>& requirements, std::vector<Finding>& findings) {
  for (std::size_t at = 0; at < attestations.size(); ++at) {
    resolve(attestations[at], requirements, findings);
    stand(attestations[at], as_of, findings);
    if (attestations[at].holds()) place(attestations, at, requirements, findings);
  }
}

}  // namespace rules
