#include "names.h"

#include "test.h"

TEST(names_are_compared_as_people_write_them)
{
    static const struct {
        const char *a, *b;
        enum name_likeness likeness;
    } rows[] = {
        { "Jan de Vries",      "jan DE vries",      NAMES_SAME   },
        { "Vries, Jan de",     "dhr. Jan de Vries", NAMES_SAME   },
        { "Zoë Müller",        "Muller, Zoe",       NAMES_SAME   },
        { "J. de Vries",       "Jan de Vries",      NAMES_FIT    },
        { "Jan de Vries",      "J.P. de Vries",     NAMES_FIT    },
        { "Jan Piet de Vries", "Jan de Vries",      NAMES_FIT    },
        { "P. de Vries",       "Jan de Vries",      NAMES_DIFFER },
        { "Jan de Vries",      "Piet de Vries",     NAMES_DIFFER },
        { "Familie de Vries",  "Jan de Vries",      NAMES_DIFFER },
        { "Jan",               "Jan de Vries",      NAMES_DIFFER },
        { "Jan",               "Jan",               NAMES_SAME   },
        { "",                  "Jan",               NAMES_DIFFER },
        { "",                  "",                  NAMES_DIFFER },
        { "van der",           "van der",           NAMES_DIFFER },
        { "J. J.",             "Jan",               NAMES_DIFFER },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++) {
        if (names_compare(mem, rows[i].a, rows[i].b) != rows[i].likeness ||
            names_compare(mem, rows[i].b, rows[i].a) != rows[i].likeness)
            test_fail(__FILE__, __LINE__, "%s | %s", rows[i].a, rows[i].b);
    }
    CHECK_TEXT(name_key(mem, "Vries, Jan de"), "jan vries");
}
