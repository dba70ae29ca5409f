#include "reports/junit.h"

#include <map>
#include <pugixml.hpp>
#include <sstream>
#include <vector>

#include "evidence/base/time.h"
#include "reports/words.h"

namespace reports {
namespace {

using Result = rules::Result;
using Findings = std::vector<const rules::Finding*>;

void set(pugi::xml_node node, const char* name, const std::string& value) {
  node.append_attribute(name).set_value(value.c_str());
}

bool is_error(Result result) {
  return result == Result::error || result == Result::unknown || result == Result::notchecked;
}

// The start of the collection as the schema of Ant wants it, without a zone; it has to be a time,
// whatever the evidence says.
std::string timestamp(const rules::Assessment& assessment) {
  constexpr std::size_t kDate = 10, kTimestamp = 20;
  const std::string& from = assessment.collected_from;
  if (from.size() == kTimestamp && from.back() == 'Z' && base::parse_date(from.substr(0, kDate)))
    return from.substr(0, kTimestamp - 1);
  const std::string& day = assessment.as_of;
  return (base::parse_date(day) ? day : base::date(0)) + "T00:00:00";
}

std::string details(const rules::Finding& finding) {
  std::string text = finding_in_words(finding) + "\n";
  if (const std::string standing = standing_in_words(finding); !standing.empty())
    text += "At the gate: " + standing + "\n";
  if (!finding.remedy.empty()) text += "What to do: " + clean(finding.remedy) + "\n";
  if (!finding.citations.empty()) text += "Clauses: " + clauses_in_words(finding) + "\n";
  for (const rules::Exhibit& exhibit : finding.evidence)
    text += "Evidence: " + exhibit_in_words(exhibit) + "\n";
  return text;
}

// What is waived or in the baseline makes no test server red; it is skipped, and says why.
bool is_skipped(const rules::Finding& finding) {
  return finding.result == Result::notapplicable ||
         (finding.result != Result::pass && !finding.counts());
}

void add_outcome(pugi::xml_node testcase, const char* element, const rules::Finding& finding) {
  pugi::xml_node node = testcase.append_child(element);
  const std::string aside = finding.counts() ? "" : standing_in_words(finding) + "; ";
  set(node, "message", aside + std::string(word_of(finding.result)) + ": " + clean(finding.title));
  if (!is_skipped(finding)) {
    const bool failed = finding.result == Result::fail;
    set(node, "type", std::string(failed ? name_of(finding.severity) : name_of(finding.result)));
  }
  node.text().set(details(finding).c_str());
}

pugi::xml_node add_case(pugi::xml_node suite, const std::string& class_name,
                        const std::string& name) {
  pugi::xml_node testcase = suite.append_child("testcase");
  set(testcase, "classname", class_name);
  set(testcase, "name", name);
  set(testcase, "time", "0");
  return testcase;
}

// The name holds rule and subject and no title: it stays the same whatever comes of the rule, and
// readers keep one case of those with the same class and name.
void add_finding(pugi::xml_node suite, const rules::Finding& finding) {
  const std::string subject = finding.subject.empty() ? "no subject" : clean(finding.subject);
  pugi::xml_node testcase = add_case(suite, clean(finding.pack) + "." + clean(finding.area),
                                     clean(finding.rule) + " (" + subject + ")");
  if (is_skipped(finding)) return add_outcome(testcase, "skipped", finding);
  if (finding.result == Result::fail) add_outcome(testcase, "failure", finding);
  if (is_error(finding.result)) add_outcome(testcase, "error", finding);
}

struct Counts {
  std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;
};

Counts counts_of(const Findings& findings) {
  Counts counts{findings.size()};
  for (const rules::Finding* finding : findings) {
    if (is_skipped(*finding))
      ++counts.skipped;
    else if (finding->result == Result::fail)
      ++counts.failures;
    else if (is_error(finding->result))
      ++counts.errors;
  }
  return counts;
}

void add_property(pugi::xml_node properties, const char* name, const std::string& value) {
  pugi::xml_node property = properties.append_child("property");
  set(property, "name", name);
  set(property, "value", clean(value));
}

void add_properties(pugi::xml_node suite, const rules::Assessment& assessment) {
  pugi::xml_node properties = suite.append_child("properties");
  add_property(properties, "as_of", assessment.as_of);
  add_property(properties, "snapshot", assessment.snapshot.taken_at);
  add_property(properties, "packs", packs_in_words(assessment));
  add_property(properties, "evidence.sha256", assessment.evidence_digest);
}

// A suite without its cases, which go before its last two elements.
pugi::xml_node add_suite(pugi::xml_node suites, const rules::Assessment& assessment, std::size_t id,
                         const std::string& name, const Counts& counts) {
  pugi::xml_node suite = suites.append_child("testsuite");
  set(suite, "name", name);
  set(suite, "package", "assay");
  set(suite, "id", std::to_string(id));
  set(suite, "timestamp", timestamp(assessment));
  set(suite, "hostname", assessment.host_name.empty() ? "localhost" : clean(assessment.host_name));
  set(suite, "tests", std::to_string(counts.tests));
  set(suite, "failures", std::to_string(counts.failures));
  set(suite, "errors", std::to_string(counts.errors));
  set(suite, "skipped", std::to_string(counts.skipped));
  set(suite, "time", "0");
  add_properties(suite, assessment);
  return suite;
}

void end_suite(pugi::xml_node suite) {
  suite.append_child("system-out");
  suite.append_child("system-err");
}

// The findings of each subject, in the order in which subjects come up.
std::vector<Findings> by_subject(const std::vector<rules::Finding>& findings) {
  std::map<std::string, std::size_t> index;
  std::vector<Findings> groups;
  for (const rules::Finding& finding : findings) {
    const auto [entry, is_new] = index.try_emplace(finding.subject, groups.size());
    if (is_new) groups.emplace_back();
    groups[entry->second].push_back(&finding);
  }
  return groups;
}

void add_nothing_judged(pugi::xml_node suites, const rules::Assessment& assessment) {
  pugi::xml_node suite = add_suite(suites, assessment, 0, "assay", {1, 0, 1, 0});
  pugi::xml_node error = add_case(suite, "assay", "something was judged").append_child("error");
  set(error, "message", "Unknown: no rule judged anything");
  set(error, "type", "unknown");
  end_suite(suite);
}

}  // namespace

std::string write_junit(const rules::Assessment& assessment) {
  pugi::xml_document document;
  pugi::xml_node suites = document.append_child("testsuites");
  std::size_t id = 0;
  for (const Findings& findings : by_subject(assessment.findings)) {
    pugi::xml_node suite = add_suite(suites, assessment, id++, subject_in_words(*findings.front()),
                                     counts_of(findings));
    for (const rules::Finding* finding : findings) add_finding(suite, *finding);
    end_suite(suite);
  }
  if (id == 0) add_nothing_judged(suites, assessment);
  std::ostringstream text;
  document.save(text, "  ", pugi::format_indent, pugi::encoding_utf8);
  return text.str();
}

}  // namespace reports
