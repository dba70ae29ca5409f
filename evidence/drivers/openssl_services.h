#pragma once

#include "evidence/drivers/openssl_trial.h"

namespace evidence::drivers {

// The services of OpenSSL, a function for each operation of the catalogue. Each says whether the
// service was performed and its result checked; what went wrong is in the trial.

bool perform_digest(Trial& trial);
bool perform_mac(Trial& trial);
bool perform_cipher(Trial& trial);  ///< Also key wrapping: a cipher that checks its result.
bool perform_aead(Trial& trial);
bool perform_keygen(Trial& trial);
bool perform_sign(Trial& trial);
bool perform_verify(Trial& trial);
bool perform_encrypt(Trial& trial);
bool perform_agree(Trial& trial);
bool perform_kem(Trial& trial);
bool perform_derive(Trial& trial);
bool perform_random(Trial& trial);

}  // namespace evidence::drivers
