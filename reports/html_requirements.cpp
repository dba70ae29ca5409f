#include "reports/attestations.h"
#include "reports/html_parts.h"
#include "reports/requirements.h"
#include "reports/words.h"

namespace reports {
namespace {

using rules::Account;
using rules::RequirementStatus;
using rules::Stand;

constexpr std::string_view kLead =
    "Which requirements are shown, by what, and what a person must still do. Evidence that is "
    "consistent with a requirement does not mean that it is met: a laboratory finds that, and CMVP "
    "decides. What a person attests was not observed.";

// Stands have the signs of the results they come from.
rules::Result sign_result(Stand stand) {
  constexpr std::array<rules::Result, 5> kResults = {
      rules::Result::fail, rules::Result::unknown, rules::Result::pass,
      rules::Result::notapplicable, rules::Result::notchecked};
  return kResults[static_cast<std::size_t>(stand)];
}

rules::Result sign_result(Account account) {
  switch (account) {
    case Account::against:
      return rules::Result::fail;
    case Account::shown:
    case Account::partly:
      return rules::Result::pass;
    case Account::not_here:
      return rules::Result::notapplicable;
    default:
      return rules::Result::notchecked;
  }
}

void write_counts(Html& html, const AccountCounts& counts) {
  html.raw("<ul class=\"row small\">\n");
  for (const Account account : kAccountOrder) {
    const int count = counts[static_cast<std::size_t>(account)];
    if (count == 0) continue;
    const std::string words = std::to_string(count) + " " + std::string(words_of(account));
    html.raw("<li>");
    if (account == Account::attested)
      write_attested_mark(html, words);
    else
      write_result(html, sign_result(account), words);
    html.raw("</li>\n");
  }
  html.raw("</ul>\n");
}

// What is recorded first; beside it what a person attests.
void write_here(Html& html, const RequirementStatus& status) {
  if (account_of(status) != Account::attested || status.stand != Stand::person)
    write_result(html, sign_result(status.stand), words_of(status.stand));
  if (status.attestations.empty()) return;
  if (status.stand != Stand::person) html.raw("<br>");
  write_attested_mark(html, status.stand == Stand::against
                                ? "attested by a person, against the evidence"
                                : "attested by a person");
}

void write_remains(Html& html, const RequirementStatus& status) {
  const bool attested = account_of(status) == Account::attested;
  if (attested) html.raw("<span class=\"soft\">Attested. It was to be done: ");
  html.text(status.requirement.remains);
  if (attested) html.raw("</span>");
}

void write_voice(Page& page, const rules::RuleVoice& voice) {
  Html& html = page.html;
  const std::string name(name_of(voice.result)), anchor = page.anchor_of_finding(voice.finding);
  html.raw("<li><svg class=\"sign " + name + "\" aria-hidden=\"true\"><use href=\"#s-" + name);
  html.raw("\"/></svg> <span class=\"unseen\">").raw(word_of(voice.result)).raw(": </span>");
  html.raw(anchor.empty() ? "<span>" : "<a href=\"#" + anchor + "\">").text(voice.title);
  html.raw(anchor.empty() ? "</span>" : "</a>");
  if (voice.findings > 1)
    html.raw(" <span class=\"soft\">and " + std::to_string(voice.findings - 1) + " more</span>");
  html.raw("</li>\n");
}

void write_row(Page& page, const RequirementStatus& status) {
  Html& html = page.html;
  html.raw("<tr><td>").text(status.requirement.id).raw("</td><td>");
  html.text(asks_in_words(status.requirement)).raw("</td><td>");
  html.raw(name_of(status.requirement.reach)).raw("</td><td>");
  write_here(html, status);
  html.raw("</td><td>");
  if (!status.voices.empty() || !status.attestations.empty()) {
    html.raw("<ul>\n");
    for (const rules::RuleVoice& voice : status.voices) write_voice(page, voice);
    for (const std::size_t at : status.attestations) write_attester(page, at);
    html.raw("</ul>\n");
  }
  html.raw("</td><td>");
  write_remains(html, status);
  html.raw("</td></tr>\n");
}

void write_area(Page& page, const RequirementArea& area) {
  Html& html = page.html;
  html.raw("<h3>").text(area.name).raw("</h3>\n");
  write_counts(html, account_counts(area.requirements));
  html.raw(
      "<details class=\"more\"><summary>" +
      counted(static_cast<std::int64_t>(area.requirements.size()), "requirement", "requirements") +
      "</summary>\n<table class=\"table requirements\" aria-label=\"");
  html.text(area.name).raw(
      "\"><thead><tr><th scope=\"col\">No.</th><th scope=\"col\">Asks, in our words</th>"
      "<th scope=\"col\">Class</th><th scope=\"col\">Here</th><th scope=\"col\">By what</th>"
      "<th scope=\"col\">What a person must still do</th></tr></thead><tbody>\n");
  for (const RequirementStatus* status : area.requirements) write_row(page, *status);
  html.raw("</tbody></table>\n</details>\n");
}

}  // namespace

void write_requirements(Page& page) {
  const auto& requirements = page.assessment.requirements;
  if (requirements.empty()) return;
  Html& html = page.html;
  html.raw("<section id=\"requirements\" aria-labelledby=\"h-requirements\">\n");
  html.raw("<h2 id=\"h-requirements\">Requirements of ").text(requirements.front().standard);
  html.raw("</h2>\n<p class=\"lead\">").raw(kLead).raw("</p>\n");
  write_counts(html, account_counts(requirements));
  for (const RequirementArea& area : areas_of(requirements)) write_area(page, area);
  write_attestations(page);
  html.raw("</section>\n");
}

}  // namespace reports
