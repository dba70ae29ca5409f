#include "rules/evaluate.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>

#include "evidence/base/error.h"
#include "evidence/base/text.h"
#include "rules/claim.h"
#include "rules/query.h"
#include "rules/questions.h"
#include "rules/remedy.h"

namespace rules {
namespace {

constexpr std::size_t kExhibitsOfCoverage = 20;
const Answers kNoAnswers;

// What the queries of one rule gave, or why one of them did not.
struct RuleAnswers {
  const Answers *not_applicable = &kNoAnswers, *unknown = &kNoAnswers, *violations = &kNoAnswers,
                *evidence = &kNoAnswers;
  std::string error;
};

const std::vector<Answer>& answers_for(const Answers& answers, const std::string& subject) {
  static const std::vector<Answer> kNone;
  const auto found = answers.find(subject);
  return found == answers.end() ? kNone : found->second;
}

std::string title_for(const Rule& rule, Result result) {
  switch (result) {
    case Result::pass:
      return rule.title_pass;
    case Result::fail:
      return rule.title_fail;
    case Result::unknown:
      return "Could not determine " + rule.question;
    case Result::notapplicable:
      return "Not asked: " + rule.question;
    case Result::notchecked:
      return "Not checked: " + rule.question;
    case Result::error:
      return "The rule broke: " + rule.question;
  }
  return rule.question;
}

// Nothing, as for a name that is none, leaves the severity to the rule.
std::optional<Severity> severity_named(const std::string& name) {
  const auto found = std::find(kSeverityNames.begin(), kSeverityNames.end(), name);
  if (found == kSeverityNames.end()) return std::nullopt;
  return static_cast<Severity>(found - kSeverityNames.begin());
}

class Evaluation {
 public:
  Evaluation(const Pack& pack, Questions& questions, Coverage& coverage,
             std::deque<Finding>& findings)
      : pack_(pack), questions_(questions), coverage_(coverage), findings_(findings) {}

  void run() {
    for (const Rule& rule : pack_.rules) judge(rule);
  }

 private:
  const SubjectKind& kind_of(const Rule& rule) const {
    return *std::find_if(pack_.subjects.begin(), pack_.subjects.end(),
                         [&](const SubjectKind& kind) { return kind.name == rule.subject; });
  }

  void judge(const Rule& rule) {
    citations_ = rule.citations;
    rationale_ = rule.rationale;
    repair_ = rule.remedy;
    query_ = rule.violations;
    const SubjectKind& kind = kind_of(rule);
    const Subjects& subjects = questions_.subjects(kind);
    if (judge_unrecorded(rule, kind, subjects)) return;
    RuleAnswers answers;
    if (!subjects.list.empty() || any_needed_row(rule)) answers = ask(rule, subjects);
    if (!subjects.error.empty())
      answers.error = "subjects \"" + kind.name + "\": " + subjects.error;
    for (const Subject& subject : subjects.list)
      keep(rule, judge_subject(rule, kind, subject, answers));
    judge_nobody(rule, kind, subjects, answers);
    questions_.next_rule();
  }

  // What rests on something that an earlier build did not record is unknown, whatever its queries
  // make of the gap. Where nobody of its kind is, that stays so.
  bool judge_unrecorded(const Rule& rule, const SubjectKind& kind, const Subjects& subjects) {
    Unrecorded& unrecorded = coverage_.unrecorded();
    const bool nobody = subjects.list.empty();
    const std::string what = nobody ? unrecorded.asked_by(kind, pack_.views)
                                    : unrecorded.asked_by(rule, kind, pack_.views);
    if (what.empty()) return false;
    const auto undecided = [&](const Subject& subject) {
      Finding finding = begin(rule, subject);
      finding.raise(Result::unknown, unrecorded_in_words(what), remedy_to_collect_again(rule));
      keep(rule, std::move(finding));
    };
    for (const Subject& subject : subjects.list) undecided(subject);
    if (nobody) undecided({"", "none found", ""});
    return true;
  }

