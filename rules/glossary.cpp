#include "rules/glossary.h"

namespace rules {

std::vector<Statement> glossary() {
  return {
      {"Pass", "The evidence shows what the title says, and no evidence was missing."},
      {"Fail", "The evidence shows the opposite of what the rule asks."},
      {"Unknown",
       "Evidence could not be read, or it does not decide the question. Unknown is never a pass."},
      {"Not checked", "No evidence was collected that could answer the question."},
      {"Not applicable", "The question cannot arise for this subject. It is not a pass either."},
      {"Error", "The rule itself broke, so it says nothing about the subject."},
      {"Severity", "How much a failure matters: critical, high, medium or low."},
      {"Threshold",
       "The severity from which on results decide the exit code. Results below it are printed all "
       "the same."},
      {"Declared", "A file or a document says so. It may not be what happens."},
      {"Listed", "The module says so of itself."},
      {"Observed", "assay made the module do it, or computed the value itself."},
      {"Source: observed", "The place was read, and its facts are on record."},
      {"Source: absent", "The place was looked for and is not there."},
      {"Source: unreadable",
       "The place may be there, but could not be read or made no sense. What rests on it is "
       "unknown."},
      {"Source: unsupported",
       "There is no way to look with this build, on this platform, or at this module."},
      {"Ladder",
       "Nine separate statements about one module, from the ground up. A module holds as far as "
       "every rung passes; a later pass does not make up for an earlier gap."},
      {"Rung 1, present", "The module was found and could be loaded."},
      {"Rung 2, integrity verified", "The module file has the integrity value on record."},
      {"Rung 3, self-tests passed", "The module's own tests were seen to run and to pass."},
      {"Rung 4, approved mode on",
       "Programs that ask for nothing special are served by the module in its approved mode."},
      {"Rung 5, policy not weakened",
       "No setting switches off a check that the module's Security Policy relies on."},
      {"Rung 6, matches a certificate",
       "A certificate names this module and this very version. A neighbouring version is another "
       "module."},
      {"Rung 7, operational environment listed",
       "The certificate lists the system and processor that the module runs on."},
      {"Rung 8, certificate Active",
       "The certificate, and those it depends on, have the status Active on the as-of date."},
      {"Rung 9, non-approved services refused",
       "What is not approved was tried, and the module refused it or said that it is not "
       "approved."},
      {"Indicator",
       "What a module says about whether the service it just performed was an approved one."},
      {"Claim fips=yes",
       "A property that a provider gives its algorithms. It is the provider's word, and no proof."},
      {"Snapshot",
       "A dated copy of the CMVP certificate lists. Every statement about a certificate rests on "
       "one."},
      {"As-of date", "The date for which rules are applied. It is never taken from the clock."},
      {"Sunset date",
       "The date until which a certificate was to stay on the active list. The list itself "
       "decides, not this date."},
  };
}

}  // namespace rules
