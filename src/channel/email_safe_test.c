#include "email_safe.h"

#include <string.h>

#include "../base/buf.h"
#include "../base/text.h"
#include "email_html.h"
#include "test.h"

static const struct own_picture own[] = {
    { "logo@mail", "/files/1" }
};

/* What becomes of HTML in the middle of a mail. */
static const char *shown(struct arena *mem, const char *html, bool has_remote)
{
    struct safe_rules rules = { own, COUNT(own), has_remote ? "/far/" : NULL, 0 };
    const char *whole = arena_printf(mem, "<div>%s</div>", html);
    const char *page = email_safe_page(mem, whole, &rules).html;
    const char *from = strstr(page, "<body><div>"), *to = strstr(page, "</div></body></html>");

    return from && to ? arena_text_n(mem, from + 11, (size_t)(to - from) - 11) : page;
}

TEST(of_a_mail_is_shown_what_is_harmless_and_its_words)
{
    static const struct {
        const char *html, *body;
    } rows[] = {
        { "Hallo <b>jij</b>",                                                                      "Hallo <b>jij</b>"          },
        { "<p>een<p>twee",                                                                         "<p>een</p><p>twee</p>"     },
        { "<script>alert(1)</script>x",                                                            "x"                         },
        { "<p onclick=\"alert(1)\" ONLOAD='x'>a</p>",                                              "<p>a</p>"                  },
        { "<a href=' JavaScript:alert(1)'>a</a>",                                                  "<a>a</a>"                  },
        { "<a href='java\nscript:alert(1)'>a</a>",                                                 "<a>a</a>"                  },
        { "<a href='data:text/html,x'>a</a>",                                                      "<a>a</a>"                  },
        { "<a href='#top'>a</a><a href='/api/v1/me'>b</a>",                                        "<a>a</a><a>b</a>"          },
        { "<form action='https://a.test'><input value=x><button>Verstuur</button></form>",
         "Verstuur"                                                                                                            },
        { "<meta http-equiv=refresh content='0;url=https://a.test'><base href='https://a.test'>a",
         "a"                                                                                                                   },
        { "<iframe src='https://a.test'>b</iframe><object data=x><embed src=y></object>a",         "a"                         },
        { "<svg><script>1</script><a xlink:href='javascript:1'>b</a></svg>a",                      "a"                         },
        { "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>a",              "a"                         },
        { "<!--[if mso]><p>a</p><![endif]-->b",                                                    "b"                         },
        { "<!-- <img src=x> -->b",                                                                 "b"                         },
        { "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">a</p></noscript>",
         "<p title=\"&lt;/noscript&gt;&lt;img src=x onerror=alert(1)&gt;\">a</p>"                                              },
        { "a &lt;script&gt; &amp; b",                                                              "a &lt;script&gt; &amp; b"  },
        { "<blink>a</blink><o:p>b</o:p>",                                                          "ab"                        },
        { "<table width=600><tr><td colspan=2>a</td></tr></table>",
         "<table width=\"600\"><tr><td colspan=\"2\">a</td></tr></table>"                                                      },
        { "<a name=body><img name=documentElement alt=b></a>",                                     "<a><img alt=\"b\"></a>"    },
        { "</table></b>a",                                                                         "a"                         },
        { "<div><span>a",                                                                          "<div><span>a</span></div>" },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_TEXT(shown(mem, rows[i].html, true), rows[i].body);
}

TEST(the_body_of_a_mail_keeps_its_colours)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct safe_rules rules = { .own = own, .own_n = COUNT(own) };
    const char *html = "<body bgcolor=red onload=x style='margin:0'><p>a";

    CHECK(strstr(email_safe_page(mem, html, &rules).html,
                 "<body bgcolor=\"red\" style=\"margin:0\"><p>a</p></body></html>"));
}

TEST(a_link_of_a_mail_opens_a_window_that_knows_nothing_of_ours_and_says_where_it_leads)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    CHECK_TEXT(
        shown(mem, "<a target=_top title='Bank' href='https://a.test/?a=1&amp;b=\"2'>a</a>", false),
        "<a href=\"https://a.test/?a=1&amp;b=&quot;2\""
        " title=\"https://a.test/?a=1&amp;b=&quot;2\""
        " target=\"_blank\" rel=\"noopener noreferrer nofollow\">a</a>");
    CHECK(strstr(shown(mem, "<a href='mailto:a@b.test'>a</a>", false), "href=\"mailto:a@b.test\""));
}

