#include "rules/query.h"

#include "evidence/base/error.h"
#include "evidence/base/text.h"
#include "rules/evaluate.h"

namespace rules {
namespace {

constexpr std::size_t kMessageLimit = 4096;  // bytes

int required_column(const base::Statement& statement, std::string_view name) {
  const int column = find_column(statement, name);
  if (column < 0)
    throw base::Error(base::ErrorKind::input,
                      "the query gives no column \"" + std::string(name) + "\"");
  return column;
}

// A cut must not leave a part of a character.
std::string cut(std::string text, std::size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0U) == 0x80U) --limit;
  text.resize(limit);
  return text + "…";
}

}  // namespace

int find_column(const base::Statement& statement, std::string_view name) {
  for (int i = 0; i < statement.column_count(); ++i)
    if (base::lower(statement.column_name(i)) == name) return i;
  return -1;
}

std::string message_text(const std::string& text) {
  return std::string(base::trim(base::printable(cut(text, kMessageLimit))));
}

Answers run_query(const std::string& sql, base::Database& judgement) {
  Answers answers;
  if (sql.empty()) return answers;
  judgement.renew_step_budget();
  auto query = judgement.prepare(sql);
  const int subject = required_column(query, "subject");
  const int message = required_column(query, "message");
  const int source = find_column(query, "source");
  const int basis = find_column(query, "basis");
  for (std::size_t rows = 0; query.step(); ++rows) {
    if (rows == kRowLimit)
      throw base::Error(base::ErrorKind::input,
                        "the query gives more than " + std::to_string(kRowLimit) + " rows");
    Answer answer{source < 0 ? 0 : query.integer(source), message_text(query.text(message)),
                  basis < 0 ? "" : query.text(basis)};
    if (answer.message.empty()) answer.message = "the rule gives no reason";
    answers[query.text(subject)].push_back(std::move(answer));
  }
  return answers;
}

bool has_table(const base::Database& db, const std::string& name) {
  auto query = db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?");
  return query.bind(1, name).step();
}

}  // namespace rules
