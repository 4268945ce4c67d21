#include "multipart.h"

#include "../base/buf.h"
#include "../base/text.h"
#include "limits.h"
#include "test.h"

#include <string.h>

#define FORM "multipart/form-data; boundary=b"
#define PART "--b\r\nContent-Disposition: form-data; name=file"

static void add_part(struct buf *out, const struct part *part)
{
    buf_printf(out, "[%s", part->name);
    if (part->filename)
        buf_printf(out, "|%s", part->filename);
    if (part->type)
        buf_printf(out, "|%s", part->type);
    buf_text(out, "=");
    buf_add(out, part->content.data, part->content.len);
    buf_text(out, "]");
}

/* What was read, as [name|filename|type=content]…; the error's words when it's refused. */
static const char *read_form(struct arena *mem, const char *type, const char *body, size_t len)
{
    CLEANUP(buf_free) struct buf out = BUF(100000);
    struct list parts;
    struct err err;

    err_clear(&err);
    if (!multipart_read(mem, type, test_exact(body, len), &parts, &err))
        return arena_printf(mem, "%d %s",
                            err.code == ERR_MALFORMED     ? 400
                            : err.code == ERR_UNSUPPORTED ? 415
                            : err.code == ERR_TOO_LARGE   ? 413
                                                          : 0,
                            err.text);
    for (size_t i = 0; i < parts.n; i++)
        add_part(&out, &((const struct part *)parts.items)[i]);
    return arena_text(mem, buf_str(&out));
}

