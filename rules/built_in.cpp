#include "evidence/base/error.h"
#include "rules/embedded.h"
#include "rules/pack_image.h"

namespace rules {

Pack built_in_pack_without_tests(std::string_view name) {
  for (const base::Resource& resource : images::embedded())
    if (resource.name == std::string(name) + ".image") return read_pack_image(resource.bytes);
  built_in_pack_files(name);  // says which names there are
  throw base::Error(base::ErrorKind::internal, "rule pack " + std::string(name) + ": no image");
}

}  // namespace rules
