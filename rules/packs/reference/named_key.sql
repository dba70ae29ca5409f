SELECT k.*,
       CASE k.class WHEN 'CKO_SECRET_KEY' THEN 'Secret' WHEN 'CKO_PRIVATE_KEY' THEN 'Private' ELSE 'Public' END
       || ' key "' || COALESCE(k.label, '') || '"' || COALESCE(' (id ' || NULLIF(k.id, '') || ')', '') AS name,
       (SELECT min(CAST(s.strength AS INTEGER))
          FROM key_strength AS s
         WHERE s.key_type = k.key_type
           AND (s.parameter_set = NULLIF(k.parameter_set, '')
                OR s.parameter_set = '' AND k.size_bits BETWEEN CAST(s.bits_from AS INTEGER) AND CAST(s.bits_to AS INTEGER)))
       AS strength,
       'keys more: see the table PKCS#11 keys.' AS rest
  FROM pkcs11_key AS k
