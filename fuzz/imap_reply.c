#include "fuzz.h"

#include "../src/base/text.h"
#include "../src/channel/imap_data.h"
#include "../src/channel/imap_name.h"

#include <string.h>

enum { REPLY_MAX = 100 * 1000 };

static void promise_inside(struct bytes piece, struct bytes all)
{
    if (piece.len > 0)
        fuzz_promise(piece.data >= all.data && piece.data + piece.len <= all.data + all.len,
                     "a piece lies inside its reply");
}

static bool has_control_characters(const char *name)
{
    for (const char *s = name; *s; s++)
        if ((unsigned char)*s < 0x20 || *s == 0x7f)
            return true;
    return false;
}

static void promise_name(struct arena *mem, const char *name)
{
    const char *encoded = imap_name_encode(mem, name);

    fuzz_promise(utf8_is_valid(name, strlen(name)), "a folder's name is a text");
    for (const char *s = encoded; *s; s++)
        fuzz_promise(*s >= 0x20 && *s <= 0x7e, "it goes out as printable ASCII");
    if (!has_control_characters(name))
        fuzz_promise(strcmp(imap_name_decode(mem, encoded), name) == 0,
                     "what we encode we can read");
}

static void promise_values(struct arena *mem, struct imap_cursor values, struct bytes all)
{
    for (;;) {
        size_t before = values.at;
        struct imap_value value = imap_next(&values);
        const char *text;

        if (value.kind == IMAP_END || value.kind == IMAP_WRONG)
            return;
        fuzz_promise(values.at > before, "each value takes something");
        promise_inside(value.text, all);
        text = imap_text(mem, value);
        fuzz_promise(utf8_is_valid(text, strlen(text)), "a value is a text");
    }
}

static void promise_reply(struct arena *mem, struct bytes all)
{
    struct imap_reply reply;
    struct imap_fetched fetched;
    struct imap_listed listed;

    if (!imap_reply_read(all, &reply))
        return;
    promise_inside(reply.tag, all);
    promise_inside(reply.code, all);
    promise_inside(reply.words, all);
    promise_inside(reply.name, all);
    promise_values(mem, reply.values, all);
    if (imap_fetch_read(&reply, &fetched))
        promise_inside(fetched.body, all);
    if (imap_list_read(mem, &reply, &listed))
        promise_name(mem, listed.name);
}

/* Whatever a server sends: a reply ends at the same place whether it came at once or byte by
 * byte, each piece lies inside it, walking its values ends, and a folder's name goes to the
 * server as ASCII that reads as the same name. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz");
    struct imap_scan at_once = { 0 }, slowly = { 0 };
    enum imap_scanned scanned = imap_scan(&at_once, (struct bytes){ data, size }, REPLY_MAX);
    enum imap_scanned slow = IMAP_MORE;

    for (size_t came = 0; came <= size && slow == IMAP_MORE; came++)
        slow = imap_scan(&slowly, (struct bytes){ data, came }, REPLY_MAX);
    fuzz_promise(slow == scanned, "a reply that comes byte by byte is the same reply");
    if (scanned != IMAP_WHOLE)
        return 0;
    fuzz_promise(at_once.at == slowly.at, "it ends at the same place");
    fuzz_promise(at_once.at > 0 && at_once.at <= size, "it ends inside what came");
    promise_reply(mem, (struct bytes){ data, at_once.at });
    return 0;
}
