#include "webpush.h"

#include "crypt.h"

#include <nettle/bignum.h>
#include <nettle/ecc-curve.h>
#include <nettle/ecc.h>
#include <nettle/ecdsa.h>
#include <nettle/gcm.h>
#include <nettle/hkdf.h>
#include <nettle/hmac.h>
#include <nettle/sha2.h>
#include <string.h>

enum { NUMBER_LEN = 32, TAG_LEN = 16, NONCE_LEN = 12, RECORD_LEN = 4096, HEAD_LEN = 21 };
_Static_assert(WEBPUSH_TEXT_MAX == RECORD_LEN - HEAD_LEN - WEBPUSH_POINT_LEN - TAG_LEN - 1,
               "one record, with its head and the octet behind the text");

static void clear_number(mpz_t *number)
{
    mpz_clear(*number);
}

static void clear_point(struct ecc_point *point)
{
    ecc_point_clear(point);
}

static void clear_scalar(struct ecc_scalar *scalar)
{
    ecc_scalar_clear(scalar);
}

static void draw(void *unused, size_t len, uint8_t *out)
{
    (void)unused;
    random_bytes(out, len);
}

/* --- keys ------------------------------------------------------------------------------------- */

static bool read_secret(const uint8_t secret[WEBPUSH_SECRET_LEN], struct ecc_scalar *out)
{
    CLEANUP(clear_number) mpz_t number;

    nettle_mpz_init_set_str_256_u(number, WEBPUSH_SECRET_LEN, secret);
    return ecc_scalar_set(out, number);
}

static bool read_point(const uint8_t point[WEBPUSH_POINT_LEN], struct ecc_point *out)
{
    CLEANUP(clear_number) mpz_t x;
    CLEANUP(clear_number) mpz_t y;

    nettle_mpz_init_set_str_256_u(x, NUMBER_LEN, point + 1);
    nettle_mpz_init_set_str_256_u(y, NUMBER_LEN, point + 1 + NUMBER_LEN);
    return point[0] == 4 && ecc_point_set(out, x, y);
}

static void write_point(const struct ecc_point *point, uint8_t out[WEBPUSH_POINT_LEN])
{
    CLEANUP(clear_number) mpz_t x;
    CLEANUP(clear_number) mpz_t y;

    mpz_init(x);
    mpz_init(y);
    ecc_point_get(point, x, y);
    out[0] = 4;
    nettle_mpz_get_str_256(NUMBER_LEN, out + 1, x);
    nettle_mpz_get_str_256(NUMBER_LEN, out + 1 + NUMBER_LEN, y);
}

bool webpush_point(const uint8_t secret[WEBPUSH_SECRET_LEN], uint8_t out[WEBPUSH_POINT_LEN])
{
    CLEANUP(clear_scalar) struct ecc_scalar scalar;
    CLEANUP(clear_point) struct ecc_point point;

    ecc_scalar_init(&scalar, nettle_get_secp_256r1());
    ecc_point_init(&point, nettle_get_secp_256r1());
    if (!read_secret(secret, &scalar))
        return false;
    ecc_point_mul_g(&point, &scalar);
    write_point(&point, out);
    return true;
}

void webpush_secret(uint8_t out[WEBPUSH_SECRET_LEN])
{
    uint8_t point[WEBPUSH_POINT_LEN];

    do {
        random_bytes(out, WEBPUSH_SECRET_LEN);
    } while (!webpush_point(out, point));
}

bool webpush_is_point(struct bytes point)
{
    CLEANUP(clear_point) struct ecc_point read;

    ecc_point_init(&read, nettle_get_secp_256r1());
    return point.len == WEBPUSH_POINT_LEN && read_point(point.data, &read);
}

