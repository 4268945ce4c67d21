#include "fuzz.h"

#include "../src/base/clock.h"

#include <string.h>

/* What is read as a moment lies in 1970-9999, and is read again as the same from our own way to
 * write it. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    instant at, again;
    char text[INSTANT_TEXT_MAX];
    size_t len;

    if (!instant_read((const char *)data, size, &at))
        return 0;
    fuzz_promise(at.ms > 0 && at.ms < 253402300800000, "the year is one of 1970-9999");
    len = instant_write(at, text);
    fuzz_promise(len == 24 && strlen(text) == len, "a written moment has 24 characters");
    fuzz_promise(instant_read(text, len, &again) && again.ms == at.ms,
                 "it is read as it was written");
    return 0;
}
