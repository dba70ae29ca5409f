#include <map>

#include "reports/html_parts.h"
#include "reports/requirements.h"
#include "reports/words.h"

namespace reports {
namespace {

using rules::RequirementStatus;
using rules::Stand;

constexpr std::string_view kLead =
    "Which requirements are shown, by what, and what a person must still do. Evidence that is "
    "consistent with a requirement does not mean that it is met: a laboratory finds that, and CMVP "
    "decides.";

// Stands have the signs of the results they come from.
rules::Result sign_result(Stand stand) {
  constexpr std::array<rules::Result, 5> kResults = {
      rules::Result::fail, rules::Result::unknown, rules::Result::pass,
      rules::Result::notapplicable, rules::Result::notchecked};
  return kResults[static_cast<std::size_t>(stand)];
}

void write_counts(Html& html, const StandCounts& counts) {
  html.raw("<ul class=\"row small\">\n");
  for (std::size_t at = 0; at < counts.size(); ++at) {
    if (counts[at] == 0) continue;
    const auto stand = static_cast<Stand>(at);
    html.raw("<li>");
    write_result(html, sign_result(stand),
                 std::to_string(counts[at]) + " " + std::string(words_of(stand)));
    html.raw("</li>\n");
  }
  html.raw("</ul>\n");
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
  write_result(html, sign_result(status.stand), words_of(status.stand));
  html.raw("</td><td>");
  if (!status.voices.empty()) {
    html.raw("<ul>\n");
    for (const rules::RuleVoice& voice : status.voices) write_voice(page, voice);
    html.raw("</ul>\n");
  }
  html.raw("</td><td>").text(status.requirement.remains).raw("</td></tr>\n");
}

void write_area(Page& page, const RequirementArea& area) {
  Html& html = page.html;
  html.raw("<h3>").text(area.name).raw("</h3>\n");
  write_counts(html, area.counts);
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
  write_counts(html, stand_counts(requirements));
  for (const RequirementArea& area : areas_of(requirements)) write_area(page, area);
  html.raw("</section>\n");
}

}  // namespace reports
