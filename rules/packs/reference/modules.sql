-- Every module that was seen to serve, or is meant to: OpenSSL providers and PKCS #11 modules.
SELECT m.module AS subject,
       COALESCE((SELECT COALESCE(p.name, p.provider || '.so') || COALESCE(' ' || p.version, '')
                   FROM provider AS p
                  WHERE p.module = m.module
                  ORDER BY p.load_error IS NOT NULL, p.active = 1 DESC),
                (SELECT f.provider || '.so' FROM provider_file AS f WHERE f.module = m.module),
                (SELECT NULLIF(l.description, '') || COALESCE(' ' || l.library_version, '')
                   FROM pkcs11_library AS l WHERE l.module = m.module),
                m.module) AS label,
       COALESCE((SELECT p.path FROM provider AS p WHERE p.module = m.module),
                (SELECT f.path FROM provider_file AS f WHERE f.module = m.module),
                (SELECT 'built into ' || p.library FROM provider AS p
                  WHERE p.module = m.module AND p.built_in = 1),
                (SELECT x.path FROM pkcs11_module AS x WHERE x.module = m.module),
                '') AS place
  FROM (SELECT module FROM provider
         WHERE (active = 1 OR fips = 1) AND provider NOT IN ('base', 'null')
        UNION
        SELECT module FROM provider_file WHERE fips = 1
        UNION
        SELECT module FROM service_tried WHERE module <> ''
        UNION
        SELECT module FROM pkcs11_module) AS m
 ORDER BY m.module
