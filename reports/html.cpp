#include "reports/html.h"

#include <array>

#include "evidence/base/resource.h"
#include "evidence/base/text.h"
#include "reports/attestations.h"
#include "reports/claims.h"
#include "reports/embedded.h"
#include "reports/html_parts.h"
#include "reports/words.h"

namespace reports {
namespace {

// Ids that the page, its script or its symbols use: nothing else may take them.
constexpr std::array<std::string_view, 33> kReserved = {
    "claims",       "h-claims", "controls",   "h-controls", "requirements", "h-requirements",
    "attestations", "summary",  "ladder",     "statements", "next",         "results",
    "person",       "glossary", "h-summary",  "h-ladder",   "h-statements", "h-next",
    "h-results",    "h-person", "h-glossary", "filter",     "shown",        "reset",
    "open",         "close",    "s-pass",     "s-fail",     "s-unknown",    "s-notapplicable",
    "s-notchecked", "s-error",  "s-attested"};
constexpr std::size_t kLinks = 8;  // Results that one step leads to; the rest are counted.

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
  return text;
}

std::string host_of(const rules::Assessment& a) {
  return a.host_name.empty() ? "an unnamed system" : a.host_name;
}

// Running heads and feet (CSS Paged Media Level 3, 4.3): they name the host, so they are not in the
// style sheet.
std::string paper_style(const rules::Assessment& a) {
  const auto box = [](std::string_view place, const std::string& content) {
    return "@" + std::string(place) + " { content: " + content +
           "; font: 8pt Arial, sans-serif; color: #505862; }\n";
  };
  const std::string snapshot =
      a.snapshot.taken_at.empty() ? "no snapshot" : "snapshot " + a.snapshot.taken_at;
  return "@page { size: A4; margin: 18mm 15mm 16mm;\n" +
         box("top-left", css_string("assay report: " + host_of(a))) +
         box("top-right", css_string("as of " + a.as_of + ", " + snapshot)) +
         box("bottom-left", css_string("evidence sha256:" + short_digest(a.evidence_digest))) +
         box("bottom-right", "\"page \" counter(page) \" of \" counter(pages)") + "}\n";
}

void write_head(Page& page) {
  const rules::Assessment& a = page.assessment;
  const std::string style = "\n" + std::string(base::find_resource(embedded(), "html/style.css")) +
                            table_style(page) + paper_style(a);
  const std::string script(base::find_resource(embedded(), "html/script.js"));
  page.html
      .raw(
          "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src " +
          csp_hash(style) + "; script-src " + csp_hash(script) +
          "; base-uri 'none'; form-action 'none'\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
          "<meta name=\"referrer\" content=\"no-referrer\">\n<title>assay report: ")
      .text(host_of(a) + ", as of " + a.as_of)
      .raw("</title>\n<style>" + style + "</style>\n</head>\n<body>\n");
  page.html.raw(base::find_resource(embedded(), "html/symbols.svg"));
}

void write_foot(Page& page) {
  const rules::Assessment& a = page.assessment;
  Html& html = page.html;
  html.raw("</main>\n</div>\n<footer>\n<p>Evidence ").text(a.evidence_name);
  html.raw(", sha256 <code>").text(a.evidence_digest).raw("</code></p>\n");
  for (const rules::PackUsed& pack : a.packs) {
    html.raw("<p>Pack ")
        .text(pack.id + " " + pack.version + pack_origin_in_words(pack))
        .raw(", sha256 <code>");
    html.text(pack.digest).raw("</code></p>\n");
  }
  if (!a.snapshot.taken_at.empty()) {
    html.raw("<p>Certificates from ").text(a.snapshot.source).raw(", sha256 <code>");
    html.text(a.snapshot.digest).raw("</code></p>\n");
  }
  html.raw("<p>Written by assay ").text(a.tool_version);
  html.raw(". The same evidence, pack, snapshot and date give the same bytes.</p>\n</footer>\n");
  html.raw("<script>").raw(base::find_resource(embedded(), "html/script.js"));
  html.raw("</script>\n</body>\n</html>\n");
}

void write_fact(Html& html, std::string_view name, const std::string& value) {
  html.raw("<div><dt>").raw(name).raw("</dt><dd>").prose(value).raw("</dd></div>\n");
}

void write_facts(Html& html, const rules::Assessment& a) {
  html.raw("<dl class=\"facts\">\n");
  write_fact(html, "Assessed", a.assessed.empty() ? host_of(a) : a.assessed);
  write_fact(html, "As-of date", a.as_of + " (the rules as they apply then)");
  write_fact(html, "Evidence collected", collected_in_words(a));
  write_fact(html, "Tool", "assay " + a.tool_version);
  write_fact(html, "Evidence", a.evidence_name + ", sha256 " + short_digest(a.evidence_digest));
  int rules = 0;
  for (const rules::PackUsed& pack : a.packs) rules += pack.rules;
  write_fact(html, a.packs.size() == 1 ? "Rule pack" : "Rule packs",
             packs_in_words(a) + ", " + counted(rules, "rule", "rules"));
  write_fact(html, "Certificates", capitalised(snapshot_in_words(a.snapshot)));
  write_fact(html, "Threshold",
             a.threshold + ", exit code " + std::to_string(a.exit_code) +
                 (a.exit_meaning.empty() ? "" : " (" + a.exit_meaning + ")"));
  html.raw("</dl>\n");
}

void write_link(Html& html, std::string_view anchor, std::string_view title, std::size_t count) {
  html.raw("<li><a href=\"#").raw(anchor).raw("\">").text(title);
  if (count > 0) html.raw(" <span class=\"soft\">" + std::to_string(count) + "</span>");
  html.raw("</a></li>\n");
}

void write_contents(Page& page) {
  const rules::Assessment& a = page.assessment;
  Html& html = page.html;
  html.raw("<div class=\"frame\">\n<nav aria-label=\"Contents\">\n<ol>\n");
  write_link(html, "summary", "Summary", 0);
  write_link(html, "ladder", "Ladder", a.ladders.size());
  if (!a.statements.empty()) write_link(html, "statements", "Statements", a.statements.size());
  if (!a.next.empty()) write_link(html, "next", "Do next", a.next.size());
  if (const auto claims = claims_put(a); !claims.empty())
    write_link(html, "claims", "Claims", claims.size());
  if (!a.requirements.empty())
    write_link(html, "requirements", "Requirements", a.requirements.size());
  if (!a.controls.empty()) write_link(html, "controls", "Controls", a.controls.size());
  write_link(html, "results", "Results", a.findings.size());
  for (std::size_t at = 0; at < a.tables.size(); ++at)
    write_link(html, page.table_anchors[at], a.tables[at].title, a.tables[at].rows.size());
  if (!a.manual.empty()) write_link(html, "person", "For a person", a.manual.size());
  if (!a.glossary.empty()) write_link(html, "glossary", "Glossary", 0);
  html.raw("</ol>\n</nav>\n<main>\n");
}

void write_top(Page& page) {
  Html& html = page.html;
  html.raw(
      "<a class=\"skip\" href=\"#summary\">Skip to the summary</a>\n<header>\n"
      "<p class=\"soft small\">assay report</p>\n<h1>Cryptographic modules on ");
  html.text(host_of(page.assessment)).raw("</h1>\n");
  write_facts(html, page.assessment);
  html.raw("</header>\n");
}

// The exit code is the program's verdict; the report gives it a colour and a sign.
rules::Result verdict_of(const rules::Assessment& a) {
  if (a.exit_code == 0) return rules::Result::pass;
  return a.exit_code == 1 ? rules::Result::fail : rules::Result::unknown;
}

void write_tally(Html& html, const rules::Assessment& a) {
  html.raw("<ul class=\"row\">\n");
  for (std::size_t at = a.count.size(); at-- > 0;) {
    if (a.count[at] == 0) continue;
    const auto result = static_cast<rules::Result>(at);
    html.raw("<li>");
    write_result(html, result, grouped(a.count[at]) + " " + base::lower(word_of(result)));
    html.raw("</li>\n");
  }
  const std::string aside = set_aside_in_words(a);
  html.raw("<li class=\"soft\">" +
           counted(static_cast<std::int64_t>(a.findings.size()), "result", "results") + "; " +
           grouped(a.over_threshold) + " at or over the threshold" +
           (aside.empty() ? "" : "; " + aside) + "</li>\n</ul>\n");
}

void write_side(Html& html, std::string_view title, const std::string& text) {
  if (text.empty()) return;
  html.raw("<div><h3>").raw(title).raw("</h3>\n<p class=\"text\">").prose(text).raw("</p></div>\n");
}

void write_summary(Page& page) {
  const rules::Assessment& a = page.assessment;
  Html& html = page.html;
  const rules::Result verdict = verdict_of(a);
  html.raw("<section id=\"summary\" aria-labelledby=\"h-summary\">\n<div class=\"verdict of-");
  html.raw(name_of(verdict)).raw("\">\n<p>");
  const std::string meaning =
      a.exit_meaning.empty() ? "exit code " + std::to_string(a.exit_code) : a.exit_meaning;
  write_result(html, verdict, capitalised(meaning) + ", as of " + a.as_of);
  html.raw("</p>\n<h2 id=\"h-summary\">").prose(a.headline.empty() ? "Summary" : a.headline);
  html.raw("</h2>\n");
  write_tally(html, a);
  if (const std::string words = requirements_in_words(a); !words.empty())
    html.raw("<p class=\"small\"><a href=\"#requirements\">").prose(words).raw("</a></p>\n");
  html.raw("</div>\n<div class=\"sides\">\n");
  write_side(html, "What this shows", a.shows);
  write_side(html, "What this does not show", a.shows_not);
  html.raw("</div>\n</section>\n");
}

void open_section(Html& html, std::string_view id, std::string_view title, std::string_view lead) {
  html.raw("<section id=\"").raw(id).raw("\" aria-labelledby=\"h-").raw(id).raw("\">\n<h2 id=\"h-");
  html.raw(id).raw("\">").raw(title).raw("</h2>\n");
  if (!lead.empty()) html.raw("<p class=\"lead\">").raw(lead).raw("</p>\n");
}

void write_statements(Html& html, std::string_view list,
                      const std::vector<rules::Statement>& statements) {
  html.raw("<dl class=\"").raw(list).raw("\">\n");
  for (const rules::Statement& statement : statements) {
    html.raw("<div><dt>").text(statement.heading).raw("</dt><dd class=\"text\">");
    html.prose(statement.text).raw("</dd></div>\n");
  }
  html.raw("</dl>\n</section>\n");
}

void write_step(Page& page, const rules::Step& step) {
  Html& html = page.html;
  html.raw("<li><h3 class=\"text\">").text(step.title).raw("</h3>\n<p class=\"text\">");
  html.text(step.remedy).raw("</p>\n<p class=\"soft small\">Gravest: ").raw(name_of(step.severity));
  html.raw(". Settles " +
           counted(static_cast<std::int64_t>(step.findings.size()), "result", "results"));
  std::string_view separator = ": ";
  std::size_t linked = 0;
  for (const std::string& id : step.findings) {
    const auto found = page.finding_index.find(id);
    if (found == page.finding_index.end() || linked++ >= kLinks) continue;
    html.raw(separator).raw("<a href=\"#" + page.finding_anchors[found->second] + "\">");
    const rules::Finding& finding = page.assessment.findings[found->second];
    html.text(finding.subject_label.empty() ? finding.title : finding.subject_label).raw("</a>");
    separator = ", ";
  }
  if (linked > kLinks) html.raw(" and " + std::to_string(linked - kLinks) + " more");
  html.raw(".</p></li>\n");
}

void write_next(Page& page) {
  if (page.assessment.next.empty()) return;
  open_section(page.html, "next", "Do next",
               "Gravest first. After each step run assay again: a result changes only when the "
               "evidence does.");
  page.html.raw("<ol class=\"steps\">\n");
  for (const rules::Step& step : page.assessment.next) write_step(page, step);
  page.html.raw("</ol>\n</section>\n");
}

void write_body(Page& page) {
  const rules::Assessment& a = page.assessment;
  write_summary(page);
  write_ladders(page);
  if (!a.statements.empty()) {
    open_section(page.html, "statements", "Four different statements",
                 "One does not follow from another.");
    write_statements(page.html, "four", a.statements);
  }
  write_next(page);
  write_claims(page);
  write_requirements(page);
  write_controls(page);
  write_findings(page);
  write_tables(page);
  if (!a.manual.empty()) {
    open_section(page.html, "person", "For a person",
                 "No program can check these points. In brackets: the pack that raises each, and "
                 "the clause.");
    write_statements(page.html, "four", a.manual);
  }
  if (!a.glossary.empty()) {
    open_section(page.html, "glossary", "Glossary", "");
    write_statements(page.html, "words", a.glossary);
  }
}

}  // namespace