TEST(pictures_of_other_servers_are_left_out_and_counted_until_they_are_asked_for)
{
    static const struct {
        const char *html, *without, *with;
        int64_t withheld_n;
    } rows[] = {
        { "<img src='https://a.test/b.png' alt=b width=9>",                                          "<img alt=\"b\" width=\"9\">",
         "<img src=\"/far/1\" alt=\"b\" width=\"9\">",                                                                                                                                                                         1 },
        { "<img src='//a.test/b'>",                                                                  "<img>",                                    "<img src=\"/far/1\">",                                                       1 },
        { "<img srcset='https://a.test/b 2x' lowsrc='https://a.test'>",                              "<img>",                                    "<img>",                                                                      0 },
        { "<img src='https://a.test/p.gif' width=1 height='1px'>a",                                  "a",                                        "a",                                                                          0 },
        { "<img src='/files/9'><img src='file:///etc/passwd'>",                                      "<img><img>",                               "<img><img>",                                                                 0 },
        { "<img src='cid:logo@mail'>",                                                               "<img src=\"/files/1\">",                   "<img src=\"/files/1\">",                                                     0 },
        { "<img src='CID:logo%40mail'>",                                                             "<img src=\"/files/1\">",                   "<img src=\"/files/1\">",                                                     0 },
        { "<img src='cid:other'>",                                                                   "<img>",                                    "<img>",                                                                      0 },
        { "<img src='data:image/png;base64,AA=='>",                                                  "<img src=\"data:image/png;base64,AA==\">",
         "<img src=\"data:image/png;base64,AA==\">",                                                                                                                                                                           0 },
        { "<img src='data:image/svg+xml;base64,AA=='>",                                              "<img>",                                    "<img>",                                                                      0 },
        { "<td background='http://a.test/b'>a</td>",                                                 "<td>a</td>",
         "<td background=\"/far/1\">a</td>",                                                                                                                                                                                   1 },
        { "<p style=\"background:url( 'https://a.test/b' ) red\">a</p>",
         "<p style=\"background:none red\">a</p>",                                                                                               "<p style=\"background:url(/far/1) red\">a</p>",
         1                                                                                                                                                                                                                       },
        { "<p style='background:u\\72l(https://a.test/b)'>a</p>",
         "<p style=\"background:u72l(https://a.test/b)\">a</p>",                                                                                 "<p style=\"background:u72l(https://a.test/b)\">a</p>",                       0 },
        { "<p style='background:u\\rl(https://a.test/b)'>a</p>",
         "<p style=\"background:none\">a</p>",                                                                                                   "<p style=\"background:url(/far/1)\">a</p>",                                  1 },
        { "<p style='background:image-set(\"https://a.test/b\" 1x)'>a</p>",
         "<p style=\"background:x-image-set(&quot;https://a.test/b&quot; 1x)\">a</p>",                                                           "<p style=\"background:x-image-set(&quot;https://a.test/b&quot; 1x)\">a</p>", 0 },
        { "<style><!-- @import 'https://a.test'; p>b{background:url(https://a.test/)} --></style>a",
         "<style> @x-import 'https://a.test'; p>b{background:none} </style>a",                                                                   "<style> @x-import 'https://a.test'; p>b{background:url(/far/1)} </style>a",  1 },
        { "<style>p{background:url(\"https://a.test/)}\\2 b{}</style>",
         "<style>p{background:none</style>",                                                                                                     "<style>p{background:url(/far/1)</style>",                                    1 },
        { "<p style=\"content:'&lt;/style>&lt;script>'\">a</p>",
         "<p style=\"content:'/style&gt;script&gt;'\">a</p>",                                                                                    "<p style=\"content:'/style&gt;script&gt;'\">a</p>",                          0 },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct safe_rules rules = { .own = own, .own_n = COUNT(own) };
        CHECK_TEXT(shown(mem, rows[i].html, false), rows[i].without);
        CHECK_TEXT(shown(mem, rows[i].html, true), rows[i].with);
        CHECK(email_safe_page(mem, rows[i].html, &rules).withheld_n == rows[i].withheld_n);
    }
}

