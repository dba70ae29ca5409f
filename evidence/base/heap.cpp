#include "evidence/base/heap.h"

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>

namespace base {
namespace {

constexpr std::uintptr_t kLargePage = std::uintptr_t{2} << 20;  // bytes
constexpr int kStep = 64 << 20;                                 // bytes

// Grows the heap now, so that the kernel can be told of it before anything there is touched.
void grow() {
  void* volatile piece = std::malloc(kLargePage);  // volatile: compilers leave out what is unused
  std::free(piece);
}

}  // namespace

void expect_large_heap() {
  mallopt(M_MMAP_THRESHOLD, kStep);
  mallopt(M_TRIM_THRESHOLD, 8 * kStep);
  mallopt(M_TOP_PAD, kStep);
  grow();
  const auto end = reinterpret_cast<std::uintptr_t>(sbrk(0));
  const std::uintptr_t begin = (end - kStep + kLargePage - 1) / kLargePage * kLargePage;
  madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
}

}  // namespace base
