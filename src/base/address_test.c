#include "address.h"

#include "test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/un.h>

static const struct {
    const char *address;
    bool is_public;
} rows[] = {
    { "1.1.1.1",           true  },
    { "8.8.8.8",           true  },
    { "9.255.255.255",     true  },
    { "11.0.0.0",          true  },
    { "100.63.255.255",    true  },
    { "100.128.0.0",       true  },
    { "126.255.255.255",   true  },
    { "128.0.0.1",         true  },
    { "169.253.0.1",       true  },
    { "172.15.255.255",    true  },
    { "172.32.0.0",        true  },
    { "192.167.0.1",       true  },
    { "192.169.0.1",       true  },
    { "198.17.0.1",        true  },
    { "198.20.0.1",        true  },
    { "223.255.255.255",   true  },
    { "2606:4700::1111",   true  },
    { "2a00:1450::1",      true  },
    { "::ffff:1.1.1.1",    true  },
    { "64:ff9b::1.1.1.1",  true  },
    { "2002:0101:0101::1", true  },
    { "2001:200::1",       true  },
    { "0.0.0.0",           false },
    { "0.1.2.3",           false },
    { "10.0.0.0",          false },
    { "10.255.255.255",    false },
    { "100.64.0.1",        false },
    { "100.127.255.255",   false },
    { "127.0.0.1",         false },
    { "127.255.255.254",   false },
    { "169.254.169.254",   false },
    { "172.16.0.1",        false },
    { "172.31.255.255",    false },
    { "192.0.0.8",         false },
    { "192.0.2.1",         false },
    { "192.88.99.1",       false },
    { "192.168.0.1",       false },
    { "198.18.0.1",        false },
    { "198.19.255.255",    false },
    { "198.51.100.1",      false },
    { "203.0.113.1",       false },
    { "224.0.0.1",         false },
    { "239.255.255.255",   false },
    { "240.0.0.1",         false },
    { "255.255.255.255",   false },
    { "::",                false },
    { "::1",               false },
    { "::1.1.1.1",         false },
    { "::ffff:127.0.0.1",  false },
    { "::ffff:10.0.0.1",   false },
    { "::ffff:0:1.1.1.1",  false },
    { "64:ff9b::10.0.0.1", false },
    { "64:ff9b:1::1",      false },
    { "100::1",            false },
    { "2001::1",           false },
    { "2001:db8::1",       false },
    { "2002:7f00:1::1",    false },
    { "2002:a9fe:a9fe::",  false },
    { "3fff::1",           false },
    { "3fff:fff::1",       false },
    { "4000::1",           false },
    { "fc00::1",           false },
    { "fd12:3456::1",      false },
    { "fe80::1",           false },
    { "fec0::1",           false },
    { "ff02::1",           false },
};

TEST(only_public_unicast_addresses_are_public)
{
    struct sockaddr_un local = { .sun_family = AF_UNIX };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct sockaddr_in v4 = { .sin_family = AF_INET };
        struct sockaddr_in6 v6 = { .sin6_family = AF_INET6 };

        bool is_v4 = inet_pton(AF_INET, rows[i].address, &v4.sin_addr) == 1;
        const void *address = is_v4 ? (const void *)&v4 : (const void *)&v6;

        CHECK(is_v4 || inet_pton(AF_INET6, rows[i].address, &v6.sin6_addr) == 1);
        if (address_is_public(address) != rows[i].is_public)
            test_fail(__FILE__, __LINE__, "%s", rows[i].address);
    }
    CHECK(!address_is_public((struct sockaddr *)&local));
}

TEST(an_ipv6_address_is_counted_by_its_network_and_any_other_by_itself)
{
    static const struct {
        const char *address, *network;
    } nets[] = {
        { "192.0.2.7",            "192.0.2.7"         },
        { "::ffff:192.0.2.7",     "::ffff:192.0.2.7"  },
        { "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64" },
        { "2001:db8:1:2::",       "2001:db8:1:2::/64" },
        { "2001:DB8:1:3::1",      "2001:db8:1:3::/64" },
        { "nonsense",             "nonsense"          },
        { "",                     ""                  },
    };
    char network[ADDRESS_TEXT_MAX];

    for (size_t i = 0; i < COUNT(nets); i++) {
        address_network(nets[i].address, network);
        CHECK_TEXT(network, nets[i].network);
    }
}
