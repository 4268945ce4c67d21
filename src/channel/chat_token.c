#include "chat_token.h"

#include "../base/crypt.h"
#include "../base/json.h"
#include "../base/text.h"

#include <string.h>

enum { SKEW_MS = 60 * 1000, SUBJECT_MAX = 200, NAME_MAX_BYTES = 200, EMAIL_MAX = 254 };

/* Base64 for addresses, without padding (RFC 7515): no other letter may stand in a part. */
static bool read_part(struct arena *mem, const char *at, size_t len, struct bytes *out)
{
    const char *text = arena_text_n(mem, at, len);
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    return len > 0 && strspn(text, letters) == len && base64_read(mem, text, out);
}

static char *write_part(struct arena *mem, struct bytes b)
{
    char *text = base64_write(mem, b);

    for (char *c = text; *c; c++)
        *c = *c == '+' ? '-' : *c == '/' ? '_' : *c;
    text[strcspn(text, "=")] = '\0';
    return text;
}

static const char *text_of(struct arena *mem, struct bytes b)
{
    return utf8_is_valid(b.data, b.len) ? arena_text_n(mem, (const char *)b.data, b.len) : NULL;
}

/* What is empty or too long is as if it weren't there. */
static const char *claim(struct arena *mem, const char *json, const char *name, size_t max)
{
    const char *text = json_text_at(mem, json, name);

    return text_is_blank(text) || strlen(text) > max || !text_is_line(text) ? NULL
                                                                            : text_trim(mem, text);
}

static bool read_moment(const char *json, const char *name, instant *out)
{
    int64_t seconds;

    if (!json_number_at(json, name, &seconds) || seconds <= 0 || seconds > INT64_MAX / SECOND_MS)
        return false;
    *out = (instant){ seconds * SECOND_MS };
    return true;
}

static bool check_times(const char *claims, instant now, struct chat_claims *out, struct err *err)
{
    instant from = { 0 };

    if (!read_moment(claims, "exp", &out->expires_at))
        return err_set(err, ERR_UNAUTHENTICATED, "the token doesn't say until when it holds (exp)");
    if (out->expires_at.ms + SKEW_MS <= now.ms)
        return err_set(err, ERR_UNAUTHENTICATED,
                       "the token has expired: ask the site for a new one");
    if (read_moment(claims, "nbf", &from) && from.ms > now.ms + SKEW_MS)
        return err_set(err, ERR_UNAUTHENTICATED, "the token holds only later (nbf)");
    return true;
}

bool chat_token_read(struct arena *mem, const char *token, struct bytes secret, instant now,
                     struct chat_claims *out, struct err *err)
{
    size_t head_len = strcspn(token, "."), body_len, signed_len;
    const char *head, *claims;
    struct bytes parts[3];
    uint8_t wanted[32];

    *out = (struct chat_claims){ 0 };
    if (strlen(token) > CHAT_TOKEN_MAX || token[head_len] != '.')
        return err_set(err, ERR_UNAUTHENTICATED, "this is no token");
    body_len = strcspn(token + head_len + 1, ".");
    signed_len = head_len + 1 + body_len;
    if (token[signed_len] != '.' || !read_part(mem, token, head_len, &parts[0]) ||
        !read_part(mem, token + head_len + 1, body_len, &parts[1]) ||
        !read_part(mem, token + signed_len + 1, strlen(token + signed_len + 1), &parts[2]))
        return err_set(err, ERR_UNAUTHENTICATED, "this is no token");
    hmac_sha256(secret, &(struct bytes){ (const uint8_t *)token, signed_len }, 1, wanted);
    if (!secret_equal(parts[2], (struct bytes){ wanted, sizeof(wanted) }))
        return err_set(err, ERR_UNAUTHENTICATED, "the token's signature is wrong");
    head = text_of(mem, parts[0]);
    claims = text_of(mem, parts[1]);
    if (!head || !claims || !text_equal(json_text_at(mem, head, "alg"), "HS256"))
        return err_set(err, ERR_UNAUTHENTICATED, "the token must be signed with HS256");
    out->subject = claim(mem, claims, "sub", SUBJECT_MAX);
    out->name = claim(mem, claims, "name", NAME_MAX_BYTES);
    out->email = claim(mem, claims, "email", EMAIL_MAX);
    if (out->email && !text_is_email(out->email))
        out->email = NULL;
    if (!out->subject)
        return err_set(err, ERR_UNAUTHENTICATED, "the token doesn't say who it is about (sub)");
    return check_times(claims, now, out, err);
}

char *chat_token_write(struct arena *mem, const char *claims, struct bytes secret)
{
    static const char head[] = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
    const char *text = arena_printf(
        mem, "%s.%s", write_part(mem, (struct bytes){ (const uint8_t *)head, sizeof(head) - 1 }),
        write_part(mem, (struct bytes){ (const uint8_t *)claims, strlen(claims) }));
    uint8_t hash[32];

    hmac_sha256(secret, &(struct bytes){ (const uint8_t *)text, strlen(text) }, 1, hash);
    return arena_printf(mem, "%s.%s", text, write_part(mem, (struct bytes){ hash, sizeof(hash) }));
}
