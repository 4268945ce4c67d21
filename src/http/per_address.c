#include "per_address.h"

#include "../base/address.h"
#include "../base/crypt.h"

#include <netinet/in.h>
#include <string.h>

void per_address_init(struct per_address *counts)
{
    random_bytes(counts->secret, sizeof(counts->secret));
}

_Atomic int32_t *per_address_place(struct per_address *counts, const struct sockaddr *address)
{
    const struct sockaddr_in *v4 = (const struct sockaddr_in *)(const void *)address;
    uint8_t hash[HASH_LEN];
    uint32_t place;

    if (address->sa_family != AF_INET || !address_is_public(address))
        return NULL;
    hash_parts(
        (const struct bytes[]){
            { counts->secret,                 sizeof(counts->secret) },
            { (const uint8_t *)&v4->sin_addr, sizeof(v4->sin_addr)   },
    },
        2, hash);
    memcpy(&place, hash, sizeof(place));
    return &counts->n[place % PER_ADDRESS_PLACES];
}
