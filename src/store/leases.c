#include "leases.h"

#include "../base/log.h"
#include "../base/text.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { BOOT_LEN = 36, HOLDER_RANDOM_LEN = 8, STAT_MAX = 1024, STARTED_FIELD = 20 };

struct lease {
    const char *name, *holder;
    instant until;
};

static const struct field lease_fields[] = {
    FIELD(lease, name),
    FIELD(lease, holder),
    FIELD(lease, until),
    { 0 },
};

const struct field lease_holder_fields[] = {
    FIELD(lease_holder, holder),
    FIELD(lease_holder, until),
    { 0 },
};

/* --- is a holder alive? ----------------------------------------------------------------------- */

/* Which kernel since which start, and which numbering of processes in it: what a process id means
 * something in. "" where the system doesn't tell. */
static const char *place_of_processes(struct arena *mem)
{
    char boot[BOOT_LEN + 1] = "", space[64];
    FILE *file = fopen("/proc/sys/kernel/random/boot_id", "re");
    ssize_t len = readlink("/proc/self/ns/pid", space, sizeof(space));
    size_t n = file ? fread(boot, 1, BOOT_LEN, file) : 0;

    if (file)
        fclose(file);
    if (n != BOOT_LEN || len <= 0 || !utf8_is_valid(boot, n))
        return "";
    return arena_printf(mem, "%s.%.*s", boot, (int)len, space);
}

/* When a process began, in ticks since the machine did; 0 when there is none. Ids are used again,
 * but not with the same begin. */
static long long started(long long pid)
{
    char path[64], stat[STAT_MAX] = "", *at;
    long long ticks = 0;
    FILE *file;

    snprintf(path, sizeof(path), "/proc/%lld/stat", pid);
    file = fopen(path, "re");
    if (!file)
        return 0;
    stat[fread(stat, 1, sizeof(stat) - 1, file)] = 0;
    fclose(file);
    /* The name of the program, in brackets, may hold anything. */
    at = strrchr(stat, ')');
    for (int i = 0; at && i < STARTED_FIELD; i++)
        at = strchr(at + 1, ' ');
    return at && sscanf(at, " %lld", &ticks) == 1 ? ticks : 0;
}

char *lease_holder_new(struct arena *mem)
{
    long long pid = getpid();

    return arena_printf(mem, "%s/%lld/%lld/%s", place_of_processes(mem), pid, started(pid),
                        random_text(mem, HOLDER_RANDOM_LEN));
}

bool lease_holder_is_gone(struct arena *mem, const char *holder)
{
    const char *place = place_of_processes(mem);
    size_t len = strlen(place);
    long long pid, began;

    if (len == 0 || strncmp(holder, place, len) != 0 ||
        sscanf(holder + len, "/%lld/%lld/", &pid, &began) != 2 || began == 0)
        return false;
    return started(pid) != began;
}

/* --- the rows --------------------------------------------------------------------------------- */

static bool find(struct tx *tx, const char *name, struct lease *out, bool *found, struct err *err)
{
    return db_find(tx, SQL_LEASE_GET, ARGS(arg_text(name)), lease_fields, out, found, err);
}

bool lease_take(struct tx *tx, const char *name, const char *holder, int64_t ms, bool *taken,
                struct err *err)
{
    struct lease before = { 0 };
    const char *gone = holder;
    bool found;
    int64_t rows;

    if (!find(tx, name, &before, &found, err))
        return false;
    if (found && lease_holder_is_gone(tx->mem, before.holder))
        gone = before.holder;
    if (!db_change(tx, SQL_LEASE_TAKE,
                   ARGS(arg_text(name), arg_text(holder), arg_time(instant_plus(tx->now, ms)),
                        arg_time(tx->now), arg_text(gone)),
                   &rows, err))
        return false;
    *taken = rows > 0;
    return true;
}

