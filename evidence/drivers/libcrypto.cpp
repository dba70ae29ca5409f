#include "evidence/drivers/libcrypto.h"

#include <dlfcn.h>

#include <array>

#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace evidence::drivers {

LoadedLibrary::LoadedLibrary(const std::string& path)
    : path_(path), handle_(dlopen(path.c_str(), RTLD_NOW | RTLD_GLOBAL)) {
  if (handle_ == nullptr) throw base::Error(base::ErrorKind::environment, dlerror());
}

LoadedLibrary::Symbol LoadedLibrary::optional(const char* name) const {
  return Symbol(dlsym(handle_, name));
}

LoadedLibrary::Symbol LoadedLibrary::required(const char* name) const {
  void* address = dlsym(handle_, name);
  if (address == nullptr)
    throw base::Error(base::ErrorKind::environment,
                      path_ + ": no function " + name + "; is this OpenSSL 3.0 or later?");
  return Symbol(address);
}

std::string LibCrypto::first_error() const {
  const char *data = nullptr, *function = nullptr, *file = nullptr;
  int flags = 0, line = 0;
  const unsigned long code = ERR_get_error_all(&file, &line, &function, &data, &flags);
  if (code == 0) return "no reason given";
  std::array<char, 256> text{};
  ERR_error_string_n(code, text.data(), text.size());
  // "error:CODE:library:function:reason"
  const auto parts = base::split(std::string_view(text.data()), ':');
  std::string message(parts.size() > 4 ? parts[4] : std::string_view(text.data()));
  if ((flags & ERR_TXT_STRING) != 0 && data != nullptr && *data != '\0')
    message += " (" + std::string(data) + ")";
  ERR_clear_error();
  return base::printable(message);
}

}  // namespace evidence::drivers
