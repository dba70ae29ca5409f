-- The modules that are subjects: others, such as the base provider, are no concern of rules.
SELECT module
  FROM provider
 WHERE (active = 1 OR fips = 1) AND provider NOT IN ('base', 'null')
UNION
SELECT module FROM provider_file WHERE fips = 1
UNION
SELECT module FROM service_tried WHERE module <> ''
UNION
SELECT module FROM pkcs11_module
