#include "cli/write_reports.h"

#include <algorithm>
#include <ostream>

#include "cli/collect.h"
#include "evidence/base/error.h"
#include "reports/format.h"
#include "reports/text.h"

namespace cli {
namespace {

void print(const rules::Assessment& assessment, const std::string& format, Terminal& terminal) {
  if (format == "text")
    terminal.out << reports::text_report(assessment, terminal.colour);
  else
    terminal.out << reports::format_named(format).write(assessment);
}

// What was written, in words.
std::string write_files(const rules::Assessment& assessment, const std::string& folder,
                        const std::vector<std::string>& formats) {
  make_folder(folder);
  std::string words = "\nWritten to " + folder + ":";
  for (const std::string& name : formats) {
    const reports::Format& format = reports::format_named(name);
    write_file(folder + "/" + std::string(format.file_name), format.write(assessment));
    words += " " + std::string(format.file_name);
  }
  return words + "\n";
}

}  // namespace

std::vector<std::string> formats_asked_for(const Invocation& invocation) {
  const std::vector<std::string> formats = invocation.values("format");
  if (!invocation.has("output") && formats.size() > 1)
    throw base::Error(base::ErrorKind::usage, "several formats need a folder: add -o DIR");
  if (!formats.empty()) return formats;
  if (invocation.has("output")) return {"html", "xlsx", "json"};
  return {"text"};
}

void write_reports(const rules::Assessment& assessment, const Invocation& invocation,
                   Terminal& terminal) {
  const std::vector<std::string> formats = formats_asked_for(invocation);
  const auto folder = invocation.value("output");
  if (!folder) return print(assessment, formats.front(), terminal);
  // The files first: whoever reads the text may stop before its end, as head does.
  const std::string written = write_files(assessment, *folder, formats);
  print(assessment, "text", terminal);
  terminal.out << written;
}

}  // namespace cli
