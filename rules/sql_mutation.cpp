#include "rules/sql_mutation.h"

#include <algorithm>
#include <array>
#include <map>

#include "evidence/base/text.h"
#include "rules/sql.h"

namespace rules {
namespace {

using Kind = SqlToken::Kind;
using Tokens = std::vector<SqlToken>;

template <std::size_t N>
bool any_of(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// A text that no evidence holds.
constexpr const char* kOtherText = "'~'";

bool is_number(const SqlToken& token) {
  return token.kind == Kind::word && token.text[0] >= '0' && token.text[0] <= '9';
}

// Tells which tokens can decide something: not the columns that only tell, not those of EXISTS
// (SELECT …), and not the order.
class Deciding {
 public:
  Deciding(const Tokens& tokens, const Names* deciding)
      : tokens_(tokens), deciding_(deciding), decides_(tokens.size(), true) {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (is_word(i, "select")) leave_out_telling_columns(i);
      if (is_word(i, "order")) leave_out(i, end_of_order(i));
      if (is_word(i, "row_number")) note_rank(i);
    }
    leave_out_limits();
  }

  bool operator[](std::size_t i) const { return decides_[i]; }

 private:
  bool is_word(std::size_t i, std::string_view word) const {
    return tokens_[i].kind == Kind::word && tokens_[i].text == word;
  }

  void leave_out(std::size_t begin, std::size_t end) {
    std::fill(decides_.begin() + static_cast<std::ptrdiff_t>(begin),
              decides_.begin() + static_cast<std::ptrdiff_t>(end), false);
  }

  std::size_t end_of_order(std::size_t i) const {
    const int depth = tokens_[i].depth;
    while (i < tokens_.size() && tokens_[i].depth >= depth && !is_word(i, "limit")) ++i;
    return i;
  }

  // ROW_NUMBER() OVER (…) AS name
  void note_rank(std::size_t i) {
    const int depth = tokens_[i].depth;
    while (i + 1 < tokens_.size() && !(is_word(i, "as") && tokens_[i].depth == depth)) ++i;
    if (i + 1 < tokens_.size()) ranks_.insert(tokens_[i + 1].text);
  }

  // WHERE rank <= 21: how many rows are told of a subject. Each has a first one in any case.
  void leave_out_limits() {
    for (std::size_t i = 0; i + 3 < tokens_.size(); ++i)
      if (is_word(i, "where") && ranks_.contains(tokens_[i + 1].text) &&
          tokens_[i + 2].text == "<" && tokens_[i + 3].text == "=" && i + 4 < tokens_.size())
        leave_out(i, i + 5);
  }

  bool ends_columns(std::size_t i, int depth) const {
    constexpr std::array<std::string_view, 9> kEnds = {
        "from", "where", "group", "having", "order", "limit", "union", "except", "intersect"};
    return tokens_[i].depth < depth ||
           (tokens_[i].depth == depth && tokens_[i].text != "," && tokens_[i].kind == Kind::word &&
            any_of(kEnds, tokens_[i].text));
  }

  bool only_tells(const std::string& column, int depth) const {
    constexpr std::array<std::string_view, 7> kTelling = {"message", "source", "basis", "label",
                                                          "place",   "rest",   "remedy"};
    return any_of(kTelling, column) ||
           (deciding_ != nullptr && named_.contains(depth) && !deciding_->contains(column));
  }

  // True for the SELECT of the text itself and for name AS (SELECT …) in WITH: its columns are
  // asked for by name. Not for name (columns) AS (SELECT …), where they have others.
  bool gives_named_columns(std::size_t select) const {
    return tokens_[select].depth == 0 ||
           (select > 2 && tokens_[select - 1].text == "(" && is_word(select - 2, "as") &&
            tokens_[select - 3].kind != Kind::sign);
  }

  // The second half of a UNION has the column names of the first.
  void leave_out_telling_columns(std::size_t select) {
    const int depth = tokens_[select].depth;
    constexpr std::array<std::string_view, 4> kJoins = {"union", "all", "except", "intersect"};
    const bool first = select == 0 || !any_of(kJoins, tokens_[select - 1].text);
    const bool asks_existence = select > 1 && is_word(select - 2, "exists");
    std::vector<std::string>& names = names_[depth];
    if (first) names.clear();
    if (first && gives_named_columns(select)) named_.insert(depth);
    if (first && !gives_named_columns(select)) named_.erase(depth);
    std::size_t column = 0, begin = select + 1;
    for (std::size_t i = begin; begin < tokens_.size(); ++i) {
      const bool ends = i >= tokens_.size() || ends_columns(i, depth);
      if (!ends &&
          !(tokens_[i].depth == depth && tokens_[i].text == "," && tokens_[i].kind == Kind::sign))
        continue;
      if (first) names.push_back(i > begin ? tokens_[i - 1].text : "");
      if (asks_existence || (column < names.size() && only_tells(names[column], depth)))
        leave_out(begin, std::min(i, tokens_.size()));
      if (ends) break;
      ++column;
      begin = i + 1;
    }
  }

  const Tokens& tokens_;
  const Names* deciding_;
  std::vector<bool> decides_;
  std::map<int, std::vector<std::string>> names_;  // by depth
  std::set<int> named_;                            // depths whose columns are asked for by name
  std::set<std::string, std::less<>> ranks_;       // names of ROW_NUMBER() columns
};

class Mutator {
 public:
  Mutator(std::string_view sql, const Names* deciding)
      : sql_(sql), tokens_(sql_tokens(sql)), decides_(tokens_, deciding) {}

