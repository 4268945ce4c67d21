#include "fuzz.h"

#include "../src/base/arena.h"
#include "../src/base/buf.h"
#include "../src/base/disk.h"
#include "../src/commands/mbox.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

/* As many pieces as a socket takes without a reader. */
enum { PIECES_MAX = 64, MAILS_MAX = 1000 };

/* The mails of a file; those behind MAILS_MAX are counted only. */
struct mails {
    struct bytes raw[MAILS_MAX];
    bool is_cut[MAILS_MAX];
    int64_t end[MAILS_MAX]; /* how far the file was read behind it */
    size_t n;
    bool is_mbox;
};

static void read_mails(struct arena *mem, int file, size_t max, struct mails *out)
{
    CLEANUP(mbox_end) struct mbox *mbox = mbox_new(file, max);
    struct mbox_mail mail;
    struct err err = { 0 };
    bool found = true;

    out->n = 0;
    while ((out->is_mbox = mbox_next(mbox, &mail, &found, &err)) && found) {
        fuzz_promise(mail.raw.len <= max, "no more of a mail is kept than was asked for");
        if (out->n < MAILS_MAX) {
            out->raw[out->n] = arena_bytes(mem, mail.raw);
            out->is_cut[out->n] = mail.is_cut;
            out->end[out->n] = mbox_at(mbox);
        }
        out->n++;
    }
    fuzz_promise(out->is_mbox || (err.code == ERR_INVALID && out->n == 0),
                 "only what doesn't begin as an mbox is refused");
}

/* From a file whose every read gives only so many bytes. */
static void read_in_pieces(struct arena *mem, struct bytes all, struct mails *out)
{
    size_t piece = all.len / PIECES_MAX + 1;
    int ends[2] = { -1, -1 };

    fuzz_promise(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends) == 0, "there are sockets");
    CLEANUP(close_file) int file = ends[0];
    for (size_t at = 0; at < all.len; at += piece) {
        size_t len = piece < all.len - at ? piece : all.len - at;
        fuzz_promise(send(ends[1], all.data + at, len, MSG_DONTWAIT) == (ssize_t)len,
                     "a socket takes the pieces");
    }
    close(ends[1]);
    read_mails(mem, file, all.len + 1, out);
}

static void read_whole(struct arena *mem, struct bytes all, size_t max, struct mails *out)
{
    CLEANUP(close_file) int file = memfd_create("mbox", MFD_CLOEXEC);

    fuzz_promise(write(file, all.data, all.len) == (ssize_t)all.len &&
                     lseek(file, 0, SEEK_SET) == 0,
                 "there are files in memory");
    read_mails(mem, file, max, out);
}

/* A line with its end. */
static struct bytes first_line(struct bytes b)
{
    const uint8_t *end = b.len > 0 ? memchr(b.data, '\n', b.len) : NULL;

    return (struct bytes){ b.data, end ? (size_t)(end + 1 - b.data) : b.len };
}

static struct bytes behind(struct bytes b, size_t len)
{
    return (struct bytes){ b.data + len, b.len - len };
}

static bool is_blank(struct bytes line)
{
    return (line.len == 1 && line.data[0] == '\n') ||
           (line.len == 2 && line.data[0] == '\r' && line.data[1] == '\n');
}

static bool begins(struct bytes b, const char *with)
{
    return b.len >= strlen(with) && memcmp(b.data, with, strlen(with)) == 0;
}

/* Takes the mail's lines off the front of a piece of the file; what is left of the piece. */
static struct bytes take_mail(struct bytes piece, struct bytes raw)
{
    while (raw.len > 0) {
        struct bytes line = first_line(piece), bare = line;
        while (begins(bare, ">"))
            bare = behind(bare, 1);
        bare = begins(bare, "From ") && begins(line, ">") ? behind(line, 1) : line;
        fuzz_promise(bare.len > 0 && bare.len <= raw.len &&
                         memcmp(bare.data, raw.data, bare.len) == 0,
                     "a mail is what stands in the file");
        raw = behind(raw, bare.len);
        piece = behind(piece, line.len);
    }
    return piece;
}

/* The mails, and what stands between them, are the file. */
static void check_all_is_there(struct bytes all, const struct mails *mails)
{
    size_t at = 0;

    while (at < all.len && is_blank(first_line(behind(all, at))))
        at += first_line(behind(all, at)).len;
    at += first_line(behind(all, at)).len;
    for (size_t i = 0; i < mails->n && i < MAILS_MAX; i++) {
        size_t end = (size_t)mails->end[i];
        fuzz_promise(at <= end && end <= all.len, "the file is read from its begin to its end");
        struct bytes left = take_mail((struct bytes){ all.data + at, end - at }, mails->raw[i]);
        if (is_blank(first_line(left)))
            left = behind(left, first_line(left).len);
        fuzz_promise(left.len == 0 || (begins(left, "From ") && first_line(left).len == left.len),
                     "nothing but an empty line and a separator is left out");
        at = end;
    }
    fuzz_promise(mails->n > MAILS_MAX || at == all.len, "all of the file is read");
}

static void check_same(const struct mails *got, const struct mails *whole, const char *promise)
{
    fuzz_promise(got->is_mbox == whole->is_mbox && got->n == whole->n, promise);
    for (size_t i = 0; i < got->n && i < MAILS_MAX; i++) {
        bool is_shorter = got->is_cut[i] && got->raw[i].len <= whole->raw[i].len;
        fuzz_promise((is_shorter || got->raw[i].len == whole->raw[i].len) &&
                         memcmp(got->raw[i].data, whole->raw[i].data, got->raw[i].len) == 0,
                     promise);
    }
}

/* Whatever a file holds: its mails are what stands in it, whole, in order and nothing else,
 * wherever a read ends; and with less room the same ones come, cut. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz");
    struct bytes all = { data, size };
    struct mails *whole = NEW(mem, struct mails), *other = NEW(mem, struct mails);

    read_whole(mem, all, size + 1, whole);
    for (size_t i = 0; i < whole->n && i < MAILS_MAX; i++)
        fuzz_promise(!whole->is_cut[i], "what fits isn't cut");
    if (whole->is_mbox)
        check_all_is_there(all, whole);
    read_in_pieces(mem, all, other);
    check_same(other, whole, "where a read ends doesn't matter");
    read_whole(mem, all, 1 + size / 3, other);
    check_same(other, whole, "with less room the mails are the same ones, cut");
    return 0;
}
