#include "email_html.h"

#include <string.h>
#include <strings.h>

#include "../base/buf.h"
#include "../base/text.h"
#include "email_fold.h"
#include "email_parse.h"
#include "email_sax.h"
#include "email_text.h"

enum {
    QUOTES_MAX = 10,               /* "> > >" and no deeper */
    LISTS_MAX = 6,                 /* levels that are still indented */
    LINK_MAX = 2000,               /* bytes of an address that is still shown */
    WORK_MAX = 1000 * 1000 * 1000, /* see email_sax.h */
    LOOKED_AT_MAX = 256 * 1024,    /* bytes in which email_html_is_better() looks */
};

/* Where in the text stands first what the text itself can't show; SIZE_MAX: nowhere. */
struct look {
    size_t picture, table, shape;
};

struct page {
    struct html_reader reader; /* first: a reader is a page */
    struct look look;
    struct buf out;
    size_t hidden;   /* depth inside what isn't shown */
    size_t verbatim; /* depth inside <pre> */
    size_t quotes, lists;
    unsigned breaks; /* line ends due before the next word: 0, 1, 2 */
    bool is_space_due;
    bool is_cell_due;
    char link[LINK_MAX + 1];
    size_t link_start; /* where its text began in out */
};

static void note(const struct page *page, size_t *first)
{
    if (*first == SIZE_MAX)
        *first = page->out.len;
}

static void start_line(struct page *page)
{
    for (size_t i = 0; i < page->quotes && i < QUOTES_MAX; i++)
        buf_text(&page->out, "> ");
}

static void flush_breaks(struct page *page)
{
    bool is_first = page->out.len == 0;

    if (!is_first && page->breaks == 0)
        return;
    for (unsigned i = is_first ? 0 : page->breaks; i > 0; i--) {
        buf_char(&page->out, '\n');
        if (i > 1)
            start_line(page);
    }
    start_line(page);
    page->breaks = 0;
    page->is_space_due = page->is_cell_due = false;
}

static void add_break(struct page *page, unsigned n)
{
    if (page->breaks < n)
        page->breaks = n;
}

/* One byte of what is seen. */
static void add_char(struct page *page, char c)
{
    flush_breaks(page);
    if (page->is_cell_due) {
        note(page, &page->look.table);
        buf_text(&page->out, " | ");
    }
    if (page->is_space_due && !page->is_cell_due)
        buf_char(&page->out, ' ');
    page->is_cell_due = page->is_space_due = false;
    buf_char(&page->out, c);
}

static void add_words(struct page *page, const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        /* A space that may not break is one all the same. */
        bool is_wide = i + 1 < len && s[i] == '\xc2' && s[i + 1] == '\xa0';
        bool is_space = (uint8_t)s[i] <= ' ' || is_wide;
        i += is_wide;
        if (page->verbatim > 0 && s[i] == '\n')
            page->breaks = page->breaks < 2 ? page->breaks + 1 : 2;
        else if (page->verbatim > 0 && s[i] == ' ')
            add_char(page, ' ');
        else if (is_space)
            page->is_space_due = true;
        else
            add_char(page, s[i]);
    }
}

static void line_break(struct page *page, const char *const *attributes)
{
    (void)attributes;
    page->breaks = page->breaks < 2 ? page->breaks + 1 : 2;
}

static void rule(struct page *page, const char *const *attributes)
{
    (void)attributes;
    add_words(page, "________________", 16);
}

static void image(struct page *page, const char *const *attributes)
{
    const char *alt = html_attribute(attributes, "alt");

    if (html_attribute(attributes, "src") && !html_is_pixel(attributes))
        note(page, &page->look.picture);
    if (text_is_blank(alt))
        return;
    add_words(page, "[", 1);
    add_words(page, alt, strlen(alt));
    add_words(page, "]", 1);
}

static void link_open(struct page *page, const char *const *attributes)
{
    const char *to = html_attribute(attributes, "href");

    page->link[0] = '\0';
    page->link_start = page->out.len;
    if (!to)
        return;
    to += strspn(to, " \t\r\n");
    if (strlen(to) <= LINK_MAX)
        memcpy(page->link, to, strlen(to) + 1);
    page->link[strcspn(page->link, " \t\r\n")] = '\0';
}

