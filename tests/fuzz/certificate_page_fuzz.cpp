#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "cmvp/algorithm_page.h"
#include "cmvp/common_criteria_page.h"
#include "cmvp/detail_page.h"
#include "cmvp/entropy_page.h"
#include "cmvp/list_page.h"
#include "cmvp/process_page.h"
#include "evidence/base/error.h"
#include "evidence/base/time.h"

namespace {

// What the readers promise of every certificate that they let through.
bool is_sound(const cmvp::Certificate& c) {
  const bool dates = std::all_of(c.validation_dates.begin(), c.validation_dates.end(),
                                 [](const auto& day) { return base::parse_date(day).has_value(); });
  return c.number >= 1 && c.number <= cmvp::kHighestNumber && dates &&
         (c.status == "Active" || c.status == "Historical" || c.status == "Revoked") &&
         (c.sunset_date.empty() || base::parse_date(c.sunset_date)) &&
         c.name.size() <= cmvp::kFieldLimit && c.name.find('\n') == std::string::npos;
}

bool is_day(const std::string& day) { return day.empty() || base::parse_date(day).has_value(); }

template <typename Read>
void must_be_sound(Read read) {
  try {
    read();
  } catch (const base::Error& error) {
    if (error.kind() != base::ErrorKind::input || *error.what() == '\0') __builtin_trap();
  }
}

}  // namespace

// Any bytes as a page of every kind: it is refused with a message, or what it gave makes sense.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  must_be_sound([&] {
    const cmvp::Page page({reinterpret_cast<const char*>(data), size}, "page.html");
    must_be_sound([&] {
      for (const auto& each : cmvp::read_list_page(page).certificates)
        if (!is_sound(each)) __builtin_trap();
    });
    must_be_sound([&] {
      if (!is_sound(cmvp::read_detail_page(page, "4985.html").certificate)) __builtin_trap();
    });
    must_be_sound([&] {
      for (const auto& each : cmvp::read_process_page(page).modules)
        if (each.name.empty()) __builtin_trap();
    });
    must_be_sound([&] {
      for (const auto& each : cmvp::read_product_page(page).products)
        if (each.name.empty() || !is_day(each.certified) || !is_day(each.archived))
          __builtin_trap();
    });
    must_be_sound([&] {
      for (const auto& each : cmvp::read_profile_page(page).profiles)
        if (each.name.empty() || !is_day(each.issued)) __builtin_trap();
    });
    must_be_sound([&] {
      const auto entropy = cmvp::read_entropy_page(page, "E47.html").certificate;
      if (entropy.number < 1 || entropy.noise_source.empty()) __builtin_trap();
    });
    must_be_sound([&] {
      for (const auto& each : cmvp::read_algorithm_page(page).validations)
        if (each.number.empty() || each.validation_id == 0) __builtin_trap();
    });
  });
  return 0;
}
