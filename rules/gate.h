#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/baseline.h"
#include "rules/finding.h"
#include "rules/waiver.h"

namespace rules {

constexpr std::string_view kAttestationPage = "docs/attestations.md";

/// A finding about the files that a person keeps beside the evidence, which no pack brings.
struct GateRule {
  std::string_view id, title, rationale;
  std::string_view page = "docs/gate.md";  ///< Where it is explained.
};
constexpr std::array<GateRule, 10> kGateRules = {{
    {"waiver-expired", "A waiver has expired",
     "An accepted risk is accepted until a day. After it the findings count again."},
    {"waiver-not-yet", "A waiver does not hold yet",
     "A decision does not reach back to days before it was made."},
    {"waiver-unused", "A waiver covers nothing",
     "A waiver that is left behind would hide the same failure when it comes back."},
    {"baseline-stale", "An entry of the baseline is not found any more",
     "An entry that is left behind would hide the same failure when it comes back."},
    {"attestation-expired", "An attestation has expired",
     "What a person saw was so on that day. After the day it was to hold to, somebody has to look "
     "again.",
     kAttestationPage},
    {"attestation-not-yet", "An attestation does not hold yet",
     "What a person saw later says nothing of the days before.", kAttestationPage},
    {"attestation-unknown", "An attestation names what is not listed",
     "A name that is mistyped leaves an assertion open that somebody believes to be attested.",
     kAttestationPage},
    {"attestation-other-document", "The document is not the one that was attested",
     "An attestation rests on one document. Another one says something else.", kAttestationPage},
    {"attestation-duplicate", "The same person attests the same twice",
     "Of two attestations that differ nobody knows which one counts.", kAttestationPage},
    {"attestation-contradicted", "An attestation stands against the evidence",
     "What a person says and what was recorded cannot both be so.", kAttestationPage},
}};

/// What keeps findings from counting for the exit code. It never changes what is checked, a result
/// or a severity.
struct Gate {
  std::vector<Waiver> waivers;
  std::optional<Baseline> baseline;
};

/// The line of a file that a finding is about.
struct PlaceInFile {
  std::string file;
  std::int64_t line = 0;
};

/// A finding of the rule `rule` of `kGateRules`. It fails, but mildly: it is untidy, not insecure.
/// Its id is made of the rule and `scope`.
Finding gate_finding(const std::string& rule, const std::string& area, const PlaceInFile& place,
                     const std::string& scope);

/// Marks each of `findings` with the waivers that cover it on the day `as_of` and, with a baseline,
/// as new or known. Appends findings about waivers that have expired, do not hold yet or cover
/// nothing, and about entries of the baseline that are not found any more.
void apply_gate(const Gate& gate, const std::string& as_of, std::vector<Finding>& findings);

}  // namespace rules
