#include "reports/controls.h"

#include <map>

#include "reports/words.h"

namespace reports {

std::string about_in_words(const rules::Control& control) {
  return control.title + (control.from_memory ? " (from memory)" : "");
}

rules::ReferenceTable control_table(const rules::Assessment& assessment) {
  std::map<std::string_view, const rules::Finding*> findings;
  for (const rules::Finding& finding : assessment.findings) findings.emplace(finding.id, &finding);
  rules::ReferenceTable table{
      "controls",
      "Controls",
      "Results grouped by controls of other frameworks. That a result speaks to a control says "
      "nothing about whether the control is satisfied.",
      {"Framework", "Control", "About", "Where from", "Result", "Severity", "Subject", "Title",
       "Id"},
      {},
      false};
  for (const rules::Control& control : assessment.controls)
    for (const std::string& id : control.findings) {
      const auto found = findings.find(id);
      if (found == findings.end()) continue;
      const rules::Finding& one = *found->second;
      table.rows.push_back({control.framework, control.id, about_in_words(control), control.source,
                            std::string(word_of(one.result)), std::string(name_of(one.severity)),
                            subject_in_words(one), one.title, one.id});
    }
  return table;
}

}  // namespace reports
