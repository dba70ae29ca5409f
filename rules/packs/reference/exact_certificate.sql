-- Each certificate that a module matches exactly, with its status on the date judged.
SELECT m.module, m.certificate, c.standard, c.caveat_flags, c.parameter_sets, c.algorithms_read, s.status, s.sunset_passed,
       'Certificate #' || m.certificate || COALESCE(' (' || c.name || COALESCE(' ' || c.versions, '') || ')', '')
       || COALESCE(', ' || s.status, '') || COALESCE(', sunset ' || c.sunset_date, '') AS words
  FROM certificate_match AS m
  LEFT JOIN certificate AS c ON c.number = m.certificate
  LEFT JOIN certificate_status AS s ON s.certificate = m.certificate
 WHERE m.grade = 'exact'