/* What both sides can compute, each from its own secret: the x of a point. */
static bool agree(const uint8_t secret[WEBPUSH_SECRET_LEN], const uint8_t other[WEBPUSH_POINT_LEN],
                  uint8_t out[NUMBER_LEN])
{
    CLEANUP(clear_scalar) struct ecc_scalar scalar;
    CLEANUP(clear_point) struct ecc_point point;
    uint8_t product[WEBPUSH_POINT_LEN];

    ecc_scalar_init(&scalar, nettle_get_secp_256r1());
    ecc_point_init(&point, nettle_get_secp_256r1());
    if (!read_secret(secret, &scalar) || !read_point(other, &point))
        return false;
    ecc_point_mul(&point, &scalar, &point);
    write_point(&point, product);
    memcpy(out, product + 1, NUMBER_LEN);
    return true;
}

/* --- sealing ---------------------------------------------------------------------------------- */

/* HKDF with SHA-256 (RFC 5869). */
static void derive(struct bytes salt, struct bytes secret, struct bytes info, uint8_t *out,
                   size_t len)
{
    struct hmac_sha256_ctx hmac;
    uint8_t key[SHA256_DIGEST_SIZE];

    hmac_sha256_set_key(&hmac, salt.len, salt.data);
    hkdf_extract(&hmac, (nettle_hash_update_func *)hmac_sha256_update,
                 (nettle_hash_digest_func *)hmac_sha256_digest, SHA256_DIGEST_SIZE, secret.len,
                 secret.data, key);
    hmac_sha256_set_key(&hmac, sizeof(key), key);
    hkdf_expand(&hmac, (nettle_hash_update_func *)hmac_sha256_update,
                (nettle_hash_digest_func *)hmac_sha256_digest, SHA256_DIGEST_SIZE, info.len,
                info.data, len, out);
}

/* The words with the NUL behind them: all labels of the two RFCs end in one. */
#define LABEL(words) ((struct bytes){ (const uint8_t *)(words), sizeof(words) })

/* RFC 8291, 3.4: what the record's key and nonce come from. */
static bool mix(const uint8_t to[WEBPUSH_POINT_LEN], const uint8_t auth[WEBPUSH_AUTH_LEN],
                const uint8_t from[WEBPUSH_SECRET_LEN], const uint8_t point[WEBPUSH_POINT_LEN],
                uint8_t out[NUMBER_LEN])
{
    static const char words[] = "WebPush: info";
    uint8_t info[sizeof(words) + 2 * WEBPUSH_POINT_LEN], shared[NUMBER_LEN];

    memcpy(info, words, sizeof(words));
    memcpy(info + sizeof(words), to, WEBPUSH_POINT_LEN);
    memcpy(info + sizeof(words) + WEBPUSH_POINT_LEN, point, WEBPUSH_POINT_LEN);
    if (!agree(from, to, shared))
        return false;
    derive((struct bytes){ auth, WEBPUSH_AUTH_LEN }, (struct bytes){ shared, sizeof(shared) },
           (struct bytes){ info, sizeof(info) }, out, NUMBER_LEN);
    return true;
}

/* RFC 8188: the only record, which is the last one. */
static void seal_record(const uint8_t mixed[NUMBER_LEN], const uint8_t salt[WEBPUSH_SALT_LEN],
                        struct bytes text, uint8_t *out)
{
    const struct bytes secret = { mixed, NUMBER_LEN }, with = { salt, WEBPUSH_SALT_LEN };
    uint8_t key[AES128_KEY_SIZE], nonce[NONCE_LEN];
    struct gcm_aes128_ctx gcm;

    derive(with, secret, LABEL("Content-Encoding: aes128gcm"), key, sizeof(key));
    derive(with, secret, LABEL("Content-Encoding: nonce"), nonce, sizeof(nonce));
    if (text.len > 0)
        memcpy(out, text.data, text.len);
    out[text.len] = 2;
    gcm_aes128_set_key(&gcm, key);
    gcm_aes128_set_iv(&gcm, sizeof(nonce), nonce);
    gcm_aes128_encrypt(&gcm, text.len + 1, out, out);
    gcm_aes128_digest(&gcm, TAG_LEN, out + text.len + 1);
}

