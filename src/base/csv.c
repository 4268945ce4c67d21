#include "csv.h"

#include "text.h"

#include <string.h>

static const char separators[] = ";,\t|";
static const char byte_order_mark[] = "\xef\xbb\xbf";

/* Of Windows-1252, what differs from Latin-1; 0: nothing stands there. */
static const uint16_t windows[32] = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
};

static uint32_t point_of(uint8_t byte)
{
    return byte >= 0x80 && byte < 0xa0 ? windows[byte - 0x80] : byte;
}

static const char *from_windows(struct arena *mem, struct bytes file, size_t *len)
{
    char *out = arena_alloc(mem, file.len * 3 + 1), *to = out;

    for (size_t i = 0; i < file.len; i++) {
        uint32_t point = point_of(file.data[i]);
        if (point != 0)
            to += utf8_write(point, to);
    }
    *len = (size_t)(to - out);
    return out;
}

/* The one that stands most often in the first line, outside of quotes. */
static char guess_separator(const char *text, size_t len)
{
    size_t counts[sizeof(separators) - 1] = { 0 }, best = 0;
    bool is_quoted = false;

    for (size_t i = 0; i < len && (is_quoted || !strchr("\r\n", text[i])); i++) {
        const char *found = strchr(separators, text[i]);
        is_quoted ^= text[i] == '"';
        if (!is_quoted && found)
            counts[found - separators]++;
    }
    for (size_t i = 1; i < COUNT(counts); i++)
        if (counts[i] > counts[best])
            best = i;
    return separators[best];
}

void csv_begin(struct csv *csv, struct arena *mem, struct bytes file)
{
    size_t mark = strlen(byte_order_mark);

    *csv = (struct csv){ .mem = mem, .line = 1 };
    csv->was_windows = !utf8_is_valid(file.data, file.len);
    if (csv->was_windows) {
        csv->text = from_windows(mem, file, &csv->len);
    } else {
        csv->text = (const char *)file.data;
        csv->len = file.len;
        if (file.len >= mark && memcmp(file.data, byte_order_mark, mark) == 0)
            csv->at = mark;
    }
    /* Each cell ends with a NUL where a separator or an end of line stood; the last with one more.
     */
    csv->out = arena_alloc(mem, csv->len + 2);
    csv->separator = guess_separator(csv->text + csv->at, csv->len - csv->at);
}

/* Behind apostrophes, what a spreadsheet would take for a formula? */
static bool is_formula(const char *cell)
{
    cell += strspn(cell, "'");
    return *cell && strchr("=+-@\t\r", *cell);
}

static bool is_end_of_line(const struct csv *csv)
{
    return csv->text[csv->at] == '\r' || csv->text[csv->at] == '\n';
}

/* One end of line, however it's written. */
static void take_end_of_line(struct csv *csv)
{
    if (csv->text[csv->at] == '\r' && csv->at + 1 < csv->len && csv->text[csv->at + 1] == '\n')
        csv->at++;
    csv->at++;
    csv->line++;
}

/* Behind the opening quote; what is doubled stands for one. */
static void take_quoted(struct csv *csv, char *out, size_t *n, struct csv_row *row)
{
    for (; csv->at < csv->len; csv->at++) {
        char c = csv->text[csv->at];
        if (c == '"' && (csv->at + 1 == csv->len || csv->text[csv->at + 1] != '"')) {
            csv->at++;
            return;
        }
        csv->at += c == '"';
        csv->line += c == '\n';
        out[(*n)++] = c;
    }
    row->broken = "a quote is never closed";
}

static const char *take_cell(struct csv *csv, struct csv_row *row)
{
    char *out = csv->out;
    size_t n = 0;

    if (csv->at < csv->len && csv->text[csv->at] == '"') {
        csv->at++;
        take_quoted(csv, out, &n, row);
    }
    for (; csv->at < csv->len && csv->text[csv->at] != csv->separator && !is_end_of_line(csv);
         csv->at++)
        out[n++] = csv->text[csv->at];
    out[n] = '\0';
    csv->out += n + 1;
    if (n > CSV_CELL_MAX)
        row->broken = "a cell is too long";
    return is_formula(out) && *out == '\'' ? out + 1 : out;
}

static void take_row(struct csv *csv, struct csv_row *row)
{
    bool is_more = true;

    *row = (struct csv_row){ .line = csv->line,
                             .cells = NEW_ARRAY(csv->mem, const char *, CSV_COLUMNS_MAX) };
    while (is_more) {
        const char *cell = take_cell(csv, row);
        if (row->n < CSV_COLUMNS_MAX)
            row->cells[row->n++] = cell;
        else
            row->broken = "there are too many columns";
        is_more = csv->at < csv->len && csv->text[csv->at] == csv->separator;
        csv->at += is_more;
    }
    if (csv->at < csv->len)
        take_end_of_line(csv);
}

bool csv_next(struct csv *csv, struct csv_row *out)
{
    while (csv->at < csv->len) {
        bool is_blank = true;
        take_row(csv, out);
        for (size_t i = 0; i < out->n && is_blank; i++)
            is_blank = text_is_blank(out->cells[i]);
        if (!is_blank || out->broken)
            return true;
    }
    return false;
}

void csv_write(struct buf *out, const char *cell, bool is_first)
{
    if (!is_first)
        buf_char(out, ';');
    buf_char(out, '"');
    if (is_formula(cell))
        buf_char(out, '\'');
    for (; *cell; cell++) {
        if (*cell == '"')
            buf_char(out, '"');
        buf_char(out, *cell);
    }
    buf_char(out, '"');
}