  // Without a subject and without any row that the rule cannot do without, its queries tell
  // nothing.
  bool any_needed_row(const Rule& rule) {
    return rule.needs.empty() ||
           std::any_of(rule.needs.begin(), rule.needs.end(), [&](const Need& need) {
             try {
               return coverage_.of(need, "", "").rows > 0;
             } catch (const base::Error&) {
               return true;
             }
           });
  }

  RuleAnswers ask(const Rule& rule, const Subjects& subjects) {
    RuleAnswers answers;
    ask("not-applicable", rule.not_applicable, answers.not_applicable, answers.error);
    if (all_excused(subjects, *answers.not_applicable)) return answers;
    ask("unknown", rule.unknown, answers.unknown, answers.error);
    ask("violations", rule.violations, answers.violations, answers.error);
    ask("evidence", rule.evidence, answers.evidence, answers.error);
    return answers;
  }

  static bool all_excused(const Subjects& subjects, const Answers& excused) {
    return !subjects.list.empty() &&
           std::all_of(subjects.list.begin(), subjects.list.end(),
                       [&](const Subject& subject) { return excused.contains(subject.key); });
  }

  void ask(const std::string& name, const std::string& sql, const Answers*& answers,
           std::string& error) {
    try {
      if (!sql.empty()) answers = &questions_.ask(sql);
    } catch (const base::Error& caught) {
      if (error.empty()) error = "query <" + name + ">: " + caught.what();
    }
  }

  Finding begin(const Rule& rule, const Subject& subject) const {
    Finding finding;
    finding.id = finding_id(rule.id, subject.key);
    finding.pack = pack_.id;
    finding.rule = rule.id;
    finding.area = rule.area;
    finding.subject = subject.key;
    finding.subject_label = subject.label;
    finding.severity = rule.severity;
    finding.rung = rule.rung;
    finding.citations = citations_;
    finding.rationale = rationale_;
    finding.repair = repair_;
    finding.query = query_;
    finding.file = subject.file;
    finding.line = subject.line;
    if (subject.severity) finding.severity = *subject.severity;
    if (pack_.claims) finding.claim = subject.claim.empty() ? rule.title_pass : subject.claim;
    return finding;
  }

  Finding judge_subject(const Rule& rule, const SubjectKind& kind, const Subject& subject,
                        const RuleAnswers& answers) {
    Finding finding = begin(rule, subject);
    const auto& excused = answers_for(*answers.not_applicable, subject.key);
    if (!answers.error.empty()) {
      finding.raise(Result::error, answers.error, remedy_for_broken(rule, pack_.id));
    } else if (!excused.empty()) {
      take(excused, Result::notapplicable, finding);
    } else {
      for (const Need& need : rule.needs) weigh(rule, need, kind, subject.key, finding);
      take(answers_for(*answers.violations, subject.key), Result::fail, finding, rule.remedy);
      if (const auto& open = answers_for(*answers.unknown, subject.key); !open.empty())
        take(open, Result::unknown, finding, remedy_to_find_out(rule));
      take(answers_for(*answers.evidence, subject.key), Result::pass, finding);
      name_snapshot(finding);
      if (finding.evidence.empty()) show_looked(rule, kind, subject.key, finding);
    }
    return finding;
  }

  // Every rule is in every report: where its kind of subject is not there, and where its queries
  // speak of a subject that is none of its kind.
  void judge_nobody(const Rule& rule, const SubjectKind& kind, const Subjects& subjects,
                    const RuleAnswers& answers) {
    const std::optional<std::string> stray = stray_subject(subjects, answers);
    if (!subjects.list.empty() && (!stray || !answers.error.empty())) return;
    Finding finding = begin(rule, {"", subjects.list.empty() ? "none found" : "not named", ""});
    if (subjects.list.empty()) {
      finding.raise(Result::notapplicable,
                    pack_.claims ? "no " + rule.subject + " was seen here"
                                 : "there is no " + rule.subject + " here",
                    "");
      for (const Need& need : rule.needs)
        if (absence_counts(need, kind)) weigh_absence(rule, need, finding);
    }
    const std::string repair = remedy_for_broken(rule, pack_.id);
    if (!answers.error.empty()) finding.raise(Result::error, answers.error, repair);
    if (stray)
      finding.raise(Result::error,
                    "the rule speaks of the subject \"" + *stray + "\", which is no " +
                        rule.subject + " in this evidence",
                    repair);
    keep(rule, std::move(finding));
  }

