#include "imap_data.h"

#include "../base/text.h"
#include "imap_name.h"

#include <string.h>
#include <strings.h>
#include <time.h>

static bool digits(const char *s, size_t n, int *out)
{
    int64_t number;

    if (!int_read(s[0] == ' ' ? s + 1 : s, s[0] == ' ' ? n - 1 : n, &number) || number < 0)
        return false;
    *out = (int)number;
    return true;
}

/* "17-Jul-1996 02:44:25 -0700", the day with a space for its first digit if it has one. */
static instant read_date(struct bytes text)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const char *s = (const char *)text.data;
    struct tm tm = { 0 };
    int zone;

    if (text.len != 26 || s[2] != '-' || s[6] != '-' || s[11] != ' ' || s[20] != ' ' ||
        (s[21] != '+' && s[21] != '-'))
        return (instant){ 0 };
    while (tm.tm_mon < 12 && strncasecmp(months + 3 * tm.tm_mon, s + 3, 3) != 0)
        tm.tm_mon++;
    if (tm.tm_mon == 12 || !digits(s, 2, &tm.tm_mday) || !digits(s + 7, 4, &tm.tm_year) ||
        !digits(s + 12, 2, &tm.tm_hour) || !digits(s + 15, 2, &tm.tm_min) ||
        !digits(s + 18, 2, &tm.tm_sec) || !digits(s + 22, 4, &zone) || tm.tm_year < 1970)
        return (instant){ 0 };
    tm.tm_year -= 1900;
    zone = zone / 100 * 60 + zone % 100;
    return (instant){ (timegm(&tm) - (s[21] == '-' ? -60 : 60) * (int64_t)zone) * SECOND_MS };
}

static unsigned flag_of(struct bytes word)
{
    static const struct {
        const char *word;
        unsigned flag;
    } rows[] = {
        { "\\Seen",     IMAP_SEEN     },
        { "\\Answered", IMAP_ANSWERED },
        { "\\Flagged",  IMAP_FLAGGED  },
        { "\\Deleted",  IMAP_DELETED  },
        { "\\Draft",    IMAP_DRAFT    },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        if (imap_is(word, rows[i].word))
            return rows[i].flag;
    return 0;
}

static bool read_flags(struct imap_cursor *values, unsigned *flags)
{
    struct imap_value value = imap_next(values);

    if (value.kind != IMAP_OPEN)
        return false;
    while ((value = imap_next(values)).kind == IMAP_ATOM)
        *flags |= flag_of(value.text);
    return value.kind == IMAP_CLOSE;
}

static bool starts_with_body(struct bytes item)
{
    return item.len >= 5 && strncasecmp((const char *)item.data, "BODY[", 5) == 0;
}

static bool read_item(struct imap_cursor *values, struct bytes item, struct imap_fetched *out)
{
    struct imap_cursor before = *values;
    struct imap_value value;

    if (imap_is(item, "FLAGS"))
        return read_flags(values, &out->flags);
    if (!imap_skip(values))
        return false;
    value = imap_next(&before);
    if (imap_is(item, "UID"))
        return imap_uid(value.text, &out->uid);
    if (imap_is(item, "RFC822.SIZE"))
        return imap_number(value.text, &out->size);
    if (imap_is(item, "INTERNALDATE") && value.kind == IMAP_STRING)
        out->received_at = read_date(value.text);
    /* NIL as a body is an atom: the server has none to give */
    if (starts_with_body(item) && value.kind == IMAP_STRING && !value.is_escaped) {
        out->has_body = true;
        out->body = value.text;
    }
    return true;
}

bool imap_fetch_read(const struct imap_reply *reply, struct imap_fetched *out)
{
    struct imap_cursor values = reply->values;
    struct imap_value item;

    *out = (struct imap_fetched){ .size = -1 };
    if (reply->kind != IMAP_DATA || !imap_is(reply->name, "FETCH") ||
        imap_next(&values).kind != IMAP_OPEN)
        return false;
    while ((item = imap_next(&values)).kind == IMAP_ATOM)
        if (!read_item(&values, item.text, out))
            return false;
    return item.kind == IMAP_CLOSE;
}

static enum imap_role role_of(struct bytes word)
{
    static const struct {
        const char *word;
        enum imap_role role;
    } rows[] = {
        { "\\Sent",    IMAP_SENT    },
        { "\\Drafts",  IMAP_DRAFTS  },
        { "\\Trash",   IMAP_TRASH   },
        { "\\Junk",    IMAP_JUNK    },
        { "\\Archive", IMAP_ARCHIVE },
        { "\\All",     IMAP_ALL     },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        if (imap_is(word, rows[i].word))
            return rows[i].role;
    return IMAP_NO_ROLE;
}

bool imap_list_read(struct arena *mem, const struct imap_reply *reply, struct imap_listed *out)
{
    struct imap_cursor values = reply->values;
    struct imap_value value;

    *out = (struct imap_listed){ .can_select = true };
    if (reply->kind != IMAP_DATA || !imap_is(reply->name, "LIST") ||
        imap_next(&values).kind != IMAP_OPEN)
        return false;
    while ((value = imap_next(&values)).kind == IMAP_ATOM) {
        if (imap_is(value.text, "\\Noselect") || imap_is(value.text, "\\NonExistent"))
            out->can_select = false;
        else if (role_of(value.text) != IMAP_NO_ROLE)
            out->role = role_of(value.text);
    }
    if (value.kind != IMAP_CLOSE || !imap_skip(&values)) /* the delimiter, or NIL */
        return false;
    value = imap_next(&values);
    if (value.kind != IMAP_ATOM && value.kind != IMAP_STRING)
        return false;
    if (imap_is(value.text, "INBOX"))
        out->role = IMAP_INBOX;
    out->name = imap_name_decode(mem, imap_text(mem, value));
    return true;
}
