#include "html.h"

#include "../base/crypt.h"
#include "../base/text.h"

#include <string.h>

static const char style[] =
    "*{box-sizing:border-box;margin:0}"
    ":root{color-scheme:light dark;--site:%s;--ink:#14171f;--soft:#4a5160;--paper:#fff;"
    "--under:#f2f4f7;--line:#c9ced8;--wrong:#a3201c}"
    "@media(prefers-color-scheme:dark){:root{--ink:#eceef3;--soft:#b3bac8;--paper:#171a21;"
    "--under:#0f1116;--line:#4b5262;--wrong:#ff9d97}}"
    "body{background:var(--under);color:var(--ink);font:16px/24px system-ui,sans-serif;"
    "padding:16px}"
    "main{max-width:560px;margin:0 auto;padding:24px 20px;background:var(--paper);"
    "border:1px solid var(--line);border-radius:12px;display:grid;gap:16px;overflow-wrap:anywhere}"
    ".site{font-weight:600;border-left:4px solid var(--site);padding-left:10px}"
    "h1{font-size:22px;line-height:28px}h2{font-size:18px;line-height:24px}"
    "form{display:grid;gap:12px}"
    "button,.go{min-height:48px;padding:10px 16px;border:1px solid var(--site);border-radius:8px;"
    "background:var(--site);color:#fff;font:inherit;font-weight:600;text-align:center;"
    "text-decoration:none;cursor:pointer}"
    ".second{background:none;color:var(--ink);border-color:var(--line)}"
    "button:focus-visible,a:focus-visible,textarea:focus-visible{outline:3px solid var(--ink);"
    "outline-offset:2px}"
    ".code{font:600 28px/36px ui-monospace,monospace;letter-spacing:.12em;text-align:center;"
    "padding:12px;border:1px dashed var(--line);border-radius:8px;user-select:all}"
    ".soft{color:var(--soft);font-size:14px;line-height:20px}"
    "ol{list-style:none;padding:0;display:grid;gap:12px}"
    "li{padding:10px 12px;border-radius:8px;background:var(--under);white-space:pre-wrap}"
    "li b{display:block}"
    "textarea{width:100%%;min-height:96px;padding:10px;border:1px solid var(--line);"
    "border-radius:8px;background:var(--paper);color:var(--ink);font:inherit}"
    "[hidden]{display:none}"
    "form>div{display:grid;gap:4px}label{font-weight:600}"
    "input,#text{min-height:44px;padding:10px;border:1px solid var(--soft);border-radius:8px;"
    "background:var(--paper);color:var(--ink);font:inherit;width:100%%}"
    "#text{min-height:168px}input:focus-visible{outline:3px solid var(--ink);outline-offset:2px}"
    ".wrong{color:var(--wrong);font-weight:600}[aria-invalid]{border:2px solid var(--wrong)}"
    "[role=alert]{border:2px solid "
    "var(--wrong);border-radius:8px;padding:12px;display:grid;gap:8px}"
    "[role=alert] a{color:var(--wrong)}"
    ".away{position:absolute;left:-9999px}";

char *html_style(struct arena *mem, const char *colour)
{
    return arena_printf(mem, style, text_is_blank(colour) ? "#0e5a63" : colour);
}

char *html_policy(struct arena *mem, const char *colour, bool has_script)
{
    const char *css = html_style(mem, colour);
    uint8_t hash[32];

    sha256((struct bytes){ (const uint8_t *)css, strlen(css) }, hash);
    return arena_printf(mem,
                        "default-src 'none'; style-src 'sha256-%s'; script-src %s; "
                        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
                        "require-trusted-types-for 'script'; trusted-types 'none'",
                        base64_write(mem, (struct bytes){ hash, sizeof(hash) }),
                        has_script ? "'self'" : "'none'");
}

void html_text(struct buf *out, const char *text)
{
    for (const char *c = text ? text : ""; *c; c++)
        switch (*c) {
        case '<':
            buf_text(out, "&lt;");
            break;
        case '>':
            buf_text(out, "&gt;");
            break;
        case '&':
            buf_text(out, "&amp;");
            break;
        case '"':
            buf_text(out, "&quot;");
            break;
        case '\'':
            buf_text(out, "&#39;");
            break;
        default:
            buf_char(out, *c);
        }
}

void html_element(struct buf *out, const char *tag, const char *text)
{
    buf_printf(out, "<%s>", tag);
    html_text(out, text);
    buf_printf(out, "</%.*s>", (int)strcspn(tag, " "), tag);
}
