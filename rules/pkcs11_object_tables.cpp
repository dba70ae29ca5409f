#include "rules/pkcs11_object_tables.h"

namespace rules {
namespace {

constexpr const char* kOnlyWithSessions = "pkcs11_session";

std::vector<ReferenceDefinition> session_definitions() {
  return {
      {"pkcs11_sessions",
       "PKCS#11 sessions",
       "Sessions that were opened to read objects, and what came of the login. A PIN is given once "
       "in a run, and never where the token warns of wrong ones.",
       {"Token", "Slot", "Opened", "State", "Private objects seen", "Login", "Reason",
        "PIN came from"},
       R"sql(
SELECT s.token, s.slot, CASE s.opened WHEN 1 THEN 'yes' ELSE s.result END, s.state,
       CASE s.sees_private WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END,
       CASE WHEN l.tried = 0 THEN 'not tried' ELSE l.result END, l.reason, l.pin_from
  FROM pkcs11_session AS s
  LEFT JOIN pkcs11_login AS l ON l.token = s.token AND l.module = s.module
 ORDER BY s.token, s.rowid
)sql",
       {},
       false,
       kOnlyWithSessions},
      {"pkcs11_objects",
       "PKCS#11 objects",
       "How many objects of each class the session showed.",
       {"Token", "Class", "Objects", "Of them private"},
       R"sql(
SELECT token, class, objects, private_objects
  FROM pkcs11_object_class
 ORDER BY token, class, rowid
)sql",
       {},
       false,
       kOnlyWithSessions},
  };
}

ReferenceDefinition key_definition() {
  return {
      "pkcs11_keys",
      "PKCS#11 keys",
      "Every key that was seen, with the policy that the token has on record for it. An empty cell "
      "is an attribute that the token did not tell; the last column says why. No value was read.",
      {"Token",
       "Class",
       "Type",
       "Size",
       "Label",
       "Id",
       "Usages",
       "Seen after login only",
       "Sensitive",
       "Extractable",
       "Made on the token",
       "Can be changed",
       "Can be copied",
       "Trusted to wrap",
       "Wrapped by trusted only",
       "Mechanisms it is confined to",
       "Start date",
       "End date",
       "Made by",
       "Beside it",
       "Not told"},
      R"sql(
WITH named AS (
  SELECT token, id, count(*) AS certificates, min(COALESCE(subject, label)) AS subject
    FROM pkcs11_certificate WHERE id <> '' GROUP BY token, id
), open_key AS (
  SELECT token, id FROM pkcs11_key WHERE class = 'CKO_PUBLIC_KEY' AND id <> '' GROUP BY token, id
)
SELECT k.token,
       CASE k.class WHEN 'CKO_SECRET_KEY' THEN 'secret' WHEN 'CKO_PRIVATE_KEY' THEN 'private'
                    WHEN 'CKO_PUBLIC_KEY' THEN 'public' ELSE k.class END,
       COALESCE(k.parameter_set, k.curve, replace(k.key_type, 'CKK_', '')), k.size_bits, k.label,
       k.id,
       trim(CASE WHEN k.encrypt = 1 THEN 'encrypt ' ELSE '' END
            || CASE WHEN k.decrypt = 1 THEN 'decrypt ' ELSE '' END
            || CASE WHEN k.sign = 1 OR k.sign_recover = 1 THEN 'sign ' ELSE '' END
            || CASE WHEN k.verify = 1 OR k.verify_recover = 1 THEN 'verify ' ELSE '' END
            || CASE WHEN k.wrap = 1 THEN 'wrap ' ELSE '' END
            || CASE WHEN k.unwrap = 1 THEN 'unwrap ' ELSE '' END
            || CASE WHEN k.derive = 1 THEN 'derive ' ELSE '' END
            || CASE WHEN k.encapsulate = 1 THEN 'encapsulate ' ELSE '' END
            || CASE WHEN k.decapsulate = 1 THEN 'decapsulate' ELSE '' END),
       CASE k.private WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END,
       CASE k.sensitive WHEN 1 THEN CASE k.always_sensitive WHEN 1 THEN 'always' ELSE 'now' END
                        WHEN 0 THEN 'no' END,
       CASE k.extractable WHEN 1 THEN 'yes'
                          WHEN 0 THEN CASE k.never_extractable WHEN 1 THEN 'never' ELSE 'not now' END
       END,
       CASE k.local WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END,
       CASE k.modifiable WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END,
       CASE k.copyable WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END,
       CASE k.trusted WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END,
       CASE k.wrap_with_trusted WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END,
       CASE k.allowed_mechanisms WHEN 0 THEN 'none' ELSE k.allowed_mechanisms END,
       k.start_date, k.end_date, k.key_gen_mechanism,
       trim(COALESCE('certificate of ' || n.subject || CASE WHEN n.certificates > 1 THEN
              ' and ' || (n.certificates - 1) || ' more' ELSE '' END, '')
            || CASE WHEN k.class = 'CKO_PRIVATE_KEY' AND o.id IS NOT NULL THEN
              CASE WHEN n.subject IS NULL THEN '' ELSE ', ' END || 'public key' ELSE '' END),
       NULLIF(k.untold, '')
  FROM pkcs11_key AS k
  LEFT JOIN named AS n ON n.token = k.token AND n.id = k.id AND k.class <> 'CKO_SECRET_KEY'
  LEFT JOIN open_key AS o ON o.token = k.token AND o.id = k.id
 ORDER BY k.token, k.class, k.position, k.rowid
)sql",
      {},
      true,
      kOnlyWithSessions};
}

