#include "cli/document.h"

#include <fmt/format.h>

#include "cmvp/tables.h"
#include "evidence/base/text.h"
#include "evidence/table.h"

namespace cli {
namespace {

constexpr std::string_view kTablesLead =
    "# Evidence tables\n\n"
    "Made by `assay document tables`; do not edit. One SQLite file holds the evidence of one run. "
    "Ask it\n"
    "with `assay query evidence.db 'SELECT …'`, or with any SQLite program.\n\n"
    "Besides its own columns every table of facts has `source`, the row of table `source` that the "
    "fact\n"
    "comes from, and `basis`: `declared` (a file or a document says so), `listed` (the module says "
    "so of\n"
    "itself) or `observed` (assay made it happen, or recomputed it).\n\n"
    "Within a version of these tables (`PRAGMA user_version`) tables and columns are only added. "
    "Evidence of an\n"
    "earlier build can be judged by a later one: what was added since is empty there, the table\n"
    "`not_recorded` of the judgement names it, and each rule that rests on it answers unknown "
    "rather than take\n"
    "the gap for an answer.\n\n"
    "## Provenance\n\n"
    "- `run`: one row: tool version, host, root folder, user, when, and whether services were "
    "tried\n"
    "- `source`: every place that was looked at: probe, subject, locator, method, outcome "
    "(`observed`,\n"
    "  `absent`, `unreadable`, `unsupported`), reason, time\n"
    "- `source_feed`: the tables that a source feeds; an unreadable source makes every rule that "
    "needs one\n"
    "  of them answer unknown\n"
    "- `artifact`: bytes that a probe printed, with their SHA-256\n"
    "- `step`: each call into foreign code and how it ended\n\n"
    "## Facts\n";

std::string table_section(const evidence::Table& table, const std::string& collected) {
  std::string text =
      fmt::format("\n### {}\n\n{}.{}\n\n| column | type | what it holds |\n|---|---|---|\n",
                  table.name, table.description, collected);
  for (const evidence::Column& column : table.columns) {
    std::string description(column.description);
    for (std::size_t at = 0; (at = description.find('|', at)) != std::string::npos; at += 2)
      description.insert(at, "\\");
    text += fmt::format("| `{}` | {} | {} |\n", column.name,
                        column.type == evidence::Type::integer ? "integer" : "text", description);
  }
  return text;
}

std::string rule_section(const rules::Rule& rule) {
  std::string clauses;
  for (const rules::Citation& cite : rule.citations)
    clauses += fmt::format("{}{} {}{}", clauses.empty() ? "" : "; ", cite.standard, cite.clause,
                           cite.from_memory ? " (from memory)" : "");
  return fmt::format("| `{}` | {} | {} | {} | {} |\n", rule.id, name_of(rule.severity),
                     rule.rung == rules::Rung::none ? "" : title_of(rule.rung), rule.question,
                     clauses);
}

}  // namespace

std::string evidence_tables_page() {
  std::string text(kTablesLead);
  for (const evidence::Table& table : evidence::all_tables())
    text += table_section(table, fmt::format(" Collected by `{}`.", table.collected_by));
  text +=
      "\n## Certificates\n\nNot part of the evidence: added from the certificate snapshot when the "
      "evidence is judged.\n";
  for (const evidence::Table& table : cmvp::judgement_tables()) text += table_section(table, "");
  return text;
}

std::string rules_page(const std::vector<rules::Pack>& packs) {
  std::string text =
      "# Rules\n\nMade by `assay document rules`; do not edit. `assay explain RULE` tells "
      "all about one of them.\n";
  for (const rules::Pack& pack : packs) {
    text += fmt::format("\n## {} {}\n\n{}, {} rules.\n", pack.id, pack.version, pack.title,
                        pack.rules.size());
    std::string area;
    for (const rules::Rule& rule : pack.rules) {
      if (rule.area != area)
        text += fmt::format(
            "\n### {}\n\n| rule | severity | rung | asks | where it is written "
            "|\n|---|---|---|---|---|\n",
            rule.area);
      area = rule.area;
      text += rule_section(rule);
    }
  }
  return text;
}

}  // namespace cli
