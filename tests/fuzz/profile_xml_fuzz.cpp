#include <cstddef>
#include <cstdint>
#include <string_view>

#include "cmvp/profile_xml.h"
#include "evidence/base/error.h"
#include "evidence/base/time.h"

// Any bytes as NIAP's XML of a protection profile: it is refused with a message, or it has a title,
// and every requirement and choice has the component it belongs to.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto document = cmvp::read_profile_xml(bytes, "profile.xml");
    if (document.profile.name.empty() || document.requirements.empty()) __builtin_trap();
    if (!document.profile.issued.empty() && !base::parse_date(document.profile.issued))
      __builtin_trap();
    for (const auto& each : document.requirements)
      if (each.component.empty() || each.element < 1) __builtin_trap();
    for (const auto& each : document.selections)
      if (each.component.empty() || each.element < 1) __builtin_trap();
  } catch (const base::Error& error) {
    if (error.kind() != base::ErrorKind::input || *error.what() == '\0') __builtin_trap();
  }
  return 0;
}
