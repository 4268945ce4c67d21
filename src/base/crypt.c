#include "crypt.h"

#include <assert.h>
#include <errno.h>
#include <nettle/hmac.h>
#include <semaphore.h>
#include <sodium.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

enum { PASSWORDS_AT_ONCE = 2 };

static_assert(PASSWORD_HASH_MAX == crypto_pwhash_STRBYTES, "libsodium's own size");
static_assert(KEY_LEN == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "one key for sealing");

static sem_t password_slots;

void crypt_init(void)
{
    static bool done;

    if (sodium_init() < 0)
        abort();
    if (!done)
        sem_init(&password_slots, 0, PASSWORDS_AT_ONCE);
    done = true;
}

void random_bytes(void *out, size_t len)
{
    randombytes_buf(out, len);
}

char *random_text(struct arena *mem, size_t len)
{
    static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz234567";
    char *out = arena_alloc(mem, len + 1);

    random_bytes(out, len);
    for (size_t i = 0; i < len; i++)
        out[i] = alphabet[out[i] & 31];
    return out;
}

/* --- hashes ------------------------------------------------------------------------------- */

struct hasher {
    crypto_generichash_state state;
};

void hash_bytes(struct bytes b, uint8_t out[HASH_LEN])
{
    crypto_generichash(out, HASH_LEN, b.data, b.len, NULL, 0);
}

void hash_parts(const struct bytes *parts, size_t n, uint8_t out[HASH_LEN])
{
    struct hasher h;

    crypto_generichash_init(&h.state, NULL, 0, HASH_LEN);
    for (size_t i = 0; i < n; i++)
        hasher_add(&h, parts[i]);
    hasher_end(&h, out);
}

struct hasher *hasher_new(struct arena *mem)
{
    /* It wants to lie on a boundary of 64 bytes, an arena promises only 16. */
    const size_t boundary = alignof(struct hasher);
    char *room = arena_alloc(mem, sizeof(struct hasher) + boundary - 1);
    struct hasher *h = (void *)(room + (boundary - (uintptr_t)room % boundary) % boundary);

    crypto_generichash_init(&h->state, NULL, 0, HASH_LEN);
    return h;
}

void hasher_add(struct hasher *h, struct bytes b)
{
    crypto_generichash_update(&h->state, b.data, b.len);
}

void hasher_end(struct hasher *h, uint8_t out[HASH_LEN])
{
    crypto_generichash_final(&h->state, out, HASH_LEN);
}

void sha256(struct bytes b, uint8_t out[32])
{
    crypto_hash_sha256(out, b.data, b.len);
}

void hmac_sha256(struct bytes key, const struct bytes *parts, size_t n, uint8_t out[32])
{
    crypto_auth_hmacsha256_state state;

    crypto_auth_hmacsha256_init(&state, key.data, key.len);
    for (size_t i = 0; i < n; i++)
        crypto_auth_hmacsha256_update(&state, parts[i].data, parts[i].len);
    crypto_auth_hmacsha256_final(&state, out);
}

void hmac_sha1(struct bytes key, struct bytes message, uint8_t out[20])
{
    struct hmac_sha1_ctx state;

    hmac_sha1_set_key(&state, key.len, key.data);
    hmac_sha1_update(&state, message.len, message.data);
    hmac_sha1_digest(&state, SHA1_DIGEST_SIZE, out);
}

bool secret_equal(struct bytes a, struct bytes b)
{
    return a.len == b.len && (a.len == 0 || sodium_memcmp(a.data, b.data, a.len) == 0);
}

/* --- passwords ---------------------------------------------------------------------------- */

static bool passwords_are_cheap;

void password_make_cheap(bool is_cheap)
{
    passwords_are_cheap = is_cheap;
}

static void take_slot(void)
{
    while (sem_wait(&password_slots) < 0)
        assert(errno == EINTR);
}

bool password_hash(const char *password, char out[PASSWORD_HASH_MAX], struct err *err)
{
    int failed;

    take_slot();
    failed = crypto_pwhash_str(
        out, password, strlen(password),
        passwords_are_cheap ? crypto_pwhash_OPSLIMIT_MIN : crypto_pwhash_OPSLIMIT_INTERACTIVE,
        passwords_are_cheap ? crypto_pwhash_MEMLIMIT_MIN : crypto_pwhash_MEMLIMIT_INTERACTIVE);
    sem_post(&password_slots);
    if (failed)
        return err_set(err, ERR_BUSY, "there is no memory to protect the password, try again");
    return true;
}

bool password_verify(const char *hash, const char *password)
{
    char padded[PASSWORD_HASH_MAX] = { 0 };
    size_t len = strlen(hash);
    int failed;

    if (len >= sizeof(padded))
        return false;
    memcpy(padded, hash, len);
    take_slot();
    failed = crypto_pwhash_str_verify(padded, password, strlen(password));
    sem_post(&password_slots);
    return !failed;
}

/* --- sealed secrets ----------------------------------------------------------------------- */

enum {
    NONCE_LEN = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    TAG_LEN = crypto_aead_xchacha20poly1305_ietf_ABYTES,
};

struct bytes secret_seal(struct arena *mem, const uint8_t key[KEY_LEN], const char *context,
                         const char *secret)
{
    size_t len = strlen(secret), sealed_len = NONCE_LEN + len + TAG_LEN;
    uint8_t *sealed = arena_alloc(mem, sealed_len);

    random_bytes(sealed, NONCE_LEN);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed + NONCE_LEN, NULL, (const uint8_t *)secret,
                                               len, (const uint8_t *)context, strlen(context), NULL,
                                               sealed, key);
    return (struct bytes){ sealed, sealed_len };
}

char *secret_open(struct arena *mem, const uint8_t key[KEY_LEN], const char *context,
                  struct bytes sealed)
{
    uint8_t *secret;

    if (sealed.len < NONCE_LEN + TAG_LEN)
        return NULL;
    secret = arena_alloc(mem, sealed.len - NONCE_LEN - TAG_LEN + 1);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(secret, NULL, NULL, sealed.data + NONCE_LEN,
                                                   sealed.len - NONCE_LEN, (const uint8_t *)context,
                                                   strlen(context), sealed.data, key) != 0)
        return NULL;
    return (char *)secret;
}

/* --- base64 ------------------------------------------------------------------------------- */

char *base64_write(struct arena *mem, struct bytes b)
{
    size_t len = sodium_base64_ENCODED_LEN(b.len, sodium_base64_VARIANT_ORIGINAL);
    char *out = arena_alloc(mem, len);

    return sodium_bin2base64(out, len, b.data, b.len, sodium_base64_VARIANT_ORIGINAL);
}

bool base64_read(struct arena *mem, const char *s, struct bytes *out)
{
    char *plain = arena_text(mem, s);
    size_t len = plain ? strlen(plain) : 0, got;
    uint8_t *data;

    if (!plain)
        return false;
    for (size_t i = 0; i < len; i++)
        plain[i] = plain[i] == '-' ? '+' : plain[i] == '_' ? '/' : plain[i];
    for (int i = 0; i < 2 && len > 0 && (len + (size_t)i) % 4 == 0 && plain[len - 1] == '='; i++)
        len--;
    data = arena_alloc(mem, len / 4 * 3 + 3);
    if (sodium_base642bin(data, len / 4 * 3 + 3, plain, len, NULL, &got, NULL,
                          sodium_base64_VARIANT_ORIGINAL_NO_PADDING) != 0)
        return false;
    *out = (struct bytes){ data, got };
    return true;
}
