/* chat_rates.c — how often a visitor, and an address, may do what.
 *
 * Counted in this process. When more come at once than there is room for, those are forgotten whose
 * time is over first, so that nobody is refused for what somebody else did. Addresses of the own
 * network are not counted: a proxy may speak for many from there.
 */
#include "chat.h"

#include "../base/address.h"
#include "../base/text.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <string.h>

enum { SLOTS = 1 << 16, PROBES = 8, BEGIN_WINDOW_MS = 10 * 60 * 1000 };

static const struct limit {
    int64_t visitor_max, address_max, window_ms; /* 0: not counted */
    const char *words;
} limits[CHAT_RATES_N] = {
    [RATE_BEGIN] = { 0,   60,   BEGIN_WINDOW_MS, "too many chats are begun from here: wait a while" },
    [RATE_SEND] = { 30,  300,  60 * 1000,       "you write very fast: wait a moment"               },
    [RATE_SAY] = { 120, 3000, 60 * 1000,       "too many requests: wait a moment"                 },
    [RATE_PROVE] = { 20,  200,  600 * 1000,      "too many tokens: wait a while"                    },
    [RATE_MAIL] = { 5,   20,   3600 * 1000,     "too many mails were asked for: wait a while"      },
    [RATE_FORM] = { 0,   30,   600 * 1000,      "too much is sent from here: wait a while"         },
    [RATE_LINK] = { 0,   120,  600 * 1000,      "too many links are tried from here: wait a while" },
};

struct slot {
    uint64_t whose; /* 0: nobody's yet */
    int64_t ends_ms, n;
};

static struct slot slots[SLOTS];
static uint8_t salt[16]; /* so that nobody can aim at somebody's slot */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void make_salt(void)
{
    random_bytes(salt, sizeof(salt));
}

static uint64_t number_of(enum chat_rate rate, const char *kind, const char *whose, size_t len)
{
    const struct bytes parts[] = {
        { salt,                   sizeof(salt) },
        { (const uint8_t *)&rate, sizeof(rate) },
        { (const uint8_t *)kind,  strlen(kind) },
        { (const uint8_t *)whose, len          },
    };
    uint8_t hash[HASH_LEN];
    uint64_t number;

    pthread_once(&once, make_salt);
    hash_parts(parts, COUNT(parts), hash);
    memcpy(&number, hash, sizeof(number));
    return number | 1;
}

static uint64_t number_of_address(enum chat_rate rate, const char *address)
{
    char network[ADDRESS_TEXT_MAX];

    address_network(address, network);
    return number_of(rate, "address", network, strlen(network));
}

/* His own, or that of whoever nearby is counted the shortest from now on. */
static struct slot *slot_of(uint64_t whose)
{
    struct slot *first = &slots[whose % SLOTS];

    for (size_t i = 0; i < PROBES; i++) {
        struct slot *slot = &slots[(whose + i) % SLOTS];
        if (slot->whose == whose)
            return slot;
        if (slot->ends_ms < first->ends_ms)
            first = slot;
    }
    *first = (struct slot){ .whose = whose };
    return first;
}

/* How long to wait; 0: it is counted, and may go on. */
static int64_t take(uint64_t whose, int64_t max, int64_t window_ms)
{
    int64_t now = clock_now().ms, wait = 0;
    struct slot *slot;

    if (max == 0)
        return 0;
    pthread_mutex_lock(&lock);
    slot = slot_of(whose);
    if (now >= slot->ends_ms || slot->ends_ms - now > window_ms) {
        slot->ends_ms = now + window_ms;
        slot->n = 0;
    }
    if (slot->n >= max)
        wait = slot->ends_ms - now;
    else
        slot->n++;
    pthread_mutex_unlock(&lock);
    return wait;
}

static bool is_public(const char *address)
{
    struct sockaddr_in v4 = { .sin_family = AF_INET };
    struct sockaddr_in6 v6 = { .sin6_family = AF_INET6 };

    if (inet_pton(AF_INET, address, &v4.sin_addr) == 1)
        return address_is_public((const struct sockaddr *)&v4);
    return inet_pton(AF_INET6, address, &v6.sin6_addr) == 1 &&
           address_is_public((const struct sockaddr *)&v6);
}

bool chat_rate_take(struct request *rq, enum chat_rate rate, struct err *err)
{
    const struct limit *limit = &limits[rate];
    const char *visitor = request_header(rq, "X-Visitor");
    int64_t wait = 0, other = 0;

    if (visitor)
        wait = take(number_of(rate, "visitor", visitor, strcspn(visitor, ".")), limit->visitor_max,
                    limit->window_ms);
    if (wait == 0 && is_public(rq->address))
        other = take(number_of_address(rate, rq->address), limit->address_max, limit->window_ms);
    wait = wait > other ? wait : other;
    if (wait == 0)
        return true;
    err_set(err, ERR_TOO_MANY, "%s", limit->words);
    err->retry_after_ms = wait;
    return false;
}

int64_t chat_begun_lately(const struct request *rq)
{
    uint64_t whose = number_of_address(RATE_BEGIN, rq->address);
    const struct slot *slot;
    int64_t n;

    pthread_mutex_lock(&lock);
    slot = slot_of(whose);
    n = clock_now().ms < slot->ends_ms ? slot->n : 0;
    pthread_mutex_unlock(&lock);
    return n;
}
