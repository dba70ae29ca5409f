-- A made-up module with nothing but what CNSA 2.0 has, and LMS.
INSERT INTO source (id, run, probe, subject, locator, method, outcome, reason, collected_at) VALUES (1, 1, 'recorded', '', 'recorded', 'recorded', 'observed', '', '2026-11-23T09:00:00Z');
INSERT INTO source_feed (source, table_name) VALUES (1, 'provider');
INSERT INTO source_feed (source, table_name) VALUES (1, 'service');
INSERT INTO source_feed (source, table_name) VALUES (1, 'algorithm');
INSERT INTO provider (source, basis, module, provider, name, version, active, fips) VALUES (1, 'observed', 'openssl:fips', 'fips', 'Suite', '1.0', 1, 1);
INSERT INTO service (source, basis, module, context, service, title, operation, algorithm, outcome, indicator, indicator_kind, reason) VALUES (1, 'observed', 'openssl:fips', 'module', 'digest-sha2-384', 'digest-sha2-384', 'digest', 'digest-sha2-384', 'performed', 'none', 'explicit', 'recorded');
INSERT INTO service (source, basis, module, context, service, title, operation, algorithm, outcome, indicator, indicator_kind, reason) VALUES (1, 'observed', 'openssl:fips', 'module', 'digest-sha2-256', 'digest-sha2-256', 'digest', 'digest-sha2-256', 'refused', 'none', 'explicit', 'recorded');
INSERT INTO service (source, basis, module, context, service, title, operation, algorithm, outcome, indicator, indicator_kind, reason) VALUES (1, 'observed', 'openssl:fips', 'module', 'cipher-aes-256-cbc', 'cipher-aes-256-cbc', 'cipher', 'cipher-aes-256-cbc', 'performed', 'none', 'explicit', 'recorded');
INSERT INTO service (source, basis, module, context, service, title, operation, algorithm, outcome, indicator, indicator_kind, reason) VALUES (1, 'observed', 'openssl:fips', 'module', 'cipher-aes-192-cbc', 'cipher-aes-192-cbc', 'cipher', 'cipher-aes-192-cbc', 'refused', 'none', 'explicit', 'recorded');
INSERT INTO service (source, basis, module, context, service, title, operation, algorithm, outcome, indicator, indicator_kind, reason) VALUES (1, 'observed', 'openssl:fips', 'module', 'aead-aes-128-gcm', 'aead-aes-128-gcm', 'aead', 'aead-aes-128-gcm', 'refused', 'none', 'explicit', 'recorded');
INSERT INTO algorithm (source, basis, module, operation, name, names) VALUES (1, 'listed', 'openssl:fips', 'signature', 'LMS', 'LMS');
