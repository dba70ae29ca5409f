#pragma once

#include <string>

#include "evidence/recorder.h"

namespace evidence::probes {

/// Records under which hypervisor and in which container `machine` runs, with what shows it. Where
/// nothing shows a hypervisor or a container although all that would could be read, it is "none";
/// where something could not be read, NULL.
void record_virtualization(Recorder& record, const base::Host& machine, const std::string& cpuinfo);

}  // namespace evidence::probes
