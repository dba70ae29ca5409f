// Keys and signatures are made here with OpenSSL's own tool, as docs/rules-guide.md says.
#include "rules/load_pack.h"

#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "evidence/base/error.h"
#include "evidence/base/temporary_folder.h"
#include "rules/merge_packs.h"
#include "rules/pack.h"
#include "tests/catch.h"
#include "tests/rules/small_pack.h"

using namespace rules::test;
using Catch::Matchers::Contains;

namespace {

// A pack in a folder of its own, which is removed with it.
class Folder {
 public:
  Folder() : path_((std::filesystem::temp_directory_path() / "assay-pack-XXXXXX").string()) {
    REQUIRE(mkdtemp(path_.data()) != nullptr);
    for (const rules::PackFile& file : pack_files(RuleText().xml())) write(file.name, file.text);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ + "/" + name, std::ios::binary) << text;
  }
  std::string read(const std::string& name) const {
    std::ifstream file(path_ + "/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  rules::Pack load(const std::string& behind = {},
                   const std::vector<base::PublicKey>& keys = {}) const {
    return rules::load_pack(base::SystemHost(), path_ + behind, keys);
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

bool shell(const std::string& command) {
  return std::system((command + " >/dev/null 2>&1").c_str()) == 0;
}

}  // namespace

TEST_CASE("a pack from a folder says that nothing speaks for it") {
  const Folder folder;
  CHECK(folder.load().origin == "from a folder, neither pinned nor signed");
  CHECK(rules::load_pack(base::SystemHost(), "pkcs11", {}).origin == "built in");
}

TEST_CASE("a pinned pack is taken with its digest only") {
  const Folder folder;
  const std::string digest = folder.load().digest;
  CHECK(folder.load("@sha256:" + digest).origin == "from a folder, pinned");
  folder.write("05.xml", "<rules>" + RuleText().xml() + " </rules>");
  CHECK_THROWS_WITH(folder.load("@sha256:" + digest), Contains("not the one it is pinned to"));
  CHECK_THROWS_WITH(folder.load("@sha256:12"), Contains("wants 64 hexadecimal digits"));
}

TEST_CASE("a pack signed with OpenSSL's tool is taken, and no other") {
  const Folder folder;
  const Folder keys;
  const std::string key = keys.path() + "/key", text = keys.path() + "/text";
  if (!shell("openssl genpkey -algorithm ED25519 -out " + key) ||
      !shell("openssl pkey -in " + key + " -pubout -out " + key + ".pub")) {
    WARN("skipped: there is no openssl that makes Ed25519 keys on this machine");
    return;
  }
  const std::vector<base::PublicKey> public_keys = {
      base::read_public_key(keys.read("key.pub"), "key.pub")};
  CHECK_THROWS_WITH(folder.load("", public_keys), Contains("is not signed"));
  std::ofstream(text, std::ios::binary) << rules::signed_text(folder.load().digest);
  REQUIRE(shell("openssl pkeyutl -sign -rawin -inkey " + key + " -in " + text + " -out " +
                folder.path() + "/pack.sig"));
  CHECK(folder.load("", public_keys).origin ==
        "from a folder, signed by key sha256:" + public_keys[0].fingerprint);
  folder.write("05.xml", "<rules>" + RuleText().xml() + " </rules>");
  CHECK_THROWS_WITH(folder.load("", public_keys), Contains("no signature over this pack"));
}

TEST_CASE("a pack may share a table with a pack beside it, and no other file") {
  const base::TemporaryFolder packs;
  const base::SystemHost host;
  const std::string mine = packs.path() + "/mine", other = packs.path() + "/other";
  std::filesystem::create_directories(mine);
  std::filesystem::create_directories(other);
  std::ofstream(other + "/shared.csv") << "name\nvalue\n";
  std::filesystem::create_symlink("../other/shared.csv", mine + "/table.csv");
  CHECK_THROWS_WITH(rules::pack_files_in(host, mine), Contains("table.csv: a link"));
  std::ofstream(other + "/pack.xml") << "<pack/>";
  const auto files = rules::pack_files_in(host, mine);
  REQUIRE(files.size() == 1);
  CHECK(files[0].text == "name\nvalue\n");
  std::filesystem::create_symlink("../other/pack.xml", mine + "/rules.xml");
  CHECK_THROWS_WITH(rules::pack_files_in(host, mine), Contains("rules.xml: a link"));
}

TEST_CASE("a link, a pipe or a file without end is no file of a pack") {
  const Folder folder;
  std::filesystem::create_symlink("/etc/passwd", folder.path() + "/secret.csv");
  CHECK_THROWS_WITH(folder.load(), Contains("secret.csv: a link; a pack holds its files itself"));
  std::filesystem::remove(folder.path() + "/secret.csv");
  REQUIRE(mkfifo((folder.path() + "/pipe.xml").c_str(), 0600) == 0);
  CHECK_THROWS_WITH(folder.load(), Contains("pipe.xml: cannot be read"));
  std::filesystem::remove(folder.path() + "/pipe.xml");
  folder.write("huge.csv", "a\n");
  std::filesystem::resize_file(folder.path() + "/huge.csv", std::uintmax_t{1} << 30U);
  CHECK_THROWS_WITH(folder.load(), Contains("huge.csv: cannot be read"));
}

TEST_CASE("a folder of very many files is no pack") {
  const Folder folder;
  for (int i = 0; i < 501; ++i) folder.write("f" + std::to_string(i) + ".csv", "a\n");
  CHECK_THROWS_WITH(folder.load(), Contains("which is no rule pack"));
}

TEST_CASE("a rule from a folder stands in place of a built-in one and says so") {
  rules::Pack built_in = pack_of(RuleText().xml());
  built_in.id = "standard";
  built_in.built_in = true;
  rules::Pack own = pack_of(RuleText().xml());
  const auto packs = rules::merged({built_in, own});
  REQUIRE(packs.size() == 2);
  CHECK(packs[0].rules.empty());
  CHECK(packs[1].replaced == std::map<std::string, std::string>{{"integrity", "standard"}});
  CHECK(rules::replacement_words(packs[1], "integrity") ==
        "(this rule of the pack small stands in place of the built-in one of standard)");
  CHECK(rules::replacement_words(packs[1], "other").empty());
}

TEST_CASE("built-in packs take nothing out of each other") {
  rules::Pack one = pack_of(RuleText().xml()), two = pack_of(RuleText().xml());
  one.built_in = two.built_in = true;
  const auto packs = rules::merged({one, two});
  CHECK(packs[0].rules.size() == 1);
  CHECK(packs[1].rules.size() == 1);
}
