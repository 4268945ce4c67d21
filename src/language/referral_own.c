#include "referral_own.h"

#include "../base/text.h"

#include <string.h>

/* The digits of a number, in its national form; "" when there are letters. */
static char *digits_of(struct arena *mem, const char *s)
{
    static const char *const countries[] = { "+31",  "+32",  "+33",  "+44",
                                             "0031", "0032", "0033", "0044" };
    char *out = arena_alloc(mem, strlen(s) + 2);
    size_t n = 0;

    for (size_t i = 0; i < COUNT(countries); i++)
        if (text_starts(s, countries[i])) {
            s += strlen(countries[i]);
            s += strspn(s, " ");
            s += text_starts(s, "(0)") ? 3 : 0;
            out[n++] = '0';
            break;
        }
    for (; *s; s++) {
        if (*s >= '0' && *s <= '9')
            out[n++] = *s;
        else if (!strchr(" +-./()", *s))
            return arena_text(mem, "");
    }
    out[n] = '\0';
    return out;
}

/* From the domain on: behind @ or ://, without www. */
static const char *host_of(const char *s)
{
    const char *at = strchr(s, '@'), *scheme = strstr(s, "://");

    if (scheme)
        s = scheme + 3;
    else if (at)
        s = at + 1;
    return text_starts(s, "www.") ? s + 4 : s;
}

static bool is_within(const char *address, const char *domain)
{
    const char *host = host_of(address);
    size_t len = strcspn(host, "/:?#"), wanted;

    if (strchr(domain, '@'))
        return strcmp(address, domain) == 0;
    domain = host_of(domain);
    wanted = strcspn(domain, "/:?#");
    if (wanted == 0 || wanted > len || memcmp(host + len - wanted, domain, wanted) != 0)
        return false;
    return wanted == len || host[len - wanted - 1] == '.';
}

/* A name alone is none, but a server may have one without a dot. */
static bool is_place(const char *s)
{
    return strchr(s, '.') || strstr(s, "://");
}

int referral_own_index(struct arena *mem, const struct referral_own *own, const char *target)
{
    const char *folded, *digits;

    if (!own || !*target)
        return -1;
    folded = text_fold(mem, target);
    digits = digits_of(mem, target);
    for (size_t i = 0; i < own->n; i++) {
        const char *mine = text_fold(mem, own->items[i]);

        if (strcmp(folded, mine) == 0 || (*digits && strcmp(digits, digits_of(mem, mine)) == 0))
            return (int)i;
        if (is_place(mine) && is_place(folded) && is_within(folded, mine))
            return (int)i;
    }
    return -1;
}
