#include "evidence/base/resource.h"

#include <string>

#include "evidence/base/error.h"

namespace base {

std::string_view find_resource(std::span<const Resource> resources, std::string_view name) {
  for (const Resource& resource : resources)
    if (resource.name == name) return resource.bytes;
  throw Error(ErrorKind::internal, "not built in: " + std::string(name));
}

}  // namespace base