bool webpush_seal(struct arena *mem, const uint8_t to[WEBPUSH_POINT_LEN],
                  const uint8_t auth[WEBPUSH_AUTH_LEN], const uint8_t from[WEBPUSH_SECRET_LEN],
                  const uint8_t salt[WEBPUSH_SALT_LEN], struct bytes text, struct bytes *out)
{
    static const uint8_t size[4] = { 0, 0, RECORD_LEN >> 8, 0 };
    uint8_t point[WEBPUSH_POINT_LEN], mixed[NUMBER_LEN], *body;
    size_t len = HEAD_LEN + WEBPUSH_POINT_LEN + text.len + 1 + TAG_LEN;

    if (text.len > WEBPUSH_TEXT_MAX || !webpush_point(from, point) ||
        !mix(to, auth, from, point, mixed))
        return false;
    body = arena_alloc(mem, len);
    memcpy(body, salt, WEBPUSH_SALT_LEN);
    memcpy(body + WEBPUSH_SALT_LEN, size, sizeof(size));
    body[HEAD_LEN - 1] = WEBPUSH_POINT_LEN;
    memcpy(body + HEAD_LEN, point, WEBPUSH_POINT_LEN);
    seal_record(mixed, salt, text, body + HEAD_LEN + WEBPUSH_POINT_LEN);
    *out = (struct bytes){ body, len };
    return true;
}

/* --- who sends it ----------------------------------------------------------------------------- */

char *webpush_base64(struct arena *mem, struct bytes b)
{
    char *text = base64_write(mem, b);

    for (char *at = text; *at; at++)
        *at = *at == '+' ? '-' : *at == '/' ? '_' : *at;
    text[strcspn(text, "=")] = '\0';
    return text;
}

static char *base64_of_text(struct arena *mem, const char *text)
{
    return webpush_base64(mem, (struct bytes){ (const uint8_t *)text, strlen(text) });
}

/* ES256 (RFC 7518): ECDSA over SHA-256, both numbers behind one another. */
static bool sign(const uint8_t secret[WEBPUSH_SECRET_LEN], const char *text,
                 uint8_t out[2 * NUMBER_LEN])
{
    CLEANUP(clear_scalar) struct ecc_scalar scalar;
    struct dsa_signature signature;
    struct sha256_ctx sha;
    uint8_t digest[SHA256_DIGEST_SIZE];

    ecc_scalar_init(&scalar, nettle_get_secp_256r1());
    if (!read_secret(secret, &scalar))
        return false;
    sha256_init(&sha);
    sha256_update(&sha, strlen(text), (const uint8_t *)text);
    sha256_digest(&sha, sizeof(digest), digest);
    dsa_signature_init(&signature);
    ecdsa_sign(&scalar, NULL, draw, sizeof(digest), digest, &signature);
    nettle_mpz_get_str_256(NUMBER_LEN, out, signature.r);
    nettle_mpz_get_str_256(NUMBER_LEN, out + NUMBER_LEN, signature.s);
    dsa_signature_clear(&signature);
    return true;
}

char *webpush_authorization(struct arena *mem, const uint8_t secret[WEBPUSH_SECRET_LEN],
                            const char *origin, const char *contact, int64_t expires_s)
{
    /* Neither holds what JSON would have to escape: an origin is checked, a contact is ours. */
    const char *claims = arena_printf(mem, "{\"aud\":\"%s\",\"exp\":%lld,\"sub\":\"%s\"}", origin,
                                      (long long)expires_s, contact);
    const char *signed_text =
        arena_printf(mem, "%s.%s", base64_of_text(mem, "{\"typ\":\"JWT\",\"alg\":\"ES256\"}"),
                     base64_of_text(mem, claims));
    uint8_t signature[2 * NUMBER_LEN], point[WEBPUSH_POINT_LEN];

    if (!webpush_point(secret, point) || !sign(secret, signed_text, signature))
        return NULL;
    return arena_printf(mem, "vapid t=%s.%s, k=%s", signed_text,
                        webpush_base64(mem, (struct bytes){ signature, sizeof(signature) }),
                        webpush_base64(mem, (struct bytes){ point, sizeof(point) }));
}
