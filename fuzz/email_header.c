#include "fuzz.h"

#include "../src/base/text.h"
#include "../src/channel/email_header.h"
#include "../src/channel/email_parse.h"
#include "../src/channel/email_write.h"

#include <string.h>

enum { PARTIES_MAX = 5, FIELD_MAX = 100 };

static void check_text(const char *s, size_t max, const char *promise)
{
    fuzz_promise(s && utf8_is_valid(s, strlen(s)) && strlen(s) <= max && !strpbrk(s, "\r\n"),
                 promise);
}

static void check_party(struct arena *mem, const struct party *party)
{
    check_text(party->name, EMAIL_NAME_MAX, "a name is one valid line with a limit");
    check_text(party->address, EMAIL_ADDRESS_MAX, "an address is one valid line with a limit");
    fuzz_promise(text_equal(mail_address(mem, party->address), party->address),
                 "an address is read as itself");
}

/* The functions that read one value each. */
static void check_values(struct arena *mem, const char *value)
{
    struct party_list list = { NEW_ARRAY(mem, struct party, PARTIES_MAX), 0, PARTIES_MAX };
    const char *id = mail_message_id(mem, value);
    const char *address = mail_address(mem, utf8_repair(mem, value, strlen(value)));

    if (id) {
        check_text(id, EMAIL_MESSAGE_ID_MAX, "an id is one valid line with a limit");
        fuzz_promise(text_equal(mail_message_id(mem, arena_printf(mem, "<%s>", id)), id),
                     "an id is read as itself");
    }
    if (address)
        fuzz_promise(text_equal(mail_address(mem, address), address),
                     "an address is read as itself");
    mail_parties(mem, value, &list);
    fuzz_promise(list.n <= list.max, "a list keeps to its room");
    for (size_t i = 0; i < list.n; i++)
        check_party(mem, &list.items[i]);
    check_text(mime_decode(mem, value, FIELD_MAX), FIELD_MAX,
               "a decoded value is one valid line with a limit");
}

/* The value in each field of a mail; a line end in it is a folded one. */
static struct bytes mail_with(struct arena *mem, const char *value)
{
    static const char *const names[] = { "From",       "To",          "Cc",   "Subject",
                                         "References", "In-Reply-To", "Date", "Message-ID" };
    char *folded = arena_alloc(mem, 2 * strlen(value) + 1), *to = folded;
    const char *mail = "";

    for (const char *at = value; *at; at++) {
        *to++ = *at;
        if (*at == '\n')
            *to++ = ' ';
    }
    *to = '\0';
    for (size_t i = 0; i < COUNT(names); i++)
        mail = arena_printf(mem, "%s%s: %s\n", mail, names[i], folded);
    mail = arena_printf(mem, "%s\nx\n", mail);
    return (struct bytes){ (const uint8_t *)mail, strlen(mail) };
}

static bool is_printable(const char *s)
{
    for (; *s; s++)
        if (*s <= ' ' || *s > '~' || *s == '<')
            return false;
    return true;
}

/* An answer to everybody; what can't be written of it is left out. */
static struct email_draft answer_to(struct arena *mem, const struct incoming *in)
{
    const char **oldest_first = NEW_ARRAY(mem, const char *, in->references.n);
    struct email_draft draft = {
        .message_id = "case-1@bedrijf.test",
        .from = { "", "service@bedrijf.test" },
        .to = in->to,
        .cc = in->cc,
        .subject = in->subject,
        .text = "x",
        .sent_at = in->sent_at,
    };

    for (size_t i = 0; i < in->references.n; i++) {
        const char *id = ((const char **)in->references.items)[in->references.n - 1 - i];
        if (is_printable(id))
            oldest_first[draft.references.n++] = id;
    }
    draft.references.items = oldest_first;
    return draft;
}

/* By blanks, GMime keeps what looks like an encoded word, and is none, from being read as one; and
 * in a name that it encodes, it leaves each "=" as it is. */
static bool is_same(const char *got, const char *sent)
{
    return strchr(sent, '=') || text_equal(got, sent);
}

static void check_same_parties(const struct list *got, const struct list *sent)
{
    const struct party *g = got->items, *s = sent->items;

    fuzz_promise(got->n == sent->n, "everybody who was written to is read");
    for (size_t i = 0; i < got->n; i++)
        fuzz_promise(text_equal(g[i].address, s[i].address) && is_same(g[i].name, s[i].name),
                     "who was written to is read by the same name and address");
}

static void check_answer(struct arena *mem, const struct incoming *in)
{
    struct email_draft draft = answer_to(mem, in);
    struct incoming again;
    struct bytes raw;
    struct err err = { 0 };

    if (!email_write(mem, &draft, &raw, &err))
        return; /* an address that no server takes */
    fuzz_promise(email_parse(mem, raw, &again, &err), "what we write can be read");
    check_same_parties(&again.to, &draft.to);
    check_same_parties(&again.cc, &draft.cc);
    check_text(again.subject, EMAIL_SUBJECT_MAX, "a subject is one valid line with a limit");
    fuzz_promise(is_same(again.subject, draft.subject), "a subject is read as it was written");
    fuzz_promise(again.sent_at.ms == draft.sent_at.ms, "so is a moment");
    for (size_t i = 0; i < again.references.n; i++)
        fuzz_promise(
            text_equal(((const char **)again.references.items)[i],
                       ((const char **)draft.references.items)[draft.references.n - 1 - i]),
            "and the ids of the thread");
}

/* Whatever stands in a header field, what is read of it keeps to its limits; and what we write of
 * it into an answer is read there as the same. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz");
    const char *value = arena_text_n(mem, (const char *)data, size);
    struct incoming in;
    struct err err = { 0 };

    email_init();
    check_values(mem, value);
    if (!email_parse(mem, mail_with(mem, value), &in, &err))
        return 0;
    fuzz_promise(in.sent_at.ms == 0 || in.sent_at.ms > 0, "a moment is after 1970");
    check_answer(mem, &in);
    return 0;
}
