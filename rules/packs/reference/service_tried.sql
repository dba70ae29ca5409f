-- Each service of the catalogue that was tried: on a provider, or on a token of a PKCS #11 module,
-- where it counts as the module's. What only a login would show was not tried.
SELECT source, basis, module, context, service, title, operation, algorithm, outcome, indicator,
       indicator_kind, reason
  FROM service
 UNION ALL
SELECT p.source, p.basis, p.module, 'module', p.service,
       COALESCE(p.title, p.service)
       || CASE WHEN EXISTS (SELECT 1 FROM pkcs11_service AS q
                             WHERE q.module = p.module AND q.token <> p.token)
               THEN ' on ' || p.token
               ELSE '' END,
       p.operation, p.algorithm, p.outcome, p.indicator, p.indicator_kind, p.reason
  FROM pkcs11_service AS p
 WHERE p.result IS NOT 'CKR_USER_NOT_LOGGED_IN'
