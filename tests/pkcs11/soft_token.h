#pragma once

#include <dlfcn.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "evidence/drivers/cryptoki.h"
#include "evidence/drivers/cryptoki_mechanisms.h"
#include "tests/traps/fixture.h"

namespace tests {

/// Attributes of an object to be made.
class Template {
 public:
  Template& flag(evidence::drivers::cryptoki::CK_ATTRIBUTE_TYPE type, bool value) {
    return bytes(type, std::string(1, value ? '\1' : '\0'));
  }
  Template& number(evidence::drivers::cryptoki::CK_ATTRIBUTE_TYPE type, unsigned long value) {
    return bytes(type, std::string(reinterpret_cast<const char*>(&value), sizeof value));
  }
  Template& bytes(evidence::drivers::cryptoki::CK_ATTRIBUTE_TYPE type, std::string value) {
    for (auto& [known, old] : values_)
      if (known == type) return old = std::move(value), *this;
    values_.emplace_back(type, std::move(value));
    return *this;
  }

  std::vector<evidence::drivers::cryptoki::CK_ATTRIBUTE> list() {
    std::vector<evidence::drivers::cryptoki::CK_ATTRIBUTE> result;
    for (auto& [type, value] : values_) result.push_back({type, value.data(), value.size()});
    return result;
  }

