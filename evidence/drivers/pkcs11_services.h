#pragma once

#include "evidence/drivers/pkcs11_trial.h"

namespace evidence::drivers {

// The services of a token, a function for each operation of the catalogue. Each says whether the
// service was performed and its result checked; what went wrong is in the trial.

bool pkcs11_digest(Pkcs11Trial& trial);
bool pkcs11_mac(Pkcs11Trial& trial);
bool pkcs11_cipher(Pkcs11Trial& trial);
bool pkcs11_wrap(Pkcs11Trial& trial);
bool pkcs11_aead(Pkcs11Trial& trial);
bool pkcs11_keygen(Pkcs11Trial& trial);
bool pkcs11_sign(Pkcs11Trial& trial);
bool pkcs11_verify(Pkcs11Trial& trial);
bool pkcs11_encrypt(Pkcs11Trial& trial);
bool pkcs11_agree(Pkcs11Trial& trial);
bool pkcs11_kem(Pkcs11Trial& trial);
bool pkcs11_derive(Pkcs11Trial& trial);
bool pkcs11_random(Pkcs11Trial& trial);

}  // namespace evidence::drivers
