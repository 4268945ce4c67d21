#include "fuzz.h"

#include "../src/base/text.h"
#include "../src/channel/chat_challenge.h"

#include <string.h>

/* The first line is a challenge, the second its number: nothing that isn't ours is taken. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz");
    const uint8_t key[KEY_LEN] = { 1 };
    const channel_id channel = { 1 };
    const char *text, *number;
    uint8_t used[HASH_LEN];
    struct err err;
    size_t len;

    if (!utf8_is_valid(data, size))
        return 0;
    text = arena_text_n(mem, data, size);
    len = strcspn(text, "\n");
    number = text[len] ? text + len + 1 : "";
    err_clear(&err);
    fuzz_promise(!chat_challenge_check(key, channel, arena_text_n(mem, text, len), number,
                                       (instant){ 1 }, used, &err) &&
                     err.code == ERR_DENIED,
                 "nobody makes up a challenge");
    text = chat_challenge_make(mem, key, channel, 4, (instant){ 1 });
    err_clear(&err);
    if (chat_challenge_check(key, channel, text, number, (instant){ 1 }, used, &err))
        fuzz_promise(*number && strspn(number, "0123456789") == strlen(number),
                     "a number solves it");
    fuzz_promise(chat_challenge_check(key, channel, text, chat_challenge_solve(mem, text),
                                      (instant){ 1 }, used, &err),
                 "work solves it");
    return 0;
}
