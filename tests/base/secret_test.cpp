// What is expected follows from secret.h; the map of memory is the kernel's (proc(5)).
#include "evidence/base/secret.h"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <string>

#include "evidence/base/error.h"
#include "tests/catch.h"

namespace {

std::string text(const base::Secret& secret) {
  return {secret.bytes().begin(), secret.bytes().end()};
}

// A descriptor from which `words` can be read; closed at the end.
class Readable {
 public:
  explicit Readable(const std::string& words) {
    REQUIRE(pipe(ends_.data()) == 0);
    REQUIRE(write(ends_[1], words.data(), words.size()) == static_cast<ssize_t>(words.size()));
    close(ends_[1]);
  }
  ~Readable() { close(ends_[0]); }
  int descriptor() const { return ends_[0]; }

 private:
  std::array<int, 2> ends_{};
};

}  // namespace

TEST_CASE("a secret is the first line of what is read, without its end") {
  const auto [given, read] = GENERATE(table<std::string, std::string>({{"1234", "1234"},
                                                                       {"1234\n", "1234"},
                                                                       {"1234\r\nmore", "1234"},
                                                                       {" a b \n", " a b "},
                                                                       {"\nsecond", ""},
                                                                       {"", ""}}));
  CHECK(text(base::read_secret(Readable(given).descriptor())) == read);
}

TEST_CASE("a secret that is longer than any PIN is refused and not repeated") {
  const Readable endless(std::string(base::Secret::kCapacity + 1, 'x'));
  CHECK_THROWS_WITH(base::read_secret(endless.descriptor()), !Catch::Contains("xx"));
}

TEST_CASE("a secret reaches the reader of its pipe") {
  base::Secret secret;
  for (const char c : std::string("open sesame"))
    CHECK(secret.append(static_cast<unsigned char>(c)));
  const base::SecretPipe pipe(secret);
  CHECK(text(base::read_secret(pipe.descriptor())) == "open sesame");
}

TEST_CASE("a secret that was wiped, or moved, is empty") {
  base::Secret secret;
  secret.append('x');
  base::Secret other = std::move(secret);
  CHECK(text(other) == "x");
  const unsigned char* where = other.bytes().data();
  other.wipe();
  CHECK(other.empty());
  CHECK(*where == 0);
}

TEST_CASE("a forked process sees no secret of its parent") {
  base::Secret secret;
  secret.append('x');
  const pid_t child = fork();
  if (child == 0) _exit(secret.bytes()[0] == 0 ? 0 : 1);
  int status = -1;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(status == 0);
}
