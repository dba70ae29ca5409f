#include "cmvp/built_in.h"

#include "cmvp/embedded.h"

namespace cmvp {

base::Database built_in_snapshot() {
  return base::Database::view(base::find_resource(embedded(), "snapshot.db"));
}

}  // namespace cmvp
