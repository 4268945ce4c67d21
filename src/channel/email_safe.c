#include "email_safe.h"

#include <string.h>
#include <strings.h>

#include "../base/buf.h"
#include "../base/text.h"
#include "email_markup.h"
#include "email_parse.h"
#include "email_pictures.h"
#include "email_sax.h"

enum {
    READ_MAX = 8 << 20,           /* bytes of HTML; pictures may stand in it */
    SHOWN_MAX = 8 << 20,          /* bytes of the page; it ends there */
    WRITTEN_MAX = 8 * READ_MAX,   /* a letter becomes six when it must be escaped */
    WORK_MAX = 100 * 1000 * 1000, /* see email_sax.h */
    DEPTH_MAX = 200,              /* elements within one another; deeper ones only as words */
    LINK_MAX = 4000,
};

struct page {
    struct html_reader reader; /* first: a reader is a page */
    struct pictures pictures;
    struct buf body, body_attributes, style;
    const char *open[DEPTH_MAX];
    size_t depth, hidden;
    bool is_in_style, has_body;
};

/* --- what is allowed ------------------------------------------------------------------------- */

/* Their words are no words of the mail. */
static const char *const hidden_elements[] = {
    "applet", "audio",   "canvas",   "datalist", "frameset", "iframe",
    "math",   "noembed", "noframes", "object",   "option",   "script",
    "select", "svg",     "template", "textarea", "title",    "video",
};

/* Sorted, as the search needs it. */
static const char *const elements[] = {
    "a",          "abbr",       "address", "article", "aside",  "b",      "bdi",  "bdo",
    "big",        "blockquote", "br",      "caption", "center", "cite",   "code", "col",
    "colgroup",   "dd",         "del",     "dfn",     "div",    "dl",     "dt",   "em",
    "figcaption", "figure",     "font",    "footer",  "h1",     "h2",     "h3",   "h4",
    "h5",         "h6",         "header",  "hr",      "i",      "img",    "ins",  "kbd",
    "li",         "main",       "mark",    "ol",      "p",      "pre",    "q",    "s",
    "samp",       "section",    "small",   "span",    "strike", "strong", "sub",  "sup",
    "table",      "tbody",      "td",      "tfoot",   "th",     "thead",  "tr",   "tt",
    "u",          "ul",         "var",     "wbr",
};

/* They say how something looks or reads, and lead nowhere. */
static const char *const plain_attributes[] = {
    "abbr",        "align",       "alt",    "aria-hidden", "aria-label", "bgcolor", "border",
    "cellpadding", "cellspacing", "class",  "clear",       "color",      "colspan", "compact",
    "dir",         "face",        "height", "hspace",      "id",         "lang",    "noshade",
    "nowrap",      "reversed",    "role",   "rowspan",     "rules",      "scope",   "size",
    "span",        "start",       "text",   "title",       "type",       "valign",  "value",
    "vspace",      "width",
};

static const char *const link_schemes[] = { "http://", "https://", "mailto:", "tel:" };
static const char *const void_elements[] = { "br", "col", "hr", "img", "wbr" };
static const char *const with_background[] = { "body", "table", "td", "th", "tr" };

static bool is_among(const char *name, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}
#define IS_AMONG(name, names) is_among(name, names, COUNT(names))

