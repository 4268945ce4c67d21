#include "fuzz.h"

#include "../src/base/text.h"
#include "../src/channel/email_safe.h"
#include "../src/channel/email_text.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static const char *const harmful[] = { "script", "iframe", "object", "embed", "form", "base",
                                       "svg",    "math",   "link",   "input", "meta" };

/* A name in small letters. */
static const char *read_name(const char *at, char name[32])
{
    size_t n = 0;

    for (; isalnum((unsigned char)*at) || *at == '-'; at++) {
        fuzz_promise(!isupper((unsigned char)*at), "names are in small letters");
        if (n < 31)
            name[n++] = *at;
    }
    name[n] = '\0';
    return at;
}

static void check_value(const char *name, const char *value, size_t len, bool has_remote)
{
    bool is_picture = strcmp(name, "src") == 0 || strcmp(name, "background") == 0;

    fuzz_promise(strncmp(name, "on", 2) != 0, "no event is in it");
    if (strcmp(name, "href") == 0)
        fuzz_promise(strncasecmp(value, "http", 4) == 0 || strncasecmp(value, "mailto:", 7) == 0 ||
                         strncasecmp(value, "tel:", 4) == 0,
                     "links lead outside");
    if (is_picture)
        fuzz_promise(strncmp(value, "/own\"", 5) == 0 ||
                         strncasecmp(value, "data:image/", 11) == 0 ||
                         (has_remote && strncmp(value, "/far/", 5) == 0),
                     "pictures come from where they may");
    for (size_t i = 0; i < len; i++)
        fuzz_promise(value[i] != '<' && value[i] != '>', "values are escaped");
}

static void check_style(const char *css, size_t len, bool has_remote)
{
    for (size_t i = 0; i < len; i++) {
        fuzz_promise(css[i] != '<' && css[i] != '\\', "no style ends its element or hides a word");
        fuzz_promise(strncasecmp(css + i, "@import", 7) != 0, "styles import nothing");
        if (strncasecmp(css + i, "url(", 4) != 0)
            continue;
        fuzz_promise((has_remote && strncmp(css + i, "url(/far/", 9) == 0) ||
                         strncmp(css + i, "url(/own)", 9) == 0 ||
                         strncasecmp(css + i, "url(data:image/", 15) == 0,
                     "styles fetch what they may");
        i += strcspn(css + i, ")");
    }
}

/* One tag, as the page writes them and no other way. */
static const char *check_tag(const char *at, int *depth, bool has_remote)
{
    static const char *const empty[] = { "br", "col", "hr", "img", "wbr" };
    bool is_end = at[1] == '/', is_empty = false;
    char name[32], attribute[32];

    at = read_name(at + 1 + is_end, name);
    fuzz_promise(*name != '\0', "a tag has a name");
    for (size_t i = 0; i < COUNT(harmful); i++)
        fuzz_promise(strcmp(name, harmful[i]) != 0, "nothing harmful is in it");
    for (size_t i = 0; i < COUNT(empty); i++)
        is_empty |= strcmp(name, empty[i]) == 0;
    *depth += is_end ? -1 : is_empty ? 0 : 1;
    fuzz_promise(*depth >= 0, "nothing is closed that isn't open");
    while (*at == ' ') {
        at = read_name(at + 1, attribute);
        fuzz_promise(at[0] == '=' && at[1] == '"', "each attribute has a value");
        size_t len = strcspn(at + 2, "\"");
        check_value(attribute, at + 2, len, has_remote);
        if (strcmp(attribute, "style") == 0)
            check_style(at + 2, len, has_remote);
        at += 2 + len + 1;
    }
    fuzz_promise(*at == '>', "a tag ends");
    at++;
    if (is_end || strcmp(name, "style") != 0)
        return at;
    size_t len = (size_t)(strstr(at, "</style>") - at);
    check_style(at, len, has_remote);
    return at + len;
}

/* Any HTML becomes a page in which every byte is one that the sanitizer meant to write. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct own_picture own = { "a", "/own" };
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz");
    struct safe_rules rules = { &own, 1, size > 0 && data[0] % 2 == 1 ? "/far/" : NULL, 1 };
    const char *html = email_text(mem, (struct bytes){ data, size }, NULL);
    struct safe_page page = email_safe_page(mem, html, &rules);
    const char *at = strstr(page.html, "<body");
    int depth = 1; /* html */

    fuzz_promise(utf8_is_valid(page.html, strlen(page.html)), "the page is a valid text");
    fuzz_promise(!page.wanted || strncasecmp(page.wanted, "http", 4) == 0,
                 "what is wanted is on another server");
    while (*at) {
        fuzz_promise(*at != '>', "words are escaped");
        at = *at == '<' ? check_tag(at, &depth, rules.remote_path) : at + 1;
    }
    fuzz_promise(depth == 0, "all is closed");
    return 0;
}
