#include "evidence/base/temporary_folder.h"

#include <filesystem>
#include <fstream>

#include "tests/catch.h"

namespace fs = std::filesystem;

TEST_CASE("a temporary folder is its owner's alone and is gone with all it holds") {
  std::string path;
  {
    const base::TemporaryFolder folder;
    path = folder.path();
    CHECK((fs::status(path).permissions() & fs::perms::mask) == fs::perms::owner_all);
    fs::create_directory(path + "/below");
    std::ofstream(path + "/below/file") << "text";
    CHECK(fs::exists(path + "/below/file"));
  }
  CHECK_FALSE(fs::exists(path));
}

TEST_CASE("two temporary folders are not the same") {
  const base::TemporaryFolder one, other;
  CHECK(one.path() != other.path());
}
