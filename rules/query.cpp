#include "rules/query.h"

#include "evidence/base/error.h"
#include "evidence/base/text.h"
#include "rules/evaluate.h"

namespace rules {
namespace {

constexpr std::size_t kMessageLimit = 4096;  // bytes
constexpr std::size_t kShown = 20;           // rows of one subject, where the query has a "rest"

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

// The rows of one query, by subject.
class Asking {
 public:
  explicit Asking(base::Statement query)
      : query_(std::move(query)),
        subject_(required_column(query_, "subject")),
        message_(required_column(query_, "message")),
        source_(find_column(query_, "source")),
        basis_(find_column(query_, "basis")),
        remedy_(find_column(query_, "remedy")),
        rest_(find_column(query_, "rest")) {}

  Answers run() {
    while (query_.step()) take_row();
    for (const auto& [subject, left] : left_)
      answers_.find(subject)->second.push_back(
          {left.source, "And " + std::to_string(left.rows) + " " + left.what, "", ""});
    return std::move(answers_);
  }

 private:
  // What a subject has beside the rows that are shown.
  struct Left {
    std::size_t rows = 0;
    std::int64_t source = 0;  // of the first of them
    std::string what;
  };

  void take_row() {
    const std::string_view subject = query_.text_view(subject_);
    auto place = answers_.find(subject);
    if (place == answers_.end()) place = answers_.emplace(subject, std::vector<Answer>()).first;
    if (rest_ < 0 || place->second.size() < kShown) return place->second.push_back(row());
    Left& left = left_[place->first];
    if (left.rows++ == 0) left.source = row_source(), left.what = message_text(query_.text(rest_));
  }

  Answer row() {
    if (kept_++ == kRowLimit)
      throw base::Error(base::ErrorKind::input,
                        "the query gives more than " + std::to_string(kRowLimit) + " rows");
    Answer answer{row_source(), message_text(query_.text(message_)),
                  basis_ < 0 ? "" : query_.text(basis_),
                  remedy_ < 0 ? "" : message_text(query_.text(remedy_))};
    if (answer.message.empty()) answer.message = "the rule gives no reason";
    return answer;
  }

  std::int64_t row_source() const { return source_ < 0 ? 0 : query_.integer(source_); }

  base::Statement query_;
  int subject_, message_, source_, basis_, remedy_, rest_;
  std::size_t kept_ = 0;
  Answers answers_;
  std::map<std::string, Left, std::less<>> left_;
};

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
  if (sql.empty()) return {};
  judgement.renew_step_budget();
  return Asking(judgement.prepare(sql)).run();
}

bool has_table(const base::Database& db, const std::string& name) {
  auto query = db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?");
  return query.bind(1, name).step();
}

}  // namespace rules
