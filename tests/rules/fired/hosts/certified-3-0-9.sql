-- A made-up host with the OpenSSL FIPS provider 3.0.9, which has a certificate.
INSERT INTO source (id, run, probe, subject, locator, method, outcome, reason, collected_at) VALUES (1, 1, 'recorded', '', 'recorded', 'recorded', 'observed', '', '2026-11-23T09:00:00Z');
INSERT INTO source_feed (source, table_name) VALUES (1, 'provider');
INSERT INTO source_feed (source, table_name) VALUES (1, 'service');
INSERT INTO provider (source, basis, module, provider, name, version, active, fips) VALUES (1, 'observed', 'openssl:fips', 'fips', 'OpenSSL FIPS Provider', '3.0.9', 1, 1);
