// Expected values: what OpenSSL 3.0.22 and 3.5.9 do with the same text (openssl list -providers).
#include "evidence/probes/openssl_conf.h"

#include "tests/catch.h"
#include "tests/probes/fake_host.h"

using evidence::probes::OpensslConf;
using evidence::probes::read_openssl_conf;

namespace {

OpensslConf read(const std::string& text) {
  tests::FakeHost host;
  host.variables = {{"HOME", "/root"}};
  host.files["/a.cnf"] = text;
  return read_openssl_conf(host, "/a.cnf");
}

std::string value(const OpensslConf& conf, const std::string& section, const std::string& name) {
  const auto* setting = conf.find(section, name);
  return setting == nullptr ? "(none)" : setting->value;
}

}  // namespace

TEST_CASE("a setting belongs to the section above it, and to the default section before any") {
  const auto conf = read("a = 1\n[ s ]\nb=2 # why\n");
  CHECK(value(conf, "default", "a") == "1");
  CHECK(value(conf, "s", "b") == "2");
  CHECK(conf.settings()[1].line == 3);
  CHECK(conf.settings()[1].file == "/a.cnf");
}

TEST_CASE("of equal names the last one counts") {
  const auto conf = read("[s]\na=1\nb=2\na=3\n");
  const auto settings = conf.section("s");
  REQUIRE(settings.size() == 2);
  CHECK(settings[0].name == "b");
  CHECK(settings[1].value == "3");
}

TEST_CASE("a name is looked up in the default section when its own has none") {
  CHECK(value(read("a = 1\n[s]\n"), "s", "a") == "1");
}

TEST_CASE("quotes keep white space and number signs, and escapes are read") {
  CHECK(value(read("a = \" x # y \"\n"), "default", "a") == " x # y ");
  CHECK(value(read("a = p\\#q\\n\n"), "default", "a") == "p#q\n");
  CHECK(value(read("a = 'it\\'s'`x`\n"), "default", "a") == "it'sx");
}

TEST_CASE("a backslash at the end of a line continues it") {
  const auto conf = read("a = one \\\ntwo\nb = c:\\\\\nc = 3");
  CHECK(value(conf, "default", "a") == "one two");
  CHECK(conf.settings()[0].line == 1);
  CHECK(value(conf, "default", "b") == "c:\\");
  CHECK(conf.settings()[2].line == 4);
}

TEST_CASE(
    "variables come from the section, the default section, another section, the environment") {
  const auto conf = read("d = 0\n[s]\na = 1\nb = $a${d}$(a)\n[t]\nc = ${s::b}/$s::a/$ENV::HOME\n");
  CHECK(value(conf, "s", "b") == "101");
  CHECK(value(conf, "t", "c") == "101/1//root");
}

TEST_CASE("a variable without a value stops the reading") {
  const auto conf = read("a = 1\nb = \\\n$none\nc = 2\n");
  REQUIRE(conf.error());
  CHECK(conf.error()->line == 3);
  CHECK(conf.error()->message == "the variable \"none\" has no value");
  CHECK(conf.settings().size() == 1);
}

TEST_CASE("a line that is neither a setting nor a section stops the reading") {
  CHECK(read("openssl_conf = i\ngarbage\n").error()->line == 2);
  CHECK(read("[s\n").error()->line == 1);
  CHECK(read("a = ${b\n").error()->line == 1);
  CHECK(read("fips fips\n").error());
}

TEST_CASE("a dollar sign is a letter where a pragma says so") {
  const auto conf = read(".pragma dollarid:on\na$b = 1\nc = x$a${a$b}\n");
  REQUIRE_FALSE(conf.error());
  CHECK(value(conf, "default", "c") == "x$a1");
  CHECK(read(".pragma = dollarid:perhaps\n").error());
  CHECK_FALSE(read(".pragma unheard:of\n").error());
}

