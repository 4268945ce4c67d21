#include "email_pictures.h"

#include <string.h>
#include <strings.h>

#include "../base/text.h"
#include "email_files.h"

enum { ADDRESS_MAX = 4000 }; /* bytes; of one that isn't the picture itself */

/* --- addresses ------------------------------------------------------------------------------- */

/* As a browser reads it: without white space around it and line ends in it; and with nothing that
 * could end the text it stands in. */
static char *plain_address(struct arena *mem, const char *s, size_t len)
{
    static const char digits[] = "0123456789ABCDEF";
    char *out = arena_alloc(mem, 3 * len + 1);
    size_t n = 0;

    while (len > 0 && (uint8_t)s[len - 1] <= ' ')
        len--;
    while (len > 0 && (uint8_t)*s <= ' ')
        s++, len--;
    for (size_t i = 0; i < len; i++) {
        uint8_t c = (uint8_t)s[i];
        if (c < ' ' || c == 0x7f)
            continue;
        if (!strchr(" \"'()<>\\`{}", c)) {
            out[n++] = (char)c;
            continue;
        }
        out[n++] = '%';
        out[n++] = digits[c >> 4];
        out[n++] = digits[c & 15];
    }
    out[n] = '\0';
    return out;
}

static bool begins(const char *s, const char *start)
{
    return strncasecmp(s, start, strlen(start)) == 0;
}

static const char *own_address(const struct pictures *pictures, const char *address)
{
    const char *id = email_content_id(pictures->mem, address);

    for (size_t i = 0; i < pictures->rules->own_n; i++)
        if (strcmp(pictures->rules->own[i].content_id, id) == 0)
            return pictures->rules->own[i].address;
    return NULL;
}

/* A picture that stands in the address itself, of a kind that runs nothing. */
static bool is_picture_itself(const char *address)
{
    static const char *const starts[] = { "data:image/png;base64,", "data:image/jpeg;base64,",
                                          "data:image/jpg;base64,", "data:image/gif;base64,",
                                          "data:image/webp;base64," };
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                  "0123456789+/=";

    for (size_t i = 0; i < COUNT(starts); i++)
        if (begins(address, starts[i])) {
            const char *content = address + strlen(starts[i]);
            return content[strspn(content, letters)] == '\0';
        }
    return false;
}

static const char *remote_address(struct pictures *pictures, const char *address)
{
    bool has_no_scheme = begins(address, "//");

    if (strlen(address) > ADDRESS_MAX ||
        !(has_no_scheme || begins(address, "http://") || begins(address, "https://")))
        return NULL;
    if (pictures->remote_n == REMOTE_PICTURES_MAX)
        return NULL;
    if (++pictures->remote_n == pictures->rules->wanted)
        pictures->wanted =
            has_no_scheme ? arena_printf(pictures->mem, "https:%s", address) : address;
    if (!pictures->rules->remote_path) {
        pictures->withheld_n++;
        return NULL;
    }
    return arena_printf(pictures->mem, "%s%lld", pictures->rules->remote_path,
                        (long long)pictures->remote_n);
}

const char *picture_address(struct pictures *pictures, const char *s, size_t len)
{
    const char *address = plain_address(pictures->mem, s, len);

    if (begins(address, "cid:"))
        return own_address(pictures, address + 4);
    if (begins(address, "data:"))
        return is_picture_itself(address) ? address : NULL;
    return remote_address(pictures, address);
}

/* --- styles ---------------------------------------------------------------------------------- */

/* Without the marks of comments in HTML, without '<', and without escapes: a word that says url
 * says it in these letters. */
static char *plain_style(struct arena *mem, const char *css, size_t len, size_t *out_len)
{
    char *out = arena_alloc(mem, len + 1);
    size_t n = 0;

    for (size_t i = 0; i < len; i++) {
        if (len - i >= 4 && memcmp(css + i, "<!--", 4) == 0)
            i += 3;
        else if (len - i >= 3 && memcmp(css + i, "-->", 3) == 0)
            i += 2;
        else if ((uint8_t)css[i] < ' ' || css[i] == 0x7f)
            out[n++] = css[i] == '\n' ? '\n' : ' ';
        else if (css[i] != '<' && css[i] != '\\')
            out[n++] = css[i];
    }
    out[n] = '\0';
    *out_len = n;
    return out;
}

/* Words that fetch something, or will one day. Behind an x they say nothing. */
static const char *const fetching[] = { "@import",    "@font-face", "@namespace", "@charset",
                                        "image-set(", "image(",     "src(",       "cross-fade(",
                                        "element(",   "paint(",     "expression(" };

static const char *fetching_at(const char *s)
{
    for (size_t i = 0; i < COUNT(fetching); i++)
        if (begins(s, fetching[i]))
            return fetching[i];
    return NULL;
}

/* What stands in url(…), and how far it goes, the bracket too. */
static size_t read_url(const char *s, const char **inner, size_t *inner_len)
{
    const char *at = s + strspn(s, " \n"), *end;
    char quote = *at == '"' || *at == '\'' ? *at++ : '\0';
    char stops[] = { quote ? quote : ')', '\n', '\0' };

    *inner = at;
    *inner_len = strcspn(at, stops);
    end = at + *inner_len;
    end += strcspn(end, ")");
    return (size_t)(end - s) + (*end == ')');
}

static size_t add_url(struct buf *out, struct pictures *pictures, const char *s)
{
    size_t len, inner_len;
    const char *inner, *address;

    len = read_url(s, &inner, &inner_len);
    address = picture_address(pictures, inner, inner_len);
    if (address)
        buf_printf(out, "url(%s)", address);
    else
        buf_text(out, "none");
    return len;
}

void style_add(struct buf *out, struct pictures *pictures, const char *css, size_t len)
{
    char *plain = plain_style(pictures->mem, css, len, &len);

    for (size_t i = 0; i < len;) {
        const char *word = fetching_at(plain + i);
        if (begins(plain + i, "url(")) {
            i += 4;
            i += add_url(out, pictures, plain + i);
        } else if (word) {
            buf_text(out, *word == '@' ? "@x-" : "x-");
            buf_text(out, word + (*word == '@'));
            i += strlen(word);
        } else {
            buf_char(out, plain[i++]);
        }
    }
}
