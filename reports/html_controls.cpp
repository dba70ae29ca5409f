#include <algorithm>

#include "evidence/base/text.h"
#include "reports/controls.h"
#include "reports/html_parts.h"
#include "reports/words.h"

namespace reports {
namespace {

constexpr std::size_t kLinks = 12;  // Open findings of a control that are shown; others are folded.
constexpr std::string_view kLead =
    "The same results, grouped by controls of other frameworks. That a result speaks to a control "
    "says nothing about whether the control is satisfied: much of each is outside this report.";

void write_tally(Html& html, const rules::Control& control) {
  html.raw("<ul>\n");
  for (std::size_t at = control.count.size(); at-- > 0;) {
    if (control.count[at] == 0) continue;
    const auto result = static_cast<rules::Result>(at);
    html.raw("<li>");
    write_result(html, result,
                 grouped(control.count[at]) + " " + base::lower(std::string(word_of(result))));
    html.raw("</li>\n");
  }
  html.raw("</ul>\n");
}

using Links = std::vector<std::size_t>;  // Places of findings in the assessment.

// The findings of a control that are open, or that passed.
Links links_of(const Page& page, const rules::Control& control, bool open) {
  Links links;
  for (const std::string& id : control.findings) {
    const auto found = page.finding_index.find(id);
    if (found == page.finding_index.end()) continue;
    const rules::Result result = page.assessment.findings[found->second].result;
    if (open ? is_open(result) : result == rules::Result::pass) links.push_back(found->second);
  }
  return links;
}

void write_links(Page& page, const Links& links, std::size_t from, std::size_t to) {
  Html& html = page.html;
  html.raw("<ul>\n");
  for (std::size_t at = from; at < to; ++at) {
    const rules::Finding& finding = page.assessment.findings[links[at]];
    html.raw("<li><a href=\"#" + page.finding_anchors[links[at]] + "\">").text(finding.title);
    html.raw("</a>, ").text(subject_in_words(finding)).raw("</li>\n");
  }
  html.raw("</ul>\n");
}

void write_folded(Page& page, const Links& links, std::size_t from, std::string_view words) {
  if (from >= links.size()) return;
  page.html.raw("<details class=\"more\"><summary>").raw(words).raw("</summary>\n");
  write_links(page, links, from, links.size());
  page.html.raw("</details>\n");
}

// Links to what is open, then to what passed; what does not apply is counted only.
void write_leads(Page& page, const rules::Control& control) {
  const Links open = links_of(page, control, true), passed = links_of(page, control, false);
  if (open.empty())
    page.html.raw("<span class=\"soft\">Nothing is open.</span>\n");
  else
    write_links(page, open, 0, std::min(open.size(), kLinks));
  write_folded(page, open, kLinks, "and " + std::to_string(open.size() - kLinks) + " more");
  write_folded(page, passed, 0, std::to_string(passed.size()) + " passed");
}

void write_row(Page& page, std::size_t at) {
  const rules::Control& control = page.assessment.controls[at];
  Html& html = page.html;
  html.raw("<tr id=\"" + page.control_anchors[at] + "\"><td>")
      .text(control.id)
      .raw("</td><td>")
      .text(about_in_words(control));
  html.raw("</td><td>");
  write_tally(html, control);
  html.raw("</td><td>");
  write_leads(page, control);
  html.raw("</td></tr>\n");
}

// Opens the table of a framework; the count stands for it on paper and where it is folded.
void open_framework(Page& page, const std::string& framework) {
  std::int64_t count = 0;
  for (const rules::Control& control : page.assessment.controls)
    count += control.framework == framework ? 1 : 0;
  Html& html = page.html;
  html.raw("<h3>").text(framework).raw("</h3>\n<details class=\"more\"><summary>");
  html.raw(counted(count, "control", "controls")).raw("</summary>\n");
  html.raw("<table class=\"table controls\" aria-label=\"").text(framework).raw("\"><thead><tr>");
  html.raw(
      "<th scope=\"col\">Control</th><th scope=\"col\">About</th><th scope=\"col\">Results</th>"
      "<th scope=\"col\">To look into, and what passed</th></tr></thead><tbody>\n");
}

}  // namespace

void write_controls(Page& page) {
  const auto& controls = page.assessment.controls;
  if (controls.empty()) return;
  Html& html = page.html;
  html.raw("<section id=\"controls\" aria-labelledby=\"h-controls\">\n");
  html.raw("<h2 id=\"h-controls\">Results by control</h2>\n<p class=\"lead\">");
  html.raw(kLead).raw("</p>\n");
  for (std::size_t at = 0; at < controls.size(); ++at) {
    if (at == 0 || controls[at].framework != controls[at - 1].framework)
      open_framework(page, controls[at].framework);
    write_row(page, at);
    if (at + 1 == controls.size() || controls[at].framework != controls[at + 1].framework)
      html.raw("</tbody></table>\n</details>\n");
  }
  html.raw("</section>\n");
}

}  // namespace reports
