-- Each module that services were tried on, with one source that says so.
SELECT module, MIN(source) AS source
  FROM (SELECT module, source FROM service
         UNION ALL
        SELECT module, source FROM pkcs11_service)
 WHERE module <> ''
 GROUP BY module
