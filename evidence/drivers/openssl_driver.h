#pragma once
#include "evidence/drivers/driver.h"
#include "evidence/drivers/libcrypto.h"
namespace evidence::drivers {
class OpensslDriver {
 public:
  OpensslDriver(const LibCrypto&, OSSL_LIB_CTX*, std::string) {}
  ServiceResult perform(const Service&) { return {}; }
};
}
