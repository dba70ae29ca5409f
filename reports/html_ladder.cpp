#include "reports/html_parts.h"
#include "reports/words.h"

namespace reports {
namespace {

constexpr std::string_view kLead =
    "Nine separate statements about each module, from the ground up. A module holds as far as "
    "every "
    "rung passes: there the line is solid. After the first gap it is dotted, and a later pass does "
    "not make up for an earlier gap. A rung shows the gravest of its results and leads to it.";

void write_rung(Page& page, const rules::RungResult& rung, bool held) {
  Html& html = page.html;
  const std::string name(name_of(rung.result));
  const std::string anchor = page.anchor_of_finding(rung.finding);
  html.raw(held ? "<li class=\"rung held\">" : "<li class=\"rung\">");
  html.raw("<svg class=\"sign " + name + "\" aria-hidden=\"true\"><use href=\"#s-" + name +
           "\"/></svg>");
  html.raw(anchor.empty() ? "<span>" : "<a href=\"#" + anchor + "\">");
  html.raw(std::to_string(static_cast<int>(rung.rung)) + ". ").raw(title_of(rung.rung));
  html.raw(anchor.empty() ? "</span>" : "</a>");
  html.raw(" <span class=\"word " + name + "\">").raw(word_of(rung.result)).raw("</span>");
  if (!rung.reason.empty()) html.raw(" <span class=\"why\">").text(rung.reason).raw("</span>");
  html.raw("</li>\n");
}

void write_ladder(Page& page, const rules::Ladder& ladder) {
  Html& html = page.html;
  html.raw("<article class=\"ladder\">\n<header><h3 class=\"text\">").text(ladder.name);
  html.raw("</h3>");
  if (!ladder.place.empty())
    html.raw("\n<p class=\"place soft text\">").text(ladder.place).raw("</p>");
  html.raw("\n<p class=\"reach\">H" + reach_in_words(ladder).substr(1) + "</p></header>\n<ol>\n");
  for (std::size_t at = 0; at < ladder.rungs.size(); ++at)
    write_rung(page, ladder.rungs[at], static_cast<int>(at) < ladder.holds_to);
  html.raw("</ol>\n</article>\n");
}

void write_legend(Html& html) {
  constexpr std::array<std::pair<rules::Result, std::string_view>, 6> kMeanings = {
      {{rules::Result::pass, "shown by evidence"},
       {rules::Result::fail, "evidence shows otherwise"},
       {rules::Result::unknown, "evidence missing or undecided"},
       {rules::Result::notapplicable, "the question does not arise"},
       {rules::Result::notchecked, "no rule looked at it"},
       {rules::Result::error, "the check itself broke"}}};
  html.raw("<ul class=\"row small\">\n");
  for (const auto& [result, meaning] : kMeanings) {
    html.raw("<li>");
    write_result(html, result);
    html.raw(" <span class=\"soft\">").raw(meaning).raw("</span></li>\n");
  }
  html.raw("</ul>\n");
}

}  // namespace

void write_ladders(Page& page) {
  Html& html = page.html;
  html.raw("<section id=\"ladder\" aria-labelledby=\"h-ladder\">\n");
  html.raw("<h2 id=\"h-ladder\">The ladder, module by module</h2>\n");
  if (page.assessment.ladders.empty()) {
    html.raw("<p class=\"lead\">No module is on record.</p>\n</section>\n");
    return;
  }
  html.raw("<p class=\"lead\">").raw(kLead).raw("</p>\n");
  write_legend(html);
  html.raw("<div class=\"ladders\">\n");
  for (const rules::Ladder& ladder : page.assessment.ladders) write_ladder(page, ladder);
  html.raw("</div>\n</section>\n");
}

}  // namespace reports