/* Each would take minutes, or gigabytes, if it were read as it stands. */
TEST(a_mail_made_to_be_slow_is_cut_and_its_page_is_whole)
{
    static const struct {
        const char *piece;
        size_t n;
    } rows[] = {
        { "<div>",                 1 << 20 },
        { "<p style='a:url(b)'>x", 1 << 19 },
        { "\"",                    9 << 20 },
        { "<a b='",                1 << 20 },
        { "<i></b>",               1 << 20 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        CLEANUP(arena_freep) struct arena *mem = arena_new("test");
        CLEANUP(buf_free) struct buf html = BUF((size_t)64 << 20);
        struct safe_rules rules = { .own = own, .own_n = COUNT(own) };
        for (size_t k = 0; k < rows[i].n; k++)
            buf_text(&html, rows[i].piece);
        struct safe_page page = email_safe_page(mem, buf_str(&html), &rules);
        size_t len = strlen(page.html);
        CHECK(len < (size_t)50 << 20);
        CHECK_TEXT(page.html + len - 14, "</body></html>");
    }
}

TEST(the_html_of_a_mail_is_better_than_its_text_where_the_writer_shows_something)
{
    static const struct {
        const char *html;
        bool with_text, alone; /* is it better than a text there is, than one made from it? */
    } rows[] = {
        { "<div>Hallo</div><div>Dag</div>",                                   false, false },
        { "<p>Hallo <b>jij</b></p>",                                          false, true  },
        { "<ul><li>a<li>b</ul>",                                              false, true  },
        { "<p>Zie <img src='cid:a'></p>",                                     true,  true  },
        { "<p>Zie <img src='https://a.test' width=1 height=1></p>",           false, false },
        { "<table><tr><td>Mei</td><td>3</td></tr></table>",                   true,  true  },
        { "<table><tr><td>Hallo</td></tr></table>",                           false, false },
        { "<p>Dank!</p><p>-- <br>Bea</p><p><img src='cid:logo'></p>",         false, false },
        { "<p>Dank!</p><p>Op 3 mei 2026 om 10:00 schreef Bea &lt;a@b.test&gt;:</p>"
          "<blockquote><b>Hallo</b> <img src='cid:a'></blockquote>", false, false },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++) {
        CHECK(email_html_is_better(mem, rows[i].html, true, "") == rows[i].with_text);
        CHECK(email_html_is_better(mem, rows[i].html, false, "") == rows[i].alone);
    }
}

TEST(a_picture_on_another_server_is_a_number_here_and_its_address_is_told_when_it_is_wanted)
{
    static const char html[] =
        "<body background='//b.test/0'><style>p{background:url(http://c.test/1)}"
        "</style><img src='cid:logo@mail'><img src='https://a.test/?a=1&amp;b=2'>"
        "<img src='https://a.test/p' width=1 height=1><img src='ftp://a.test'>";
    static const struct {
        int64_t wanted;
        const char *address;
    } rows[] = {
        { 1,  "https://b.test/0"        },
        { 2,  "http://c.test/1"         },
        { 3,  "https://a.test/?a=1&b=2" },
        { 4,  NULL                      },
        { 0,  NULL                      },
        { -1, NULL                      },
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct safe_rules rules = { own, COUNT(own), "/far/", rows[i].wanted };
        struct safe_page page = email_safe_page(mem, html, &rules);
        CHECK((page.wanted == NULL) == (rows[i].address == NULL));
        if (page.wanted)
            CHECK_TEXT(page.wanted, rows[i].address);
        CHECK(!strstr(page.html, ".test") && strstr(page.html, "/far/3") && page.withheld_n == 0);
    }
}

TEST(of_one_mail_only_so_many_pictures_of_other_servers_are_shown)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    struct safe_rules rules = { .remote_path = "/far/", .wanted = REMOTE_PICTURES_MAX + 1 };
    const char *html = "";
    struct safe_page page;

    for (int i = 0; i < REMOTE_PICTURES_MAX + 5; i++)
        html = arena_printf(mem, "%s<img src='https://a.test/%d'>", html, i);
    page = email_safe_page(mem, html, &rules);
    CHECK(strstr(page.html, arena_printf(mem, "/far/%d\"", REMOTE_PICTURES_MAX)) != NULL);
    CHECK(strstr(page.html, arena_printf(mem, "/far/%d\"", REMOTE_PICTURES_MAX + 1)) == NULL);
    CHECK(page.wanted == NULL);
}