std::vector<ReferenceDefinition> claim_definitions() {
  return {
      {"pkcs11_certificates",
       "Certificates on PKCS#11 tokens",
       "Certificates that the token holds, as they say of themselves: nothing was verified. The "
       "last column says whether the private key of the certificate was seen beside it.",
       {"Token", "Label", "Id", "Subject", "Issuer", "Serial number", "Start date", "End date",
        "Key", "Bits", "Trusted", "Private key"},
       R"sql(
SELECT c.token, c.label, c.id, c.subject, c.issuer, c.serial, substr(c.not_before, 1, 10),
       substr(c.not_after, 1, 10), COALESCE(c.key_curve, c.key_algorithm), c.key_bits,
       CASE c.trusted WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END,
       CASE WHEN (c.token, c.id) IN (SELECT token, id FROM pkcs11_key
                                      WHERE class = 'CKO_PRIVATE_KEY' AND id <> '')
              OR (c.token, c.public_value) IN (SELECT token, public_value FROM pkcs11_key
                                                WHERE class = 'CKO_PRIVATE_KEY'
                                                  AND public_value IS NOT NULL)
            THEN 'yes' ELSE 'not seen' END
  FROM pkcs11_certificate AS c
 ORDER BY c.token, c.position, c.rowid
)sql",
       {},
       true,
       "pkcs11_certificate"},
      {"pkcs11_claims",
       "What PKCS#11 modules claim of themselves",
       "Validation and profile objects. They are the module's own word: a validation is on the "
       "list of its authority or nowhere.",
       {"Token", "Kind", "Claim", "Type", "Standard", "Level", "Authority", "Country",
        "Certificate", "Address"},
       R"sql(
SELECT token, kind || ' validation', module_id, validation_type, version, level, authority, country,
       CASE WHEN kind = 'NSS' THEN NULL ELSE COALESCE(NULLIF(certificate, ''), 'none named') END,
       certificate_uri
  FROM pkcs11_validation
UNION ALL
SELECT token, 'profile', profile, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM pkcs11_profile
 ORDER BY 1, 2, 3
)sql",
       {},
       false,
       kOnlyWithSessions},
  };
}

}  // namespace

std::vector<ReferenceDefinition> pkcs11_object_definitions() {
  std::vector<ReferenceDefinition> all = session_definitions();
  all.push_back(key_definition());
  for (ReferenceDefinition& definition : claim_definitions()) all.push_back(std::move(definition));
  return all;
}

}  // namespace rules