TEST(a_form_is_read_as_browsers_and_other_clients_send_it)
{
    static const struct {
        const char *body, *wanted;
    } rows[] = {
        /* a browser, curl, .NET, and a client that spares all it can */
        { "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n"
          "Content-Type: text/plain\r\n\r\nhello\r\n--b--\r\n",                               "[file|a.txt|text/plain=hello]"     },
        { "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n"
          "Content-Type: application/octet-stream\r\n\r\n\r\n--b--\r\n",                      "[file||application/octet-stream=]" },
        { "--b\r\nContent-Type: a/b; charset=utf-8\r\nContent-Disposition: form-data; name=file; "
          "filename=a.txt; filename*=utf-8''a.txt\r\n\r\nx\r\n--b--",                         "[file|a.txt|a/b; charset=utf-8=x]" },
        { "--b\r\ncontent-disposition:FORM-DATA;NAME=file;FileName=\"a\"\r\n\r\nx\r\n--b--",
         "[file|a=x]"                                                                                                                      },
        /* several, and fields */
        { PART "\r\n\r\n1\r\n" PART "; filename=a\r\n\r\n2\r\n--b--",                                  "[file=1][file|a=2]"                },
        { "--b--\r\n",                                                                                 ""                                  },
        /* what stands around the parts is nobody's; what looks like an end but isn't is content */
        { "before\r\n" PART "\r\n\r\nx\r\n--b--\r\nafter\r\n--b\r\n",                                  "[file=x]"                          },
        { "\r\n" PART
          "\r\n\r\nx\r\n--b \t\r\nContent-Disposition: form-data; name=c\r\n\r\ny\r\n--b-- ", "[file=x][c=y]"                     },
        { PART "\r\n\r\n\n--b\r--b\r\n-b\r\n--a--b\r\n\r\n\r\n--b--",
         "[file=\n--b\r--b\r\n-b\r\n--a--b\r\n\r\n]"                                                                                       },
        { PART "\r\n\r\n--b--",                                                                        "[file=]"                           },
        { PART "\r\n\r\n\r\n--b--",                                                                    "[file=]"                           },
        { PART "\r\nX-Other: y\r\nContent-Transfer-Encoding: Binary\r\n\r\nx\r\n--b--",
         "[file=x]"                                                                                                                        },
        /* names */
        { PART "; filename=\"a\\\"b\\\\c\\d.txt\"\r\n\r\nx\r\n--b--",                                  "[file|a\"b\\c\\d.txt=x]"           },
        { PART "; filename=\"%22a%0D%0a%20%.txt\"\r\n\r\nx\r\n--b--",                                  "[file|\"a\r\n%20%.txt=x]"          },
        { PART "; filename=\"C:\\x\\caf\xc3\xa9;=.txt\"\r\n\r\nx\r\n--b--",
         "[file|C:\\x\\caf\xc3\xa9;=.txt=x]"                                                                                               },
        { PART "; size=3; filename=\"\xf0\x9f\x90\xb1\"\r\n\r\nx\r\n--b--",
         "[file|\xf0\x9f\x90\xb1=x]"                                                                                                       },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("form");

    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_TEXT(read_form(mem, FORM, rows[i].body, strlen(rows[i].body)), rows[i].wanted);
}

TEST(a_content_may_hold_any_bytes)
{
    static const char body[] = PART "\r\n\r\n\0\xff\r\n--\0\r\n--b--";
    CLEANUP(arena_freep) struct arena *mem = arena_new("form");
    struct list parts;
    struct err err;

    CHECK_OK(multipart_read(mem, FORM, test_exact(body, sizeof(body) - 1), &parts, &err), &err);
    CHECK(parts.n == 1);
    CHECK(((struct part *)parts.items)->content.len == 7);
    CHECK(memcmp(((struct part *)parts.items)->content.data, "\0\xff\r\n--\0", 7) == 0);
}

TEST(a_form_names_its_boundary_in_the_content_type)
{
    static const struct {
        const char *type, *boundary, *wanted;
    } rows[] = {
        { "multipart/form-data; boundary=b",                                                  "b",                                                                       "[c=x]"                            },
        { "Multipart/Form-Data;charset=utf-8;Boundary=\"b\"",                                 "b",                                                                       "[c=x]"                            },
        { "multipart/form-data; boundary=\"b c:?\"",                                          "b c:?",                                                                   "[c=x]"                            },
        { "multipart/form-data; boundary=b",                                                  "a",                                                                       "400 the form doesn't hold"        },
        { NULL,                                                                               "b",                                                                       "415 the body must be"             },
        { "",                                                                                 "b",                                                                       "415 the body must be"             },
        { "application/json",                                                                 "b",                                                                       "415 the body must be"             },
        { "multipart/mixed; boundary=b",                                                      "b",                                                                       "415 the body must be"             },
        { "multipart/form-datax; boundary=b",                                                 "b",                                                                       "415 the body must be"             },
        { "multipart/form-data",                                                              "b",                                                                       "400 Content-Type must name"       },
        { "multipart/form-data; boundary=",                                                   "b",                                                                       "400 Content-Type: a value"        },
        { "multipart/form-data; boundary=\"\"",                                               "",                                                                        "400 Content-Type must name"       },
        { "multipart/form-data; boundary=\"b ",                                               "b ",                                                                      "400 Content-Type: a value"        },
        { "multipart/form-data; boundary=\"b \"",                                             "b ",                                                                      "400 Content-Type must name"       },
        { "multipart/form-data; boundary=\"b*\"",                                             "b*",                                                                      "400 Content-Type must name"       },
        { "multipart/form-data; boundary=b; boundary=c",                                      "b",                                                                       "400 Content-Type names two"       },
        { "multipart/form-data boundary=b",                                                   "b",                                                                       "400 Content-Type: a semicolon"    },
        { "multipart/form-data; b",                                                           "b",                                                                       "400 Content-Type: a header holds" },
        { "multipart/form-data; boundary="
          "1234567890123456789012345678901234567890123456789012345678901234567890",  "1234567890123456789012345678901234567890123456789012345678901234567890",  "[c=x]"                            },
        { "multipart/form-data; boundary="
          "12345678901234567890123456789012345678901234567890123456789012345678901", "12345678901234567890123456789012345678901234567890123456789012345678901",
         "400 Content-Type must name"                                                                                                                                                                       },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("form");

    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *body = arena_printf(
            mem, "--%s\r\nContent-Disposition: form-data; name=c\r\n\r\nx\r\n--%s--\r\n",
            rows[i].boundary, rows[i].boundary);
        const char *got = read_form(mem, rows[i].type, body, strlen(body));
        if (!text_starts(got, rows[i].wanted))
            test_fail(__FILE__, __LINE__, "%s: %s", rows[i].type, got);
    }
}

TEST(what_is_broken_is_refused_with_its_place)
{
    static const struct {
        const char *body, *wanted;
    } rows[] = {
        { "",                                                                    "400 the form doesn't hold the boundary"     },
        { "--b",                                                                 "400 the form's boundary stands inside"      },
        { "--b\r\n",                                                             "400 part 1 of the form: the form ends in"   },
        { "--b\n"
          "x",                                                          "400 the form's boundary stands inside"      },
        { "x--b--",                                                              "400 the form doesn't hold the boundary"     },
        { "--b\r\n\r\nx\r\n--b--",                                               "400 part 1 of the form: it has no Content"  },
        { PART,                                                                  "400 part 1 of the form: the form ends in"   },
        { PART "\r\n",                                                           "400 part 1 of the form: the form ends in"   },
        { PART "\r\n\r\n",                                                       "400 part 1 of the form: it has no end"      },
        { PART "\r\n\r\nx\r\n--",                                                "400 part 1 of the form: it has no end"      },
        { PART "\r\n\r\nx\n--b--",                                               "400 part 1 of the form: it has no end"      },
        { PART "\r\n\r\nx\r\n--bc\r\n--b--",                                     "400 part 1 of the form: the form's bounda"  },
        { PART "\r\n\r\nx\r\n--b-\r\n--b--",                                     "400 part 1 of the form: the form's bounda"  },
        { PART "\r\n\r\nx\r\n" PART "\r\n\r\ny",                                 "400 part 2 of the form: it has no end"      },
        { PART "\n\nx\r\n--b--",                                                 "400 part 1 of the form: its headers aren't" },
        { PART "\r\n folded\r\n\r\nx\r\n--b--",                                  "400 part 1 of the form: its headers hold"   },
        { PART "\r\nX : y\r\n\r\nx\r\n--b--",                                    "400 part 1 of the form: its headers hold"   },
        { PART "\r\nX\r\n\r\nx\r\n--b--",                                        "400 part 1 of the form: its headers hold"   },
        { PART "\r\n: y\r\n\r\nx\r\n--b--",                                      "400 part 1 of the form: its headers hold"   },
        { PART "\rX\r\n\r\nx\r\n--b--",                                          "400 part 1 of the form: its headers aren't" },
        { PART "; filename=\"\xff\"\r\n\r\nx\r\n--b--",
         "400 part 1 of the form: its headers aren't"                                                                         },
        { PART "; filename=\"\xc0\xaf\"\r\n\r\nx\r\n--b--",
         "400 part 1 of the form: its headers aren't"                                                                         },
        { PART "; filename=\"a\r\n\r\nx\r\n--b--",                               "400 part 1 of the form: a value in a head"  },
        { PART "; filename=\"a\\\"\r\n\r\nx\r\n--b--",
         "400 part 1 of the form: a value in a head"                                                                          },
        { PART "; filename=\r\n\r\nx\r\n--b--",                                  "400 part 1 of the form: a value in a head"  },
        { PART "; filename=\"a\"b\r\n\r\nx\r\n--b--",                            "400 part 1 of the form: a semicolon is mi"  },
        { PART "; filename = a\r\n\r\nx\r\n--b--",                               "400 part 1 of the form: a header holds so"  },
        { PART "; =a\r\n\r\nx\r\n--b--",                                         "400 part 1 of the form: a header holds so"  },
        { PART "; name=c\r\n\r\nx\r\n--b--",                                     "400 part 1 of the form: it has two of name" },
        { PART "; filename=a; filename=b\r\n\r\nx\r\n--b--",
         "400 part 1 of the form: it has two of fil"                                                                          },
        { PART "; filename*=utf-8''a.txt\r\n\r\nx\r\n--b--",
         "400 part 1 of the form: write filename in"                                                                          },
        { PART "\r\nContent-Disposition: form-data; name=c\r\n\r\nx\r\n--b--",
         "400 part 1 of the form: it has two of Con"                                                                          },
        { PART "\r\nContent-Type: a/b\r\nContent-Type: a/c\r\n\r\nx\r\n--b--",
         "400 part 1 of the form: it has two of Con"                                                                          },
        { PART "\r\nContent-Transfer-Encoding: base64\r\n\r\nx\r\n--b--",
         "400 part 1 of the form: send its bytes as"                                                                          },
        { "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
         "400 part 1 of the form: its Content-Dispo"                                                                          },
        { "--b\r\nContent-Disposition: attachment; name=c\r\n\r\nx\r\n--b--",
         "400 part 1 of the form: its Content-Dispo"                                                                          },
        { "--b\r\nContent-Disposition: form-data; filename=c\r\n\r\nx\r\n--b--",
         "400 part 1 of the form: its Content-Dispo"                                                                          },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("form");

    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *got = read_form(mem, FORM, rows[i].body, strlen(rows[i].body));
        if (!text_starts(got, rows[i].wanted))
            test_fail(__FILE__, __LINE__, "row %zu: %s", i, got);
    }
}

TEST(a_nul_in_the_headers_is_refused)
{
    static const char body[] = PART "; filename=\"a\0b\"\r\n\r\nx\r\n--b--";
    CLEANUP(arena_freep) struct arena *mem = arena_new("form");

    CHECK(text_starts(read_form(mem, FORM, body, sizeof(body) - 1), "400 part 1 of the form: its"));
}

static const char *many_parts(struct arena *mem, int n)
{
    CLEANUP(buf_free) struct buf out = BUF(100000);

    for (int i = 0; i < n; i++)
        buf_text(&out, PART "\r\n\r\nx\r\n");
    buf_text(&out, "--b--");
    return arena_text(mem, buf_str(&out));
}

/* A form of one part whose headers, with the empty line behind them, have so many bytes. */
static const char *large_head(struct arena *mem, int len)
{
    int rest = len - (int)strlen(PART "\r\nX: \r\n\r\n") + (int)strlen("--b\r\n");

    return arena_printf(mem, PART "\r\nX: %0*d\r\n\r\nx\r\n--b--", rest, 0);
}

TEST(parts_and_their_headers_have_limits)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("form");
    const char *most = many_parts(mem, FORM_PARTS_MAX);
    const char *more = many_parts(mem, FORM_PARTS_MAX + 1);
    const char *large = large_head(mem, FORM_HEAD_MAX);
    const char *larger = large_head(mem, FORM_HEAD_MAX + 1);

    CHECK(text_starts(read_form(mem, FORM, most, strlen(most)), "[file=x]"));
    CHECK(text_starts(read_form(mem, FORM, more, strlen(more)), "413 the form has more than 50"));
    CHECK_TEXT(read_form(mem, FORM, large, strlen(large)), "[file=x]");
    CHECK_TEXT(read_form(mem, FORM, larger, strlen(larger)),
               "413 part 1 of the form: its headers are larger than 4096 bytes");
}
