-- Each service that was tried on a module by name, for each function that it rests on. Unnoticed:
-- performed, and the module did not say that it is not approved.
SELECT s.module, s.source, f.function, s.service, COALESCE(s.title, s.service) AS title, s.outcome,
       s.outcome = 'performed' AND COALESCE(s.indicator, 'none') <> 'not approved' AS unnoticed,
       COALESCE(s.title, s.service) || ': ' || s.outcome
       || CASE WHEN COALESCE(s.indicator, 'none') = 'none' THEN ''
               ELSE ', indicated as ' || s.indicator END AS seen
  FROM service_function AS f
  JOIN service_tried AS s ON s.service = f.service
 WHERE s.context = 'module'
