-- Keys as rules about them ask: the name that a person knows a key by, its security strength in bits
-- (NULL where it is not known), and what to say of keys that are not shown.
SELECT k.source, k.basis, k.token, k.position, k.class, k.key_type, k.wrap, k.unwrap, k.decrypt, k.encrypt, k.sign,
       k.sign_recover, k.verify, k.derive, k.extractable, k.never_extractable, k.sensitive, k.always_sensitive, k.private,
       k.local, k.modifiable, k.copyable, k.trusted, k.wrap_with_trusted, k.on_token, k.wrap_template, k.unwrap_template,
       k.allowed_mechanisms, k.validation_flags, k.size_bits, k.curve, k.start_date, k.end_date, k.untold,
       k.id, k.label, k.key, k.public_exponent, k.public_value,
       CASE k.class WHEN 'CKO_SECRET_KEY' THEN 'Secret' WHEN 'CKO_PRIVATE_KEY' THEN 'Private' ELSE 'Public' END
       || ' key "' || COALESCE(k.label, '') || '"' || COALESCE(' (id ' || NULLIF(k.id, '') || ')', '') AS called,
       (SELECT CAST(s.strength AS INTEGER)
          FROM key_strength AS s
         WHERE s.key_type = k.key_type
           AND (s.parameter_set = NULLIF(k.parameter_set, '')
                OR s.parameter_set = '' AND k.size_bits BETWEEN CAST(s.bits_from AS INTEGER) AND CAST(s.bits_to AS INTEGER)))
       AS strength,
       'keys more: see the table PKCS#11 keys.' AS rest
  FROM pkcs11_key AS k
