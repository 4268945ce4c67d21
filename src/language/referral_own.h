/* referral_own.h — is a number, an address or a name one of ours? Pure. */
#pragma once

#include "referrals.h"

/* The index of the first that `target` is; -1 when none. */
int referral_own_index(struct arena *mem, const struct referral_own *own, const char *target);
