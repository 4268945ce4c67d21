/* crypt.h — randomness, hashes, passwords and sealed secrets, by libsodium; HMAC-SHA-1 by Nettle.
 *
 * crypt_init() once before anything else; everything else is safe on any thread.
 */
#pragma once

#include "arena.h"
#include "base.h"
#include "err.h"

enum { HASH_LEN = 32, KEY_LEN = 32, PASSWORD_HASH_MAX = 128 };

void crypt_init(void);
void random_bytes(void *out, size_t len);
/* A text of `len` random characters a-z2-7 (5 bits each). */
char *random_text(struct arena *mem, size_t len);

/* BLAKE2b-256. The parts are hashed behind one another. */
void hash_bytes(struct bytes b, uint8_t out[HASH_LEN]);
void hash_parts(const struct bytes *parts, size_t n, uint8_t out[HASH_LEN]);
struct hasher; /* for what comes in pieces; lives in mem */
struct hasher *hasher_new(struct arena *mem);
void hasher_add(struct hasher *h, struct bytes b);
void hasher_end(struct hasher *h, uint8_t out[HASH_LEN]);
/* SHA-256, where the other side knows no other. */
void sha256(struct bytes b, uint8_t out[32]);
/* HMAC-SHA-256 with a key of any length (Standard Webhooks, RFC 2104). */
void hmac_sha256(struct bytes key, const struct bytes *parts, size_t n, uint8_t out[32]);
/* HMAC-SHA-1, for one-time codes (RFC 4226) and the signatures of providers of SMS, and nothing
 * else: neither knows another. */
void hmac_sha1(struct bytes key, struct bytes message, uint8_t out[20]);
/* Compares without telling by the time it takes. */
bool secret_equal(struct bytes a, struct bytes b);

/* Argon2id (libsodium's interactive limits). Slow and memory-hungry on purpose: at most two at
 * a time in a process, the others wait. */
bool password_hash(const char *password, char out[PASSWORD_HASH_MAX], struct err *err);
bool password_verify(const char *hash, const char *password);
/* For tests, most of which aren't about hashes: from here on new ones cost next to nothing, or as
 * much as they should again. */
void password_make_cheap(bool is_cheap);

/* Reads the key file (32 bytes in hex, mode 0600), or makes it when missing: durable before
 * return. */
bool key_load(const char *path, uint8_t out[KEY_LEN], struct err *err);
/* Seals a secret with a key outside the database (XChaCha20-Poly1305; random nonce in front;
 * `context`, such as "channel:chn_…", must be the same to open). */
struct bytes secret_seal(struct arena *mem, const uint8_t key[KEY_LEN], const char *context,
                         const char *secret);
/* NULL when it was sealed with another key or context, or changed. */
char *secret_open(struct arena *mem, const uint8_t key[KEY_LEN], const char *context,
                  struct bytes sealed);

char *base64_write(struct arena *mem, struct bytes b);                 /* RFC 4648, padded */
bool base64_read(struct arena *mem, const char *s, struct bytes *out); /* also unpadded, url-safe */
