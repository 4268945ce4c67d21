#include "picture.h"

#include <string.h>

static const struct {
    const char *type;
    size_t at;
    const char *bytes;
    size_t len;
} beginnings[] = {
    { "image/png",  0, "\x89PNG\r\n\x1a\n", 8 },
    { "image/jpeg", 0, "\xff\xd8\xff",      3 },
    { "image/gif",  0, "GIF87a",            6 },
    { "image/gif",  0, "GIF89a",            6 },
    { "image/webp", 8, "WEBPVP8",           7 },
};

const char *picture_type(struct bytes content)
{
    for (size_t i = 0; i < COUNT(beginnings); i++)
        if (content.len >= beginnings[i].at + beginnings[i].len &&
            memcmp(content.data + beginnings[i].at, beginnings[i].bytes, beginnings[i].len) == 0)
            return beginnings[i].type;
    return NULL;
}