  static std::optional<std::string> stray_subject(const Subjects& subjects,
                                                  const RuleAnswers& answers) {
    for (const Answers* given : {answers.violations, answers.unknown})
      for (const auto& [subject, rows] : *given)
        if (!subjects.keys.contains(subject)) return subject;
    return std::nullopt;
  }

  void weigh(const Rule& rule, const Need& need, const SubjectKind& kind,
             const std::string& subject, Finding& finding) {
    try {
      const Covered& covered = coverage_.of(need, kind.column, subject);
      if (covered.from_certificates && coverage_.snapshot()) add(*coverage_.snapshot(), finding);
      if (weigh_sources(need, covered, finding)) return;
      if (covered.rows > 0) return;
      finding.raise(need.when_empty, need.reason, remedy_where_empty(rule, need));
      show(covered.looked, finding);
    } catch (const base::Error& error) {
      finding.raise(Result::error, "table " + need.table + ": " + error.what(),
                    remedy_for_broken(rule, pack_.id));
    }
  }

  // Rows of certificate tables have no source: what they rest on is the snapshot.
  void name_snapshot(Finding& finding) const {
    const auto& snapshot = coverage_.snapshot();
    const bool rests_on_it =
        snapshot && std::any_of(finding.evidence.begin(), finding.evidence.end(),
                                [&](const Exhibit& e) { return e.seen == snapshot->seen; });
    for (Exhibit& exhibit : finding.evidence)
      if (rests_on_it && exhibit.source == 0) exhibit.locator = snapshot->locator;
  }

  // A result that no row speaks for rests on the places that were looked at.
  void show_looked(const Rule& rule, const SubjectKind& kind, const std::string& subject,
                   Finding& finding) {
    if (finding.result == Result::error) return;
    for (const Need& need : rule.needs)
      show(coverage_.of(need, kind.column, subject).looked, finding);
  }

  // A claim is about something. Where nobody makes it, or its kind of thing was not looked at,
  // nothing had to be collected.
  bool absence_counts(const Need& need, const SubjectKind& kind) {
    if (!pack_.claims) return true;
    return kind.column != kClaimTable && coverage_.of(need, "", "").collected;
  }

  // Nobody of this kind was found: that may be because nobody could look.
  void weigh_absence(const Rule& rule, const Need& need, Finding& finding) {
    try {
      weigh_sources(need, coverage_.of(need, "", ""), finding);
    } catch (const base::Error& error) {
      finding.raise(Result::error, "table " + need.table + ": " + error.what(),
                    remedy_for_broken(rule, pack_.id));
    }
  }

  // True if the sources alone decide that the evidence is incomplete.
  bool weigh_sources(const Need& need, const Covered& covered, Finding& finding) const {
    if (!covered.collected)
      finding.raise(Result::notchecked,
                    covered.from_certificates ? "no certificate snapshot was read"
                                              : "no evidence was collected for " + need.table,
                    remedy_to_collect(need));
    for (const LookedAt* looked : covered.blind)
      finding.raise(Result::unknown, looked->reason + " (" + looked->locator + ")",
                    remedy_to_see(*looked));
    show(covered.blind, finding);
    return !covered.collected || !covered.blind.empty();
  }

  static void show(const std::vector<const LookedAt*>& places, Finding& finding) {
    for (const LookedAt* place : places) {
      if (finding.evidence.size() >= kExhibitsOfCoverage) return;
      const std::string seen = !place->reason.empty()         ? place->reason
                               : place->outcome == "observed" ? "looked at"
                                                              : place->outcome;
      add({place->id, place->locator, place->method, place->outcome, "", seen}, finding);
    }
  }

