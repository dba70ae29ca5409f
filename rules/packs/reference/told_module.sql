-- What each module in use tells of itself: name and version, one row for each name it is known by.
SELECT p.module, 'provider' AS part, COALESCE(p.name, p.provider) AS name, p.version, p.source
  FROM provider AS p
 WHERE (p.active = 1 OR p.fips = 1) AND p.provider NOT IN ('base', 'null')
UNION
SELECT l.module, 'library', COALESCE(NULLIF(l.description, ''), l.module),
       CASE WHEN l.initialized = 1 THEN l.library_version END, l.source
  FROM pkcs11_library AS l
UNION
SELECT r.module, r.part, r.name, r.version,
       (SELECT MIN(p.source) FROM provider AS p WHERE p.module = r.module)
  FROM reported_module AS r
