#include "fuzz.h"

#include "../src/base/ids.h"

#include <string.h>

static void write_any(const uint8_t *data)
{
    char text[REFERENCE_TEXT_MAX];
    int64_t number, again;
    size_t len;

    memcpy(&number, data, sizeof(number));
    number &= INT64_MAX;
    if (number == 0)
        return;
    len = reference_write(number, text);
    fuzz_promise(len < REFERENCE_TEXT_MAX && strlen(text) == len,
                 "a reference has room in its text");
    fuzz_promise(reference_read(text, len, &again) && again == number,
                 "it is read as it was written");
}

/* What is read as a reference has one number from 1, which is written as the same characters but
 * for case, look-alikes and dashes: reading that again gives the same number. And each number can
 * be written. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char text[REFERENCE_TEXT_MAX];
    int64_t number, again;
    size_t len;

    if (size == sizeof(number))
        write_any(data);
    if (!reference_read((const char *)data, size, &number))
        return 0;
    fuzz_promise(number > 0, "numbers count from 1");
    len = reference_write(number, text);
    fuzz_promise(len <= size + 1, "it is written with no more than a dash added");
    fuzz_promise(reference_read(text, len, &again) && again == number, "the number stays the same");
    return 0;
}
