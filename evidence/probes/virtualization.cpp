#include "evidence/probes/virtualization.h"

#include <array>

#include "evidence/base/text.h"
#include "evidence/probes/processor.h"
#include "evidence/probes/reading.h"

namespace evidence::probes {
namespace {

using Text = std::optional<std::string>;

// What was found, and the file or flag that shows it.
struct Finding {
  Text name;
  std::string shown_by;
};

struct Mark {
  std::string_view text;
  std::string_view name;
};

// Text in sys_vendor or product_name of the firmware tables, more telling ones first.
constexpr std::array<Mark, 12> kFirmware = {{{"KVM", "KVM"},
                                             {"QEMU", "QEMU"},
                                             {"VMware", "VMware"},
                                             {"VirtualBox", "VirtualBox"},
                                             {"innotek", "VirtualBox"},
                                             {"Xen", "Xen"},
                                             {"Bochs", "Bochs"},
                                             {"Parallels", "Parallels"},
                                             {"BHYVE", "bhyve"},
                                             {"Amazon EC2", "Amazon EC2"},
                                             {"Google Compute Engine", "Google Compute Engine"},
                                             {"OpenStack", "OpenStack"}}};
constexpr std::array<Mark, 6> kControlGroups = {{{"docker", "docker"},
                                                 {"libpod", "podman"},
                                                 {"kubepods", "kubernetes"},
                                                 {"containerd", "containerd"},
                                                 {"/lxc/", "lxc"},
                                                 {"garden", "garden"}}};

template <std::size_t N>
Text marked(const std::array<Mark, N>& marks, const std::string& text) {
  for (const Mark& mark : marks)
    if (text.find(mark.text) != std::string::npos) return std::string(mark.name);
  return std::nullopt;
}

Reading look(Recorder& record, const base::Host& machine, const std::string& path) {
  return read_on(record, machine, {{"virtualization"}, "host", path, "read"});
}

// Bare metal of a cloud has its name in the firmware too: a model ending in ".metal".
Finding firmware(Recorder& record, const base::Host& machine) {
  const std::string folder = "/sys/class/dmi/id/";
  const std::string vendor = look(record, machine, folder + "sys_vendor").text;
  const std::string product = look(record, machine, folder + "product_name").text;
  if (base::trim(product).ends_with(".metal")) return {};
  if (vendor.starts_with("Microsoft") && product.starts_with("Virtual Machine"))
    return {"Hyper-V", folder + "product_name"};
  if (auto name = marked(kFirmware, product)) return {name, folder + "product_name"};
  if (auto name = marked(kFirmware, vendor)) return {name, folder + "sys_vendor"};
  return {};
}

Finding hypervisor(Recorder& record, const base::Host& machine, const std::string& cpuinfo) {
  const Reading kind = look(record, machine, "/sys/hypervisor/type");
  if (const auto name = base::trim(kind.text); !name.empty())
    return {base::printable(name), "/sys/hypervisor/type"};
  Finding found = firmware(record, machine);
  if (found.name) return found;
  if (has_flag(cpuinfo, "hypervisor")) return {"unnamed", "flag hypervisor of /proc/cpuinfo"};
  if (is_x86(cpuinfo)) return {"none", "no flag hypervisor in /proc/cpuinfo"};
  return {};
}

Text environment_value(const std::string& environment, std::string_view name) {
  for (const auto entry : base::split(environment, '\0'))
    if (entry.starts_with(name) && entry.substr(name.size()).starts_with('='))
      return base::printable(entry.substr(name.size() + 1));
  return std::nullopt;
}

// A file that only containers of one kind have.
bool present(Recorder& record, const base::Host& machine, const std::string& path) {
  return look(record, machine, path).source.outcome() != Outcome::absent;
}

Finding container(Recorder& record, const base::Host& machine) {
  const std::string systemd = "/run/systemd/container", first = "/proc/1/environ",
                    groups = "/proc/self/cgroup";
  const Reading manager = look(record, machine, systemd);
  if (const auto name = base::trim(manager.text); !name.empty())
    return {base::printable(name), systemd};
  if (present(record, machine, "/run/.containerenv")) return {"podman", "/run/.containerenv"};
  if (present(record, machine, "/.dockerenv")) return {"docker", "/.dockerenv"};
  const Reading control = look(record, machine, groups);
  if (auto name = marked(kControlGroups, control.text)) return {name, groups};
  const Reading environment = look(record, machine, first);
  if (auto name = environment_value(environment.text, "container")) return {name, first};
  if (!environment.source.observed() || !control.source.observed())
    return {std::nullopt, "no file shows a container, and not all could be read"};
  return {"none", "no file shows a container"};
}

}  // namespace

void record_virtualization(Recorder& record, const base::Host& machine,
                           const std::string& cpuinfo) {
  const Finding below = hypervisor(record, machine, cpuinfo);
  const Finding around = container(record, machine);
  Source source = record.source({{"virtualization"}, "host", "/proc and /sys", "compare"});
  std::string shown_by = below.shown_by;
  if (!shown_by.empty() && !around.shown_by.empty()) shown_by += "; ";
  source.row("virtualization", Basis::listed,
             {{"host", "host"},
              {"hypervisor", or_null(below.name)},
              {"container", or_null(around.name)},
              {"indication", shown_by + around.shown_by}});
}

}  // namespace evidence::probes
