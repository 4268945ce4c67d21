#include "crypt.h"

#include "test.h"
#include "text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct bytes bytes(const char *s)
{
    return (struct bytes){ (const uint8_t *)s, strlen(s) };
}

TEST(hashes_are_blake2b)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    uint8_t whole[HASH_LEN], parts[HASH_LEN], pieces[HASH_LEN];
    struct hasher *h = hasher_new(mem);

    hash_bytes(bytes("abc"), whole);
    CHECK_TEXT(hex_write(mem, (struct bytes){ whole, HASH_LEN }),
               "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    hash_parts(
        (struct bytes[]){
            bytes("a"), { NULL, 0 },
             bytes("bc")
    },
        3, parts);
    CHECK(memcmp(whole, parts, HASH_LEN) == 0);
    hasher_add(h, bytes("ab"));
    hasher_add(h, bytes("c"));
    hasher_end(h, pieces);
    CHECK(memcmp(whole, pieces, HASH_LEN) == 0);
}

TEST(hmac_is_that_of_rfc_4231)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    uint8_t key[131], out[32];

    hmac_sha256(bytes("Jefe"), (struct bytes[]){ bytes("what do ya want "), bytes("for nothing?") },
                2, out);
    CHECK_TEXT(hex_write(mem, (struct bytes){ out, 32 }),
               "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    memset(key, 0xaa, sizeof(key)); /* longer than a block */
    hmac_sha256((struct bytes){ key, sizeof(key) },
                (struct bytes[]){ bytes("Test Using Larger Than Block-Size Key - Hash Key First") },
                1, out);
    CHECK_TEXT(hex_write(mem, (struct bytes){ out, 32 }),
               "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(secrets_are_equal_only_byte_by_byte)
{
    CHECK(secret_equal(bytes("abc"), bytes("abc")) && !secret_equal(bytes("abc"), bytes("abd")));
    CHECK(!secret_equal(bytes("abc"), bytes("ab")) && secret_equal(bytes(""), bytes("")));
    CHECK(!secret_equal((struct bytes){ NULL, 0 }, bytes("a")));
}

TEST(a_password_is_verified_against_its_own_hash_only)
{
    char hash[PASSWORD_HASH_MAX], other[PASSWORD_HASH_MAX], large[300];
    struct err err = { 0 };

    password_make_cheap(false);
    CHECK_OK(password_hash("correct horse", hash, &err), &err);
    CHECK_OK(password_hash("correct horse", other, &err), &err);
    CHECK(strstr(hash, "$m=65536,t=2,p=1$"));
    CHECK(text_starts(hash, "$argon2id$") && strcmp(hash, other) != 0);
    CHECK(password_verify(hash, "correct horse") && password_verify(other, "correct horse"));
    CHECK(!password_verify(hash, "correct horsf") && !password_verify(hash, ""));
    CHECK(!password_verify("", "correct horse") && !password_verify("$argon2id$", "x"));
    memset(large, 'x', sizeof(large) - 1);
    large[sizeof(large) - 1] = '\0';
    CHECK(!password_verify(large, "correct horse"));
}

TEST(a_sealed_secret_opens_only_with_its_key_and_context)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    uint8_t key[KEY_LEN] = { 1 }, other[KEY_LEN] = { 2 };
    struct bytes sealed = secret_seal(mem, key, "channel:1", "pass word");
    struct bytes again = secret_seal(mem, key, "channel:1", "pass word");
    struct bytes exact = test_exact(sealed.data, sealed.len);

    CHECK_TEXT(secret_open(mem, key, "channel:1", exact), "pass word");
    CHECK(!secret_open(mem, other, "channel:1", exact));
    CHECK(!secret_open(mem, key, "channel:2", exact));
    CHECK(sealed.len == again.len && memcmp(sealed.data, again.data, sealed.len) != 0);
    for (size_t i = 0; i < sealed.len; i++) {
        uint8_t *changed = arena_alloc(mem, sealed.len);

        memcpy(changed, sealed.data, sealed.len);
        changed[i] ^= 1;
        CHECK(!secret_open(mem, key, "channel:1", (struct bytes){ changed, sealed.len }));
        CHECK(!secret_open(mem, key, "channel:1", (struct bytes){ exact.data, i }));
    }
    CHECK_TEXT(secret_open(mem, key, "", secret_seal(mem, key, "", "")), "");
}

TEST(base64_is_read_in_all_its_spellings)
{
    static const struct {
        const char *text;
        bool ok;
        const char *data;
        size_t len;
    } rows[] = {
        { "",         true,  "",         0 },
        { "AA==",     true,  "\0",       1 },
        { "AA",       true,  "\0",       1 },
        { "+/8=",     true,  "\xfb\xff", 2 },
        { "-_8",      true,  "\xfb\xff", 2 },
        { "Zm9v",     true,  "foo",      3 },
        { "Zm9vYg==", true,  "foob",     4 },
        { "A",        false, "",         0 },
        { "AA=",      false, "",         0 },
        { "A===",     false, "",         0 },
        { "=",        false, "",         0 },
        { "====",     false, "",         0 },
        { "AB==",     false, "",         0 }, /* bits behind the end */
        { "Zm 9v",    false, "",         0 },
        { "Zm9v*",    false, "",         0 },
        { "AA==AA==", false, "",         0 },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct bytes out = { NULL, 0 };
        bool ok = base64_read(mem, rows[i].text, &out);

        if (ok != rows[i].ok || out.len != rows[i].len ||
            (ok && memcmp(out.data, rows[i].data, out.len) != 0))
            test_fail(__FILE__, __LINE__, "%s", rows[i].text);
    }
    CHECK_TEXT(base64_write(mem, test_exact("\xfb\xff", 2)), "+/8=");
    CHECK_TEXT(base64_write(mem, (struct bytes){ NULL, 0 }), "");
}

TEST(random_texts_differ_and_have_their_length)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    char *a = random_text(mem, 32), *b = random_text(mem, 32);

    CHECK(strlen(a) == 32 && strcmp(a, b) != 0);
    CHECK(strspn(a, "abcdefghijklmnopqrstuvwxyz234567") == 32);
    CHECK_TEXT(random_text(mem, 0), "");
}

