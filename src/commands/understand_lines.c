#include "understand_lines.h"

#include "../base/disk.h"
#include "../base/json.h"
#include "../base/text.h"

#include <errno.h>
#include <string.h>

enum { PIECE = 64 * 1024, ANSWER_MAX = 64 << 20 };

/* --- one line --------------------------------------------------------------------------------- */

/* Where offsets stand in an understanding. */
static const struct {
    size_t list, size, from, to;
} spans[] = {
#define SPANS(list, s)                                                                             \
    { offsetof(struct understanding, list), sizeof(struct understood_##s),                         \
      offsetof(struct understood_##s, from), offsetof(struct understood_##s, to) }
    SPANS(promises, promise),
    SPANS(referrals, referral),
    SPANS(personal, personal),
    SPANS(style, style),
#undef SPANS
};

/* From offsets in the repaired text to those in the bytes that it was made of. */
static void restore_offsets(struct understanding *u, const struct utf8_origins *origins)
{
    if (u->read > 0)
        u->read = (int64_t)origins->to[u->read];
    for (size_t i = 0; i < COUNT(spans); i++) {
        const struct list *list = (const struct list *)((const char *)u + spans[i].list);

        for (size_t k = 0; k < list->n; k++) {
            char *item = (char *)(uintptr_t)list->items + k * spans[i].size;
            int64_t *from = (int64_t *)(item + spans[i].from);
            int64_t *to = (int64_t *)(item + spans[i].to);
            bool is_empty = *from == *to;

            *from = origins->from[*from];
            *to = is_empty ? *from : origins->to[*to];
        }
    }
}

void understand_line(struct arena *mem, const char *line, size_t len,
                     const struct understand_context *context, struct buf *out)
{
    struct utf8_origins origins;
    const char *text = utf8_repair_traced(mem, line, len, &origins);
    struct understanding u;

    understand(mem, text, strlen(text), context, &u);
    if (origins.from)
        restore_offsets(&u, &origins);
    json_write(out, understanding_fields, &u);
    buf_char(out, '\n');
}

/* --- all lines -------------------------------------------------------------------------------- */

struct lines {
    const struct understand_context *context;
    struct arena *mem; /* of a line */
    struct buf line, answer;
    FILE *out;
    size_t number;   /* of the line */
    size_t too_long; /* the first one's; 0: none */
};

bool printed_all(FILE *out, struct err *err)
{
    /* A stream that failed before may be able to write again: its errno is long gone then. */
    if (ferror(out))
        return err_set(err, ERR_INTERNAL, "the result can't be written to standard output");
    return fflush(out) == 0 || disk_failed(err, "write", "standard output", errno);
}

static void end_line(struct lines *lines)
{
    buf_clear(&lines->answer);
    if (lines->line.full)
        buf_printf(&lines->answer,
                   "{\"error\":\"line %zu is longer than %d bytes: cut it into several\"}\n",
                   lines->number, LINE_BYTES_MAX);
    else
        understand_line(lines->mem, lines->line.data ? lines->line.data : "", lines->line.len,
                        lines->context, &lines->answer);
    if (lines->line.full && lines->too_long == 0)
        lines->too_long = lines->number;
    fwrite(lines->answer.data, 1, lines->answer.len, lines->out);
    arena_reset(lines->mem);
    buf_clear(&lines->line);
}

static void add_piece(struct lines *lines, const char *piece, size_t len)
{
    const char *end;

    for (; (end = memchr(piece, '\n', len)); piece = end + 1) {
        buf_add(&lines->line, piece, (size_t)(end - piece));
        end_line(lines);
        lines->number++;
        len -= (size_t)(end - piece) + 1;
    }
    buf_add(&lines->line, piece, len);
}

static void free_lines(struct lines *lines)
{
    buf_free(&lines->line);
    buf_free(&lines->answer);
    arena_free(lines->mem);
}

bool understand_lines(int in, FILE *out, const struct understand_context *context, struct err *err)
{
    CLEANUP(free_lines)
    struct lines lines = {
        .context = context,
        .mem = arena_new("line"),
        .line = BUF(LINE_BYTES_MAX),
        .answer = BUF(ANSWER_MAX),
        .out = out,
        .number = 1,
    };
    char piece[PIECE];
    int64_t n;

    while ((n = read_some(in, piece, sizeof(piece))) > 0) {
        add_piece(&lines, piece, (size_t)n);
        if (!printed_all(out, err))
            return false;
    }
    if (n < 0)
        return disk_failed(err, "read", "standard input", errno);
    if (lines.line.len > 0 || lines.line.full)
        end_line(&lines);
    if (!printed_all(out, err))
        return false;
    return lines.too_long == 0 ||
           err_set(err, ERR_TOO_LARGE, "line %zu is longer than %d bytes: cut it into several",
                   lines.too_long, LINE_BYTES_MAX);
}
