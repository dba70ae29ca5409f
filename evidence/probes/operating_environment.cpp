#include "evidence/probes/operating_environment.h"

#include "evidence/base/text.h"
#include "evidence/probes/processor.h"
#include "evidence/probes/reading.h"
#include "evidence/probes/virtualization.h"

namespace evidence::probes {
namespace {

using Text = std::optional<std::string>;

// A value of os-release(5): quoted as the shell does.
std::string unquoted(std::string_view value) {
  std::string result;
  char mark = '\0';
  for (std::size_t at = 0; at < value.size(); ++at) {
    const char c = value[at];
    if (c == '\\' && mark != '\'' && at + 1 < value.size())
      result += value[++at];
    else if (mark == '\0' && (c == '"' || c == '\''))
      mark = c;
    else if (mark != '\0' && c == mark)
      mark = '\0';
    else
      result += c;
  }
  return base::printable(result);
}

Text os_release_value(std::string_view text, std::string_view name) {
  Text result;
  for (const auto raw : base::lines(text)) {
    const auto line = base::trim(raw);
    if (line.starts_with(name) && line.substr(name.size()).starts_with('='))
      result = unquoted(line.substr(name.size() + 1));
  }
  return result;
}

std::string host_name(Recorder& record) {
  if (!record.host().root().empty()) return record.host().root();
  const Source source =
      record.file({{"operating_system"}, "host", "/proc/sys/kernel/hostname", "read"});
  return base::printable(base::trim(source.text()));
}

void record_operating_system(Recorder& record) {
  const std::string name = host_name(record);
  for (const std::string file : {"/etc/os-release", "/usr/lib/os-release"}) {
    Source source = record.file({{"operating_system"}, "host", file, "read"});
    if (source.outcome() == Outcome::absent) continue;
    if (source.observed())
      source.row("operating_system", Basis::declared,
                 {{"host", "host"},
                  {"id", or_null(os_release_value(source.text(), "ID"))},
                  {"version_id", or_null(os_release_value(source.text(), "VERSION_ID"))},
                  {"name", or_null(os_release_value(source.text(), "PRETTY_NAME"))},
                  {"host_name", or_null(name.empty() ? Text() : Text(name))}});
    return;
  }
}

std::optional<std::int64_t> fips_enabled(Recorder& record, const base::Host& machine) {
  Reading reading =
      read_on(record, machine, {{"kernel"}, "host", "/proc/sys/crypto/fips_enabled", "read"});
  if (!reading.source.observed()) return std::nullopt;
  const auto number = base::parse_integer(base::trim(reading.text));
  if (!number) reading.source.unreadable("it holds no number");
  return number;
}

Text architecture(Recorder& record, const base::Host& machine) {
  const base::FileText file = machine.read_file("/proc/sys/kernel/arch");
  if (file.seen == base::Seen::ok) {
    record.source({{"kernel"}, "host", "/proc/sys/kernel/arch", "read"});
    return base::printable(base::trim(file.text));
  }
  Source source = record.source({{"kernel"}, "host", "uname", "uname"});
  const auto name = machine.architecture();
  if (!name) source.unsupported("this host does not tell its architecture");
  return name;
}

void record_kernel(Recorder& record, const base::Host& machine) {
  const auto enabled = fips_enabled(record, machine);
  const auto arch = architecture(record, machine);
  Reading reading =
      read_on(record, machine, {{"kernel"}, "host", "/proc/sys/kernel/osrelease", "read"});
  if (!reading.source.observed()) return;
  reading.source.row("kernel", Basis::listed,
                     {{"host", "host"},
                      {"release", base::printable(base::trim(reading.text))},
                      {"architecture", or_null(arch)},
                      {"fips_enabled", or_null(enabled)}});
}

}  // namespace

void probe_operating_environment(Recorder& record, const base::Host& machine) {
  record_operating_system(record);
  record_kernel(record, machine);
  const std::string cpuinfo = record_processor(record, machine);
  record_virtualization(record, machine, cpuinfo);
}

}  // namespace evidence::probes
