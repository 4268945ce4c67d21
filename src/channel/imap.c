#include "imap.h"

#include "../base/clock.h"
#include "../base/text.h"
#include "imap_connection.h"
#include "imap_name.h"

#include <inttypes.h>
#include <string.h>

enum {
    FOLDERS_MAX = 10 * 1000,
    IDLE_MAX_MS = 28 * 60 * 1000, /* servers may hang up after 29 (RFC 2177) */
};

static bool hear_capability(void *who, struct imap *im, const struct imap_reply *reply)
{
    (void)who;
    if (reply->kind != IMAP_DATA || !imap_is(reply->name, "CAPABILITY"))
        return true;
    im->can_idle = imap_has(reply->values, "IDLE");
    im->can_list_roles =
        imap_has(reply->values, "SPECIAL-USE") && imap_has(reply->values, "LIST-EXTENDED");
    return true;
}

bool imap_open(const struct mail_server *server, struct imap **out, struct err *err)
{
    const struct imap_listener listener = { hear_capability, NULL };

    if (!imap_connect(server, out, err))
        return false;
    if (imap_run(*out, "CAPABILITY", &listener, err))
        return true;
    imap_close(out);
    return false;
}

struct folders {
    struct arena *mem;
    struct imap_listed *items;
    size_t n, room;
};

static bool hear_list(void *who, struct imap *im, const struct imap_reply *reply)
{
    struct folders *folders = who;

    (void)im;
    if (reply->kind != IMAP_DATA || !imap_is(reply->name, "LIST"))
        return true;
    if (folders->n == FOLDERS_MAX)
        return true;
    if (folders->n == folders->room) {
        struct imap_listed *more;
        folders->room = folders->room > 0 ? 2 * folders->room : 32;
        more = NEW_ARRAY(folders->mem, struct imap_listed, folders->room);
        if (folders->n > 0)
            memcpy(more, folders->items, folders->n * sizeof *more);
        folders->items = more;
    }
    return imap_list_read(folders->mem, reply, &folders->items[folders->n++]);
}

bool imap_folders(struct imap *im, struct arena *mem, struct list *out, struct err *err)
{
    struct folders folders = { .mem = mem };
    const struct imap_listener listener = { hear_list, &folders };

    if (!imap_run(im,
                  im->can_list_roles ? "LIST \"\" \"*\" RETURN (SPECIAL-USE)" : "LIST \"\" \"*\"",
                  &listener, err))
        return err_prefix(err, "the list of folders: ");
    *out = (struct list){ folders.items, folders.n };
    return true;
}

/* A folder's name as the server wants it. Encoded names are printable ASCII. */
static const char *quote(struct arena *mem, const char *folder)
{
    const char *name = imap_name_encode(mem, folder);
    char *quoted = arena_alloc(mem, 2 * strlen(name) + 3), *out = quoted;

    *out++ = '"';
    for (; *name; name++) {
        if (*name == '"' || *name == '\\')
            *out++ = '\\';
        *out++ = *name;
    }
    *out++ = '"';
    *out = 0;
    return quoted;
}

/* Servers repeat a name in their answers as it is: a line end in it would end the line. */
static bool check_name(const char *folder, struct err *err)
{
    for (const char *s = folder; *s; s++)
        if ((unsigned char)*s < 0x20 || *s == 0x7f)
            return err_set(err, ERR_UPSTREAM, "a folder's name holds control characters");
    return true;
}

static bool hear_select(void *who, struct imap *im, const struct imap_reply *reply)
{
    struct imap_folder *folder = who;

    (void)im;
    if (reply->kind == IMAP_NOTE && !imap_code_number(reply, "UIDVALIDITY", &folder->uidvalidity))
        (void)imap_code_number(reply, "UIDNEXT", &folder->uidnext);
    return true;
}

bool imap_select(struct imap *im, const char *folder, struct imap_folder *out, struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("imap select");
    const struct imap_listener listener = { hear_select, out };

    *out = (struct imap_folder){ 0 };
    if (!check_name(folder, err))
        return false;
    im->exists = im->hint = 0;
    if (!imap_run(im, arena_printf(mem, "SELECT %s", quote(mem, folder)), &listener, err))
        return err_prefix(err, "the folder %.60s: ", folder);
    if (out->uidvalidity == 0)
        return imap_is_broken(im, "it names no UIDVALIDITY", err);
    out->exists = im->exists;
    im->has_news = false;
    return true;
}

/* Waits until the server says go on; false with err set when it refuses. */
static bool wait_to_go_on(struct imap *im, struct err *err)
{
    for (;;) {
        struct imap_reply reply;
        enum imap_heard heard = imap_hear(im, imap_patience(im), -1, &reply, err);

        if (heard == IMAP_FAILED)
            return false;
        if (heard != IMAP_HEARD)
            return imap_is_broken(im, "it does not say go on", err);
        if (reply.kind == IMAP_CONTINUE)
            return true;
        if (reply.kind != IMAP_TAGGED)
            continue;
        if (imap_judge(im, &reply, err))
            return imap_is_broken(im, "an answer came too early", err);
        return false;
    }
}

bool imap_append(struct imap *im, const char *folder, struct bytes raw, struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("imap append");
    const struct bytes line_end = { (const uint8_t *)"\r\n", 2 };

    if (!check_name(folder, err))
        return false;
    if (!imap_send_command(
            im, arena_printf(mem, "APPEND %s (\\Seen) {%zu}", quote(mem, folder), raw.len), err) ||
        !wait_to_go_on(im, err) || !imap_send(im, raw, err) || !imap_send(im, line_end, err) ||
        !imap_finish(im, NULL, err))
        return err_prefix(err, "the folder %.60s: ", folder);
    return true;
}

static bool idle(struct imap *im, int64_t until_ms, int wake_fd, struct err *err)
{
    const struct bytes done = { (const uint8_t *)"DONE\r\n", 6 };
    enum imap_heard heard = IMAP_HEARD;

    while (!im->has_news && heard == IMAP_HEARD) {
        struct imap_reply reply;
        heard = imap_hear(im, until_ms, wake_fd, &reply, err);
        if (heard == IMAP_HEARD && reply.kind == IMAP_TAGGED)
            return imap_is_broken(im, "it ended IDLE by itself", err);
    }
    if (heard == IMAP_FAILED)
        return false;
    im->until_ms = clock_monotonic_ms() + MINUTE_MS;
    return imap_send(im, done, err) && imap_finish(im, NULL, err);
}

bool imap_idle(struct imap *im, int64_t max_ms, int wake_fd, struct imap_wait *out, struct err *err)
{
    int64_t until_ms = clock_monotonic_ms() + (max_ms < IDLE_MAX_MS ? max_ms : IDLE_MAX_MS);

    *out = (struct imap_wait){ .can_idle = im->can_idle };
    if (im->can_idle && !im->has_news) {
        if (!imap_send_command(im, "IDLE", err))
            return false;
        if (!wait_to_go_on(im, err)) {
            /* the server says that it can and then doesn't */
            if (im->broken.code != ERR_NONE)
                return false;
            im->can_idle = out->can_idle = false;
            return true;
        }
        if (!idle(im, until_ms, wake_fd, err))
            return false;
    }
    out->has_news = im->has_news;
    im->has_news = false;
    return true;
}

bool imap_is_open(const struct imap *im)
{
    return im->broken.code == ERR_NONE;
}

bool imap_noop(struct imap *im, bool *has_news, struct err *err)
{
    if (!imap_run(im, "NOOP", NULL, err))
        return false;
    *has_news = im->has_news;
    im->has_news = false;
    return true;
}
