#include "email_sax.h"

#include <libxml/HTMLparser.h>
#include <string.h>
#include <strings.h>

enum { READ_MAX = 4000 }; /* bytes that libxml2 gets at a time */

/* libxml2 compares each attribute with all before it in its tag, and each end tag with all open
 * elements. This counts those comparisons in the bytes it asks for, and ends the input when
 * they become too many. */
struct meter {
    struct html_reader *reader;
    htmlParserCtxtPtr ctxt;
    const char *at, *end;
    uint64_t work;
    char last;      /* byte */
    uint64_t words; /* since the parser last reported an element: no tag has more attributes */
};

static struct meter *meter_of(void *ctxt)
{
    return ((htmlParserCtxtPtr)ctxt)->_private;
}

static void on_start(void *ctxt, const xmlChar *name, const xmlChar **attributes)
{
    struct meter *meter = meter_of(ctxt);

    meter->words = 0;
    meter->reader->start(meter->reader, (const char *)name, (const char *const *)attributes);
}

static void on_end(void *ctxt, const xmlChar *name)
{
    struct meter *meter = meter_of(ctxt);

    meter->words = 0;
    meter->reader->end(meter->reader, (const char *)name);
}

static void on_text(void *ctxt, const xmlChar *s, int len)
{
    struct meter *meter = meter_of(ctxt);

    meter->words = 0;
    if (len > 0)
        meter->reader->text(meter->reader, (const char *)s, (size_t)len);
}

static int on_read(void *what, char *block, int len)
{
    struct meter *meter = what;
    struct html_reader *reader = meter->reader;
    size_t n = (size_t)(meter->end - meter->at);
    uint64_t depth = meter->ctxt->nameNr > 0 ? (uint64_t)meter->ctxt->nameNr : 1;

    if (n > (size_t)len)
        n = (size_t)len;
    if (n > READ_MAX)
        n = READ_MAX;
    for (size_t i = 0; i < n; i++) {
        char c = meter->at[i];
        if (c == '/' && meter->last == '<')
            meter->work += depth;
        else if ((uint8_t)c <= ' ' || strchr("\"'/=", c))
            meter->work += ++meter->words;
        meter->last = c;
    }
    if (meter->work > reader->work_max || reader->is_enough) {
        reader->is_cut |= n > 0;
        return 0;
    }
    memcpy(block, meter->at, n);
    meter->at += n;
    return (int)n;
}

void html_init(void)
{
    xmlInitParser();
}

void html_read(struct html_reader *reader, const char *html, size_t len)
{
    struct meter meter = { .reader = reader, .at = html, .end = html + len };

    meter.ctxt = htmlNewParserCtxt();
    if (!meter.ctxt)
        return;
    /* Without a handler that builds it there is no tree, whose depth would be limited. */
    *meter.ctxt->sax = (htmlSAXHandler){ .startElement = on_start,
                                         .endElement = on_end,
                                         .characters = on_text,
                                         .ignorableWhitespace = on_text };
    meter.ctxt->_private = &meter;
    htmlCtxtReadIO(meter.ctxt, on_read, NULL, &meter, NULL, "utf-8",
                   HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                       HTML_PARSE_NONET);
    htmlFreeParserCtxt(meter.ctxt);
}

const char *html_attribute(const char *const *attributes, const char *name)
{
    for (size_t i = 0; attributes && attributes[i]; i += 2)
        if (strcasecmp(attributes[i], name) == 0)
            return attributes[i + 1] ? attributes[i + 1] : "";
    return NULL;
}

static bool is_nothing(const char *size)
{
    size_t len = size ? strspn(size, "01") : 0;

    return len == 1 && (size[1] == '\0' || strcmp(size + 1, "px") == 0);
}

bool html_is_pixel(const char *const *attributes)
{
    return is_nothing(html_attribute(attributes, "width")) &&
           is_nothing(html_attribute(attributes, "height"));
}
