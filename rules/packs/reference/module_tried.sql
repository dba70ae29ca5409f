-- Each module that services were tried on, with one source that says so.
SELECT module, MIN(source) AS source
  FROM service
 WHERE module <> ''
 GROUP BY module
