#include "evidence/base/loaded_library.h"

#include <dlfcn.h>

#include "evidence/base/error.h"

namespace base {

LoadedLibrary::LoadedLibrary(const std::string& path, Scope scope)
    : path_(path),
      handle_(
          dlopen(path.c_str(), RTLD_NOW | (scope == Scope::everyone ? RTLD_GLOBAL : RTLD_LOCAL))) {
  if (handle_ == nullptr) throw Error(ErrorKind::environment, dlerror());
}

LoadedLibrary::Symbol LoadedLibrary::optional(const char* name) const {
  return Symbol(dlsym(handle_, name));
}

LoadedLibrary::Symbol LoadedLibrary::required(const char* name) const {
  void* address = dlsym(handle_, name);
  if (address == nullptr)
    throw Error(ErrorKind::environment,
                path_ + ": no function " + name + "; its version is too old");
  return Symbol(address);
}

}  // namespace base
