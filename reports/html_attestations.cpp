#include "evidence/base/text.h"
#include "reports/attestations.h"
#include "reports/html_parts.h"

namespace reports {
namespace {

constexpr std::string_view kLead =
    "What named persons vouch for, each with the document it rests on. It was not observed, and it "
    "changes no result and no verdict.";

void write_row(Html& html, const rules::Attestation& one, std::size_t number) {
  html.raw("<tr id=\"attestation-" + std::to_string(number) + "\"><td>");
  html.text(base::join(one.assertions, ", ")).raw("</td><td class=\"text\">").text(one.statement);
  html.raw("</td><td>").text(attester_in_words(one)).raw("</td><td>");
  html.breakable(document_in_words(one)).raw("</td><td>");
  if (!one.holds()) html.raw("<strong>");
  html.text(standing_in_words(one));
  if (!one.holds()) html.raw("</strong>");
  html.raw("</td><td><code>").breakable(one.place()).raw("</code></td></tr>\n");
}

}  // namespace

void write_attested_mark(Html& html, std::string_view words) {
  html.raw("<span class=\"attested\"><svg class=\"sign\" aria-hidden=\"true\">");
  html.raw("<use href=\"#s-attested\"/></svg><span>").raw(words).raw("</span></span>");
}

void write_attester(Page& page, std::size_t at) {
  Html& html = page.html;
  const rules::Attestation& one = page.assessment.attestations[at];
  html.raw("<li>");
  write_attested_mark(html, "Attested");
  html.raw(" by <a href=\"#attestation-" + std::to_string(at + 1) + "\">");
  html.text(attester_in_words(one)).raw("</a>: ").text(one.statement).raw("</li>\n");
}

void write_attestations(Page& page) {
  const auto& attestations = page.assessment.attestations;
  if (attestations.empty()) return;
  Html& html = page.html;
  html.raw("<h3 id=\"attestations\">Attested by persons</h3>\n<p class=\"lead\">").raw(kLead);
  html.raw(
      "</p>\n<table class=\"table attestations\" aria-label=\"Attested by persons\"><thead><tr>"
      "<th scope=\"col\">Assertions</th><th scope=\"col\">Statement</th><th scope=\"col\">By</th>"
      "<th scope=\"col\">Document</th><th scope=\"col\">Here</th>"
      "<th scope=\"col\">Where it stands</th></tr></thead><tbody>\n");
  for (std::size_t at = 0; at < attestations.size(); ++at)
    write_row(html, attestations[at], at + 1);
  html.raw("</tbody></table>\n");
}

}  // namespace reports
