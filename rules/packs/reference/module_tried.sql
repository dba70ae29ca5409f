-- Each module that services were tried on, with one source that says so.
SELECT module, MIN(source) AS source
  FROM (SELECT module, MIN(source) AS source FROM service GROUP BY module
         UNION ALL
        SELECT module, MIN(source) FROM pkcs11_service GROUP BY module)
 WHERE module <> ''
 GROUP BY module