bool lease_is_free(struct tx *tx, const char *name, const char *holder, bool *out, struct err *err)
{
    struct lease lease = { 0 };
    bool found;

    if (!find(tx, name, &lease, &found, err))
        return false;
    *out = !found || lease.until.ms < tx->now.ms || strcmp(lease.holder, holder) == 0 ||
           lease_holder_is_gone(tx->mem, lease.holder);
    return true;
}

bool lease_renew_all(struct tx *tx, const char *holder, int64_t ms, struct list *names,
                     struct err *err)
{
    struct list rows;
    const char **out;

    if (!db_all(tx, SQL_LEASE_RENEW_ALL,
                ARGS(arg_text(holder), arg_time(instant_plus(tx->now, ms))), lease_fields,
                sizeof(struct lease), &rows, err))
        return false;
    out = NEW_ARRAY(tx->mem, const char *, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        out[i] = ((struct lease *)rows.items)[i].name;
    *names = (struct list){ out, rows.n };
    return true;
}

bool lease_end(struct tx *tx, const char *name, const char *holder, struct err *err)
{
    return db_run(tx, SQL_LEASE_END, ARGS(arg_text(name), arg_text(holder)), err);
}

bool lease_end_all(struct tx *tx, const char *holder, struct err *err)
{
    return db_run(tx, SQL_LEASE_END_ALL, ARGS(arg_text(holder)), err);
}

/* --- who doesn't renew ------------------------------------------------------------------------ */

struct looking {
    const struct lease_watch *watch;
    struct list holders;
    const char *still;
};

static bool list_holders(struct tx *tx, void *arg, struct err *err)
{
    struct looking *looking = arg;

    return db_all(tx, looking->watch->list, NO_ARGS, lease_holder_fields,
                  sizeof(struct lease_holder), &looking->holders, err);
}

static bool end_still(struct tx *tx, void *arg, struct err *err)
{
    const struct looking *looking = arg;

    return db_run(tx, looking->watch->end, ARGS(arg_text(looking->still)), err);
}

static int64_t still_since(const struct lease_watch *watch, const struct lease_holder *now,
                           int64_t now_ms)
{
    for (size_t i = 0; i < watch->n; i++)
        if (watch->holders[i].until.ms == now->until.ms &&
            strcmp(watch->holders[i].holder, now->holder) == 0)
            return watch->holders[i].since_ms;
    return now_ms;
}

/* Notes how it stands, in place of how it stood. */
static void note_holders(struct lease_watch *watch, const struct list *list, int64_t now_ms)
{
    const struct lease_holder *now = list->items;
    struct lease_watch next = {
        .list = watch->list, .end = watch->end, .mem = arena_new("lease watch"), .n = list->n
    };

    next.holders = NEW_ARRAY(next.mem, struct lease_holder, list->n);
    for (size_t i = 0; i < list->n; i++)
        next.holders[i] = (struct lease_holder){ .holder = arena_text(next.mem, now[i].holder),
                                                 .until = now[i].until,
                                                 .since_ms = still_since(watch, &now[i], now_ms) };
    lease_watch_free(watch);
    *watch = next;
}

bool lease_end_still(struct store *store, struct lease_watch *watch, const char *own,
                     struct arena *mem, int64_t now_ms, struct err *err)
{
    struct looking looking = { .watch = watch };
    struct scope scope = { .mem = mem };

    if (!store_read(store, &scope, list_holders, &looking, err))
        return false;
    note_holders(watch, &looking.holders, now_ms);
    for (size_t i = 0; i < watch->n; i++) {
        looking.still = watch->holders[i].holder;
        if (now_ms - watch->holders[i].since_ms < LEASE_STILL_MS || strcmp(looking.still, own) == 0)
            continue;
        LOG_WARN("lease.still", "holder=\"%s\"", looking.still);
        if (!store_write(store, &scope, end_still, &looking, err))
            return false;
    }
    return true;
}

void lease_watch_free(struct lease_watch *watch)
{
    if (watch->mem)
        arena_free(watch->mem);
    watch->mem = NULL;
    watch->n = 0;
}
