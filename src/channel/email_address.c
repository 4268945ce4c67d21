/* Lists of addresses. GMime reads single addresses well, but needs the square of a list's
 * length for some lists and a level of stack for each group in a group; so the list is cut into
 * single addresses here. */
#include <string.h>

#include "../base/text.h"
#include "email_header.h"
#include "email_parse.h"
#include "email_text.h"
#include "email_words.h"

enum { ONE_ADDRESS_MAX = 800 }; /* bytes with its name, as it stands in the field */

const char *mail_address(struct arena *mem, const char *s)
{
    char *address = email_one_line(mem, s, EMAIL_ADDRESS_MAX + 1);
    char *at = strrchr(address, '@');
    size_t len = strlen(address);

    if (!at || at == address || !at[1] || len > EMAIL_ADDRESS_MAX || strpbrk(address, " <>"))
        return NULL;
    for (char *c = at; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c + ('a' - 'A'));
    return address;
}

static const char *name_of(struct arena *mem, InternetAddress *address)
{
    const char *name = internet_address_get_name(address);

    if (!name)
        return "";
    return email_one_line(mem, utf8_repair(mem, name, strlen(name)), EMAIL_NAME_MAX);
}

/* One address with its name, as "Jan <jan@x.nl>"; lists of one are what GMime is good at. */
static void take_one(struct arena *mem, const char *s, size_t len, struct party_list *list)
{
    if (len == 0 || len > ONE_ADDRESS_MAX || list->n == list->max)
        return;
    InternetAddressList *found = internet_address_list_parse(NULL, arena_text_n(mem, s, len));
    InternetAddress *first = found ? internet_address_list_get_address(found, 0) : NULL;
    if (first && INTERNET_ADDRESS_IS_MAILBOX(first)) {
        const char *raw = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(first));
        const char *valid = raw ? utf8_repair(mem, raw, strlen(raw)) : "";
        const char *address = mail_address(mem, valid);
        if (address)
            list->items[list->n++] = (struct party){ name_of(mem, first), address };
    }
    if (found)
        g_object_unref(found);
}

struct cutter {
    const char *s;
    size_t start; /* of the address that is being read */
    size_t depth; /* of comments */
    bool in_quotes, in_angle;
    bool has_at;          /* it is an address, and no part of a name with a comma in it */
    bool quotes_are_text; /* a quote was opened and never closed */
};

static void next_address(struct cutter *cut, size_t start)
{
    cut->start = start;
    cut->in_angle = cut->has_at = false;
}

/* The marks that stand outside quotes and comments. */
static void step_outside(struct arena *mem, struct cutter *cut, size_t at, struct party_list *list)
{
    char c = cut->s[at];

    if (c == '<')
        cut->in_angle = true;
    if (c == '>')
        cut->in_angle = false;
    if (c == '@')
        cut->has_at = true;
    /* What stands before a colon is the name of a group. */
    if (c == ':' && !cut->in_angle && !cut->has_at)
        next_address(cut, at + 1);
    if ((c == ',' && cut->has_at) || c == ';') {
        if (cut->has_at)
            take_one(mem, cut->s + cut->start, at - cut->start, list);
        next_address(cut, at + 1);
    }
}

static void step(struct arena *mem, struct cutter *cut, size_t *at, struct party_list *list)
{
    char c = cut->s[*at];

    if (c == '\\' && (cut->in_quotes || cut->depth > 0) && cut->s[*at + 1])
        ++*at;
    else if (c == '"' && cut->depth == 0 && !cut->quotes_are_text)
        cut->in_quotes = !cut->in_quotes;
    else if (c == '(' && !cut->in_quotes && !cut->quotes_are_text)
        cut->depth++;
    else if (c == ')' && cut->depth > 0 && !cut->in_quotes)
        cut->depth--;
    else if (!cut->in_quotes && cut->depth == 0)
        step_outside(mem, cut, *at, list);
}

void mail_parties(struct arena *mem, const char *raw_value, struct party_list *list)
{
    const char *text =
        email_text(mem, (struct bytes){ (const uint8_t *)raw_value, strlen(raw_value) }, NULL);
    struct cutter cut = { .s = email_words_joined(mem, text) };
    size_t len = strlen(cut.s);

    for (size_t at = 0; at <= len && list->n < list->max; at++) {
        if (at < len) {
            step(mem, &cut, &at, list);
            continue;
        }
        if ((cut.in_quotes || cut.depth > 0) && !cut.quotes_are_text) {
            /* Never closed: once more from there, taking the marks as text. */
            cut = (struct cutter){ .s = cut.s, .start = cut.start, .quotes_are_text = true };
            at = cut.start - 1;
            continue;
        }
        if (cut.has_at)
            take_one(mem, cut.s + cut.start, len - cut.start, list);
    }
}
