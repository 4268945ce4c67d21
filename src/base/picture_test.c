#include "picture.h"

#include "test.h"

#include "text.h"

TEST(a_picture_is_known_by_how_it_begins)
{
    static const struct {
        const char *type;
        const char *bytes;
        size_t len;
    } rows[] = {
        { "image/png",  "\x89PNG\r\n\x1a\n",        8  },
        { "image/jpeg", "\xff\xd8\xff\xe0",         4  },
        { "image/gif",  "GIF89a\1",                 7  },
        { "image/webp", "RIFF\1\2\3\4WEBPVP8L",     16 },
        { NULL,         "\x89PNG\r\n\x1a",          7  },
        { NULL,         "<svg xmlns=\"http://\"/>", 18 },
        { NULL,         "<!doctype html>",          15 },
        { NULL,         "",                         0  },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *type =
            picture_type((struct bytes){ (const uint8_t *)rows[i].bytes, rows[i].len });
        CHECK(text_equal(type, rows[i].type));
    }
}
