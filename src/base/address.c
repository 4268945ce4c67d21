#include "address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

/* One block of addresses: those whose first `bits` bits are these. */
struct block {
    uint8_t prefix[16];
    int bits;
};

/* IANA's registry of special IPv4 addresses (RFC 6890 and its successors). */
static const struct block special4[] = {
    { { 0 },            8  }, /* this network */
    { { 10 },           8  }, /* private */
    { { 100, 64 },      10 }, /* behind a carrier's NAT */
    { { 127 },          8  }, /* loopback */
    { { 169, 254 },     16 }, /* link-local, and the metadata of clouds */
    { { 172, 16 },      12 }, /* private */
    { { 192, 0, 0 },    24 }, /* protocol assignments */
    { { 192, 0, 2 },    24 }, /* documentation */
    { { 192, 88, 99 },  24 }, /* 6to4 relays */
    { { 192, 168 },     16 }, /* private */
    { { 198, 18 },      15 }, /* benchmarks */
    { { 198, 51, 100 }, 24 }, /* documentation */
    { { 203, 0, 113 },  24 }, /* documentation */
    { { 224 },          4  }, /* multicast */
    { { 240 },          4  }, /* reserved, broadcast */
};

/* Of IPv6 only 2000::/3 is public at all; these parts of it are not. */
static const struct block public6 = { { 0x20 }, 3 };
static const struct block special6[] = {
    { { 0x20, 0x01 },             23 }, /* protocol assignments, among them Teredo */
    { { 0x20, 0x01, 0x0d, 0xb8 }, 32 }, /* documentation */
    { { 0x3f, 0xff },             20 }, /* documentation */
};

/* IPv6 addresses that lead to the IPv4 address written inside them. */
static const struct {
    struct block block;
    int at;
} carriers[] = {
    { { { [10] = 0xff, 0xff }, 96 },      12 }, /* ::ffff:0:0/96, mapped */
    { { { 0x00, 0x64, 0xff, 0x9b }, 96 }, 12 }, /* 64:ff9b::/96, NAT64 */
    { { { 0x20, 0x02 }, 16 },             2  }, /* 2002::/16, 6to4 */
};

static bool is_in(const uint8_t *address, const struct block *block)
{
    int whole = block->bits / 8, rest = block->bits % 8;

    if (memcmp(address, block->prefix, (size_t)whole) != 0)
        return false;
    return rest == 0 || (address[whole] ^ block->prefix[whole]) >> (8 - rest) == 0;
}

static bool is_public4(const uint8_t *address)
{
    for (size_t i = 0; i < COUNT(special4); i++)
        if (is_in(address, &special4[i]))
            return false;
    return true;
}

static bool is_public6(const uint8_t *address)
{
    for (size_t i = 0; i < COUNT(carriers); i++)
        if (is_in(address, &carriers[i].block))
            return is_public4(address + carriers[i].at);
    for (size_t i = 0; i < COUNT(special6); i++)
        if (is_in(address, &special6[i]))
            return false;
    return is_in(address, &public6);
}

bool address_is_public(const struct sockaddr *address)
{
    uint8_t bytes[16];

    if (address->sa_family == AF_INET) {
        memcpy(bytes, &((const struct sockaddr_in *)(const void *)address)->sin_addr, 4);
        return is_public4(bytes);
    }
    if (address->sa_family != AF_INET6)
        return false;
    memcpy(bytes, &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr, 16);
    return is_public6(bytes);
}

void address_network(const char *address, char out[ADDRESS_TEXT_MAX])
{
    char text[INET6_ADDRSTRLEN];
    struct in6_addr v6;

    snprintf(out, ADDRESS_TEXT_MAX, "%s", address);
    if (inet_pton(AF_INET6, address, &v6) != 1 || IN6_IS_ADDR_V4MAPPED(&v6))
        return;
    memset(&v6.s6_addr[8], 0, 8);
    if (inet_ntop(AF_INET6, &v6, text, sizeof(text)))
        snprintf(out, ADDRESS_TEXT_MAX, "%s/64", text);
}
