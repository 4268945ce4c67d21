#include "ids.h"

#include "clock.h"
#include "crypt.h"

#include <assert.h>
#include <stdatomic.h>
#include <string.h>

enum { COUNTER_BITS = 14, NODE_BITS = 8, ID_DIGITS = 13 };

static const int64_t epoch_ms = 1577836800000; /* 2020-01-01 */
static const char base32[] = "0123456789abcdefghjkmnpqrstvwxyz";

/* Milliseconds since 2020 and counter of the newest id, without the node. */
static _Atomic int64_t newest;
static _Atomic int64_t this_node;

void ids_set_node(int node)
{
    assert(node >= 0 && node < 1 << NODE_BITS);
    atomic_store(&this_node, node);
}

/* Where the counter begins in a new millisecond: anywhere, so that two processes that were given
 * the same node by mistake hardly make the same id. */
static int64_t random_start(void)
{
    uint16_t n;

    random_bytes(&n, sizeof(n));
    return n & ((1 << COUNTER_BITS) - 1);
}

int64_t id_new(void)
{
    int64_t now = (clock_now().ms - epoch_ms) << COUNTER_BITS;
    int64_t last = atomic_load(&newest), next, node = atomic_load(&this_node);
    int64_t fresh = -1;

    do {
        if (now > (last | ((1 << COUNTER_BITS) - 1))) {
            if (fresh < 0)
                fresh = now | random_start();
            next = fresh;
        } else {
            next = last + 1; /* a full counter runs over into the next millisecond */
        }
    } while (!atomic_compare_exchange_weak(&newest, &last, next));
    return (next >> COUNTER_BITS) << (COUNTER_BITS + NODE_BITS) | node << COUNTER_BITS |
           (next & ((1 << COUNTER_BITS) - 1));
}

void ids_begin_after(int64_t id)
{
    int64_t floor = (id >> (COUNTER_BITS + NODE_BITS)) << COUNTER_BITS | ((1 << COUNTER_BITS) - 1);
    int64_t last = atomic_load(&newest);

    while (last < floor && !atomic_compare_exchange_weak(&newest, &last, floor))
        ;
}

int64_t id_at(int64_t ms)
{
    return ms <= epoch_ms ? 0 : (ms - epoch_ms) << (COUNTER_BITS + NODE_BITS);
}

size_t id_write(const char *prefix, int64_t id, char out[ID_TEXT_MAX])
{
    size_t len = strlen(prefix);

    assert(len + 1 + ID_DIGITS < ID_TEXT_MAX);
    memcpy(out, prefix, len);
    out[len++] = '_';
    for (int i = ID_DIGITS - 1; i >= 0; i--, id >>= 5)
        out[len + (size_t)i] = base32[id & 31];
    len += ID_DIGITS;
    out[len] = '\0';
    return len;
}

struct id_text id_text(const char *prefix, int64_t id)
{
    struct id_text text;

    id_write(prefix, id, text.s);
    return text;
}

bool id_read(const char *prefix, const char *s, size_t len, int64_t *out)
{
    size_t prefix_len = strlen(prefix);
    uint64_t id = 0;

    if (len != prefix_len + 1 + ID_DIGITS || memcmp(s, prefix, prefix_len) != 0 ||
        s[prefix_len] != '_')
        return false;
    for (size_t i = prefix_len + 1; i < len; i++) {
        const char *digit = memchr(base32, s[i], sizeof(base32) - 1);

        if (!digit || id >> 58 != 0)
            return false;
        id = id << 5 | (uint64_t)(digit - base32);
    }
    if (id == 0 || id > INT64_MAX)
        return false;
    *out = (int64_t)id;
    return true;
}
