#include "fuzz.h"

#include "../src/auth/browser.h"

#include <string.h>

/* Whatever a browser says of itself: what is shown and stored is a word of ours. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char text[512];
    struct browser browser;

    if (size >= sizeof(text))
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    browser = browser_read(text);
    fuzz_promise(browser.name && strlen(browser.name) <= 20 && browser.device &&
                     strlen(browser.device) <= 20,
                 "it is a short word");
    fuzz_promise(*browser.name == '\0' || strstr(text, "/") != NULL, "a browser says its version");
    return 0;
}