  std::vector<SqlMutation> run() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (!decides_[i]) continue;
      change_comparison(i);
      change_constant(i);
      change_word(i);
      drop_default(i);
      begin_condition(i);
    }
    return std::move(mutations_);
  }

 private:
  bool is(std::size_t i, Kind kind, std::string_view text) const {
    return i < tokens_.size() && tokens_[i].kind == kind && tokens_[i].text == text;
  }
  bool word(std::size_t i, std::string_view text) const { return is(i, Kind::word, text); }
  bool sign(std::size_t i, std::string_view text) const { return is(i, Kind::sign, text); }
  bool word_before(std::size_t i, std::string_view text) const {
    return i > 0 && word(i - 1, text);
  }

  std::string piece(std::size_t begin, std::size_t end) const {
    std::vector<std::string> words;
    for (std::size_t i = begin; i < end && i < tokens_.size(); ++i)
      words.emplace_back(sql_.substr(tokens_[i].begin, tokens_[i].end - tokens_[i].begin));
    return base::join(words, " ");
  }

  // Puts `text` for the tokens from `begin` to before `end`.
  void replace(std::size_t begin, std::size_t end, const std::string& text) {
    constexpr std::size_t kContext = 3;
    if (piece(begin, end) == text) return;
    const std::size_t from = begin > kContext ? begin - kContext : 0;
    std::string name = piece(from, begin) + " [" + piece(begin, end) + " -> " + text + "] " +
                       piece(end, end + kContext);
    name = std::string(base::trim(base::printable(name)));
    if (const int count = ++count_[name]; count > 1) name += " #" + std::to_string(count);
    const std::size_t at = tokens_[begin].begin;
    const std::size_t last = end == begin ? at : tokens_[end - 1].end;
    std::string sql(sql_.substr(0, at));
    sql += " " + text + " ";
    sql += sql_.substr(last);
    mutations_.push_back({std::move(name), std::move(sql)});
  }