TEST_CASE("a setting may name its section") {
  const auto conf = read("[a]\nb::c = 1\n");
  CHECK(value(conf, "b", "c") == "1");
  CHECK(conf.has_section("b"));
}

TEST_CASE("an included file is read in its place") {
  tests::FakeHost host;
  host.files = {{"/a.cnf", "[s]\n.include /b.cnf\nc = 3\n"}, {"/b.cnf", "b = 2\n[t]\n"}};
  const auto conf = read_openssl_conf(host, "/a.cnf");
  CHECK(value(conf, "s", "b") == "2");
  CHECK(conf.settings()[0].file == "/b.cnf");
  CHECK(value(conf, "t", "c") == "3");
  CHECK(conf.settings()[1].line == 3);
}

TEST_CASE("an included file that is missing is passed over, and on record") {
  const auto conf = read("openssl_conf = i\n.include = /none.cnf\na = 1\n");
  CHECK_FALSE(conf.error());
  CHECK(value(conf, "default", "a") == "1");
  REQUIRE(conf.includes().size() == 1);
  CHECK(conf.includes()[0].seen == base::Seen::absent);
  CHECK(conf.includes()[0].line == 2);
}

TEST_CASE("of an included folder the configuration files are read") {
  tests::FakeHost host;
  host.files = {{"/a.cnf", ".include /d\nz = 1\n"},
                {"/d/1.cnf", "a = 1\n.include /e\n"},
                {"/d/2.CONF", "b = 2\n"},
                {"/d/3.txt", "c = 3\n"},
                {"/e/4.cnf", "d = 4\n"}};
  const auto conf = read_openssl_conf(host, "/a.cnf");
  CHECK(value(conf, "default", "a") == "1");
  CHECK(value(conf, "default", "b") == "2");
  CHECK(value(conf, "default", "c") == "(none)");
  CHECK(value(conf, "default", "d") == "(none)");
  CHECK(value(conf, "default", "z") == "1");
}

TEST_CASE("the include folder comes from the environment, else from the pragma") {
  tests::FakeHost host;
  host.files = {{"/a.cnf", ".pragma includedir:/p\n.include x.cnf\n"},
                {"/p/x.cnf", "a = pragma\n"},
                {"/v/x.cnf", "a = variable\n"}};
  CHECK(value(read_openssl_conf(host, "/a.cnf"), "default", "a") == "pragma");
  host.variables["OPENSSL_CONF_INCLUDE"] = "/v/";
  CHECK(value(read_openssl_conf(host, "/a.cnf"), "default", "a") == "variable");
}

TEST_CASE("a relative include stops the reading where a pragma demands absolute paths") {
  CHECK(read(".pragma abspath:true\n.include x.cnf\n").error()->line == 2);
}

TEST_CASE("files that include each other without end are an error") {
  tests::FakeHost host;
  host.files = {{"/a.cnf", ".include /b.cnf\n"}, {"/b.cnf", ".include /a.cnf\n"}};
  CHECK(read_openssl_conf(host, "/a.cnf").error());
}

TEST_CASE("variables that double without end are an error") {
  std::string text = "a = 0123456789\n";
  for (int times = 0; times < 40; ++times) text += "a = $a$a\n";
  CHECK(read(text).error());
}

TEST_CASE("a missing file is absent and a refused one unreadable") {
  tests::FakeHost host;
  CHECK(read_openssl_conf(host, "/a.cnf").seen() == base::Seen::absent);
  host.refused["/a.cnf"] = "permission denied";
  CHECK(read_openssl_conf(host, "/a.cnf").seen() == base::Seen::unreadable);
}

TEST_CASE("a byte order mark and CRLF line ends are passed over") {
  const auto conf = read(
      "\xEF\xBB\xBF"
      "a = 1\r\n[s]\r\nb = 2\r\n");
  CHECK(value(conf, "default", "a") == "1");
  CHECK(value(conf, "s", "b") == "2");
}
