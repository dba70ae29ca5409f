#pragma once

#include <string>
#include <string_view>

#include "evidence/recorder.h"

namespace evidence::probes {

/// Records processor and processor_feature from /proc/cpuinfo of `machine`. Returns its text, "" if
/// it could not be read.
std::string record_processor(Recorder& record, const base::Host& machine);

/// True if /proc/cpuinfo lists `flag` for its first processor.
bool has_flag(std::string_view cpuinfo, std::string_view flag);

/// True if /proc/cpuinfo lists flags as x86 processors do.
bool is_x86(std::string_view cpuinfo);

}  // namespace evidence::probes
