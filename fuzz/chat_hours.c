#include "fuzz.h"

#include "../src/base/text.h"
#include "../src/channel/chat_hours.h"

/* Hours that are understood are in order, and when it's closed it opens later than now. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz");
    static const int64_t moments[] = { 0, 1790000000000, 1800000000000, 1808000000000 };
    struct chat_hours hours;
    struct err err;
    instant next, unused;

    err_clear(&err);
    if (!utf8_is_valid(data, size) || !chat_hours_read(arena_text_n(mem, data, size), &hours, &err))
        return 0;
    for (int day = 0; day < 7; day++)
        for (size_t i = 0; i < hours.n[day]; i++) {
            const struct opening *one = &hours.periods[day][i];
            fuzz_promise(one->from_minute >= 0 && one->from_minute < one->to_minute &&
                             one->to_minute <= 24 * 60,
                         "a period lies within its day");
            fuzz_promise(i == 0 || one[-1].to_minute < one->from_minute, "they are in order");
        }
    hours.has_holidays = size % 2;
    for (size_t i = 0; i < COUNT(moments); i++) {
        instant now = { moments[i] };
        if (chat_hours_are_open(&hours, now, &next))
            fuzz_promise(next.ms == 0, "what is open doesn't open");
        else if (next.ms != 0)
            fuzz_promise(next.ms > now.ms && chat_hours_are_open(&hours, next, &unused),
                         "it opens when it says");
    }
    return 0;
}