  // Signs are read one by one: "<=" is two tokens.
  void change_comparison(std::size_t i) {
    static const std::map<std::string, std::vector<std::string>, std::less<>> kOthers = {
        {"=", {"<>"}},       {"==", {"<>"}},     {"<>", {"="}},       {"!=", {"="}},
        {"<", {"<=", ">="}}, {"<=", {"<", ">"}}, {">", {">=", "<="}}, {">=", {">", "<"}}};
    if (tokens_[i].kind != Kind::sign || follows_directly(i)) return;
    std::string text = tokens_[i].text;
    std::size_t end = i + 1;
    if (end < tokens_.size() && follows_directly(end)) text += tokens_[end++].text;
    if (const auto found = kOthers.find(text); found != kOthers.end())
      for (const std::string& other : found->second) replace(i, end, other);
    if ((text == "+" || text == "-") && i > 0 && tokens_[i - 1].kind != Kind::sign)
      replace(i, end, text == "+" ? "-" : "+");
  }

  // True for the second sign of "<=", "<>", "!=", "==" and the like.
  bool follows_directly(std::size_t i) const {
    constexpr std::array<std::string_view, 6> kTwo = {"<=", ">=", "<>", "!=", "==", "||"};
    return i > 0 && tokens_[i].kind == Kind::sign && tokens_[i - 1].kind == Kind::sign &&
           tokens_[i - 1].end == tokens_[i].begin &&
           any_of(kTwo, tokens_[i - 1].text + tokens_[i].text);
  }

