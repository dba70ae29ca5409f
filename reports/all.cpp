#include <array>
#include <vector>

#include "evidence/base/error.h"
#include "evidence/base/text.h"
#include "reports/format.h"
#include "reports/html.h"
#include "reports/json.h"
#include "reports/text.h"
#include "reports/xlsx.h"

namespace reports {
namespace {

constexpr std::array kFormats = {
    Format{"text", "report.txt", "what a terminal shows, without colour", write_text},
    Format{"html", "report.html", "one page for people, needs nothing else", write_html},
    Format{"xlsx", "report.xlsx", "a workbook: ladder, results, tables", write_xlsx},
    Format{"json", "report.json", "everything, for other programs", write_json},
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
