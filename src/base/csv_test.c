#include "csv.h"

#include "test.h"

#include <string.h>

/* All rows, cells between <>, rows behind one another with a blank. */
static const char *rows_of(struct arena *mem, struct bytes file)
{
    const char *all = "";
    struct csv_row row;
    struct csv csv;

    csv_begin(&csv, mem, file);
    while (csv_next(&csv, &row)) {
        all = arena_printf(mem, "%s%s%d", all, *all ? " " : "", (int)row.line);
        for (size_t i = 0; i < row.n; i++)
            all = arena_printf(mem, "%s<%s>", all, row.cells[i]);
        if (row.broken)
            all = arena_printf(mem, "%s!", all);
    }
    return all;
}

TEST(a_table_is_read_as_spreadsheets_of_all_kinds_write_it)
{
    static const struct {
        const char *file, *rows;
    } table[] = {
        { "a;b\n1;2\n",                 "1<a><b> 2<1><2>"           },
        { "a,b\r\n\"1,5\",2",           "1<a><b> 2<1,5><2>"         },
        { "a\tb\r1\t2",                 "1<a><b> 2<1><2>"           },
        { "a|b\n\n ; \n1|",             "1<a><b> 3< ; > 4<1><>"     },
        { "\xef\xbb\xbfnaam;x\nJ;\"\"", "1<naam><x> 2<J><>"         },
        { "a;b\n\"x\ny\";\"\"\"z\"\n1", "1<a><b> 2<x\ny><\"z> 4<1>" },
        { "naam;x\nZo\xeb;\x80\n",      "1<naam><x> 2<Zoë><€>"      },
        { "a;b\n\"x;y\n",               "1<a><b> 2<x;y\n>!"         },
        { "a;b\n'+31;'=1;'s\n",         "1<a><b> 2<+31><=1><'s>"    },
        { "",                           ""                          },
        { "\n\n",                       ""                          },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(table); i++)
        CHECK_TEXT(rows_of(mem, test_exact(table[i].file, strlen(table[i].file))), table[i].rows);
}

TEST(what_is_written_as_a_table_is_read_again)
{
    static const char *const cells[] = { "Jan", "", "a;b", "\"x\"\ny", "=1+1", "'=1", "+31", "'s" };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    CLEANUP(buf_free) struct buf out = BUF(1000);
    struct csv_row row;
    struct csv csv;

    for (size_t i = 0; i < COUNT(cells); i++)
        csv_write(&out, cells[i], i == 0);
    CHECK(strstr(buf_str(&out), ";\"'=1+1\";"));
    csv_begin(&csv, mem, (struct bytes){ (const uint8_t *)buf_str(&out), out.len });
    CHECK(csv_next(&csv, &row) && row.n == COUNT(cells) && !row.broken);
    for (size_t i = 0; i < COUNT(cells); i++)
        CHECK_TEXT(row.cells[i], cells[i]);
    CHECK(!csv_next(&csv, &row));
}
