#include "rules/pkcs11_object_tables.h"

#include <string>

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

// The label of the token of key k, where no other token has it.
constexpr const char* kTokenName = R"sql(
       COALESCE((SELECT NULLIF(t.label, '') FROM pkcs11_token AS t WHERE t.token = k.token
                  AND t.label NOT IN (SELECT label FROM pkcs11_token WHERE token <> k.token)),
                k.token),
       CASE k.class WHEN 'CKO_SECRET_KEY' THEN 'secret' WHEN 'CKO_PRIVATE_KEY' THEN 'private'
                    WHEN 'CKO_PUBLIC_KEY' THEN 'public' ELSE k.class END,
       k.label, k.id,
)sql";

constexpr const char* kKeys = R"sql(
       COALESCE(k.parameter_set, k.curve, replace(k.key_type, 'CKK_', '')), k.size_bits,
       trim(CASE WHEN k.encrypt = 1 THEN 'encrypt, ' ELSE '' END
            || CASE WHEN k.decrypt = 1 THEN 'decrypt, ' ELSE '' END
            || CASE WHEN k.sign = 1 OR k.sign_recover = 1 THEN 'sign, ' ELSE '' END
            || CASE WHEN k.verify = 1 OR k.verify_recover = 1 THEN 'verify, ' ELSE '' END
            || CASE WHEN k.wrap = 1 THEN 'wrap, ' ELSE '' END
            || CASE WHEN k.unwrap = 1 THEN 'unwrap, ' ELSE '' END
            || CASE WHEN k.derive = 1 THEN 'derive, ' ELSE '' END
            || CASE WHEN k.encapsulate = 1 THEN 'encapsulate, ' ELSE '' END
            || CASE WHEN k.decapsulate = 1 THEN 'decapsulate, ' ELSE '' END, ', '),
       k.start_date, k.end_date, replace(k.key_gen_mechanism, 'CKM_', ''),
       trim(COALESCE('certificate of ' || n.subject || CASE WHEN n.certificates > 1 THEN
              ' and ' || (n.certificates - 1) || ' more' ELSE '' END, '')
            || CASE WHEN k.class = 'CKO_PRIVATE_KEY' AND o.id IS NOT NULL THEN
              CASE WHEN n.subject IS NULL THEN '' ELSE ', ' END || 'public key' ELSE '' END)
  FROM pkcs11_key AS k
  LEFT JOIN named AS n ON n.token = k.token AND n.id = k.id AND k.class <> 'CKO_SECRET_KEY'
  LEFT JOIN open_key AS o ON o.token = k.token AND o.id = k.id
 ORDER BY k.token, k.class, k.label, k.id, k.position, k.rowid
)sql";

ReferenceDefinition key_definition() {
  return {
      "pkcs11_keys",
      "PKCS#11 keys",
      "Every key that was seen: what it is and what it is for. Beside it stand the certificate or "
      "public key with the same id. No value was read.",
      {"Token", "Class", "Label", "Id", "Type", "Size", "Usages", "Start date", "End date",
       "Made by", "Beside it"},
      std::string(R"sql(
WITH named AS (
  SELECT token, id, count(*) AS certificates, min(COALESCE(subject, label)) AS subject
    FROM pkcs11_certificate WHERE id <> '' GROUP BY token, id
), open_key AS (
  SELECT token, id FROM pkcs11_key WHERE class = 'CKO_PUBLIC_KEY' AND id <> '' GROUP BY token, id
)
SELECT)sql") +
          kTokenName + kKeys,
      {},
      true,
      kOnlyWithSessions};
}

// What a token says of a key in other words than the strictest, each in words.
constexpr const char* kStandsOut = R"sql(
       CASE WHEN k.private = 0 THEN 'seen without a login; ' ELSE '' END
            || CASE WHEN k.sensitive = 0 THEN 'value can be read; '
                    WHEN k.always_sensitive = 0 THEN 'value could be read before; ' ELSE '' END
            || CASE WHEN k.extractable = 1 AND k.wrap_with_trusted = 1
                      THEN 'can leave, wrapped by a trusted key; '
                    WHEN k.extractable = 1 THEN 'can leave; '
                    WHEN k.never_extractable = 0 THEN 'could leave before; ' ELSE '' END
            || CASE WHEN k.local = 0 THEN 'made outside; ' ELSE '' END
            || CASE WHEN k.modifiable = 1 THEN 'can be changed; ' ELSE '' END
            || CASE WHEN k.copyable = 1 THEN 'can be copied; ' ELSE '' END
            || CASE WHEN k.trusted = 1 THEN 'trusted to wrap; ' ELSE '' END
            || CASE WHEN k.private IS NULL OR k.sensitive IS NULL OR k.extractable IS NULL
                      OR k.local IS NULL OR k.modifiable IS NULL THEN 'not all is told; '
                    ELSE '' END
)sql";

constexpr const char* kPolicies = R"sql(
       CASE k.private WHEN 1 THEN 'after login' WHEN 0 THEN 'with no login' END
         || CASE k.always_authenticate WHEN 1 THEN ', each use asks again' ELSE '' END,
       CASE k.sensitive WHEN 1 THEN CASE k.always_sensitive WHEN 1 THEN 'never' ELSE 'not now' END
                        WHEN 0 THEN 'yes' END,
       CASE k.extractable WHEN 1 THEN CASE k.wrap_with_trusted WHEN 1 THEN 'by trusted keys'
                                                               ELSE 'by any key' END
                          WHEN 0 THEN CASE k.never_extractable WHEN 1 THEN 'never' ELSE 'not now' END
       END,
       CASE k.local WHEN 1 THEN 'on the token' WHEN 0 THEN 'outside' END,
       CASE WHEN k.modifiable = 1 AND k.copyable = 1 THEN 'change, copy'
            WHEN k.modifiable = 1 THEN 'change' WHEN k.copyable = 1 THEN 'copy'
            WHEN k.modifiable = 0 AND k.copyable = 0 THEN 'neither' END,
       CASE WHEN k.allowed_mechanisms = 0 THEN 'nothing' ELSE
         (SELECT group_concat(name, ', ') FROM (SELECT COALESCE(m.name, m.mechanism) AS name
            FROM pkcs11_key_mechanism AS m WHERE m.token = k.token AND m.position = k.position
             ORDER BY m.rowid)) END
  FROM pkcs11_key AS k
 WHERE k.class <> 'CKO_PUBLIC_KEY'
 ORDER BY k.token, k.class, k.label, k.id, k.position, k.rowid
)sql";

ReferenceDefinition policy_definition() {
  return {
      "pkcs11_key_policies",
      "PKCS#11 key policies",
      "What the token has on record for each secret and private key: who sees it, whether its "
      "value can be read or leave the token wrapped, where it was made, and what can be done to "
      "it. What stands out is where the token does not say the strictest; whether that matters is "
      "for the rules and for you. An empty cell is what the token did not tell.",
      {"Token", "Class", "Label", "Id", "Stands out", "Seen", "Can be read", "Can leave", "Made",
       "Change or copy", "Confined to"},
      std::string("SELECT") + kTokenName + "rtrim(" + kStandsOut + ", '; ')," + kPolicies,
      {},
      false,
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
  all.push_back(policy_definition());
  for (ReferenceDefinition& definition : claim_definitions()) all.push_back(std::move(definition));
  return all;
}

}  // namespace rules
