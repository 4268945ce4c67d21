#include "mbox.h"

#include "../base/buf.h"
#include "../base/disk.h"
#include "../channel/email_parse.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

enum { BLOCK = 256 * 1024 };

struct mbox {
    struct arena *mem;
    int file;
    int64_t at;
    bool has_begun, is_over;
    instant next_at; /* of the separator that was read last */
    struct buf line, mail;
    size_t from, to; /* what of the block isn't read yet */
    char block[BLOCK];
};

struct mbox *mbox_new(int file, size_t max)
{
    struct arena *mem = arena_new("mbox");
    struct mbox *mbox = NEW(mem, struct mbox);

    mbox->mem = mem;
    mbox->file = file;
    mbox->mail.max = max;
    mbox->line.max = max > BLOCK ? max : BLOCK;
    return mbox;
}

void mbox_end(struct mbox **mbox)
{
    if (!*mbox)
        return;
    buf_free(&(*mbox)->line);
    buf_free(&(*mbox)->mail);
    arena_free((*mbox)->mem);
    *mbox = NULL;
}

int64_t mbox_at(const struct mbox *mbox)
{
    return mbox->at - (int64_t)(mbox->to - mbox->from);
}

/* The next line with its end into mbox->line; none at the end of the file. */
static bool read_line(struct mbox *mbox, struct err *err)
{
    const char *end = NULL;

    buf_clear(&mbox->line);
    while (!end) {
        if (mbox->from == mbox->to) {
            int64_t n = read_some(mbox->file, mbox->block, BLOCK);

            if (n < 0)
                return disk_failed(err, "read", "the file", errno);
            if (n == 0)
                return true;
            mbox->from = 0;
            mbox->to = (size_t)n;
            mbox->at += n;
        }
        end = memchr(mbox->block + mbox->from, '\n', mbox->to - mbox->from);
        size_t len = end ? (size_t)(end + 1 - mbox->block) - mbox->from : mbox->to - mbox->from;
        buf_add(&mbox->line, mbox->block + mbox->from, len);
        mbox->from += len;
    }
    return true;
}

static bool is_blank(const struct buf *line)
{
    return (line->len == 1 && line->data[0] == '\n') ||
           (line->len == 2 && memcmp(line->data, "\r\n", 2) == 0);
}

/* "From anna@example.org Sat Nov 21 09:30:00 2026". A sentence that begins with From has no
 * time in it; some programs forget to quote those. */
static bool is_separator(const struct buf *line)
{
    const char *s = line->data;

    if (line->len < 5 || memcmp(s, "From ", 5) != 0)
        return false;
    for (size_t i = 5; i + 4 < line->len; i++)
        if (isdigit((unsigned char)s[i]) && isdigit((unsigned char)s[i + 1]) && s[i + 2] == ':' &&
            isdigit((unsigned char)s[i + 3]) && isdigit((unsigned char)s[i + 4]))
            return true;
    return false;
}

/* The moment behind the address of a separator. */
static instant separator_at(const struct buf *line)
{
    const char *address = buf_str(line) + strlen("From ");

    return email_date(address + strcspn(address, " "));
}

static bool is_quoted(const struct buf *line)
{
    size_t n = 0;

    while (n < line->len && line->data[n] == '>')
        n++;
    return n > 0 && line->len - n >= 5 && memcmp(line->data + n, "From ", 5) == 0;
}

/* Stands behind the first separator afterwards. */
static bool begin(struct mbox *mbox, struct err *err)
{
    mbox->has_begun = true;
    do
        if (!read_line(mbox, err))
            return false;
    while (mbox->line.len > 0 && is_blank(&mbox->line));
    mbox->is_over = mbox->line.len == 0;
    if (mbox->is_over)
        return true;
    if (!is_separator(&mbox->line))
        return err_set(err, ERR_INVALID, "it is no mbox: it must begin with a line 'From …'");
    mbox->next_at = separator_at(&mbox->line);
    return true;
}

static void add_line(struct mbox *mbox)
{
    bool quoted = is_quoted(&mbox->line);

    buf_add(&mbox->mail, mbox->line.data + quoted, mbox->line.len - quoted);
    mbox->mail.full = mbox->mail.full || mbox->line.full;
}

bool mbox_next(struct mbox *mbox, struct mbox_mail *out, bool *found, struct err *err)
{
    size_t blank = 0; /* bytes of an empty line that may be the one before a separator */
    bool is_empty = true;

    if (!mbox->has_begun && !begin(mbox, err))
        return false;
    *found = !mbox->is_over;
    *out = (struct mbox_mail){ .at = mbox->next_at };
    buf_clear(&mbox->mail);
    mbox->mail.full = false;
    while (!mbox->is_over) {
        mbox->line.full = false;
        if (!read_line(mbox, err))
            return false;
        mbox->is_over = mbox->line.len == 0;
        if (mbox->is_over)
            break;
        if ((blank > 0 || is_empty) && is_separator(&mbox->line)) {
            mbox->next_at = separator_at(&mbox->line);
            break;
        }
        is_empty = false;
        add_line(mbox);
        blank = is_blank(&mbox->line) ? mbox->line.len : 0;
    }
    if (!mbox->mail.full)
        mbox->mail.len -= blank;
    out->raw = (struct bytes){ (const uint8_t *)buf_str(&mbox->mail), mbox->mail.len };
    out->is_cut = mbox->mail.full;
    return true;
}
