#include "evidence/drivers/driver.h"

#include "evidence/base/csv.h"
#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace evidence::drivers {
namespace {

std::map<std::string, std::string> parameters(const std::string& text, const std::string& where) {
  std::map<std::string, std::string> result;
  if (text.empty()) return result;
  for (const auto part : base::split(text, ';')) {
    const auto equals = part.find('=');
    if (equals == std::string_view::npos)
      throw base::Error(base::ErrorKind::input,
                        where + ": \"" + std::string(part) + "\" is not key=value");
    result.emplace(base::trim(part.substr(0, equals)), base::trim(part.substr(equals + 1)));
  }
  return result;
}

}  // namespace

std::vector<Service> read_catalogue(std::string_view csv) {
  const base::Csv table = base::parse_csv(csv, "catalogue.csv");
  const std::size_t id = table.column("id"), title = table.column("title"),
                    operation = table.column("operation"), algorithm = table.column("algorithm"),
                    given = table.column("parameters");
  std::vector<Service> services;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const auto& row = table.rows[i];
    services.push_back({row[id], row[title], row[operation], row[algorithm],
                        parameters(row[given], "catalogue.csv:" + std::to_string(i + 2))});
  }
  return services;
}

std::vector<Service> services_for(std::string_view driver, const std::vector<Service>& catalogue) {
  const auto names = [&](const Service& service, const char* parameter, bool otherwise) {
    const auto found = service.parameters.find(parameter);
    return found == service.parameters.end() ? otherwise : found->second == driver;
  };
  std::vector<Service> services;
  for (const Service& service : catalogue)
    if (names(service, "only", true) && !names(service, "without", false))
      services.push_back(service);
  return services;
}

}  // namespace evidence::drivers
