#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>

void fuzz_promise(bool kept, const char *promise)
{
    if (kept)
        return;
    fprintf(stderr, "broken promise: %s\n", promise);
    abort();
}
