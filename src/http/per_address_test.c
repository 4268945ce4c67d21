#include "per_address.h"

#include "test.h"

#include <arpa/inet.h>
#include <netinet/in.h>

static _Atomic int32_t *place_of(struct per_address *counts, const char *address)
{
    struct sockaddr_in at = { .sin_family = AF_INET };

    inet_pton(AF_INET, address, &at.sin_addr);
    return per_address_place(counts, (struct sockaddr *)&at);
}

TEST(a_public_address_is_counted_in_one_place_and_a_proxy_of_ours_in_none)
{
    static const char *const ours[] = { "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.0.9" };
    static const char *const others[] = { "8.8.4.4", "1.1.1.1", "9.9.9.9" };
    static struct per_address counts;
    size_t apart = 0;

    per_address_init(&counts);
    for (size_t i = 0; i < COUNT(ours); i++)
        CHECK(place_of(&counts, ours[i]) == NULL);
    CHECK(place_of(&counts, "8.8.8.8") != NULL);
    CHECK(place_of(&counts, "8.8.8.8") == place_of(&counts, "8.8.8.8"));
    for (size_t i = 0; i < COUNT(others); i++)
        apart += place_of(&counts, others[i]) != place_of(&counts, "8.8.8.8");
    CHECK(apart >= 2); /* two may share a place */
}
