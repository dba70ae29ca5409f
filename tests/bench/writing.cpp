// bench_writing [FINDINGS]: writes reports of so many findings (30,000) and prints the time of the
// processor and the memory that each format takes beside the Assessment. Nothing here is a test: a
// person reads the figures (docs/measurements.md).
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "reports/format.h"
#include "tests/reports/repeated.h"

namespace {

long peak_kib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

// In a process of its own, for the peak of memory is one for a whole process.
void measure(const reports::Format& format, const rules::Assessment& assessment) {
  std::fflush(stdout);
  const pid_t child = fork();
  if (child < 0) std::exit(2);
  if (child > 0) {
    waitpid(child, nullptr, 0);
    return;
  }
  const long before = peak_kib();
  const std::clock_t begin = std::clock();
  const std::string report = format.write(assessment);
  const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  std::printf("  %-9s %6.2f s %6.1f MiB beside the Assessment, a report of %5.1f MB\n",
              std::string(format.name).c_str(), seconds,
              static_cast<double>(peak_kib() - before) / 1024,
              static_cast<double>(report.size()) / 1e6);
  std::fflush(stdout);
  _exit(0);
}

}  // namespace

int main(int count, char** words) {
  const int findings = count > 1 ? std::atoi(words[1]) : 30'000;
  const rules::Assessment assessment = sample::repeated(findings);
  std::printf("%d findings\n", findings);
  for (const reports::Format& format : reports::all()) measure(format, assessment);
  return 0;
}
