#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "evidence/probes/pkcs11_child/attributes.h"

namespace evidence::probes::pkcs11_child {

/// An object that was found in a session.
struct FoundObject {
  drivers::cryptoki::CK_OBJECT_HANDLE handle = 0;
  std::int64_t position = 0;  ///< From 1, in the order in which the module gave them.
};

// Each of these asks the module for what it records and writes the rows of one object under
// `source`. They are called within a step.

/// `asked` is what was asked for already; what it lacks is asked for here. Gives all the attributes
/// that tell of such a key: none of them is the value of one.
std::vector<drivers::cryptoki::CK_ATTRIBUTE_TYPE> record_key(
    const TokenSession& token, Source& source, const FoundObject& object,
    drivers::cryptoki::CK_OBJECT_CLASS object_class, const Attributes& asked);
void record_certificate(const TokenSession& token, Source& source, const FoundObject& object);
void record_validation(const TokenSession& token, Source& source, const FoundObject& object,
                       drivers::cryptoki::CK_OBJECT_CLASS object_class);
void record_profile(const TokenSession& token, Source& source, const FoundObject& object);
void record_hardware_feature(const TokenSession& token, Source& source, const FoundObject& object);

/// The name of an object as a PKCS #11 URI (RFC 7512) within its token: label, id and type.
std::string object_uri(const TokenSession& token, const Attributes& attributes, const char* type);

/// The class of NSS for validation objects, before PKCS #11 3.2 had one.
constexpr drivers::cryptoki::CK_OBJECT_CLASS kNssValidation = 0xce534357;

}  // namespace evidence::probes::pkcs11_child
