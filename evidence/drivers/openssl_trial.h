#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "evidence/drivers/driver.h"
#include "evidence/drivers/libcrypto.h"
#include "evidence/drivers/openssl_parameters.h"
#include "evidence/drivers/service_parameters.h"
#include "evidence/drivers/test_keys.h"

namespace evidence::drivers {

/// Gives a handle back to the library that made it.
template <class Type>
struct Release {
  void (*release)(Type*) = nullptr;
  void operator()(Type* handle) const { release(handle); }
};

/// A handle of the library under test; null if the library gave none.
template <class Type>
using Handle = std::unique_ptr<Type, Release<Type>>;

/// How one kind of algorithm is fetched, given back, and asked who serves it.
template <class Algorithm>
struct Kind {
  Algorithm* (*fetch)(OSSL_LIB_CTX*, const char* name, const char* properties);
  void (*release)(Algorithm*);
  const OSSL_PROVIDER* (*provider)(const Algorithm*);
};

/// Where services are asked for: a library, a context with providers (null is the default one), and
/// the property query of every fetch.
struct OpensslModule {
  const LibCrypto& library;
  OSSL_LIB_CTX* context;
  std::string properties;
  const TestKeys& keys;

  /// The property query as the library wants it: null if there is none.
  const char* query() const { return properties.empty() ? nullptr : properties.c_str(); }
};

/// One service being tried: every step goes through one of the judges `fetch`, `allowed`, `usable`,
/// `correct`, which write down what became of it and say whether to go on.
class Trial {
 public:
  Trial(const OpensslModule& module, const Service& service);
  Trial(const Trial&) = delete;
  Trial& operator=(const Trial&) = delete;
  /// No other service shall find this one's errors.
  ~Trial() { library_.ERR_clear_error(); }

  const OpensslModule& module() const { return module_; }
  const LibCrypto& library() const { return library_; }
  const Service& service() const { return service_; }

  /// The parameters of the service, as drivers/service_parameters.h says.
  std::string text(const std::string& key, const std::string& otherwise = {}) const;
  std::size_t number(const std::string& key, std::size_t otherwise) const;
  std::string bytes(const std::string& key) const;

  /// Fetches an algorithm and notes who serves it. Null: the service is unsupported.
  template <class Algorithm>
  Handle<Algorithm> fetch(const Kind<Algorithm>& kind, const std::string& name) {
    Handle<Algorithm> found(kind.fetch(module_.context, name.c_str(), module_.query()),
                            {kind.release});
    if (!found) {
      not_found(name);
      return found;
    }
    const OSSL_PROVIDER* provider = kind.provider(found.get());
    served_by(provider);
    approved_property_ = approved_by_property(kind, name, provider);
    return found;
  }

  /// Was the call allowed (a code above 0)? If not, the module refused it.
  bool allowed(int code, std::string_view step);
  /// Did the library give a handle? If not, that is an error of the library.
  bool usable(const void* handle, std::string_view step);
  /// Is a result what it must be? If not, that is an error of the module.
  bool correct(bool holds, const std::string& otherwise);

  /// Asks the context of an operation just done for its FIPS indicator (OpenSSL 3.4): `get` is the
  /// library's function that reads parameters of `context`.
  template <class Get, class Context>
  void ask_indicator(Get get, Context* context) {
    ask_indicator([&](OSSL_PARAM* wanted) { get(context, wanted); });
  }

  /// The end of the trial. `performed` says that all steps went well.
  ServiceResult finish(bool performed);

 private:
  using Reader = std::function<void(OSSL_PARAM*)>;

  void not_found(const std::string& name);
  void served_by(const OSSL_PROVIDER* provider);
  void ask_indicator(const Reader& read);
  void ask_implicit_indicator();
  bool is_fips_provider() const;

  /// The FIPS property of the algorithm: does `provider` offer it among those with fips=yes?
  template <class Algorithm>
  bool approved_by_property(const Kind<Algorithm>& kind, const std::string& name,
                            const OSSL_PROVIDER* provider) const {
    const std::string query = "provider=" + result_.provider + ",fips=yes";
    library_.ERR_set_mark();
    const Handle<Algorithm> twin(kind.fetch(module_.context, name.c_str(), query.c_str()),
                                 {kind.release});
    const bool same = twin != nullptr && kind.provider(twin.get()) == provider;
    library_.ERR_pop_to_mark();
    return same;
  }

  const OpensslModule& module_;
  const LibCrypto& library_;
  const Service& service_;
  const OSSL_PROVIDER* provider_ = nullptr;
  bool approved_property_ = false;
  ServiceResult result_;
};

inline unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}
inline const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace evidence::drivers
