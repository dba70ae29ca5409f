#include <libxml/parser.h>
#include <libxml/xmlschemas.h>

#include <memory>

#include "evidence/base/error.h"
#include "evidence/base/loaded_library.h"
#include "evidence/base/text.h"
#include "rules/embedded.h"
#include "rules/schema.h"

namespace rules {
namespace {

// Loaded when a schema is applied, for it brings libraries that would slow every start.
struct LibXml : base::LoadedLibrary {
  LibXml() : LoadedLibrary("libxml2.so.2", Scope::itself) {}

  decltype(&::xmlReadMemory) read_memory = required("xmlReadMemory");
  decltype(&::xmlFreeDoc) free_document = required("xmlFreeDoc");
  decltype(&::xmlSchemaNewMemParserCtxt) new_parser = required("xmlSchemaNewMemParserCtxt");
  decltype(&::xmlSchemaFreeParserCtxt) free_parser = required("xmlSchemaFreeParserCtxt");
  decltype(&::xmlSchemaParse) parse = required("xmlSchemaParse");
  decltype(&::xmlSchemaFree) free_schema = required("xmlSchemaFree");
  decltype(&::xmlSchemaNewValidCtxt) new_validator = required("xmlSchemaNewValidCtxt");
  decltype(&::xmlSchemaFreeValidCtxt) free_validator = required("xmlSchemaFreeValidCtxt");
  decltype(&::xmlSchemaSetValidStructuredErrors) tell_errors =
      required("xmlSchemaSetValidStructuredErrors");
  decltype(&::xmlSchemaValidateDoc) validate = required("xmlSchemaValidateDoc");
};

const LibXml& xml() try {
  static const LibXml kXml;
  return kXml;
} catch (const base::Error& error) {
  throw base::Error(error.kind(), std::string(error.what()) + "; install libxml2");
}

template <auto LibXml::*Free>
struct Freed {
  template <class T>
  void operator()(T* object) const {
    (xml().*Free)(object);
  }
};
using Document = std::unique_ptr<xmlDoc, Freed<&LibXml::free_document>>;
using Parser = std::unique_ptr<xmlSchemaParserCtxt, Freed<&LibXml::free_parser>>;
using Schema = std::unique_ptr<xmlSchema, Freed<&LibXml::free_schema>>;
using Validator = std::unique_ptr<xmlSchemaValidCtxt, Freed<&LibXml::free_validator>>;

template <class Handle>
Handle made(Handle handle, const char* what) {
  if (handle) return handle;
  throw base::Error(base::ErrorKind::internal, std::string("libxml2 makes no ") + what);
}

struct Remarks {
  const std::string* file;
  std::vector<std::string>* lines;
};

// The second argument is `const` in later versions of libxml2 only.
constexpr auto kKeep = [](void* to, auto* error) {
  const auto* remarks = static_cast<Remarks*>(to);
  remarks->lines->push_back(
      *remarks->file + ":" + std::to_string(error->line) + ": error: by the schema, " +
      std::string(base::trim(error->message == nullptr ? "" : error->message)));
};

void apply(const Schema& schema, const PackFile& file, std::vector<std::string>& lines) {
  const Document document(xml().read_memory(
      file.text.data(), static_cast<int>(file.text.size()), file.name.c_str(), "UTF-8",
      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_BIG_LINES));
  if (!document) {
    lines.push_back(file.name + ":1: error: no well-formed XML");
    return;
  }
  const Validator validator = made(Validator(xml().new_validator(schema.get())), "validator");
  Remarks remarks{&file.name, &lines};
  xml().tell_errors(validator.get(), kKeep, &remarks);
  const std::size_t before = lines.size();
  if (xml().validate(validator.get(), document.get()) != 0 && lines.size() == before)
    lines.push_back(file.name + ":1: error: by the schema, not valid");
}

}  // namespace

std::vector<std::string> lint_schema(const std::vector<PackFile>& files) {
  const std::string_view text = base::find_resource(embedded(), "pack.xsd");
  const Parser parser =
      made(Parser(xml().new_parser(text.data(), static_cast<int>(text.size()))), "parser");
  const Schema schema = made(Schema(xml().parse(parser.get())), "schema");
  std::vector<std::string> lines;
  for (const PackFile& file : files)
    if (file.name.ends_with(".xml")) apply(schema, file, lines);
  return lines;
}

}  // namespace rules