 private:
  std::vector<std::pair<evidence::drivers::cryptoki::CK_ATTRIBUTE_TYPE, std::string>> values_;
};

/// A new private folder in memory where there is one, removed with everything in it at the end.
/// Throws std::runtime_error if it cannot be made.
class FolderInMemory {
 public:
  FolderInMemory() {
    const std::string memory = "/dev/shm";
    path_ = (access(memory.c_str(), W_OK) == 0 ? memory : "/tmp") + "/assay-XXXXXX";
    if (mkdtemp(path_.data()) == nullptr) throw std::runtime_error(path_ + " cannot be made");
  }
  ~FolderInMemory() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  FolderInMemory(const FolderInMemory&) = delete;
  FolderInMemory& operator=(const FolderInMemory&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// A token of SoftHSM2 in a folder of its own, in memory because it waits for the disk at each key,
/// to which a test adds keys. The real module of Debian 12 makes it; nothing outside of the folder
/// is touched.
class SoftToken {
 public:
  static constexpr const char* kModule =
      "roots/bookworm/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so";
  static constexpr const char* kUserPin = "sesame-4711";

  static bool is_there() { return has_target(kModule); }
  static std::string module() { return targets() + "/" + kModule; }

  SoftToken() {
    fs::create_directories(folder_.path() + "/tokens");
    write(configuration(), "directories.tokendir = " + folder_.path() +
                               "/tokens\nobjectstore.backend = file\nlog.level = ERROR\n");
    write(pin_file(), kUserPin);
    fs::permissions(pin_file(), fs::perms(0600));
    setenv("SOFTHSM2_CONF", configuration().c_str(), 1);
    open();
  }
  ~SoftToken() {
    if (is_open_) functions_->C_Finalize(nullptr);
  }
  SoftToken(const SoftToken&) = delete;
  SoftToken& operator=(const SoftToken&) = delete;

  std::string configuration() const { return folder_.path() + "/softhsm2.conf"; }
  std::string pin_file() const { return folder_.path() + "/pin"; }

  /// A secret key that is as careful as can be, to be spoilt.
  static Template secret(const std::string& label) {
    using namespace evidence::drivers::cryptoki;
    Template result = careful(label).number(CKA_VALUE_LEN, 32);
    for (const auto usage : {CKA_ENCRYPT, CKA_VERIFY, CKA_WRAP}) result.flag(usage, false);
    return result;
  }

  /// What private and secret keys have that are as careful as can be.
  static Template careful(const std::string& label) {
    using namespace evidence::drivers::cryptoki;
    Template result;
    result.flag(CKA_TOKEN, true).flag(CKA_PRIVATE, true).bytes(CKA_LABEL, label);
    result.bytes(CKA_ID, label).flag(CKA_SENSITIVE, true).flag(CKA_EXTRACTABLE, false);
    for (const auto usage : {CKA_DECRYPT, CKA_SIGN, CKA_UNWRAP}) result.flag(usage, false);
    result.flag(CKA_DERIVE, false).flag(CKA_MODIFIABLE, false).flag(CKA_COPYABLE, false);
    return result;
  }

  void generate(Template attributes,
                unsigned long mechanism = evidence::drivers::cryptoki::CKM_AES_KEY_GEN) {
    evidence::drivers::cryptoki::CK_MECHANISM how = {mechanism, nullptr, 0};
    auto list = attributes.list();
    unsigned long key = 0;
    check("C_GenerateKey",
          functions_->C_GenerateKey(session_, &how, list.data(), list.size(), &key));
  }

  /// A pair of keys; the private one is `secret` and the public one is `open`.
  void generate_pair(unsigned long mechanism, Template open, Template secret) {
    evidence::drivers::cryptoki::CK_MECHANISM how = {mechanism, nullptr, 0};
    auto open_list = open.list(), secret_list = secret.list();
    unsigned long open_key = 0, secret_key = 0;
    check("C_GenerateKeyPair", functions_->C_GenerateKeyPair(
                                   session_, &how, open_list.data(), open_list.size(),
                                   secret_list.data(), secret_list.size(), &open_key, &secret_key));
  }

  void create(Template attributes) {
    auto list = attributes.list();
    unsigned long object = 0;
    check("C_CreateObject",
          functions_->C_CreateObject(session_, list.data(), list.size(), &object));
  }

  /// Takes leave of the token and looks at it with assay, logged in.
  Checked check(const Texts& more = {}) { return check_through(module(), {}, more); }

  /// The same through another module that passes the calls on.
  Checked check_through(const std::string& module, const Texts& environment, const Texts& more) {
    functions_->C_Finalize(nullptr);
    is_open_ = false;
    Assay assay;
    assay.environment = {"SOFTHSM2_CONF=" + configuration()};
    assay.options = {"--login", "--pin-file", pin_file(),
                     "pkcs11:token=keys?module-path=" + module};
    for (const std::string& variable : environment) assay.environment.push_back(variable);
    assay.options.insert(assay.options.end(), more.begin(), more.end());
    return assay.check();
  }

 private:
  static void check(const std::string& call, unsigned long result) {
    if (result == 0) return;
    throw std::runtime_error(call + " of SoftHSM2 returned " + std::to_string(result));
  }

  void open() {
    using namespace evidence::drivers::cryptoki;
    void* library = dlopen(module().c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) throw std::runtime_error(dlerror());
    auto* get = reinterpret_cast<GetFunctionList*>(dlsym(library, "C_GetFunctionList"));
    check("C_GetFunctionList", get(&functions_));
    check("C_Initialize", functions_->C_Initialize(nullptr));
    is_open_ = true;
    std::string so_pin = "12345678", pin = kUserPin, label(32, ' ');
    label.replace(0, 4, "keys");
    const auto text = [](std::string& words) {
      return reinterpret_cast<CK_UTF8CHAR*>(words.data());
    };
    CK_ULONG count = 1;
    CK_SLOT_ID slot = 0;
    check("C_GetSlotList", functions_->C_GetSlotList(CK_TRUE, &slot, &count));
    check("C_InitToken", functions_->C_InitToken(slot, text(so_pin), so_pin.size(), text(label)));
    std::array<CK_SLOT_ID, 8> slots{};
    count = slots.size();
    check("C_GetSlotList", functions_->C_GetSlotList(CK_TRUE, slots.data(), &count));
    slot = slots[0];
    open_session(slot);
    check("C_Login", functions_->C_Login(session_, CKU_SO, text(so_pin), so_pin.size()));
    check("C_InitPIN", functions_->C_InitPIN(session_, text(pin), pin.size()));
    check("C_Logout", functions_->C_Logout(session_));
    check("C_Login", functions_->C_Login(session_, CKU_USER, text(pin), pin.size()));
  }

  void open_session(unsigned long slot) {
    using namespace evidence::drivers::cryptoki;
    check("C_OpenSession", functions_->C_OpenSession(slot, CKF_SERIAL_SESSION | CKF_RW_SESSION,
                                                     nullptr, nullptr, &session_));
  }

  FolderInMemory folder_;
  evidence::drivers::cryptoki::CK_FUNCTION_LIST* functions_ = nullptr;
  unsigned long session_ = 0;
  bool is_open_ = false;
};

}  // namespace tests
