#include "login_limits.h"

#include "../http/limits.h"

#include "../base/crypt.h"

#include <pthread.h>
#include <string.h>

enum { SLOTS = 8192, PER_ADDRESS = 10 };

/* Counters by hash. A slot taken by two counts for both: at worst somebody waits too long. */
struct slot {
    instant since;
    int64_t failures;
};

struct login_limits {
    pthread_mutex_t lock;
    uint8_t salt[16]; /* so that nobody can aim at somebody's slot */
    struct slot slots[SLOTS];
};

struct login_limits *login_limits_new(struct arena *mem)
{
    struct login_limits *limits = NEW(mem, struct login_limits);

    pthread_mutex_init(&limits->lock, NULL);
    random_bytes(limits->salt, sizeof(limits->salt));
    return limits;
}

static struct slot *slot_for(struct login_limits *limits, const char *address, const char *account)
{
    const struct bytes parts[] = {
        { limits->salt,             sizeof(limits->salt) },
        { (const uint8_t *)address, strlen(address) + 1  },
        { (const uint8_t *)account, strlen(account)      },
    };
    uint8_t hash[HASH_LEN];

    hash_parts(parts, COUNT(parts), hash);
    return &limits->slots[(hash[0] | hash[1] << 8) % SLOTS];
}

static int64_t wait_ms(struct slot *slot, int64_t max, instant now)
{
    if (now.ms - slot->since.ms >= LOGIN_WINDOW_MS)
        *slot = (struct slot){ .since = now };
    return slot->failures < max ? 0 : slot->since.ms + LOGIN_WINDOW_MS - now.ms;
}

int64_t login_limits_try(struct login_limits *limits, const char *address, const char *account,
                         instant now)
{
    struct slot *one = slot_for(limits, address, account), *all = slot_for(limits, address, "");
    int64_t wait_one, wait_all;

    pthread_mutex_lock(&limits->lock);
    wait_one = wait_ms(one, LOGIN_TRIES_MAX, now);
    wait_all = wait_ms(all, LOGIN_TRIES_MAX * PER_ADDRESS, now);
    if (wait_one == 0 && wait_all == 0) {
        one->failures++;
        all->failures++;
    }
    pthread_mutex_unlock(&limits->lock);
    return wait_one > wait_all ? wait_one : wait_all;
}

void login_limits_succeeded(struct login_limits *limits, const char *address, const char *account)
{
    struct slot *one = slot_for(limits, address, account), *all = slot_for(limits, address, "");

    pthread_mutex_lock(&limits->lock);
    one->failures = 0;
    if (all->failures > 0)
        all->failures--;
    pthread_mutex_unlock(&limits->lock);
}
