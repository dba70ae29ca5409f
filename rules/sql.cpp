#include "rules/sql.h"

#include <algorithm>
#include <array>

#include "evidence/base/text.h"

namespace rules {
namespace {

using Kind = SqlToken::Kind;

bool small_letter(char c) { return c >= 'a' && c <= 'z'; }
bool digit(char c) { return c >= '0' && c <= '9'; }

bool word_character(char c) {
  return small_letter(c) || (c >= 'A' && c <= 'Z') || digit(c) || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

class Lexer {
 public:
  explicit Lexer(std::string_view sql) : sql_(sql) {}

  std::vector<SqlToken> tokens() {
    while (at_ < sql_.size()) next();
    return std::move(tokens_);
  }

 private:
  void next() {
    const char c = sql_[at_];
    begin_ = at_;
    if (base::trim(sql_.substr(at_, 1)).empty()) {
      ++at_;
    } else if (sql_.substr(at_).starts_with("--")) {
      skip_past("\n", 2);
    } else if (sql_.substr(at_).starts_with("/*")) {
      skip_past("*/", 2);
    } else if (c == '\'') {
      add(Kind::text, quoted('\''));
    } else if (c == '"' || c == '`') {
      add(Kind::name, base::lower(quoted(c)));
    } else if (c == '[') {
      add(Kind::name, base::lower(quoted(']')));
    } else if (word_character(c)) {
      add(Kind::word, base::lower(word()));
    } else {
      sign(c);
    }
  }

  // What was read since `begin_` is a token.
  void add(Kind kind, std::string text) {
    tokens_.push_back({kind, std::move(text), depth_, begin_, at_});
  }

  void skip_past(std::string_view end, std::size_t from) {
    const auto found = sql_.find(end, at_ + from);
    at_ = found == std::string_view::npos ? sql_.size() : found + end.size();
  }

  // A doubled closing quote stands for itself.
  std::string quoted(char close) {
    std::string text;
    for (++at_; at_ < sql_.size(); ++at_) {
      if (sql_[at_] != close) {
        text += sql_[at_];
      } else if (close != ']' && sql_.substr(at_ + 1).starts_with(close)) {
        text += sql_[at_++];
      } else {
        ++at_;
        break;
      }
    }
    return text;
  }

  std::string_view word() {
    const std::size_t start = at_;
    while (at_ < sql_.size() && word_character(sql_[at_])) ++at_;
    return sql_.substr(start, at_ - start);
  }

  void sign(char c) {
    if (c == ')') --depth_;
    ++at_;
    add(Kind::sign, std::string(1, c));
    if (c == '(') ++depth_;
  }

  std::string_view sql_;
  std::size_t at_ = 0, begin_ = 0;
  int depth_ = 0;
  std::vector<SqlToken> tokens_;
};

bool is_sign(const SqlToken& token, std::string_view sign) {
  return token.kind == Kind::sign && token.text == sign;
}

bool is_word(const SqlToken& token, std::string_view word) {
  return token.kind == Kind::word && token.text == word;
}

template <std::size_t N>
bool any_of(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// What follows WITH … AS (…): the first verb outside all parentheses.
std::string verb(const std::vector<SqlToken>& tokens) {
  if (tokens.empty() || tokens[0].kind != Kind::word) return {};
  if (tokens[0].text != "with") return tokens[0].text;
  constexpr std::array<std::string_view, 6> kVerbs = {"select", "insert",  "update",
                                                      "delete", "replace", "values"};
  for (const SqlToken& token : tokens)
    if (token.kind == Kind::word && token.depth == 0 && any_of(kVerbs, token.text))
      return token.text;
  return {};
}

// date() and its kin tell the time of the clock when they get no argument.
bool asks_clock(const std::vector<SqlToken>& tokens, std::size_t i) {
  constexpr std::array<std::string_view, 6> kDates = {"date",      "time",      "datetime",
                                                      "julianday", "unixepoch", "strftime"};
  return any_of(kDates, tokens[i].text) && i + 2 < tokens.size() && is_sign(tokens[i + 1], "(") &&
         is_sign(tokens[i + 2], ")");
}

std::string why_not_repeatable(const std::vector<SqlToken>& tokens) {
  constexpr std::array<std::string_view, 5> kUnsteady = {"random", "randomblob", "current_date",
                                                         "current_time", "current_timestamp"};
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const SqlToken& token = tokens[i];
    if (token.kind == Kind::text && base::lower(base::trim(token.text)) == "now")
      return "'now' is the clock; take the date from assessment.as_of";
    if (token.kind != Kind::word) continue;
    if (asks_clock(tokens, i))
      return token.text + "() is the clock; take the date from assessment.as_of";
    if (any_of(kUnsteady, token.text))
      return token.text + " differs from run to run; take dates from assessment.as_of";
  }
  return {};
}

}  // namespace

std::vector<SqlToken> sql_tokens(std::string_view sql) { return Lexer(sql).tokens(); }

std::set<std::string> sql_words(std::string_view sql) {
  std::set<std::string> words;
  for (SqlToken& token : sql_tokens(sql))
    if (token.kind == Kind::word || token.kind == Kind::name) words.insert(std::move(token.text));
  return words;
}

std::string why_no_query(std::string_view sql) {
  const std::vector<SqlToken> tokens = sql_tokens(sql);
  if (verb(tokens) != "select") return "not a SELECT; a rule only reads";
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i)
    if (is_sign(tokens[i], ";")) return "more than one SQL statement";
  return why_not_repeatable(tokens);
}

std::string why_no_test_data(std::string_view sql) {
  constexpr std::array<std::string_view, 3> kAllowed = {"insert", "update", "delete"};
  bool begins = true;
  for (const SqlToken& token : sql_tokens(sql)) {
    if (is_sign(token, ";")) {
      begins = true;
      continue;
    }
    if (begins && (token.kind != Kind::word || !any_of(kAllowed, token.text)))
      return "\"" + token.text + "\" begins a statement; a test may INSERT, UPDATE and DELETE";
    if (is_word(token, "with")) return "WITH has no place in a test";
    begins = false;
  }
  return {};
}

std::string dedented(std::string_view sql) {
  std::vector<std::string_view> lines = base::lines(sql);
  while (!lines.empty() && base::trim(lines.front()).empty()) lines.erase(lines.begin());
  while (!lines.empty() && base::trim(lines.back()).empty()) lines.pop_back();
  std::size_t shared = std::string_view::npos;
  // The first line may stand right behind its tag, so its own indentation says nothing.
  for (std::size_t i = lines.size() > 1 && !lines[0].starts_with(' ') ? 1 : 0; i < lines.size();
       ++i)
    if (!base::trim(lines[i]).empty()) shared = std::min(shared, lines[i].find_first_not_of(" \t"));
  std::vector<std::string> result;
  for (std::string_view line : lines) {
    const std::size_t indent = std::min(line.find_first_not_of(" \t"), line.size());
    line.remove_prefix(std::min(indent, shared));
    result.emplace_back(line.substr(0, line.find_last_not_of(" \t") + 1));
  }
  return base::join(result, "\n");
}

bool is_sql_name(std::string_view name) {
  return !name.empty() && small_letter(name[0]) &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return small_letter(c) || digit(c) || c == '_'; });
}

}  // namespace rules