Page::Page(const rules::Assessment& of) : assessment(of) {
  Anchors anchors;
  for (const std::string_view id : kReserved) anchors.take(id);
  for (const rules::ReferenceTable& table : of.tables) {
    table_anchors.push_back(anchors.take(table.id));
    anchors.take("h-" + table_anchors.back());
  }
  for (const rules::Finding& finding : of.findings) {
    finding_index.emplace(finding.id, finding_anchors.size());
    finding_anchors.push_back(anchors.take(finding.id));
  }
  for (const rules::Control& control : of.controls) {
    const std::string name = control.framework + " " + control.id;
    control_anchors.push_back(anchors.take("control-" + name));
    control_index.emplace(name, control_anchors.back());
  }
  for (const rules::ReferenceTable& table : of.tables) {
    if (table.id != kSourceTable) continue;
    for (const auto& row : table.rows)
      if (const auto* number = row.empty() ? nullptr : std::get_if<std::int64_t>(&row.front()))
        source_anchors.emplace(*number, anchors.take("source-" + std::to_string(*number)));
  }
}

std::string Page::anchor_of_finding(std::string_view id) const {
  const auto found = finding_index.find(id);
  return found == finding_index.end() ? "" : finding_anchors[found->second];
}

void write_result(Html& html, rules::Result result, std::string_view words) {
  const std::string name(name_of(result));
  html.raw("<span class=\"result " + name + "\"><svg class=\"sign\" aria-hidden=\"true\">");
  html.raw("<use href=\"#s-" + name + "\"/></svg><span>");
  html.prose(words.empty() ? word_of(result) : words).raw("</span></span>");
}

std::string write_html(const rules::Assessment& assessment) {
  Page page(assessment);
  write_head(page);
  write_top(page);
  write_contents(page);
  write_body(page);
  write_foot(page);
  return page.html.str();
}

}  // namespace reports
