#include "evidence/probes/openssl_child/tls.h"

#include <openssl/bio.h>
#include <openssl/ssl.h>

#include <array>
#include <cstdio>
#include <memory>

#include "evidence/base/error.h"
#include "evidence/base/text.h"
#include "evidence/probes/client_hello.h"

namespace evidence::probes::openssl_child {
namespace {

constexpr std::size_t kHelloLimit = std::size_t{64} << 10U;

// The functions of libssl that are needed to say hello.
struct LibSsl : base::LoadedLibrary {
  using base::LoadedLibrary::LoadedLibrary;

  decltype(&::TLS_client_method) TLS_client_method = required("TLS_client_method");
  decltype(&::SSL_CTX_new) SSL_CTX_new = required("SSL_CTX_new");
  decltype(&::SSL_CTX_free) SSL_CTX_free = required("SSL_CTX_free");
  decltype(&::SSL_CTX_ctrl) SSL_CTX_ctrl = required("SSL_CTX_ctrl");
  decltype(&::SSL_CTX_get_security_level) SSL_CTX_get_security_level =
      required("SSL_CTX_get_security_level");
  decltype(&::SSL_new) SSL_new = required("SSL_new");
  decltype(&::SSL_free) SSL_free = required("SSL_free");
  decltype(&::SSL_set_connect_state) SSL_set_connect_state = required("SSL_set_connect_state");
  decltype(&::SSL_set_bio) SSL_set_bio = required("SSL_set_bio");
  decltype(&::SSL_do_handshake) SSL_do_handshake = required("SSL_do_handshake");
};

// The buffers of libcrypto that stand for the network.
struct LibBio : base::LoadedLibrary {
  using base::LoadedLibrary::LoadedLibrary;

  decltype(&::BIO_new) BIO_new = required("BIO_new");
  decltype(&::BIO_s_mem) BIO_s_mem = required("BIO_s_mem");
  decltype(&::BIO_read) BIO_read = required("BIO_read");
};

std::string libssl_beside(std::string libcrypto) {
  const auto at = libcrypto.rfind("libcrypto.so");
  if (at == std::string::npos)
    throw base::Error(base::ErrorKind::environment,
                      libcrypto + ": its name does not tell which libssl belongs to it");
  return libcrypto.replace(at, 12, "libssl.so");
}

// The first bytes that a client with the default settings sends; "" if it sends none.
std::string first_flight(const LibSsl& tls, const LibBio& bio, SSL_CTX* context) {
  const std::unique_ptr<SSL, decltype(tls.SSL_free)> client(tls.SSL_new(context), tls.SSL_free);
  if (!client) return {};
  BIO* const from_peer = bio.BIO_new(bio.BIO_s_mem());
  BIO* const to_peer = bio.BIO_new(bio.BIO_s_mem());
  tls.SSL_set_bio(client.get(), from_peer, to_peer);  // they are the client's from here on
  tls.SSL_set_connect_state(client.get());
  tls.SSL_do_handshake(client.get());  // ends at once, for nobody answers
  std::string bytes;
  std::array<char, 4096> part{};
  for (int size = 0; bytes.size() < kHelloLimit;
       bytes.append(part.data(), static_cast<std::size_t>(size))) {
    size = bio.BIO_read(to_peer, part.data(), static_cast<int>(part.size()));
    if (size <= 0) break;
  }
  return bytes;
}

std::string code_of(std::uint32_t number) {
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "0x%04X", number & 0xFFFFU);
  return text.data();
}

// Values that RFC 8701 reserves so that nobody relies on lists being known: they offer nothing.
bool is_grease(std::uint16_t code) {
  return (code & 0x0F0FU) == 0x0A0AU && code >> 8U == (code & 0xFFU);
}

void record_offers(const Session& session, const ClientHello& hello, Source& source) {
  const auto record = [&](const char* kind, const std::vector<std::uint16_t>& codes) {
    std::int64_t position = 0;
    for (const std::uint16_t code : codes)
      if (!is_grease(code))
        source.row("tls_offer", Basis::observed,
                   {{"host", std::string("host")},
                    {"library", session.task.library_name},
                    {"kind", std::string(kind)},
                    {"position", ++position},
                    {"code", code_of(code)}});
  };
  const std::vector<std::uint16_t> legacy = {hello.legacy_version};
  record("version", hello.versions.empty() ? legacy : hello.versions);
  record("cipher suite", hello.cipher_suites);
  record("group", hello.groups);
  record("key share", hello.key_shares);
  record("signature scheme", hello.signature_schemes);
  record("extension", hello.extensions);
}

base::Value version_or_null(long version) {
  if (version <= 0) return nullptr;
  return code_of(static_cast<std::uint32_t>(version));
}

void say_hello(const Session& session, const LibSsl& tls, Source& source) {
  const LibBio bio(session.task.library);
  session.crypto.ERR_clear_error();
  const std::unique_ptr<SSL_CTX, decltype(tls.SSL_CTX_free)> context(
      tls.SSL_CTX_new(tls.TLS_client_method()), tls.SSL_CTX_free);
  std::string error;
  std::optional<ClientHello> hello;
  if (context) hello = read_client_hello(first_flight(tls, bio, context.get()));
  if (!hello) error = session.crypto.first_error();
  const auto setting = [&](int command) -> base::Value {
    return context ? version_or_null(tls.SSL_CTX_ctrl(context.get(), command, 0, nullptr))
                   : base::Value(nullptr);
  };
  source.row("tls_default", Basis::observed,
             {{"host", std::string("host")},
              {"library", session.task.library_name},
              {"hello", std::int64_t{hello ? 1 : 0}},
              {"error", hello ? base::Value(nullptr) : base::Value(error)},
              {"min_version", setting(SSL_CTRL_GET_MIN_PROTO_VERSION)},
              {"max_version", setting(SSL_CTRL_GET_MAX_PROTO_VERSION)},
              {"security_level",
               context ? base::Value(std::int64_t{tls.SSL_CTX_get_security_level(context.get())})
                       : base::Value(nullptr)}});
  if (hello) record_offers(session, *hello, source);
}

}  // namespace

void record_tls_defaults(const Session& session) {
  Source source = session.record.source(
      session.call({"tls_default", "tls_offer"}, "host", "SSL_do_handshake with nobody"));
  try {
    const LibSsl tls(libssl_beside(session.task.library));
    say_hello(session, tls, source);
  } catch (const base::Error& error) {
    source.unsupported(error.what());
  }
}

}  // namespace evidence::probes::openssl_child
