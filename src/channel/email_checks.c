#include "email_checks.h"

#include "../base/text.h"

#include <string.h>
#include <strings.h>

enum { WORDS_MAX = 64 /* of one result: the method and its properties */ };

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Behind a comment that begins at s; they stand in one another. */
static const char *behind_comment(const char *s)
{
    int depth = 0;

    do {
        if (*s == '\\' && s[1])
            s++;
        else if (*s == '(')
            depth++;
        else if (*s == ')')
            depth--;
        s++;
    } while (*s && depth > 0);
    return s;
}

/* Copies a quoted string that begins at s without its quotes; what would end a word stands there
 * as "?". Returns what is behind it. */
static const char *copy_quoted(const char *s, char **out)
{
    for (s++; *s && *s != '"'; s++) {
        if (*s == '\\' && s[1])
            s++;
        *(*out)++ = is_blank(*s) || *s == ';' || *s == '=' ? '?' : *s;
    }
    return *s ? s + 1 : s;
}

/* In small letters, without comments and quotes, one blank between words and none around "=". */
static char *flatten(struct arena *mem, const char *value)
{
    size_t len = strnlen(value, EMAIL_CHECK_LENGTH);
    const char *s = arena_text_n(mem, value, len);
    char *begin = arena_text_n(mem, value, len), *out = begin;

    while (*s) {
        if (*s == '"') {
            s = copy_quoted(s, &out);
        } else if (is_blank(*s) || *s == '(') {
            s = *s == '(' ? behind_comment(s) : s + 1;
            if (out > begin && out[-1] != ' ' && out[-1] != '=')
                *out++ = ' ';
        } else {
            if (*s == '=' && out > begin && out[-1] == ' ')
                out--;
            *out++ = *s++;
        }
    }
    *out = '\0';
    return text_lower(mem, begin);
}

/* One result, as "dkim=pass header.d=klant.example": its words. */
struct result {
    const char *words[WORDS_MAX];
    size_t n;
};

static struct result split(struct arena *mem, const char *s, size_t len)
{
    struct result result = { .n = 0 };

    for (const char *end = s + len; s < end && result.n < WORDS_MAX;) {
        size_t word = strcspn(s, " ;");
        if (word > 0)
            result.words[result.n++] = arena_text_n(mem, s, word);
        s += word + 1;
    }
    return result;
}

static const char *property(const struct result *result, const char *name)
{
    size_t len = strlen(name);

    for (size_t i = 1; i < result->n; i++)
        if (strncmp(result->words[i], name, len) == 0 && result->words[i][len] == '=')
            return result->words[i] + len + 1;
    return NULL;
}

static const char *domain_of(const char *address)
{
    const char *at = strrchr(address, '@');

    return at ? at + 1 : address;
}

/* Does the owner of this domain speak for the other one? For itself and for what is below it. What
 * is wider (a neighbour under one name, as DMARC allows) is what a server's dmarc=… is for. */
static bool speaks_for(const char *owner, const char *domain)
{
    size_t own = owner ? strlen(owner) : 0, len = strlen(domain);

    if (own == 0 || own > len || !strchr(owner, '.'))
        return false;
    return strcasecmp(domain + len - own, owner) == 0 &&
           (own == len || domain[len - own - 1] == '.');
}

static unsigned found_by(const struct result *result, const char *domain)
{
    const char *method = result->n > 0 ? result->words[0] : "";
    const char *about = property(result, "header.from");
    const char *signer = property(result, "header.d"), *path = property(result, "smtp.mailfrom");

    if (!signer && property(result, "header.i"))
        signer = domain_of(property(result, "header.i"));
    if (text_starts(method, "dmarc=") && about && strcasecmp(domain_of(about), domain) != 0)
        return CHECK_NOTHING;
    if (text_equal(method, "dmarc=pass"))
        return CHECK_PASSED;
    if (text_equal(method, "dmarc=fail"))
        return CHECK_FAILED;
    if (text_equal(method, "dkim=pass") && speaks_for(signer, domain))
        return CHECK_PASSED;
    if (!path || !speaks_for(domain_of(path), domain))
        return CHECK_NOTHING;
    return text_equal(method, "spf=pass")   ? CHECK_PASSED
           : text_equal(method, "spf=fail") ? CHECK_FAILED
                                            : CHECK_NOTHING;
}

struct sender_check email_check_read(struct arena *mem, const char *value, const char *from)
{
    const char *s = flatten(mem, value), *domain = domain_of(from);
    struct result result = split(mem, s, strcspn(s, ";"));
    struct sender_check check = { .by = NO_CHECKER, .finding = CHECK_NOTHING };

    /* Microsoft writes no name: its first result stands there. */
    if (result.n > 0 && !strchr(result.words[0], '=')) {
        check.by = result.words[0];
        s += strcspn(s, ";");
        s += *s == ';';
    }
    for (; *s; s += strcspn(s, ";"), s += *s == ';') {
        result = split(mem, s, strcspn(s, ";"));
        unsigned finding = found_by(&result, domain);
        if (finding > check.finding)
            check.finding = finding;
    }
    return check;
}

struct list email_checks(struct arena *mem, GMimeObject *mail, const struct list *from)
{
    GMimeHeaderList *headers = g_mime_object_get_header_list(mail);
    struct sender_check *checks = NEW_ARRAY(mem, struct sender_check, EMAIL_CHECKS_MAX);
    size_t n = 0;

    for (int i = 0; i < g_mime_header_list_get_count(headers) && n < EMAIL_CHECKS_MAX; i++) {
        const char *value = mime_header_at(headers, i, "Authentication-Results");
        if (value && from->n == 1)
            checks[n++] = email_check_read(mem, utf8_repair(mem, value, strlen(value)),
                                           ((const struct party *)from->items)->address);
    }
    return (struct list){ checks, n };
}
