#include <array>
#include <vector>

#include "evidence/base/error.h"
#include "evidence/base/text.h"
#include "reports/csv.h"
#include "reports/format.h"
#include "reports/github.h"
#include "reports/gitlab.h"
#include "reports/html.h"
#include "reports/json.h"
#include "reports/junit.h"
#include "reports/markdown.h"
#include "reports/sarif.h"
#include "reports/text.h"
#include "reports/xlsx.h"

namespace reports {
namespace {

constexpr std::array kFormats = {
    Format{"text", "report.txt", "what a terminal shows, without colour", write_text},
    Format{"html", "report.html", "one page for people, needs nothing else", write_html, true},
    Format{"xlsx", "report.xlsx", "a workbook: ladder, results, tables", write_xlsx, true},
    Format{"json", "report.json", "everything, for other programs", write_json, true},
    Format{"csv", "report.csv", "one row for each finding", write_csv},
    Format{"markdown", "report.md", "a summary for a pull request or a job", write_markdown},
    Format{"sarif", "report.sarif", "SARIF 2.1.0, for code scanning", write_sarif},
    Format{"junit", "report.junit.xml", "test results, for build servers", write_junit},
    Format{"gitlab", "gl-code-quality-report.json", "Code Quality of GitLab", write_gitlab},
    Format{"github", "report.github.txt", "annotations of GitHub Actions", write_github},
};

}  // namespace

std::span<const Format> all() { return kFormats; }

const Format& format_named(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Format& format : kFormats) {
    if (format.name == name) return format;
    names.push_back(format.name);
  }
  std::string message = "no report format '" + base::printable(name) + "'; ";
  if (const auto near = base::nearest(name, names))
    message += "did you mean '" + std::string(*near) + "'?";
  else
    message += "there are " + base::join({names.begin(), names.end()}, ", ");
  throw base::Error(base::ErrorKind::usage, message);
}

}  // namespace reports