/* The part of an address that people write when they mean it. */
static const char *bare(const char *s)
{
    static const char *const starts[] = { "mailto:", "tel:", "http://", "https://" };

    for (size_t i = 0; i < COUNT(starts); i++)
        if (strncasecmp(s, starts[i], strlen(starts[i])) == 0)
            s += strlen(starts[i]);
    return strncasecmp(s, "www.", 4) == 0 ? s + 4 : s;
}

static bool is_same_link(const char *shown, const char *link)
{
    const char *a = bare(shown), *b = bare(link);
    size_t a_len = strlen(a), b_len = strcspn(b, "?");

    if (strncasecmp(link, "mailto:", 7) != 0)
        b_len = strlen(b);
    a_len -= a_len > 0 && a[a_len - 1] == '/';
    b_len -= b_len > 0 && b[b_len - 1] == '/';
    return a_len == b_len && strncasecmp(a, b, a_len) == 0;
}

static bool is_worth_showing(const char *link)
{
    static const char *const starts[] = { "http://", "https://", "mailto:", "tel:", "ftp://" };

    for (size_t i = 0; i < COUNT(starts); i++)
        if (strncasecmp(link, starts[i], strlen(starts[i])) == 0)
            return true;
    return false;
}

static void link_close(struct page *page)
{
    const char *shown = buf_str(&page->out) + page->link_start;

    shown += strspn(shown, " \n>|");
    if (*shown && is_worth_showing(page->link) && !is_same_link(shown, page->link)) {
        page->is_space_due = true;
        add_char(page, '(');
        buf_text(&page->out, page->link);
        buf_char(&page->out, ')');
    }
    page->link[0] = '\0';
}

static void cell(struct page *page, const char *const *attributes)
{
    (void)attributes;
    page->is_cell_due = page->out.len > 0 && page->breaks == 0;
}

static void item(struct page *page, const char *const *attributes)
{
    (void)attributes;
    for (size_t i = 1; i < page->lists && i < LISTS_MAX; i++) {
        flush_breaks(page);
        buf_text(&page->out, "  ");
    }
    add_words(page, "- ", 2);
}

static void list_open(struct page *page, const char *const *attributes)
{
    (void)attributes;
    page->lists++;
}

static void list_close(struct page *page)
{
    page->lists -= page->lists > 0;
}

static void quote_open(struct page *page, const char *const *attributes)
{
    (void)attributes;
    /* The line that is due belongs to what stands before the quote. */
    if (page->out.len > 0) {
        buf_char(&page->out, '\n');
        page->breaks = 0;
        page->quotes++;
        start_line(page);
        return;
    }
    page->quotes++;
}

static void quote_close(struct page *page)
{
    page->quotes -= page->quotes > 0;
}

static void hide(struct page *page, const char *const *attributes)
{
    (void)attributes;
    page->hidden++;
}

static void show(struct page *page)
{
    page->hidden -= page->hidden > 0;
}

static void verbatim_open(struct page *page, const char *const *attributes)
{
    (void)attributes;
    page->verbatim++;
}

static void verbatim_close(struct page *page)
{
    page->verbatim -= page->verbatim > 0;
}