static void remove_folder(char **folder)
{
    char path[64];

    snprintf(path, sizeof(path), "%s/key", *folder);
    unlink(path);
    if (rmdir(*folder) < 0)
        test_fail(__FILE__, __LINE__, "something is left in %s: %s", *folder, strerror(errno));
}

static bool write_file(const char *path, const char *text, mode_t mode)
{
    FILE *file = fopen(path, "w");

    if (!file || fputs(text, file) < 0 || fclose(file) != 0)
        return false;
    return chmod(path, mode) == 0;
}

TEST(the_key_file_is_made_once_and_kept_from_others)
{
    char name[] = "/tmp/key_test_XXXXXX", path[64];
    CLEANUP(remove_folder) char *folder = mkdtemp(name);
    uint8_t key[KEY_LEN], again[KEY_LEN];
    struct err err = { 0 };
    struct stat st;

    CHECK(folder);
    snprintf(path, sizeof(path), "%s/key", folder);
    CHECK_OK(key_load(path, key, &err), &err);
    CHECK(stat(path, &st) == 0 && (st.st_mode & 0777) == 0600);
    CHECK_OK(key_load(path, again, &err), &err);
    CHECK(memcmp(key, again, KEY_LEN) == 0);
    CHECK(chmod(path, 0640) == 0 && !key_load(path, again, &err));
    CHECK(strstr(err.text, "chmod 600"));
}

TEST(a_key_file_with_anything_else_in_it_is_refused)
{
    static const char *const rows[] = {
        "",
        "abc\n",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeg\n",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0\n",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n\n",
    };
    char name[] = "/tmp/key_test_XXXXXX", path[64];
    CLEANUP(remove_folder) char *folder = mkdtemp(name);
    uint8_t key[KEY_LEN];
    struct err err = { 0 };

    CHECK(folder);
    snprintf(path, sizeof(path), "%s/key", folder);
    for (size_t i = 0; i < COUNT(rows); i++) {
        CHECK(write_file(path, rows[i], 0600));
        CHECK(!key_load(path, key, &err) && err.code == ERR_INTERNAL);
    }
    CHECK(
        write_file(path, "0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef", 0600));
    CHECK_OK(key_load(path, key, &err), &err);
    CHECK(key[0] == 0x01 && key[31] == 0xef);
    snprintf(path, sizeof(path), "%s/no/key", folder);
    CHECK(!key_load(path, key, &err));
    snprintf(path, sizeof(path), "%s/key", folder);
}
