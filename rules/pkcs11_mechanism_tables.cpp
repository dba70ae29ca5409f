#include "rules/pkcs11_mechanism_tables.h"

#include <string>

namespace rules {
namespace {

constexpr const char* kToken = R"sql(
SELECT COALESCE((SELECT NULLIF(t.label, '') FROM pkcs11_token AS t WHERE t.token = m.token
                  AND t.label NOT IN (SELECT label FROM pkcs11_token WHERE token <> m.token)),
                m.token),
       m.position, m.mechanism, m.name,
)sql";

constexpr const char* kApproved = R"sql(
       COALESCE((SELECT CASE s.approval WHEN 'conditional' THEN 'with conditions'
                                        ELSE s.approval END
                   FROM pkcs11_mechanism_status AS s WHERE s.mechanism = m.mechanism),
                'not known'),
)sql";

// Values of the flags: OASIS PKCS #11 v3.2, CK_MECHANISM_INFO.
constexpr const char* kListed = R"sql(
       trim(CASE WHEN m.flags & 0x100 THEN 'encrypt, ' ELSE '' END
            || CASE WHEN m.flags & 0x200 THEN 'decrypt, ' ELSE '' END
            || CASE WHEN m.flags & 0x400 THEN 'digest, ' ELSE '' END
            || CASE WHEN m.flags & 0x1800 THEN 'sign, ' ELSE '' END
            || CASE WHEN m.flags & 0x6000 THEN 'verify, ' ELSE '' END
            || CASE WHEN m.flags & 0x18000 THEN 'make keys, ' ELSE '' END
            || CASE WHEN m.flags & 0x20000 THEN 'wrap, ' ELSE '' END
            || CASE WHEN m.flags & 0x40000 THEN 'unwrap, ' ELSE '' END
            || CASE WHEN m.flags & 0x80000 THEN 'derive, ' ELSE '' END
            || CASE WHEN m.flags & 0x10000000 THEN 'encapsulate, ' ELSE '' END
            || CASE WHEN m.flags & 0x20000000 THEN 'decapsulate, ' ELSE '' END, ', '),
       m.min_key_size, m.max_key_size,
       CASE m.hardware_claim WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END,
       NULLIF(COALESCE(m.info_result, 'no answer'), 'CKR_OK')
  FROM pkcs11_mechanism AS m
 ORDER BY m.token, m.position, m.rowid
)sql";

// `status` is the reference table of the rule pack that knows what is approved; null for none.
ReferenceDefinition definition(const char* status) {
  std::vector<std::string> columns = {"Token", "No.", "Mechanism", "Name"};
  std::string lead = "Mechanisms as each token lists them. ";
  if (status != nullptr) {
    columns.emplace_back("Approved");
    lead +=
        "Approved is said of the function: it is not said that this module is validated for it. ";
  }
  for (const char* column :
       {"Listed for", "Smallest key", "Largest key", "Claims hardware", "Problem"})
    columns.emplace_back(column);
  lead +=
      "A mechanism in the list may be refused when it is called; the unit of the key sizes depends "
      "on the mechanism. A problem is what the module returned in place of an answer.";
  const std::vector<std::string> needed =
      status == nullptr ? std::vector<std::string>() : std::vector<std::string>{status};
  return {"pkcs11_mechanisms",
          "PKCS#11 mechanisms",
          std::move(lead),
          std::move(columns),
          std::string(kToken) + (status == nullptr ? "" : kApproved) + kListed,
          needed,
          false,
          "pkcs11_module"};
}

}  // namespace

std::vector<ReferenceDefinition> pkcs11_mechanism_definitions() {
  return {definition("pkcs11_mechanism_status"), definition(nullptr)};
}

}  // namespace rules
