#include "reports/claims.h"
#include "reports/html_parts.h"

namespace reports {
namespace {

constexpr std::string_view kLead =
    "Each claim against what was recorded. Supported is never validated, and undetermined is never "
    "supported.";

void write_row(Page& page, const rules::Finding& claim) {
  Html& html = page.html;
  const std::string anchor = page.anchor_of_finding(claim.id);
  html.raw("<tr><td>");
  write_result(html, claim.result, verdict_name(claim.result));
  html.raw("</td><td class=\"text\"><a href=\"#" + anchor + "\">").text(claim_in_words(claim));
  html.raw("</a>");
  if (!claim.file.empty())
    html.raw("<br><code>").breakable(claim.file + ":" + std::to_string(claim.line)).raw("</code>");
  html.raw("</td><td class=\"text\">").text(reason_in_words(claim)).raw("</td></tr>\n");
}

}  // namespace

void write_claims(Page& page) {
  const auto claims = claims_put(page.assessment);
  if (claims.empty()) return;
  Html& html = page.html;
  html.raw("<section id=\"claims\" aria-labelledby=\"h-claims\">\n");
  html.raw("<h2 id=\"h-claims\">Claims put to the test</h2>\n<p class=\"lead\">").raw(kLead);
  html.raw("</p>\n<p class=\"small\">").raw(verdicts_in_words(claims));
  html.raw(
      "</p>\n<table class=\"table claims\" aria-label=\"Claims put to the test\"><thead><tr>"
      "<th scope=\"col\">Verdict</th><th scope=\"col\">Claim</th><th scope=\"col\">Why</th></tr>"
      "</thead><tbody>\n");
  for (const rules::Finding* claim : claims) write_row(page, *claim);
  html.raw("</tbody></table>\n</section>\n");
}

}  // namespace reports
