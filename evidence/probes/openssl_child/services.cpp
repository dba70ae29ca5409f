#include "evidence/probes/openssl_child/services.h"

#include "evidence/base/resource.h"
#include "evidence/drivers/embedded.h"
#include "evidence/drivers/openssl_driver.h"

namespace evidence::probes::openssl_child {
namespace {

using drivers::Service;
using drivers::ServiceResult;

base::Value text_or_null(const std::string& text) {
  return text.empty() ? base::Value(nullptr) : base::Value(text);
}

void record_service(const Session& session, const Service& service, const ServiceResult& result,
                    const std::string& module, const std::string& context) {
  Source source =
      session.record.source(session.call({"service"}, module, "catalogue: " + service.id));
  source.row("service", Basis::observed,
             {{"module", module},
              {"context", context},
              {"service", service.id},
              {"title", service.title},
              {"operation", service.operation},
              {"algorithm", service.algorithm},
              {"outcome", std::string(drivers::name_of(result.attempt))},
              {"indicator", std::string(drivers::name_of(result.indicator))},
              {"indicator_kind", result.indicator_kind},
              {"provider", text_or_null(result.provider)},
              {"reason", text_or_null(result.reason)}});
}

const std::vector<Service>& catalogue() {
  static const std::vector<Service> kServices = drivers::services_for(
      "openssl",
      drivers::read_catalogue(base::find_resource(drivers::embedded(), "drivers/catalogue.csv")));
  return kServices;
}

}  // namespace

void test_on_demand(const Session& session, SelfTestListener& tests,
                    const LoadedProvider& provider) {
  const std::string module = module_key(provider.name);
  tests.occasion("on demand");
  session.record.step("self-test " + provider.name,
                      session.call({"self_test"}, module, "OSSL_PROVIDER_self_test"),
                      [&] { session.crypto.OSSL_PROVIDER_self_test(provider.handle); });
  session.crypto.ERR_clear_error();
  tests.record(module);
}

void try_services(const Session& session, const LoadedProvider* provider) {
  const std::string context = provider == nullptr ? "default" : "module";
  drivers::OpensslDriver driver(session.crypto, nullptr,
                                provider == nullptr ? "" : "provider=" + provider->name);
  for (const Service& service : catalogue()) {
    const std::string asked = provider == nullptr ? "" : module_key(provider->name);
    session.record.step(
        "service " + service.id + (provider == nullptr ? "" : " of " + provider->name),
        session.call({"service"}, asked, "catalogue: " + service.id), [&] {
          const ServiceResult result = driver.perform(service);
          const std::string served = result.provider.empty() ? "" : module_key(result.provider);
          record_service(session, service, result, asked.empty() ? served : asked, context);
        });
  }
}

}  // namespace evidence::probes::openssl_child
