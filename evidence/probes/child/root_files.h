#pragma once

#include <dlfcn.h>

#include <string>

namespace evidence::probes::child {

/// From here on every file that a library of this process opens by an absolute path is opened below
/// `root`, with links resolved inside it: the library sees the target's files under the target's
/// names, without chroot. What it makes, renames, changes or removes by such a path, and the
/// sockets it connects to, are below `root`, too. Paths below /dev, /proc and /sys stay this
/// machine's. With "" nothing is changed.
void look_below(const std::string& root);

/// Where this machine finds what the target calls `path`.
std::string translated(const char* path);

/// The same for the entry of a folder that is meant itself: where it is a link, the link.
std::string translated_name(const char* path);

/// The C library's own function behind one that this program defines.
template <class Function>
Function* real(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

}  // namespace evidence::probes::child
