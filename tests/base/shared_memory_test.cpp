#include "evidence/base/shared_memory.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstring>

#include "evidence/base/error.h"
#include "tests/catch.h"

TEST_CASE("what is appended through one mapping is seen through another") {
  base::SharedMemory parent(100);
  base::SharedMemory child = base::SharedMemory::inherited(dup(parent.descriptor()));
  child.append("one");
  child.append("two");
  CHECK(parent.contents() == "onetwo");
  CHECK(parent.size() == 6);
}

TEST_CASE("bytes that do not fit are left out as a whole and said to be lost") {
  base::SharedMemory memory(5);
  memory.append("1234");
  memory.append("56");
  CHECK(memory.full());
  memory.append("5");
  CHECK(memory.contents() == "1234");
}

TEST_CASE("a count that a child scribbled over never leads beyond the memory") {
  base::SharedMemory memory(64);
  memory.append("x");
  void* raw = mmap(nullptr, 8, PROT_READ | PROT_WRITE, MAP_SHARED, memory.descriptor(), 0);
  REQUIRE(raw != MAP_FAILED);
  std::memset(raw, 0xFF, 8);
  munmap(raw, 8);
  CHECK(memory.size() == 64);
  CHECK(memory.contents().size() == 64);
}

TEST_CASE("a descriptor with no memory behind it is refused") {
  CHECK_THROWS_AS(base::SharedMemory::inherited(-1), base::Error);
  const int null = open("/dev/null", O_RDWR);
  CHECK_THROWS_AS(base::SharedMemory::inherited(null), base::Error);
  close(null);
}
