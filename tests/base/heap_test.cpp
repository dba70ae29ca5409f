#include "evidence/base/heap.h"

#include <fstream>
#include <iterator>
#include <string>

#include "tests/catch.h"

namespace {

[[maybe_unused]] bool kernel_has_large_pages() {
  std::ifstream file("/sys/kernel/mm/transparent_hugepage/enabled");
  const std::string choice{std::istreambuf_iterator<char>(file), {}};
  return choice.find("[always]") != std::string::npos ||
         choice.find("[madvise]") != std::string::npos;
}

// Whether a part of the heap is marked for large pages, "hg" in the words of proc(5).
[[maybe_unused]] bool heap_is_marked() {
  std::ifstream maps("/proc/self/smaps");
  bool heap = false;
  for (std::string line; std::getline(maps, line);) {
    if (line.find('-') < line.find(' ')) heap = line.ends_with("[heap]");
    if (heap && line.starts_with("VmFlags:") && line.find(" hg") != std::string::npos) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("a large heap is asked for in large pages") {
#ifdef __SANITIZE_ADDRESS__
  WARN("skipped: the sanitizer has a heap of its own");
#else
  if (!kernel_has_large_pages()) {
    WARN("skipped: this kernel has no large pages for who asks");
    return;
  }
  base::expect_large_heap();
  CHECK(heap_is_marked());
#endif
}
