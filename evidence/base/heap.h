#pragma once

namespace base {

/// Prepares the heap for tens of megabytes: it grows by large steps, is not given back in between,
/// and its first 64 MiB may be of large pages, where the kernel has them. Only time depends on it:
/// what the kernel refuses is done without.
void expect_large_heap();

}  // namespace base
