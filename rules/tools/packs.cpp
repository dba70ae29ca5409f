// assay-packs FOLDER: writes an image of every pack that is built in, FOLDER/<id>.image: the pack
// without its tests, read and checked. A tool of the build; it is not installed.
#include <cstdio>
#include <fstream>

#include "evidence/base/error.h"
#include "rules/pack_image.h"

namespace {

void write_image(const std::string& folder, const std::string& name) {
  const std::string path = folder + "/" + name + ".image";
  std::ofstream file(path, std::ios::binary);
  file << rules::pack_image(rules::read_pack(rules::built_in_pack_files(name)));
  if (!file.flush()) throw base::Error(base::ErrorKind::environment, path + ": cannot be written");
}

}  // namespace

int main(int count, char** words) {
  if (count != 2) {
    std::fputs("assay-packs: wants a folder\n", stderr);
    return 2;
  }
  try {
    for (const std::string& name : rules::built_in_packs()) write_image(words[1], name);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "assay-packs: %s\n", error.what());
    return 2;
  }
  return 0;
}
