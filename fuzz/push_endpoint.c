#include "fuzz.h"

#include "../src/base/text.h"
#include "../src/domain/devices/devices.h"

#include <string.h>

/* An endpoint's origin is the beginning of it, up to a path; it is https, and holds nothing that a
 * claim in JSON would have to escape, nor a user. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz");
    const char *endpoint, *origin;

    if (size > 0 && memchr(data, '\0', size))
        return 0;
    endpoint = arena_text_n(mem, size > 0 ? (const char *)data : "", size);
    origin = endpoint_origin(mem, endpoint, false);
    if (!origin)
        return 0;
    fuzz_promise(text_starts(endpoint, origin) && endpoint[strlen(origin)] == '/',
                 "a path follows");
    fuzz_promise(text_starts(origin, "https://") && origin[8] != '\0', "it is https");
    fuzz_promise(!strpbrk(origin, "\"\\@ \t\r\n?#"), "nothing in it needs escaping");
    fuzz_promise(strlen(endpoint) <= ENDPOINT_MAX, "it has a length");
    return 0;
}
