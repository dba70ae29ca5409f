#include "evidence/drivers/libcrypto.h"

#include <array>

#include "evidence/base/text.h"

namespace evidence::drivers {

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
