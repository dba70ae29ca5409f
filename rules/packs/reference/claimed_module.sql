-- What can be said of the validation of each module in use: counts of certificates by what they are.
SELECT r.module, MIN(r.source) AS source,
       replace(group_concat(DISTINCT r.name || COALESCE(' ' || r.version, '')), ',', ', ') AS told,
       MAX(r.part = 'provider') AS openssl,
       COUNT(r.version) AS versions,
       (SELECT COUNT(*) FROM certificate_match AS m WHERE m.module = r.module AND m.name_matches = 1) AS named,
       (SELECT COUNT(*) FROM certificate_match AS m WHERE m.module = r.module AND m.grade = 'exact') AS exact,
       (SELECT COUNT(*) FROM certificate_match AS m
          JOIN certificate_status AS s ON s.certificate = m.certificate AND s.status = 'Active'
         WHERE m.module = r.module AND m.grade = 'exact') AS active,
       (SELECT COUNT(*) FROM certificate_match AS m
          LEFT JOIN certificate_status AS s ON s.certificate = m.certificate
         WHERE m.module = r.module AND m.grade = 'exact' AND COALESCE(s.status, 'unknown') = 'unknown') AS undecided,
       (SELECT group_concat(e.words, '; ')
          FROM (SELECT words FROM exact_certificate WHERE module = r.module ORDER BY words) AS e) AS certificates,
       (SELECT COUNT(*) FROM certificate_match AS m
          LEFT JOIN certificate_status AS s ON s.certificate = m.certificate
         WHERE m.module = r.module AND m.name_matches = 1 AND m.version_matches IS NULL
           AND COALESCE(s.status, 'unknown') NOT IN ('Historical', 'Revoked')) AS candidates,
       (SELECT '#' || m.certificate || COALESCE(' (' || c.name || COALESCE(' ' || c.versions, '') || ')', '')
               || COALESCE(', against it: ' || NULLIF(m.reasons_against, ''), '')
          FROM certificate_match AS m
          LEFT JOIN certificate AS c ON c.number = m.certificate
         WHERE m.module = r.module AND m.grade = 'near'
         ORDER BY m.nearness LIMIT 1) AS nearest
  FROM (SELECT * FROM told_module ORDER BY name, version) AS r
 GROUP BY r.module
