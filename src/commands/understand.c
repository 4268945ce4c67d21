/* understand.c — what texts say: a text a line in, a JSON object a line out; or how well. */
#include "commands.h"

#include "../base/buf.h"
#include "../base/disk.h"
#include "../domain/calendars/calendar_file.h"
#include "evaluate.h"
#include "understand_lines.h"
#include "understand_own.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { SET_MAX = 64 << 20, PIECE = 64 * 1024 };

struct understand_options {
    const char *lang, *at, *own, *calendar, *evaluate;
    bool outgoing;
};

static void free_buf(struct buf *b)
{
    buf_free(b);
}

/* --- what is known beside the text ------------------------------------------------------------ */

static bool read_file(struct arena *mem, const char *path, size_t max, const char **out,
                      size_t *len, struct err *err)
{
    CLEANUP(close_file) int file = open(path, O_RDONLY | O_CLOEXEC);
    CLEANUP(free_buf) struct buf all = BUF(max);
    char piece[PIECE];
    int64_t n;

    if (file < 0)
        return disk_failed(err, "open", path, errno);
    while ((n = read_some(file, piece, sizeof(piece))) > 0 && !all.full)
        buf_add(&all, piece, (size_t)n);
    if (n < 0)
        return disk_failed(err, "read", path, errno);
    if (all.full)
        return err_set(err, ERR_TOO_LARGE, "%s is larger than %zu MB", path, max >> 20);
    *len = all.len;
    *out = arena_text_n(mem, buf_str(&all), all.len);
    return true;
}

static bool read_own(struct arena *mem, const char *path, struct understand_context *context,
                     struct err *err)
{
    struct own_file *ours = NEW(mem, struct own_file);
    const char *text;
    size_t len;

    context->places = &ours->places;
    context->own = &ours->own;
    return read_file(mem, path, SET_MAX, &text, &len, err) &&
           own_read(mem, path, text, len, ours, err);
}

static bool read_calendar(struct arena *mem, const char *path, struct understand_context *context,
                          struct err *err)
{
    struct calendar *calendar = NEW(mem, struct calendar);
    const char *text;
    size_t len;

    context->calendar = calendar;
    if (!read_file(mem, path, CALENDAR_BYTES_MAX, &text, &len, err))
        return false;
    return calendar_file_read(mem, (struct bytes){ (const uint8_t *)text, len }, context->at,
                              calendar, err) ||
           err_prefix(err, "%s: ", path);
}

static bool read_context(struct arena *mem, const struct understand_options *options,
                         struct understand_context *out, struct err *err)
{
    *out = (struct understand_context){ .is_outgoing = options->outgoing, .at = clock_now() };
    if (options->lang && (out->language = language_of_code(options->lang)) == LANGUAGE_UNKNOWN)
        return err_set(err, ERR_MALFORMED, "--lang must be nl, en, fr or de");
    if (options->at && !instant_read(options->at, strlen(options->at), &out->at))
        return err_set(err, ERR_MALFORMED,
                       "--at must be a moment like 2026-03-12T10:15:00+01:00 (RFC 3339)");
    return (!options->own || read_own(mem, options->own, out, err)) &&
           (!options->calendar || read_calendar(mem, options->calendar, out, err));
}

static bool run_evaluate(struct arena *mem, const struct understand_options *options,
                         struct err *err)
{
    struct understand_context known;
    struct labelled_set set;
    const char *text;
    size_t len;

    if (options->outgoing)
        return err_set(err, ERR_MALFORMED,
                       "the columns of the set say whether its texts are ours: leave out "
                       "--outgoing");
    if (!read_context(mem, options, &known, err))
        return false;
    if (!options->at)
        known.at = (instant){ 0 }; /* each row says its own */
    return read_file(mem, options->evaluate, SET_MAX, &text, &len, err) &&
           set_read(mem, options->evaluate, text, len, &set, err) &&
           evaluate(mem, &set, &known, stdout, err) && printed_all(stdout, err);
}

static bool run_understand(struct arena *mem, const void *arg, struct err *err)
{
    const struct understand_options *options = arg;
    struct understand_context context;

    if (options->evaluate)
        return run_evaluate(mem, options, err);
    return read_context(mem, options, &context, err) &&
           understand_lines(STDIN_FILENO, stdout, &context, err);
}

static const struct option options[] = {
    OPTION(understand_options, lang, "LANGUAGE", .doc = "nl, en, fr or de; else it is found"),
    OPTION(understand_options, at, "MOMENT",
           .doc = "When it is said (RFC 3339): what 'morgen' counts from; else now"),
    OPTION(understand_options, outgoing, NULL,
           .doc = "We write it: look for promises, referrals and style, too"),
    OPTION(understand_options, own, "FILE",
           .doc = "Numbers, mail addresses, domains and names that are ours, one a line"),
    OPTION(understand_options, calendar, "FILE",
           .doc =
               "Opening hours for deadlines, and closed days (iCalendar); else a Dutch office's"),
    OPTION(understand_options, evaluate, "FILE",
           .doc = "Measures on a labelled set (tabs between, the first line names the columns)"),
};

const struct command understand_command = {
    "understand",
    run_understand,
    "Says what texts say: a text a line on standard input, a JSON object a line",
    OPTIONS(options, understand_options),
    NULL,
    NULL,
    0,
};
