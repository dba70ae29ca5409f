#include <algorithm>

#include "reports/html_parts.h"
#include "reports/words.h"

namespace reports {
namespace {

using Choices = std::vector<std::string>;  // What a select element offers; a value is an index.

std::string label_of(const rules::Finding& finding) {
  return finding.subject_label.empty() ? finding.subject : finding.subject_label;
}

template <typename Of>
Choices choices(const rules::Assessment& assessment, const Of& of) {
  Choices result;
  for (const rules::Finding& finding : assessment.findings) {
    const std::string choice = of(finding);
    if (std::find(result.begin(), result.end(), choice) == result.end()) result.push_back(choice);
  }
  return result;
}

std::string index_of(const Choices& choices, const std::string& choice) {
  return std::to_string(std::find(choices.begin(), choices.end(), choice) - choices.begin());
}

void write_select(Html& html, std::string_view name, std::string_view label,
                  const Choices& choices) {
  html.raw("<label class=\"field\">").raw(label).raw(" <select name=\"").raw(name).raw("\">");
  html.raw("<option value=\"\">any</option>");
  for (std::size_t at = 0; at < choices.size(); ++at) {
    html.raw("<option value=\"" + std::to_string(at) + "\">");
    html.text(choices[at].empty() ? "(none)" : choices[at]).raw("</option>");
  }
  html.raw("</select></label>\n");
}

void write_result_boxes(Html& html, const rules::Assessment& assessment) {
  html.raw("<fieldset><legend>Result</legend>\n");
  for (std::size_t at = assessment.count.size(); at-- > 0;) {
    if (assessment.count[at] == 0) continue;
    const auto result = static_cast<rules::Result>(at);
    html.raw("<label><input type=\"checkbox\" name=\"result\" value=\"").raw(name_of(result));
    html.raw("\" checked> ");
    write_result(html, result, std::string(word_of(result)) + " " + grouped(assessment.count[at]));
    html.raw("</label>\n");
  }
  html.raw("</fieldset>\n");
}

// What the filter offers, in the order of the findings.
struct Filter {
  Choices subjects, packs, areas;
};

Filter filter_of(const rules::Assessment& assessment) {
  return {choices(assessment, label_of),
          choices(assessment, [](const rules::Finding& one) { return one.pack; }),
          choices(assessment, [](const rules::Finding& one) { return one.area; })};
}

void write_filter(Html& html, const rules::Assessment& assessment, const Filter& filter) {
  html.raw(
      "<form id=\"filter\" class=\"filter scripted\" role=\"search\" aria-label=\"Results\">\n");
  write_result_boxes(html, assessment);
  html.raw(
      "<label class=\"field\">Severity <select name=\"severity\"><option value=\"\">any</option>");
  for (std::size_t at = rules::kSeverityNames.size(); at-- > 0;)
    html.raw("<option>").raw(rules::kSeverityNames[at]).raw("</option>");
  html.raw("</select></label>\n");
  write_select(html, "subject", "Subject", filter.subjects);
  write_select(html, "pack", "Pack", filter.packs);
  write_select(html, "area", "Area", filter.areas);
  html.raw(
      "<label class=\"field wide\">Search (key /) <input type=\"search\" name=\"search\" "
      "autocomplete=\"off\" spellcheck=\"false\"></label>\n</form>\n"
      "<div class=\"bar scripted\"><span id=\"shown\" role=\"status\"></span>\n"
      "<button type=\"button\" id=\"reset\">Show all</button>\n"
      "<button type=\"button\" id=\"open\">Open shown</button>\n"
      "<button type=\"button\" id=\"close\">Close</button></div>\n");
}

// What was seen at the place, or why nothing was.
std::string seen_at(const rules::Exhibit& exhibit) {
  if (exhibit.outcome.empty() || exhibit.outcome == "observed") return exhibit.seen;
  return exhibit.seen.empty() ? exhibit.outcome : exhibit.outcome + ": " + exhibit.seen;
}

// The number of a source, which leads to its row where the page has that.
void write_source(Page& page, std::int64_t source) {
  const std::string words = "source " + std::to_string(source);
  const auto anchor = page.source_anchors.find(source);
  page.html.raw(" <span class=\"soft whole\">(");
  if (anchor == page.source_anchors.end())
    page.html.raw(words);
  else
    page.html.raw("<a href=\"#" + anchor->second + "\">" + words + "</a>");
  page.html.raw(")</span>");
}

void write_exhibit(Page& page, const rules::Exhibit& exhibit) {
  Html& html = page.html;
  html.raw("<tr><td><code>").breakable(exhibit.locator).raw("</code>");
  if (exhibit.source != 0) write_source(page, exhibit.source);
  html.raw("</td><td class=\"text\">").text(seen_at(exhibit)).raw("</td><td>");
  html.breakable(exhibit.method).raw("</td><td>").text(exhibit.basis).raw("</td></tr>\n");
}

void write_evidence(Page& page, const rules::Finding& finding) {
  Html& html = page.html;
  html.raw("<div><dt>Evidence</dt><dd>");
  if (finding.evidence.empty()) {
    html.raw("None is on record.</dd></div>\n");
    return;
  }
  html.raw(
      "<table class=\"table evidence\"><thead><tr><th scope=\"col\">Where</th>"
      "<th scope=\"col\">What was seen</th><th scope=\"col\">How</th>"
      "<th scope=\"col\">Basis</th></tr></thead><tbody>\n");
  for (const rules::Exhibit& exhibit : finding.evidence) write_exhibit(page, exhibit);
  html.raw("</tbody></table></dd></div>\n");
}

void write_citations(Html& html, const rules::Finding& finding) {
  if (finding.citations.empty()) return;
  html.raw("<div><dt>Clause, in our words</dt><dd><ul>\n");
  for (const rules::Citation& citation : finding.citations) {
    html.raw("<li class=\"text\">").text(citation.standard + ", " + citation.clause);
    if (!citation.says.empty()) html.raw(": ").text(citation.says);
    if (citation.from_memory) html.raw(" <span class=\"soft\">(from memory)</span>");
    html.raw("</li>\n");
  }
  html.raw("</ul></dd></div>\n");
}

// The controls that the result speaks to, each with a link to where it is told.
void write_finding_controls(Page& page, const rules::Finding& finding) {
  if (finding.controls.empty()) return;
  Html& html = page.html;
  html.raw("<div><dt>Controls it speaks to</dt><dd>");
  std::string_view separator;
  for (const std::string& control : finding.controls) {
    html.raw(separator);
    separator = "; ";
    const auto anchor = page.control_index.find(control);
    if (anchor == page.control_index.end()) {
      html.text(control);
      continue;
    }
    html.raw("<a href=\"#" + anchor->second + "\">").text(control).raw("</a>");
  }
  html.raw("</dd></div>\n");
}

void write_paragraph(Html& html, std::string_view label, const std::string& words) {
  if (words.empty()) return;
  html.raw("<div><dt>").raw(label).raw("</dt><dd class=\"text\">").text(words).raw("</dd></div>\n");
}

// The command that shows what the finding rests on: by its pack, whose tables the query may ask.
std::string query_command(const rules::Assessment& assessment, const rules::Finding& finding) {
  const std::string& file = assessment.evidence_name;
  const auto pack = std::find_if(assessment.packs.begin(), assessment.packs.end(),
                                 [&](const auto& one) { return one.id == finding.pack; });
  const bool stated = !finding.claim.empty() && !finding.file.empty();
  const bool folder = pack != assessment.packs.end() && !pack->origin.empty();
  return "assay query " + shell_word(file.empty() ? "evidence.db" : file) + " --pack " +
         shell_word((folder ? "./" : "") + finding.pack) +
         (stated ? " --claims " + shell_word(finding.file) : "") + " --as-of " +
         shell_word(assessment.as_of) + " " + shell_word(*finding.query);
}

void write_said(Page& page, const rules::Finding& finding, const std::string& anchor) {
  Html& html = page.html;
  html.raw("<div class=\"said\">\n<p class=\"message text\">").text(finding.message);
  html.raw("</p>\n<dl>\n");
  write_paragraph(html, "At the gate", standing_in_words(finding));
  write_paragraph(html, "What to do", finding.remedy);
  write_paragraph(html, "Why it matters", *finding.rationale);
  write_evidence(page, finding);
  write_citations(html, finding);
  write_finding_controls(page, finding);
  if (!finding.query.empty()) {
    html.raw("<div><dt>See for yourself</dt><dd><pre>");
    html.text(query_command(page.assessment, finding)).raw("</pre></dd></div>\n");
  }
  html.raw("<div><dt>Rule</dt><dd><code>").text(finding.rule).raw("</code> of the pack ");
  html.text(finding.pack);
  if (!finding.area.empty()) html.raw(", area ").text(finding.area);
  html.raw(" <a class=\"own-link\" href=\"#" + anchor +
           "\">Link to this result</a></dd></div>\n</dl>\n</div>\n");
}

void write_finding(Page& page, std::size_t at, const Filter& filter) {
  const rules::Finding& finding = page.assessment.findings[at];
  const std::string &anchor = page.finding_anchors[at], label = label_of(finding);
  const std::string severity(name_of(finding.severity));
  Html& html = page.html;
  html.raw("<details class=\"finding\" id=\"" + anchor + "\" data-result=\"");
  html.raw(name_of(finding.result)).raw("\" data-severity=\"" + severity + "\" data-subject=\"");
  html.raw(index_of(filter.subjects, label) + "\" data-pack=\"" +
           index_of(filter.packs, finding.pack) + "\" data-area=\"" +
           index_of(filter.areas, finding.area) + "\"");
  // Open without script and on paper; the script closes them when it starts.
  html.raw(is_open(finding.result) ? " open>\n<summary>" : ">\n<summary>");
  write_result(html, finding.result);
  html.raw(" <span class=\"severity " + severity + "\">" + severity + "</span> <h3>");
  html.text(finding.title).raw("</h3> ");
  if (!finding.waivers.empty()) html.raw("<span class=\"standing\">waived</span> ");
  if (finding.novelty == rules::Novelty::known)
    html.raw("<span class=\"standing\">in the baseline</span> ");
  if (finding.novelty == rules::Novelty::fresh) html.raw("<span class=\"standing\">new</span> ");
  html.raw("<span class=\"who\">").text(label);
  html.raw("</span></summary>\n");
  write_said(page, finding, anchor);
  html.raw("</details>\n");
}

}  // namespace

void write_findings(Page& page) {
  const rules::Assessment& assessment = page.assessment;
  Html& html = page.html;
  html.raw("<section id=\"results\" aria-labelledby=\"h-results\">\n");
  html.raw("<h2 id=\"h-results\">All results</h2>\n");
  if (assessment.findings.empty()) {
    html.raw("<p class=\"lead\">No rule was applied.</p>\n</section>\n");
    return;
  }
  html.raw(
      "<p class=\"lead\">Every rule once for each subject, gravest first. Open one for its "
      "evidence, its clause, what to do, and the query that shows the same.</p>\n");
  const Filter filter = filter_of(assessment);
  write_filter(html, assessment, filter);
  for (std::size_t at = 0; at < assessment.findings.size(); ++at) write_finding(page, at, filter);
  html.raw("</section>\n");
}

}  // namespace reports
