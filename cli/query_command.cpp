#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "cli/exit_code.h"
#include "cli/judge.h"
#include "cli/options.h"
#include "evidence/base/csv.h"
#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace cli {
namespace {

constexpr Option kOptions[] = {
    {"format", "", "FORMAT", "table, or csv for other programs (default table)", "table csv"},
    kAsOf,
    kPack,
    kPackKey,
    kSnapshot,
    kMaxSnapshotAge,
    kClaims,
};

constexpr std::string_view kExamples[] = {
    "assay query evidence.db 'SELECT module, version, active FROM provider'",
    "assay query evidence.db \"SELECT service, outcome FROM service WHERE outcome <> 'performed'\"",
};

std::string cell_text(const base::Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* text = std::get_if<std::string>(&value)) return base::printable(*text);
  if (const auto* blob = std::get_if<base::Blob>(&value))
    return fmt::format("({} bytes)", blob->bytes.size());
  return "";
}

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(base::Statement& query) {
  Rows rows(1);
  for (int column = 0; column < query.column_count(); ++column)
    rows[0].push_back(query.column_name(column));
  while (query.step()) {
    rows.emplace_back();
    for (int column = 0; column < query.column_count(); ++column)
      rows.back().push_back(cell_text(query.value(column)));
  }
  return rows;
}

void print_table(const Rows& rows, std::ostream& out) {
  std::vector<std::size_t> widths(rows[0].size());
  for (const auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) line += fmt::format("{:<{}}  ", row[i], widths[i]);
    line.erase(line.find_last_not_of(' ') + 1);
    out << line << "\n";
  }
}

int run(const Invocation& invocation, Terminal& terminal) {
  if (invocation.words().size() != 2)
    throw base::Error(
        base::ErrorKind::usage,
        "query needs an evidence file and one SQL statement in quotes; see assay query "
        "--help");
  const base::Database judgement = judgement_for_queries(invocation.words()[0], invocation);
  base::Statement query = judgement.prepare(invocation.words()[1]);
  const Rows rows = rows_of(query);
  if (invocation.value("format").value_or("table") == "table")
    print_table(rows, terminal.out);
  else
    for (const auto& row : rows) terminal.out << base::csv_line(row);
  return kHolds;
}

}  // namespace

Command query_command() {
  return {
      "query",
      "EVIDENCE SQL",
      "Ask evidence a question in SQL, reading only",
      "Runs one SELECT on what rules are run on: the evidence, the certificates that its modules "
      "match, and the tables and views of the packs that --pack names. The tables and columns are "
      "described in "
      "docs/evidence-tables.md, or by assay document tables.",
      kOptions,
      kExamples,
      run};
}

}  // namespace cli
