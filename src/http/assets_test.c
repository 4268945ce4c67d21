/* assets_test.c — the files of the desk: what is found, compressed, kept and refused. */
#include "site_test.h"

#include "../base/text.h"
#include "test.h"
#include "world.h"

#include <curl/curl.h>
#include <string.h>

#define TEXT(s) { (const uint8_t *)(s), sizeof(s) - 1 }

static const struct asset rows[] = {
    { "/",                    "text/html",  "\"aa\"", false, TEXT("<page>"),  TEXT("zip"), TEXT("b") },
    { "/assets/font-1.woff2", "font/woff2", "\"bb\"", true,  TEXT("letters"), { 0 },       { 0 }     },
};
static const struct assets some = { rows, COUNT(rows) };

static struct site site_with_assets(struct world *w)
{
    struct site site = site_open(w, 0);

    site.server->settings.assets = &some;
    return site;
}
#define ASSETS_SITE(site, world) CLEANUP(site_close) struct site site = site_with_assets(world)

TEST(every_address_below_desk_is_the_page_and_no_other_is)
{
    static const char *const pages[] = { "/", "/desk", "/desk/mine", "/desk/all/4K7-M2QX" };
    static const char *const others[] = { "/desks", "/assets/", "/assets/font-2.woff2", "/x",
                                          "//" };

    for (size_t i = 0; i < COUNT(pages); i++)
        CHECK(asset_find(&some, pages[i]) == &rows[0]);
    for (size_t i = 0; i < COUNT(others); i++)
        CHECK(!asset_find(&some, others[i]));
    CHECK(asset_find(&some, "/assets/font-1.woff2") == &rows[1]);
}

TEST(a_file_goes_out_in_the_smallest_coding_that_its_client_takes)
{
    static const struct {
        const char *accepted, *encoding, *content;
    } cases[] = {
        { NULL,                      NULL,   "<page>" },
        { "",                        NULL,   "<page>" },
        { "identity",                NULL,   "<page>" },
        { "gzip",                    "gzip", "zip"    },
        { "gzip, deflate, br, zstd", "br",   "b"      },
        { "BR ;q=1.0,gzip",          "br",   "b"      },
        { "br;q=0, gzip; q=0.5",     "gzip", "zip"    },
        { "brotli, gzipped",         NULL,   "<page>" },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *encoding;
        struct bytes content = asset_content(&rows[0], cases[i].accepted, &encoding);
        CHECK(text_equal(encoding, cases[i].encoding));
        CHECK(content.len == strlen(cases[i].content));
        CHECK(memcmp(content.data, cases[i].content, content.len) == 0);
    }
}

TEST(a_file_that_is_not_smaller_compressed_goes_out_as_it_is)
{
    const char *encoding;
    struct bytes content = asset_content(&rows[1], "gzip, br", &encoding);

    CHECK(!encoding && content.len == strlen("letters"));
}

TEST(the_page_is_asked_for_each_time_and_sent_once)
{
    WORLD(w);
    ASSETS_SITE(site, &w);
    struct answer answer = site_ask(&site, "GET", "/desk/mine", "Accept-Encoding: gzip\r\n", "");

    CHECK(answer.status == 200 && answer.body_len == 3 && memcmp(answer.body, "zip", 3) == 0);
    CHECK(has_header(&answer, "Content-Type", "text/html"));
    CHECK(has_header(&answer, "Content-Encoding", "gzip"));
    CHECK(has_header(&answer, "Cache-Control", "no-cache"));
    CHECK(has_header(&answer, "ETag", "\"aa\""));
    CHECK(has_header(&answer, "Vary", "Accept-Encoding"));
    answer = site_ask(&site, "GET", "/", "If-None-Match: \"xx\", \"aa\"\r\n", "");
    CHECK(answer.status == 304 && answer.body_len == 0);
    answer = site_ask(&site, "GET", "/", "If-None-Match: \"xx\"\r\n", "");
    CHECK(answer.status == 200);
}

TEST(a_file_with_its_hash_in_its_name_is_kept_for_ever)
{
    WORLD(w);
    ASSETS_SITE(site, &w);
    struct answer answer = site_ask(&site, "HEAD", "/assets/font-1.woff2", "", "");

    CHECK(answer.status == 200);
    CHECK(has_header(&answer, "Cache-Control", "public, max-age=31536000, immutable"));
    CHECK(has_header(&answer, "Content-Length", "7"));
    CHECK(site_ask(&site, "GET", "/assets/font-2.woff2", "", "").status == 404);
}

TEST(the_page_may_run_nothing_that_stands_in_it_or_comes_from_elsewhere)
{
    WORLD(w);
    ASSETS_SITE(site, &w);
    struct answer answer = site_ask(&site, "GET", "/", "", "");

    CHECK(strstr(answer.head, "default-src 'none'; script-src 'self'; style-src 'self';"));
    CHECK(!strstr(answer.head, "unsafe"));
    CHECK(strstr(answer.head, "frame-ancestors 'none'"));
    CHECK(has_header(&answer, "X-Content-Type-Options", "nosniff"));
    CHECK(has_header(&answer, "Referrer-Policy", "no-referrer"));
    CHECK(has_header(&answer, "Cross-Origin-Opener-Policy", "same-origin"));
    answer = site_ask(&site, "GET", "/healthz", "", "");
    CHECK(strstr(answer.head, "sandbox") && !strstr(answer.head, "script-src"));
}

TEST(a_file_of_the_desk_is_only_read)
{
    WORLD(w);
    ASSETS_SITE(site, &w);

    CHECK(site_ask(&site, "DELETE", "/", "", "").status == 404);
    CHECK(site_ask(&site, "POST", "/desk", "", "{}").status == 404);
}