  // Rows of a query become exhibits, and the first of them the reason for `result`. `remedy` is
  // what to do where that row does not tell.
  void take(const std::vector<Answer>& answers, Result result, Finding& finding,
            const std::string& remedy = {}) const {
    if (answers.empty()) return;
    const Answer& first = answers.front();
    finding.raise(result, first.message, first.remedy.empty() ? remedy : first.remedy);
    if (finding.result == result && finding.message.empty())
      finding.message = answers.front().message;
    for (const Answer& answer : answers) {
      Exhibit exhibit;
      if (const LookedAt* place = coverage_.source(answer.source))
        exhibit = {place->id, place->locator, place->method, place->outcome, "", ""};
      exhibit.basis = answer.basis;
      exhibit.seen = answer.message;
      add(std::move(exhibit), finding);
    }
  }

  static void add(Exhibit exhibit, Finding& finding) {
    for (const Exhibit& other : finding.evidence)
      if (other.source == exhibit.source && other.seen == exhibit.seen) return;
    finding.evidence.push_back(std::move(exhibit));
  }

  void keep(const Rule& rule, Finding finding) {
    finding.title = pack_.claims ? std::string(verdict_words(finding.result)) + ": " + finding.claim
                                 : title_for(rule, finding.result);
    const std::string id = finding.id;
    for (int i = 2; !ids_.insert(finding.id).second; ++i) finding.id = id + "-" + std::to_string(i);
    findings_.push_back(std::move(finding));
  }

  const Pack& pack_;
  Questions& questions_;
  Coverage& coverage_;
  std::deque<Finding>& findings_;
  // Of the present rule.
  base::Shared<std::vector<Citation>> citations_;
  base::Shared<std::string> rationale_, repair_, query_;
  std::set<std::string> ids_;
};

}  // namespace

std::vector<Subject> subjects_of(const SubjectKind& kind, base::Database& judgement) {
  judgement.renew_step_budget();
  auto query = judgement.prepare(kind.sql);
  const int key = find_column(query, "subject");
  const int label = find_column(query, "label");
  const int place = find_column(query, "place");
  const int severity = find_column(query, "severity");
  const int claim = find_column(query, "claim");
  const int file = find_column(query, "file");
  const int line = find_column(query, "line");
  const auto refuse = [](const char* why) { throw base::Error(base::ErrorKind::input, why); };
  if (key < 0) refuse("the query gives no column \"subject\"");
  std::vector<Subject> subjects;
  std::set<std::string> known;
  while (query.step()) {
    Subject subject{query.text(key), label < 0 ? "" : message_text(query.text(label)),
                    place < 0 ? "" : message_text(query.text(place))};
    if (severity >= 0) subject.severity = severity_named(query.text(severity));
    if (claim >= 0) subject.claim = message_text(query.text(claim));
    if (file >= 0) subject.file = query.text(file);
    if (line >= 0) subject.line = query.integer(line);
    if (subject.key.empty()) refuse("the query gives a subject without a name");
    if (!known.insert(subject.key).second) continue;
    if (known.size() > kRowLimit) refuse("the query gives too many subjects");
    if (subject.label.empty()) subject.label = subject.key;
    subjects.push_back(std::move(subject));
  }
  return subjects;
}

std::string finding_id(std::string_view rule, std::string_view subject) {
  std::string slug;
  for (const char c : base::lower(subject)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain) slug += c;
    if (!plain && !slug.empty() && slug.back() != '-') slug += '-';
  }
  while (slug.ends_with('-')) slug.pop_back();
  return std::string(rule) + "--" + (slug.empty() ? "none" : slug);
}

void evaluate(const Pack& pack, Questions& questions, Coverage& coverage,
              std::deque<Finding>& findings) {
  Evaluation(pack, questions, coverage, findings).run();
}

std::vector<Finding> evaluate(const Pack& pack, base::Database& judgement) {
  Coverage coverage(judgement);
  Questions questions(judgement, pack);
  std::deque<Finding> findings;
  evaluate(pack, questions, coverage, findings);
  return {std::move_iterator(findings.begin()), std::move_iterator(findings.end())};
}

}  // namespace rules
