-- A made-up host whose TLS client is an old one.
INSERT INTO source (id, run, probe, subject, locator, method, outcome, reason, collected_at) VALUES (1, 1, 'recorded', '', 'recorded', 'recorded', 'observed', '', '2026-11-23T09:00:00Z');
INSERT INTO source_feed (source, table_name) VALUES (1, 'tls_default');
INSERT INTO source_feed (source, table_name) VALUES (1, 'tls_offer');
INSERT INTO tls_default (source, basis, host, library, hello, security_level) VALUES (1, 'observed', 'host', '/usr/lib/libcrypto.so.3', 1, 0);
INSERT INTO tls_offer (source, basis, host, library, kind, position, code) VALUES (1, 'observed', 'host', '/usr/lib/libcrypto.so.3', 'version', 1, '0x0303');
INSERT INTO tls_offer (source, basis, host, library, kind, position, code) VALUES (1, 'observed', 'host', '/usr/lib/libcrypto.so.3', 'cipher suite', 1, '0xC014');
INSERT INTO tls_offer (source, basis, host, library, kind, position, code) VALUES (1, 'observed', 'host', '/usr/lib/libcrypto.so.3', 'group', 1, '0x001A');
INSERT INTO tls_offer (source, basis, host, library, kind, position, code) VALUES (1, 'observed', 'host', '/usr/lib/libcrypto.so.3', 'signature scheme', 1, '0x081A');
INSERT INTO tls_offer (source, basis, host, library, kind, position, code) VALUES (1, 'observed', 'host', '/usr/lib/libcrypto.so.3', 'extension', 1, '0x000A');
