#include "evidence/base/host.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "evidence/base/process.h"
#include "evidence/base/temporary_folder.h"
#include "tests/catch.h"

namespace {

namespace fs = std::filesystem;

void write(const std::string& path, const std::string& text) {
  fs::create_directories(fs::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

}  // namespace

TEST_CASE("a link to an absolute path stays below the root") {
  const base::TemporaryFolder folder;
  write(folder.path() + "/usr/lib/real", "inside");
  fs::create_symlink("/usr/lib", folder.path() + "/lib");
  fs::create_symlink("/lib/real", folder.path() + "/usr/lib/link");
  CHECK(base::resolve_below(folder.path(), "/lib/link") == "/usr/lib/real");
  CHECK(base::SystemHost(folder.path()).read_file("/lib/link").text == "inside");
}

TEST_CASE("two dots do not lead out of the root") {
  const base::TemporaryFolder folder;
  write(folder.path() + "/etc/passwd", "inside");
  fs::create_symlink("../../../../../../etc/passwd", folder.path() + "/etc/up");
  CHECK(base::resolve_below(folder.path(), "/../../etc/./passwd") == "/etc/passwd");
  CHECK(base::resolve_below(folder.path(), "/etc/up") == "/etc/passwd");
  CHECK(base::SystemHost(folder.path()).read_file("/etc/up").text == "inside");
}

TEST_CASE("a loop of links is left after forty of them") {
  const base::TemporaryFolder folder;
  fs::create_symlink("/b", folder.path() + "/a");
  fs::create_symlink("/a", folder.path() + "/b");
  fs::create_symlink("deeper/deeper", folder.path() + "/deeper");
  CHECK_FALSE(base::resolve_below(folder.path(), "/a").empty());
  CHECK_FALSE(base::resolve_below(folder.path(), "/deeper/file").empty());
  const base::SystemHost host(folder.path());
  CHECK(host.read_file("/a").seen != base::Seen::ok);
  CHECK(host.status("/a").seen != base::Seen::ok);
}

TEST_CASE("what does not exist resolves to itself") {
  const base::TemporaryFolder folder;
  CHECK(base::resolve_below(folder.path(), "/no/such//file") == "/no/such/file");
  CHECK(base::SystemHost().resolve(folder.path() + "/none") == folder.path() + "/none");
}

TEST_CASE("a file that is not there is absent, and one that cannot be read is not") {
  const base::TemporaryFolder folder;
  const base::SystemHost host;
  write(folder.path() + "/file", "text");
  CHECK(host.read_file(folder.path() + "/none").seen == base::Seen::absent);
  CHECK(host.read_file(folder.path() + "/file/below").seen == base::Seen::absent);
  CHECK(host.list_folder(folder.path() + "/none").seen == base::Seen::absent);
  CHECK(host.read_file(folder.path()).seen == base::Seen::unreadable);
  CHECK(host.read_file(folder.path()).reason == "not a regular file");
}

TEST_CASE("a file that permissions keep from us is unreadable with the reason") {
  const base::TemporaryFolder folder;
  write(folder.path() + "/secret", "text");
  fs::permissions(folder.path() + "/secret", fs::perms::none);
  fs::permissions(folder.path(), fs::perms(0755));
  const base::SharedMemory log(1024);
  const auto result = base::run_in_child(
      [&folder] {
        if (geteuid() == 0 && setuid(65534) != 0) _exit(1);  // The superuser may read everything.
        const base::FileText file = base::SystemHost().read_file(folder.path() + "/secret");
        std::printf("%d %s", static_cast<int>(file.seen), file.reason.c_str());
        std::fflush(stdout);
      },
      log, {});
  CHECK(result.output ==
        std::to_string(static_cast<int>(base::Seen::unreadable)) + " permission denied");
}

TEST_CASE("a file beyond the limit is unreadable and one at the limit is read") {
  const base::TemporaryFolder folder;
  const base::SystemHost host;
  const std::string path = folder.path() + "/file";
  write(path, std::string(1000, 'x'));
  CHECK(host.read_file(path, 1000).text.size() == 1000);
  const base::FileText large = host.read_file(path, 999);
  CHECK(large.seen == base::Seen::unreadable);
  CHECK(large.text.empty());
}

TEST_CASE("a file that says it is empty is read to its end all the same") {
  CHECK(base::SystemHost().read_file("/proc/self/maps").text.size() > 100);
  CHECK(base::SystemHost().read_file("/proc/self/maps", 100).seen == base::Seen::unreadable);
}

TEST_CASE("a pipe in a file's place is not waited for") {
  const base::TemporaryFolder folder;
  REQUIRE(mkfifo((folder.path() + "/pipe").c_str(), 0600) == 0);
  const base::FileText file = base::SystemHost().read_file(folder.path() + "/pipe");
  CHECK(file.seen == base::Seen::unreadable);
  CHECK(file.reason == "not a regular file");
}

TEST_CASE("the names of a folder are sorted") {
  const base::TemporaryFolder folder;
  for (const char* name : {"b", "c", "a"}) write(folder.path() + "/" + name, "");
  CHECK(base::SystemHost().list_folder(folder.path()).names ==
        std::vector<std::string>{"a", "b", "c"});
}

TEST_CASE("the environment of this machine does not reach another root") {
  setenv("ASSAY_TEST_VARIABLE", "here", 1);
  const base::TemporaryFolder folder;
  const base::SystemHost other(folder.path(), {{"GIVEN", "there"}});
  CHECK(base::SystemHost().environment("ASSAY_TEST_VARIABLE") == "here");
  CHECK(other.environment("ASSAY_TEST_VARIABLE") == std::nullopt);
  CHECK(other.environment("GIVEN") == "there");
}

TEST_CASE("a path is cut into its folder and its name") {
  CHECK(base::folder_of("/etc/ssl/openssl.cnf") == "/etc/ssl");
  CHECK(base::folder_of("/file") == "/");
  CHECK(base::folder_of("file") == ".");
  CHECK(base::name_of("/etc/ssl/openssl.cnf") == "openssl.cnf");
}
