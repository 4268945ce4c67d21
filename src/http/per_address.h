/* per_address.h — how many connections each public address has, so that one can't take them all.
 *
 * An address of our own network isn't counted: it may be a proxy, which speaks for many. Addresses
 * are counted in places by a hash that nobody outside can foresee; two that share one share its
 * limit. Safe on any thread.
 */
#pragma once

#include "../base/base.h"

#include <sys/socket.h>

enum { PER_ADDRESS_PLACES = 1 << 14 };

struct per_address {
    uint8_t secret[16];
    _Atomic int32_t n[PER_ADDRESS_PLACES];
};

void per_address_init(struct per_address *counts);
/* Where connections of this address (IPv4: the server listens on no other) are counted; NULL when
 * they aren't. */
_Atomic int32_t *per_address_place(struct per_address *counts, const struct sockaddr *address);
