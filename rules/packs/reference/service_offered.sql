-- What each module was asked by name, with what is known of each service: whether it protects
-- something new (protect) or reads what was protected (process), its security strength in bits
-- (NULL where no document of NIST gives it one), and whether a quantum computer breaks it.
SELECT s.module, s.source, s.service, COALESCE(s.title, s.service) AS title, s.outcome,
       p.purpose, CAST(NULLIF(p.strength, '') AS INTEGER) AS strength, p.quantum, p.kind, p.cnsa1, p.cnsa2,
       s.outcome = 'performed' AND COALESCE(s.indicator, 'none') <> 'not approved' AS unnoticed,
       COALESCE(s.title, s.service) || ': ' || s.outcome
       || CASE WHEN COALESCE(s.indicator, 'none') = 'none' THEN ''
               ELSE ', indicated as ' || s.indicator END AS seen
  FROM service_property AS p
  JOIN service_tried AS s ON s.service = p.service
 WHERE s.context = 'module'
