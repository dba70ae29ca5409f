// Expected: what read_pack makes of the same files; the images were made when the program was
// built.
#include "rules/pack_image.h"

#include "tests/catch.h"

namespace {

rules::Pack without_tests(rules::Pack pack) {
  for (rules::Rule& rule : pack.rules) rule.tests.clear();
  return pack;
}

}  // namespace

TEST_CASE("the image of a built-in pack is what its files say, without the tests") {
  for (const std::string& name : rules::built_in_packs()) {
    INFO(name);
    const rules::Pack read = rules::read_pack(rules::built_in_pack_files(name));
    CHECK(rules::built_in_pack_without_tests(name) == without_tests(read));
  }
}

TEST_CASE("an image that was cut or goes on is no pack") {
  const std::string image =
      rules::pack_image(rules::read_pack(rules::built_in_pack_files("sp800-90")));
  CHECK(rules::read_pack_image(image).id == "sp800-90");
  CHECK_THROWS(rules::read_pack_image(image + "x"));
  for (std::size_t size = 0; size < image.size(); size += 97)
    CHECK_THROWS(rules::read_pack_image(std::string_view(image).substr(0, size)));
}

TEST_CASE("a name that is no built-in pack is refused with those that are") {
  CHECK_THROWS_WITH(rules::built_in_pack_without_tests("nosuch"),
                    Catch::Matchers::Contains("no rule pack \"nosuch\" is built in"));
}
