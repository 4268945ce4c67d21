#include "email_markup.h"

#include <string.h>
#include <strings.h>

#include "../base/buf.h"
#include "../base/text.h"

enum { LINK_MAX = 2000 };

/* Escaping makes five or six bytes of one, and a link says its address twice. */
#define BODY_MAX ((size_t)16 * EMAIL_WRITTEN_TEXT_MAX)

/* Quoted lines get one '>' more; "> > a" is written ">> a" by nobody's wish. */
static void add_quoted(struct buf *out, const char *text)
{
    while (*text) {
        size_t len = strcspn(text, "\n");
        buf_text(out, len > 0 && *text != '>' ? "> " : ">");
        buf_add(out, text, len);
        buf_char(out, '\n');
        text += len + (text[len] == '\n');
    }
}

const char *mail_text(struct arena *mem, const struct email_draft *draft)
{
    CLEANUP(buf_free) struct buf out = BUF(BODY_MAX);

    buf_text(&out, text_trim(mem, draft->text));
    buf_char(&out, '\n');
    if (!text_is_blank(draft->signature))
        buf_printf(&out, "\n-- \n%s\n", text_trim(mem, draft->signature));
    if (!text_is_blank(draft->quote_text)) {
        buf_char(&out, '\n');
        if (!text_is_blank(draft->quote_intro))
            buf_printf(&out, "%s\n", text_trim(mem, draft->quote_intro));
        add_quoted(&out, text_trim(mem, draft->quote_text));
    }
    return arena_text_n(mem, buf_str(&out), out.len);
}

void email_escape(struct buf *out, const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (s[i] == '<')
            buf_text(out, "&lt;");
        else if (s[i] == '>')
            buf_text(out, "&gt;");
        else if (s[i] == '&')
            buf_text(out, "&amp;");
        else if (s[i] == '"')
            buf_text(out, "&quot;");
        else
            buf_char(out, s[i]);
    }
}

/* How long the link at s is; 0: there is none. The full stop behind it isn't part of it. */
static size_t link_length(const char *s)
{
    size_t len;

    if (strncasecmp(s, "https://", 8) != 0 && strncasecmp(s, "http://", 7) != 0)
        return 0;
    len = strcspn(s, " \t\r\n<>\"'`{}|\\^");
    while (len > 0 && strchr(".,;:!?)]", s[len - 1]))
        len--;
    return len > 8 && len <= LINK_MAX ? len : 0;
}

static void add_line(struct buf *out, const char *s, size_t len)
{
    size_t plain = 0; /* where the text began that isn't written yet */

    for (size_t at = 0; at < len;) {
        size_t link = (s[at] | 0x20) == 'h' ? link_length(s + at) : 0;
        if (link == 0) {
            at++;
            continue;
        }
        email_escape(out, s + plain, at - plain);
        buf_text(out, "<a href=\"");
        email_escape(out, s + at, link);
        buf_text(out, "\">");
        email_escape(out, s + at, link);
        buf_text(out, "</a>");
        at += link;
        plain = at;
    }
    email_escape(out, s + plain, len - plain);
}

/* A blank line ends a paragraph, another line end is a <br>. */
static void add_paragraphs(struct buf *out, const char *text)
{
    bool is_open = false;

    while (*text) {
        size_t len = strcspn(text, "\n");
        bool is_blank = strspn(text, " \t") >= len;
        if (is_blank && is_open)
            buf_text(out, "</p>\n");
        else if (!is_blank)
            buf_text(out, is_open ? "<br>\n" : "<p>");
        if (!is_blank)
            add_line(out, text, len);
        is_open = !is_blank;
        text += len + (text[len] == '\n');
    }
    if (is_open)
        buf_text(out, "</p>\n");
}

const char *mail_html(struct arena *mem, const struct email_draft *draft)
{
    CLEANUP(buf_free) struct buf out = BUF(BODY_MAX);

    buf_text(&out, "<!DOCTYPE html>\n<html");
    if (!text_is_blank(draft->language))
        buf_printf(&out, " lang=\"%s\"", draft->language);
    buf_text(&out, ">\n<head><meta charset=\"utf-8\"></head>\n<body>\n");
    add_paragraphs(&out, draft->text);
    if (!text_is_blank(draft->signature)) {
        buf_text(&out, "<div class=\"signature\">-- <br>\n");
        add_paragraphs(&out, text_trim(mem, draft->signature));
        buf_text(&out, "</div>\n");
    }
    if (!text_is_blank(draft->quote_text)) {
        if (!text_is_blank(draft->quote_intro))
            add_paragraphs(&out, draft->quote_intro);
        buf_text(&out, "<blockquote type=\"cite\" style=\"margin:0 0 0 .8ex;padding-left:1ex;"
                       "border-left:2px solid #ccc\">\n");
        add_paragraphs(&out, draft->quote_text);
        buf_text(&out, "</blockquote>\n");
    }
    buf_text(&out, "</body>\n</html>\n");
    return arena_text_n(mem, buf_str(&out), out.len);
}
