#pragma once

#include <string>

namespace evidence::probes::child {

/// From here on every file that a library of this process opens by an absolute path is opened below
/// `root`, with links resolved inside it: the library sees the target's files under the target's
/// names, without chroot. Paths below /dev, /proc and /sys stay this machine's. With "" nothing is
/// changed.
void look_below(const std::string& root);

/// Where this machine finds what the target calls `path`.
std::string translated(const char* path);

}  // namespace evidence::probes::child
