#include "cli/gate.h"

#include <algorithm>
#include <ostream>

#include "cli/collect.h"
#include "evidence/base/error.h"
#include "evidence/base/host.h"

namespace cli {
namespace {

using base::Seen;

std::string text_of(const std::string& file, const std::string& what, const std::string& next) {
  const base::FileText read = base::SystemHost().read_file(file);
  if (read.seen == Seen::ok) return read.text;
  throw base::Error(base::ErrorKind::input,
                    file + ": the " + what + " cannot be read (" +
                        (read.seen == Seen::absent ? "no such file" : read.reason) + "); " + next);
}

std::size_t entries_in(const std::string& baseline) {
  return rules::read_baseline(baseline, "").entries.size();
}

std::string number_of(std::size_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

void write_new(const std::string& file, const rules::Assessment& assessment, Terminal& terminal) {
  const std::string text = rules::write_baseline(assessment.findings);
  write_file(file, text);
  terminal.err << "assay: " << file << ": "
               << number_of(entries_in(text), "finding is", "findings are")
               << " in this new baseline; review it, then give it with --baseline\n";
}

void shrink(const std::string& file, const std::string& before_text,
            const rules::Assessment& assessment, Terminal& terminal) {
  const rules::Baseline before = rules::read_baseline(before_text, file);
  const std::string text = rules::write_baseline(assessment.findings, &before);
  write_file(file, text);
  const std::size_t kept = entries_in(text);
  const std::size_t open = entries_in(rules::write_baseline(assessment.findings));
  terminal.err << "assay: " << file << ": "
               << number_of(before.entries.size() - kept, "entry", "entries") << " taken away, "
               << kept << " left";
  if (open > kept)
    terminal.err << "; " << number_of(open - kept, "new finding is", "new findings are")
                 << " not added, for a baseline only shrinks: repair or waive them";
  terminal.err << "\n";
}

}  // namespace

rules::Gate gate_of(const Invocation& invocation) {
  rules::Gate gate;
  for (const std::string& file : invocation.values("waivers"))
    for (rules::Waiver& waiver : rules::read_waivers(
             text_of(file, "file of waivers", "name another one with --waivers"), file))
      gate.waivers.push_back(std::move(waiver));
  if (const auto file = invocation.value("baseline"))
    gate.baseline = rules::read_baseline(
        text_of(*file, "baseline", "write one with --write-baseline " + *file), *file);
  return gate;
}

void write_baseline(const rules::Assessment& assessment, const Invocation& invocation,
                    Terminal& terminal) {
  const auto file = invocation.value("write-baseline");
  if (!file) return;
  const base::FileText before = base::SystemHost().read_file(*file);
  if (before.seen == Seen::ok) return shrink(*file, before.text, assessment, terminal);
  if (before.seen == Seen::absent) return write_new(*file, assessment, terminal);
  throw base::Error(base::ErrorKind::environment,
                    *file + ": cannot be read (" + before.reason + "); name another file");
}

}  // namespace cli