  void change_constant(std::size_t i) {
    if (tokens_[i].kind == Kind::text) replace(i, i + 1, other_text(i));
    if (!is_number(tokens_[i])) return;
    if (const auto number = base::parse_integer(tokens_[i].text); number && *number < 1'000'000'000)
      replace(i, i + 1, std::to_string(*number + 1));
  }

  // What COALESCE(x, 'default') is compared with, if that is another text: any third one would come
  // to the same.
  std::string other_text(std::size_t i) const {
    std::size_t j = i + 2;
    while (j < tokens_.size() && tokens_[j].kind == Kind::sign &&
           (sign(j, "=") || sign(j, "<") || sign(j, ">") || sign(j, "!")))
      ++j;
    const bool is_default = i > 0 && sign(i - 1, ",") && sign(i + 1, ")") && j > i + 2;
    if (!is_default || j >= tokens_.size() || tokens_[j].kind != Kind::text ||
        tokens_[j].text == tokens_[i].text)
      return kOtherText;
    return piece(j, j + 1);
  }

  void change_word(std::size_t i) {
    constexpr std::array<std::string_view, 5> kNegatable = {"in", "like", "glob", "between",
                                                            "exists"};
    if (tokens_[i].kind != Kind::word) return;
    const std::string& text = tokens_[i].text;
    if (text == "is") {
      const bool negated = word(i + 1, "not");
      replace(i, negated ? i + 2 : i + 1, negated ? "IS" : "IS NOT");
    } else if (text == "not" && !word_before(i, "is")) {
      replace(i, i + 1, "");
    } else if (any_of(kNegatable, text) && !word_before(i, "not")) {
      replace(i, i + 1, "NOT " + text);
    } else if (text == "and" && !closes_between(i)) {
      replace(i, i + 1, "OR");
    } else if (text == "or") {
      replace(i, i + 1, "AND");
    } else if (text == "left" && (word(i + 1, "join") || word(i + 1, "outer"))) {
      replace(i, word(i + 1, "outer") ? i + 2 : i + 1, "INNER");
    } else if (text == "distinct" && i > 0 && sign(i - 1, "(")) {
      replace(i, i + 1, "");
    } else if ((text == "min" || text == "max") && sign(i + 1, "(")) {
      replace(i, i + 1, text == "min" ? "max" : "min");
    }
  }

  // The AND of BETWEEN x AND y is no condition.
  bool closes_between(std::size_t i) const {
    for (std::size_t j = i; j-- > 0 && tokens_[j].depth >= tokens_[i].depth;) {
      if (tokens_[j].depth > tokens_[i].depth) continue;
      if (word(j, "between")) return true;
      if (word(j, "and") || word(j, "or") || word(j, "where") || word(j, "on")) return false;
    }
    return false;
  }

  // COALESCE(x, y) becomes (x): what if nobody had thought of NULL.
  void drop_default(std::size_t i) {
    if (!(word(i, "coalesce") || word(i, "ifnull")) || !sign(i + 1, "(")) return;
    for (std::size_t j = i + 2; j < tokens_.size() && tokens_[j].depth > tokens_[i].depth; ++j)
      if (sign(j, ",") && tokens_[j].depth == tokens_[i].depth + 1)
        return replace(i, end_of_group(i + 1), "(" + piece(i + 2, j) + ")");
  }

  // The token behind the parenthesis that closes the one at `open`.
  std::size_t end_of_group(std::size_t open) const {
    std::size_t i = open + 1;
    while (i < tokens_.size() && tokens_[i].depth > tokens_[open].depth) ++i;
    return std::min(i + 1, tokens_.size());
  }

  bool ends_condition(std::size_t i, int depth) const {
    constexpr std::array<std::string_view, 15> kEnds = {
        "then", "group", "order", "having", "limit", "union", "except", "intersect",
        "join", "left",  "inner", "cross",  "where", "when",  "window"};
    if (tokens_[i].depth < depth) return true;
    return tokens_[i].depth == depth &&
           (sign(i, ",") || (tokens_[i].kind == Kind::word && any_of(kEnds, tokens_[i].text)));
  }

  // Each term of a condition is left out: where it alone, or with AND, decides, it becomes true;
  // between ORs, false.
  void begin_condition(std::size_t i) {
    const bool clause = word(i, "where") || word(i, "on") || word(i, "having") || word(i, "when");
    const bool group =
        sign(i, "(") && (i == 0 || tokens_[i - 1].kind != Kind::word || word_before(i, "and") ||
                         word_before(i, "or") || word_before(i, "not") || word_before(i, "where") ||
                         word_before(i, "on") || word_before(i, "when"));
    if (!clause && !group) return;
    const int depth = tokens_[i].depth + (group ? 1 : 0);
    std::vector<std::size_t> cuts = {i};
    std::size_t end = i + 1;
    for (; end < tokens_.size() && !ends_condition(end, depth); ++end)
      if (tokens_[end].depth == depth &&
          (word(end, "or") || (word(end, "and") && !closes_between(end))))
        cuts.push_back(end);
    if (group && cuts.size() == 1) return;
    cuts.push_back(end);
    for (std::size_t k = 0; k + 1 < cuts.size(); ++k) drop_term(cuts, k);
  }

  void drop_term(const std::vector<std::size_t>& cuts, std::size_t k) {
    const std::size_t begin = cuts[k] + 1, end = cuts[k + 1];
    if (begin >= end) return;
    const bool after_or = k > 0 && word(cuts[k], "or");
    const bool before_or = k + 2 < cuts.size() && word(cuts[k + 1], "or");
    const bool after_and = k > 0 && word(cuts[k], "and");
    const bool before_and = k + 2 < cuts.size() && word(cuts[k + 1], "and");
    const bool in_or = (after_or || before_or) && !after_and && !before_and;
    replace(begin, end, in_or ? "0" : "1");
  }

  std::string_view sql_;
  Tokens tokens_;
  Deciding decides_;
  std::map<std::string, int> count_;
  std::vector<SqlMutation> mutations_;
};

}  // namespace

std::vector<SqlMutation> sql_mutations(std::string_view sql, const Names* deciding) {
  return Mutator(sql, deciding).run();
}

Names deciding_words(std::string_view sql, const Names& deciding) {
  const Tokens tokens = sql_tokens(sql);
  const Deciding decides(tokens, &deciding);
  Names words;
  for (std::size_t i = 0; i < tokens.size(); ++i)
    if (decides[i] && (tokens[i].kind == Kind::word || tokens[i].kind == Kind::name))
      words.insert(base::lower(tokens[i].text));
  return words;
}

}  // namespace rules