static const struct element {
    const char *name;
    unsigned breaks; /* before and after it */
    void (*open)(struct page *page, const char *const *attributes);
    void (*close)(struct page *page);
} elements[] = {
    { "a",          0, link_open,     link_close     },
    { "address",    1, NULL,          NULL           },
    { "article",    1, NULL,          NULL           },
    { "blockquote", 1, quote_open,    quote_close    },
    { "br",         0, line_break,    NULL           },
    { "center",     1, NULL,          NULL           },
    { "dd",         1, NULL,          NULL           },
    { "div",        1, NULL,          NULL           },
    { "dl",         1, NULL,          NULL           },
    { "dt",         1, NULL,          NULL           },
    { "footer",     1, NULL,          NULL           },
    { "form",       1, NULL,          NULL           },
    { "h1",         2, NULL,          NULL           },
    { "h2",         2, NULL,          NULL           },
    { "h3",         2, NULL,          NULL           },
    { "h4",         2, NULL,          NULL           },
    { "h5",         2, NULL,          NULL           },
    { "h6",         2, NULL,          NULL           },
    { "head",       0, hide,          show           },
    { "header",     1, NULL,          NULL           },
    { "hr",         1, rule,          NULL           },
    { "img",        0, image,         NULL           },
    { "li",         1, item,          NULL           },
    { "ol",         1, list_open,     list_close     },
    { "p",          2, NULL,          NULL           },
    { "pre",        1, verbatim_open, verbatim_close },
    { "script",     0, hide,          show           },
    { "section",    1, NULL,          NULL           },
    { "style",      0, hide,          show           },
    { "table",      1, NULL,          NULL           },
    { "td",         0, cell,          NULL           },
    { "th",         0, cell,          NULL           },
    { "title",      0, hide,          show           },
    { "tr",         1, NULL,          NULL           },
    { "ul",         1, list_open,     list_close     },
};

static const struct element *find_element(const char *name)
{
    for (size_t i = 0; i < COUNT(elements); i++)
        if (strcasecmp(elements[i].name, name) == 0)
            return &elements[i];
    return NULL;
}

/* What is lost in a text: emphasis, headings, lists. */
static bool is_shape(const char *name)
{
    static const char *const names[] = { "b", "em", "h1", "h2",     "h3", "h4",
                                         "i", "ol", "s",  "strong", "u",  "ul" };

    for (size_t i = 0; i < COUNT(names); i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static void on_start(struct html_reader *reader, const char *name, const char *const *attributes)
{
    struct page *page = (struct page *)reader;
    const struct element *element = find_element(name);

    if (page->hidden == 0 && is_shape(name))
        note(page, &page->look.shape);
    if (!element || (page->hidden > 0 && element->open != hide))
        return;
    add_break(page, element->breaks);
    if (element->open)
        element->open(page, attributes);
}

static void on_end(struct html_reader *reader, const char *name)
{
    struct page *page = (struct page *)reader;
    const struct element *element = find_element(name);

    if (!element || (page->hidden > 0 && element->close != show))
        return;
    if (element->close)
        element->close(page);
    add_break(page, element->breaks);
    reader->is_enough = page->out.full;
}

static void on_text(struct html_reader *reader, const char *s, size_t len)
{
    struct page *page = (struct page *)reader;

    if (page->hidden == 0)
        add_words(page, s, len);
    reader->is_enough = page->out.full;
}

static char *to_text(struct arena *mem, const char *html, size_t len, struct look *look)
{
    struct page *page = NEW(mem, struct page);

    email_init();
    page->reader = (struct html_reader){ on_start, on_end, on_text, .work_max = WORK_MAX };
    page->look = (struct look){ SIZE_MAX, SIZE_MAX, SIZE_MAX };
    page->out = (struct buf)BUF(EMAIL_TEXT_MAX);
    html_read(&page->reader, html, len);
    const char *text = buf_str(&page->out);
    char *copy = email_text(mem, (struct bytes){ (const uint8_t *)text, page->out.len }, "utf-8");
    buf_free(&page->out);
    *look = page->look;
    return copy;
}

char *email_html_to_text(struct arena *mem, const char *html)
{
    struct look look;

    return to_text(mem, html, strlen(html), &look);
}

bool email_html_is_better(struct arena *mem, const char *html, bool has_text, const char *subject)
{
    struct look look;
    size_t len = utf8_cut(html, strlen(html), LOOKED_AT_MAX);
    const char *text = to_text(mem, html, len, &look);
    size_t end = email_fold_at(text, subject);

    /* Nothing is folded: then nothing stands behind its end either. */
    if (text[end] == '\0')
        end = SIZE_MAX;
    return look.picture < end || look.table < end || (!has_text && look.shape < end);
}