/* The name as it stands in the table; NULL: not allowed. */
static const char *allowed_element(const char *name)
{
    size_t from = 0, to = COUNT(elements);

    while (from < to) {
        size_t middle = (from + to) / 2;
        int order = strcmp(elements[middle], name);
        if (order == 0)
            return elements[middle];
        if (order < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return NULL;
}

/* --- writing --------------------------------------------------------------------------------- */

static void add_attribute(struct buf *out, const char *name, const char *value)
{
    buf_printf(out, " %s=\"", name);
    email_escape(out, value, strlen(value));
    buf_char(out, '"');
}

static void add_picture(struct page *page, struct buf *out, const char *name, const char *value)
{
    const char *address = picture_address(&page->pictures, value, strlen(value));

    if (address)
        add_attribute(out, name, address);
}

static void add_style(struct page *page, struct buf *out, const char *value)
{
    buf_clear(&page->style);
    style_add(&page->style, &page->pictures, value, strlen(value));
    add_attribute(out, "style", buf_str(&page->style));
}

/* In a window of its own, which knows neither us nor who came; and it says where it leads. */
static void add_link(struct buf *out, const char *value)
{
    value += strspn(value, " \t\r\n");
    if (strlen(value) > LINK_MAX)
        return;
    for (size_t i = 0; i < COUNT(link_schemes); i++) {
        if (strncasecmp(value, link_schemes[i], strlen(link_schemes[i])) != 0)
            continue;
        add_attribute(out, "href", value);
        add_attribute(out, "title", value);
        buf_text(out, " target=\"_blank\" rel=\"noopener noreferrer nofollow\"");
        return;
    }
}

static void add_attributes(struct page *page, struct buf *out, const char *element,
                           const char *const *attributes)
{
    bool is_link = strcmp(element, "a") == 0;

    for (size_t i = 0; attributes && attributes[i]; i += 2) {
        const char *name = attributes[i];
        const char *value = attributes[i + 1] ? attributes[i + 1] : "";
        if (is_link && strcmp(name, "href") == 0)
            add_link(out, value);
        else if (strcmp(name, "style") == 0)
            add_style(page, out, value);
        else if ((strcmp(name, "src") == 0 && strcmp(element, "img") == 0) ||
                 (strcmp(name, "background") == 0 && IS_AMONG(element, with_background)))
            add_picture(page, out, name, value);
        else if (IS_AMONG(name, plain_attributes) && !(is_link && strcmp(name, "title") == 0))
            add_attribute(out, name, value);
    }
}

static void close_to(struct page *page, size_t depth)
{
    while (page->depth > depth)
        buf_printf(&page->body, "</%s>", page->open[--page->depth]);
}

/* --- reading --------------------------------------------------------------------------------- */

static void end_style(struct page *page)
{
    page->is_in_style = false;
    buf_text(&page->body, "<style>");
    style_add(&page->body, &page->pictures, buf_str(&page->style), page->style.len);
    buf_text(&page->body, "</style>");
    buf_clear(&page->style);
}

static void start_allowed(struct page *page, const char *name, const char *const *attributes)
{
    bool is_void = IS_AMONG(name, void_elements);

    if (strcmp(name, "img") == 0 && html_is_pixel(attributes))
        return;
    if (!is_void && page->depth == DEPTH_MAX)
        return;
    buf_printf(&page->body, "<%s", name);
    add_attributes(page, &page->body, name, attributes);
    buf_char(&page->body, '>');
    if (!is_void)
        page->open[page->depth++] = name;
}

/* What comes now isn't shown any more. */
static bool is_full(struct page *page)
{
    page->reader.is_enough = page->body.len > SHOWN_MAX;
    page->reader.is_cut |= page->reader.is_enough;
    return page->reader.is_enough;
}

static void on_start(struct html_reader *reader, const char *name, const char *const *attributes)
{
    struct page *page = (struct page *)reader;
    const char *allowed = allowed_element(name);

    if (is_full(page))
        return;
    if (page->is_in_style)
        end_style(page);
    if (IS_AMONG(name, hidden_elements))
        page->hidden++;
    if (page->hidden > 0)
        return;
    if (strcmp(name, "style") == 0) {
        page->is_in_style = true;
        buf_clear(&page->style);
    } else if (strcmp(name, "body") == 0 && !page->has_body) {
        page->has_body = true;
        add_attributes(page, &page->body_attributes, name, attributes);
    } else if (allowed) {
        start_allowed(page, allowed, attributes);
    }
}

static void on_end(struct html_reader *reader, const char *name)
{
    struct page *page = (struct page *)reader;

    if (page->is_in_style)
        end_style(page);
    if (IS_AMONG(name, hidden_elements))
        page->hidden -= page->hidden > 0;
    if (page->hidden > 0 || IS_AMONG(name, void_elements))
        return;
    for (size_t i = page->depth; i > 0; i--)
        if (strcmp(page->open[i - 1], name) == 0) {
            close_to(page, i - 1);
            return;
        }
}

static void on_text(struct html_reader *reader, const char *s, size_t len)
{
    struct page *page = (struct page *)reader;

    if (page->hidden > 0 || is_full(page))
        return;
    if (page->is_in_style)
        buf_add(&page->style, s, len);
    else
        email_escape(&page->body, s, len);
}

/* White paper, also where the desk is dark. A picture that isn't shown keeps its place. */
static const char page_style[] =
    ":root{color-scheme:light;background:#fff;color:#1c2127}"
    "body{margin:12px 14px;font:14px/1.5 system-ui,sans-serif;overflow-wrap:break-word}"
    "img[src]{max-width:100%;height:auto}"
    "img:not([src]){display:inline-block;max-width:100%;overflow:hidden;font-size:12px;color:#"
    "59616b;"
    "background:#f1f3f5;outline:1px dashed #b5bcc4;outline-offset:-1px}"
    "pre{white-space:pre-wrap}"
    "blockquote{margin:4px 0 4px 2px;padding-left:10px;border-left:2px solid #d5dae0}";

static const char *put_together(struct arena *mem, struct page *page, bool is_cut)
{
    CLEANUP(buf_free) struct buf out = BUF((size_t)3 * WRITTEN_MAX);

    buf_printf(&out, "<!doctype html><html data-withheld=\"%lld\"%s><head><meta charset=\"utf-8\">",
               (long long)page->pictures.withheld_n, is_cut ? " data-cut=\"\"" : "");
    buf_text(&out, "<meta name=\"viewport\" content=\"width=device-width\"><title></title><style>");
    buf_text(&out, page_style);
    buf_text(&out, "</style></head><body");
    buf_add(&out, buf_str(&page->body_attributes), page->body_attributes.len);
    buf_char(&out, '>');
    buf_add(&out, buf_str(&page->body), page->body.len);
    buf_text(&out, "</body></html>");
    return arena_text_n(mem, buf_str(&out), out.len);
}

struct safe_page email_safe_page(struct arena *mem, const char *html,
                                 const struct safe_rules *rules)
{
    struct page *page = NEW(mem, struct page);
    size_t all = strlen(html), len = utf8_cut(html, all, READ_MAX);
    struct safe_page out = { .is_cut = len < all };

    email_init();
    page->reader = (struct html_reader){ on_start, on_end, on_text, .work_max = WORK_MAX };
    page->pictures = (struct pictures){ .mem = mem, .rules = rules };
    page->body = (struct buf)BUF(WRITTEN_MAX);
    page->body_attributes = (struct buf)BUF(WRITTEN_MAX);
    page->style = (struct buf)BUF(WRITTEN_MAX);
    html_read(&page->reader, html, len);
    if (page->is_in_style)
        end_style(page);
    close_to(page, 0);
    out.is_cut |= page->reader.is_cut;
    out.withheld_n = page->pictures.withheld_n;
    out.wanted = page->pictures.wanted;
    out.html = put_together(mem, page, out.is_cut);
    buf_free(&page->body);
    buf_free(&page->body_attributes);
    buf_free(&page->style);
    return out;
}
