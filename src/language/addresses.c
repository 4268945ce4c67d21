#include "addresses.h"

#include <string.h>
#include <strings.h>

enum { DOMAIN_LEN_MAX = 253, LOCAL_LEN_MAX = 64 };

/* Ends of domains that nobody mistakes for a sentence without a blank ("stuk.de kraan"). */
static const char *const plain_tops[] = { "nl",     "be",        "com",      "org",        "eu",
                                          "fr",     "uk",        "edu",      "gov",        "lu",
                                          "app",    "io",        "ch",       "ai",         "dev",
                                          "shop",   "amsterdam", "brussels", "vlaanderen", "frl",
                                          "social", "online",    "store" };
/* Those that are words as well. */
static const char *const word_tops[] = { "de", "nu",  "net", "info", "at",   "me",   "es", "it",
                                         "co", "biz", "tv",  "us",   "gent", "site", "one" };

static bool is_alnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_one_of(const char *const *list, size_t n, const char *s, size_t len)
{
    for (size_t i = 0; i < n; i++)
        if (strlen(list[i]) == len && strncasecmp(list[i], s, len) == 0)
            return true;
    return false;
}

/* Labels with dots between them, from `at` on; *dots of them, *top where the last label begins. */
static size_t end_of_labels(const char *s, size_t len, size_t at, size_t *dots, size_t *top)
{
    size_t begin = at, end = at;

    *dots = 0;
    *top = at;
    if (len - begin > DOMAIN_LEN_MAX)
        len = begin + DOMAIN_LEN_MAX;
    while (at < len && (is_alnum(s[at]) || s[at] == '-' || s[at] == '.')) {
        if (is_alnum(s[at])) {
            end = ++at;
            continue;
        }
        if (at + 1 >= len || (s[at] == '.' && !is_alnum(s[at + 1])) || at == begin)
            break;
        if (s[at] == '.') {
            ++*dots;
            *top = at + 1;
        }
        at++;
    }
    return end > *top ? end : *top;
}

static bool is_letters(const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (s[i] < 'A' || (s[i] > 'Z' && s[i] < 'a') || s[i] > 'z')
            return false;
    return true;
}

static bool is_in(const char *set, char c)
{
    return c != '\0' && strchr(set, c);
}

/* The path, the query and so on of a URL up to a blank, without the punctuation of the sentence. */
static size_t end_of_path(const char *s, size_t len, size_t at)
{
    size_t begin = at, opened = 0, closed = 0;

    /* Typographic quotes, dashes and the ellipsis (U+2010 …) end it as well. */
    while (at < len && (uint8_t)s[at] > ' ' && !is_in("<>\"`{}|\\^\x7f", s[at]) &&
           !((uint8_t)s[at] == 0xe2 && at + 1 < len && (uint8_t)s[at + 1] == 0x80) &&
           (uint8_t)s[at] < 0xf0 && (uint8_t)s[at] != 0xc2) {
        opened += s[at] == '(';
        closed += s[at] == ')';
        at++;
    }
    while (at > begin && is_in(".,;:!?'*_~])", s[at - 1])) {
        if (s[at - 1] == ')' && opened >= closed)
            break;
        closed -= s[at - 1] == ')';
        at--;
    }
    return at;
}

static size_t end_of_scheme(const char *s, size_t len, size_t at)
{
    static const char *const schemes[] = { "https://", "http://", "www." };

    if ((s[at] | 0x20) != 'h' && (s[at] | 0x20) != 'w')
        return 0;
    for (size_t i = 0; i < COUNT(schemes); i++) {
        size_t n = strlen(schemes[i]);

        if (len - at > n && strncasecmp(s + at, schemes[i], n) == 0 &&
            (is_alnum(s[at + n]) || (uint8_t)s[at + n] >= 0xc3))
            return at + n;
    }
    return 0;
}

/* naam.nl, naam.de/pad: is what ends a domain known, and is it not just a missing blank? */
static bool is_domain(const char *s, size_t len, size_t begin, size_t top, size_t end)
{
    size_t n = end - top;
    bool is_small = s[top] >= 'a';

    /* "Stuk.Be" is a sentence's beginning, "STUK.BE" a domain. */
    if (!is_small && s[end - 1] >= 'a')
        return false;
    if (begin + 1 >= top)
        return false;
    if (is_one_of(plain_tops, COUNT(plain_tops), s + top, n))
        return true;
    if (!is_one_of(word_tops, COUNT(word_tops), s + top, n))
        return false;
    return end >= len || s[end] == '/' || s[end] != ' ' ||
           memchr(s + begin, '-', top - begin) != NULL;
}

/* The local part of a mail address, up to the @. */
static size_t end_of_local(const char *s, size_t len, size_t at)
{
    while (at < len && (is_alnum(s[at]) || s[at] == '.' || s[at] == '_' || s[at] == '%' ||
                        s[at] == '+' || s[at] == '-'))
        at++;
    return at;
}

static size_t email_end(const char *s, size_t len, size_t at, size_t *no_address)
{
    size_t local = end_of_local(s, len, at), end, dots, top;

    *no_address = local;
    if (local == at || local - at > LOCAL_LEN_MAX || local + 1 >= len || s[local] != '@')
        return 0;
    end = end_of_labels(s, len, local + 1, &dots, &top);
    return dots > 0 && end > top + 1 && is_letters(s + top, end - top) ? end : 0;
}

size_t address_end(const char *s, size_t len, size_t at, enum token_kind *kind, size_t *no_address)
{
    size_t end = end_of_scheme(s, len, at), dots, top;

    *kind = TOKEN_URL;
    if (end > 0)
        return end_of_path(s, len, end);
    if (at < *no_address)
        return 0;
    *kind = TOKEN_EMAIL;
    end = email_end(s, len, at, no_address);
    if (end > 0)
        return end;
    /* Most words end here: a domain has a dot. */
    if (*no_address <= at || !memchr(s + at, '.', *no_address - at))
        return 0;
    *kind = TOKEN_URL;
    end = end_of_labels(s, len, at, &dots, &top);
    if (dots == 0 || end == top || !is_domain(s, len, at, top, end) ||
        (end < len && (is_in("@_", s[end]) || (uint8_t)s[end] >= 0xc3)))
        return 0;
    return end < len && is_in("/?#", s[end]) ? end_of_path(s, len, end) : end;
}

size_t address_handle_end(const char *s, size_t len, size_t at)
{
    size_t name = ++at, end, dots, top;

    while (at < len && (is_alnum(s[at]) || s[at] == '_' || (s[at] == '-' && at > name)))
        at++;
    while (at > name && s[at - 1] == '-')
        at--;
    if (at == name)
        return 0;
    if (at + 1 >= len || (s[at] != '@' && s[at] != '.'))
        return at;
    name = s[at] == '@' ? at + 1 : name;
    end = end_of_labels(s, len, name, &dots, &top);
    return dots > 0 && end > at + 1 && is_domain(s, len, name, top, end) ? end : at;
}
