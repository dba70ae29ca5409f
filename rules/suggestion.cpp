#include "rules/suggestion.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "evidence/base/error.h"
#include "evidence/base/text.h"
#include "rules/query.h"
#include "rules/shared_mutants.h"
#include "rules/sql.h"
#include "rules/test_variation.h"

namespace rules {
namespace {

constexpr std::size_t kVariations = 250;  // of one test
constexpr std::size_t kSteps = 2;         // How many values may differ from the test of the author.
constexpr std::size_t kSeconds = 12;      // How many variations are varied once more.

// A possible test, and which mutants it notices, by the subject that it looks at.
struct Candidate {
  std::string sql;
  std::map<std::string, std::vector<std::size_t>> notices;
  std::map<std::string, Result> results;
  std::string first_subject;
};

// The subjects that a query names, which is all of it that decides.
using Named = std::set<std::string>;
using Parts = std::map<std::string, Named>;

Named named_by(const std::string& sql, base::Database& judgement) {
  Named named;
  for (const auto& [subject, rows] : run_query(sql, judgement)) named.insert(subject);
  return named;
}

Parts parts_of(const Rule& rule, base::Database& judgement) {
  return {{"violations", named_by(rule.violations, judgement)},
          {"unknown", named_by(rule.unknown, judgement)},
          {"not-applicable", named_by(rule.not_applicable, judgement)}};
}

// A look at the one changed query, before the whole rule is judged once more.
bool gives_the_same(const MutatedRule& mutated, const Parts& parts, base::Database& judgement) {
  const auto part = parts.find(mutated.mutant.part);
  if (part == parts.end()) return false;
  const Rule& rule = mutated.rule;
  const std::string& sql = part->first == "violations" ? rule.violations
                           : part->first == "unknown"  ? rule.unknown
                                                       : rule.not_applicable;
  try {
    return named_by(sql, judgement) == part->second;
  } catch (const base::Error&) {
    return false;
  }
}

// How many values the evidence of a test leaves out by name.
std::ptrdiff_t missing_values(const std::string& sql) {
  const std::vector<SqlToken> tokens = sql_tokens(sql);
  return std::count_if(tokens.begin(), tokens.end(), [](const SqlToken& token) {
    return token.kind == SqlToken::Kind::word && token.text == "null";
  });
}

class Suggesting {
 public:
  Suggesting(const Pack& pack, const RuleCases& cases, const Rule& rule,
             std::vector<MutatedRule> mutants)
      : pack_(pack), cases_(cases), rule_(rule), mutants_(std::move(mutants)) {
    rule_.evidence.clear();
    for (std::size_t i = 0; i < mutants_.size(); ++i) open_.push_back(i);
  }

  std::vector<SuggestedTest> run() {
    std::vector<std::string> texts;
    for (const RuleTest& test : rule_.tests) {
      texts.push_back(test.sql);
      if (test.expect == Result::pass) missing_ = std::max(missing_, missing_values(test.sql));
    }
    const Constants constants = constants_in(queries());
    const std::vector<std::string> written = texts;
    for (std::size_t step = 0; step < kSteps && !open_.empty(); ++step) {
      std::vector<std::string> next;
      for (const std::string& text : texts)
        for (std::string& varied : variations(text, written, constants, kVariations))
          next.push_back(std::move(varied));
      try_all(next);
      choose();
      texts = spread(next);
    }
    return std::move(suggested_);
  }

 private:
  // Those that decide; and views where a change to one is to be noticed.
  std::vector<std::string> queries() const {
    std::vector<std::string> queries = {rule_.violations, rule_.unknown, rule_.not_applicable};
    for (const View& view : pack_.views)
      if (std::any_of(mutants_.begin(), mutants_.end(), [&](const MutatedRule& mutated) {
            return mutated.mutant.part == "view" && mutated.mutant.rule == view.name;
          }))
        queries.push_back(view.sql);
    return queries;
  }

  // Some of `texts`, evenly taken.
  static std::vector<std::string> spread(const std::vector<std::string>& texts) {
    std::vector<std::string> some;
    const std::size_t every = texts.size() / kSeconds + 1;
    for (std::size_t i = 0; i < texts.size(); i += every) some.push_back(texts[i]);
    return some;
  }

  void try_all(const std::vector<std::string>& texts) {
    candidates_.clear();
    for (const std::string& text : texts)
      if (std::optional<Candidate> candidate = candidate_of(text))
        candidates_.push_back(std::move(*candidate));
  }

