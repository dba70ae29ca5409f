#pragma once

#include "evidence/recorder.h"

namespace evidence::probes {

/// Records operating system, kernel, processor and what they run on. The operating system is that
/// of the recorder's host; the rest is that of `machine`, this machine itself, which executes the
/// code also when another root is looked at.
void probe_operating_environment(Recorder& record, const base::Host& machine);

}  // namespace evidence::probes
