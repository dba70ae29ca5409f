#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "cmvp/environment.h"
#include "cmvp/environment_text.h"

// Any text that a page or a Security Policy could list: cutting it apart loses no piece longer than
// the text, and no verdict comes out that is none of the four.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  std::vector<cmvp::ListedEnvironment> listed;
  std::size_t total = 0;
  for (const std::string& single : cmvp::single_environments(text)) {
    total += single.size();
    listed.push_back({single, "security policy"});
    if (listed.size() > 200) break;
  }
  if (total > text.size()) std::abort();
  const cmvp::ObservedSystem system{"debian",
                                    "12",
                                    "Debian GNU/Linux 12 (bookworm)",
                                    "Intel(R) Core(TM) i7-8550U CPU @ 1.80GHz",
                                    "none",
                                    "none",
                                    "x86_64",
                                    true};
  const std::string verdict = cmvp::match_environment(system, listed).verdict;
  if (verdict != "tested" && verdict != "vendor affirmed" && verdict != "not listed" &&
      verdict != "unknown")
    std::abort();
  return 0;
}