  std::optional<Candidate> candidate_of(const std::string& text) const {
    RuleCase one = cases_.of(rule_, {Result::pass, "", text, "", ""});
    if (!one.broken.empty()) return std::nullopt;
    const std::vector<Finding> right = one.findings(rule_, pack_.subjects);
    if (std::any_of(right.begin(), right.end(),
                    [](const Finding& f) { return f.result == Result::error; }))
      return std::nullopt;
    Candidate candidate{text, {}, {}, right.empty() ? "" : right.front().subject};
    for (const Finding& finding : right) candidate.results[finding.subject] = finding.result;
    const Parts parts = parts_of(rule_, one.judgement);
    for (const std::size_t i : open_) {
      if (gives_the_same(mutants_[i], parts, one.judgement)) continue;
      for (const Finding& finding : one.findings(mutants_[i].rule, mutants_[i].subjects)) {
        const auto found = candidate.results.find(finding.subject);
        if (found != candidate.results.end() && is_worth(found->second) &&
            found->second != finding.result)
          candidate.notices[finding.subject].push_back(i);
      }
    }
    if (candidate.notices.empty()) return std::nullopt;
    return candidate;
  }

  static bool is_worth(Result result) {
    return result != Result::error && result != Result::notchecked;
  }

  // The test that notices most, again and again; of equals the simplest.
  void choose() {
    while (true) {
      const Candidate* best = nullptr;
      std::string subject;
      std::vector<std::size_t> noticed;
      for (const Candidate& candidate : candidates_)
        for (const auto& [of, list] : candidate.notices) {
          std::vector<std::size_t> still = still_open(list);
          if (still.size() <= noticed.size()) continue;
          best = &candidate, subject = of, noticed = std::move(still);
        }
      if (best == nullptr) return;
      keep(*best, subject, noticed);
    }
  }

  std::vector<std::size_t> still_open(const std::vector<std::size_t>& list) const {
    std::vector<std::size_t> still;
    for (const std::size_t i : list)
      if (std::find(open_.begin(), open_.end(), i) != open_.end()) still.push_back(i);
    return still;
  }

  void keep(const Candidate& candidate, const std::string& subject,
            const std::vector<std::size_t>& noticed) {
    const bool first = subject == candidate.first_subject;
    SuggestedTest suggested{
        rule_.id, {candidate.results.at(subject), first ? "" : subject, candidate.sql, "", ""}, {}};
    suggested.passes_without =
        suggested.test.expect == Result::pass && missing_values(candidate.sql) > missing_;
    for (const std::size_t i : noticed) {
      suggested.notices.push_back(mutants_[i].mutant);
      open_.erase(std::find(open_.begin(), open_.end(), i));
    }
    suggested_.push_back(std::move(suggested));
  }

  const Pack& pack_;
  const RuleCases& cases_;
  Rule rule_;
  std::vector<MutatedRule> mutants_;
  std::vector<std::size_t> open_;
  std::ptrdiff_t missing_ = 0;  // at most in a passing test of the author
  std::vector<Candidate> candidates_;
  std::vector<SuggestedTest> suggested_;
};

void keep_only(const std::vector<Mutant>& survivors, std::vector<MutatedRule>& mutants) {
  std::erase_if(mutants, [&](const MutatedRule& mutated) {
    return std::find(survivors.begin(), survivors.end(), mutated.mutant) == survivors.end();
  });
}

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '&') result += "&amp;";
    if (c == '<') result += "&lt;";
    if (c == '>') result += "&gt;";
    if (c != '&' && c != '<' && c != '>') result += c;
  }
  return result;
}

}  // namespace

void suggest_tests(const Pack& pack, const Prepare& prepare, const MutationOptions& options,
                   const TakeSuggestion& take) {
  std::vector<Mutant> survivors = mutate(pack, prepare, options).survivors;
  const RuleCases all(pack, prepare);
  const std::vector<SharedMutant> shared = shared_mutants_of(pack, all.empty());
  for (const Rule& rule : pack.rules) {
    std::vector<MutatedRule> open = mutants_of(rule, pack, all.empty());
    for (const SharedMutant& one : shared)
      if (auto mutated = in_rule(one, rule, pack)) open.push_back(std::move(*mutated));
    keep_only(survivors, open);
    if (open.empty()) continue;
    RuleCases cases(pack, prepare);
    cases.keep_only_tables_of(rule, pack);
    for (const SuggestedTest& test : Suggesting(pack, cases, rule, std::move(open)).run()) {
      for (const Mutant& noticed : test.notices) std::erase(survivors, noticed);
      take(test);
    }
  }
}

std::string as_xml(const RuleTest& test) {
  std::string text = "    <test expect=\"" + std::string(name_of(test.expect)) + "\"";
  if (!test.subject.empty()) text += " subject=\"" + test.subject + "\"";
  text += ">\n";
  const std::string sql = dedented(test.sql);
  for (const std::string_view line : base::lines(sql))
    text += "      " + escaped(std::string(line)) + "\n";
  return text + "    </test>\n";
}

}  // namespace rules
