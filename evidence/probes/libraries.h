#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evidence/base/host.h"

namespace evidence::probes {

/// What an OpenSSL library says of itself in its read-only data, without being loaded.
struct LibraryStrings {
  std::string openssldir;
  std::string modulesdir;  ///< "" in libraries before 3.0, which have no providers.
};

/// A libcrypto that programs of the target would load.
struct Library {
  std::string path;        ///< Links resolved, as the target names it.
  std::string found_as;    ///< The name under which the dynamic loader finds it.
  std::string soname;      ///< e.g. libcrypto.so.3
  bool preferred = false;  ///< The one for a program that asks for libcrypto; at most one is.
  std::string sha256;      ///< Of the file, lower-case hexadecimal; "" if it could not be read.
  std::string reason;      ///< Why it could not be read.
  std::optional<LibraryStrings> strings;
};

/// The folders that the dynamic loader (ld.so(8)) looks through, in its order: LD_LIBRARY_PATH,
/// ld.so.conf with all that it includes, the default folders. Only folders that exist.
std::vector<std::string> library_folders(const base::Host& host);

/// Every libcrypto.so.N of those folders; a file that two names lead to is there once. The first
/// libcrypto.so.3 is preferred, else the first one of the highest number. Files made for another
/// machine than the dynamic loader are left out, as it leaves them out. `machine` is this
/// machine, whose processor decides which variants for newer x86-64 processors come first.
std::vector<Library> find_libcrypto(const base::Host& host, const base::Host& machine);
std::vector<Library> find_libcrypto(const base::Host& host);

/// The dynamic loader, or why there is none that could be started.
struct DynamicLoader {
  std::optional<std::string> path;  ///< As the target names it.
  std::string reason;
};
DynamicLoader dynamic_loader(const base::Host& host);

/// Reads OPENSSLDIR and MODULESDIR out of the file. Nothing if it cannot be read (at most 64 MiB)
/// or does not say.
std::optional<LibraryStrings> strings_of_libcrypto(const base::Host& host, const std::string& path);

}  // namespace evidence::probes
