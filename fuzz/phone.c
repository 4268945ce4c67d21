#include "fuzz.h"

#include "../src/base/phone.h"

#include <string.h>

/* What is read as a number is E.164, and that is read as itself, in either country. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char number[PHONE_MAX], again[PHONE_MAX];

    for (enum phone_home home = PHONE_NETHERLANDS; home <= PHONE_BELGIUM; home++) {
        size_t len;

        if (!phone_read((const char *)data, size, home, number))
            continue;
        len = strlen(number);
        fuzz_promise(number[0] == '+' && number[1] != '0' && len >= 8 && len < PHONE_MAX &&
                         strspn(number + 1, "0123456789") == len - 1,
                     "a number is E.164");
        for (enum phone_home other = PHONE_NETHERLANDS; other <= PHONE_BELGIUM; other++)
            fuzz_promise(phone_read(number, len, other, again) && strcmp(number, again) == 0,
                         "it is read as itself");
    }
    return 0;
}
