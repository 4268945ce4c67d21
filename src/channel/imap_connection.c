#include "imap_connection.h"

#include "../base/clock.h"
#include "../base/text.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

enum {
    CHUNK = 16 * 1024,
    KEPT_MEMORY_MAX = 1024 * 1024, /* of a buffer between commands */
    QUIET_MAX_MS = 60 * 1000,
    COMMAND_MAX_MS = 15 * 60 * 1000,
    LOGIN_MAX_MS = 60 * 1000,
    LOOK_UP_MS = 500, /* how soon an interruption is noticed */
};

/* What the server said while curl logged in. */
struct login {
    char words[MAIL_WORDS_MAX];
    bool is_temporary;
};

/* Refusals that are about the server's state and not about what was asked (RFC 5530). */
static bool is_temporary(const struct imap_reply *reply)
{
    static const char *const codes[] = { "UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG" };

    for (size_t i = 0; i < COUNT(codes); i++)
        if (imap_code_is(reply, codes[i]))
            return true;
    return false;
}

/* curl hands over each line of the server: the last refusal is kept. */
static size_t hear_login(char *data, size_t size, size_t n, void *who)
{
    struct login *login = who;
    struct imap_reply reply;

    if (!imap_reply_read((struct bytes){ (const uint8_t *)data, size * n }, &reply))
        return size * n;
    if (reply.status == IMAP_NO || reply.status == IMAP_BAD || reply.status == IMAP_BYE) {
        mail_words(login->words, reply.words);
        login->is_temporary = is_temporary(&reply) || reply.status == IMAP_BYE;
    }
    return size * n;
}

static bool login_failed(const struct imap *im, CURLcode result, const struct login *login,
                         const struct mail_server *server, struct err *err)
{
    if (!login->words[0] || fetch_guard_refused(&im->link.guard))
        return mail_curl_failed(&im->link, result, err);
    if (login->is_temporary)
        return err_set(err, ERR_BUSY, "%s can't let us in at the moment: \"%s\"", im->link.host,
                       login->words);
    return err_set(err, ERR_UPSTREAM,
                   "%s refused the login of %.100s: \"%s\"; check the user name and the password",
                   im->link.host, server->user, login->words);
}

static bool is_interrupted(const struct imap *im)
{
    return im->interrupted && atomic_load(im->interrupted);
}

/* curl asks about once a second whether to go on. */
static int go_on(void *who, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    (void)a, (void)b, (void)c, (void)d;
    return is_interrupted(who);
}

static bool log_in(struct imap *im, const struct mail_server *server, struct err *err)
{
    struct login login = { 0 };
    CURL *curl;
    CURLcode result;

    if (!server->user || !server->user[0])
        return err_set(err, ERR_UPSTREAM, "a mailbox needs a user name and a password");
    if (!mail_curl_open(&im->link, server, "imap", "", err))
        return false;
    curl = im->link.curl;
    curl_easy_setopt(curl, CURLOPT_CONNECT_ONLY, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)LOGIN_MAX_MS);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, go_on);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, im);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, hear_login);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &login);
    result = curl_easy_perform(curl);
    /* `login` ends with this function, the handle doesn't */
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, NULL);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, NULL);
    if (result != CURLE_OK)
        return login_failed(im, result, &login, server, err);
    if (curl_easy_getinfo(curl, CURLINFO_ACTIVESOCKET, &im->socket) != CURLE_OK ||
        im->socket == CURL_SOCKET_BAD)
        return err_set(err, ERR_BUSY, "%s closed the connection at once", im->link.host);
    return true;
}

bool imap_connect(const struct mail_server *server, struct imap **out, struct err *err)
{
    struct arena *mem = arena_new("imap");
    CLEANUP(imap_close) struct imap *im = NEW(mem, struct imap);

    *out = NULL;
    im->mem = mem;
    im->scratch = arena_new("imap command");
    im->socket = CURL_SOCKET_BAD;
    im->reply_max = IMAP_LINE_MAX;
    im->interrupted = server->interrupted;
    if (!log_in(im, server, err))
        return false;
    *out = im;
    im = NULL;
    return true;
}

void imap_close(struct imap **place)
{
    struct imap *im = *place;
    struct err ignored;

    if (!im)
        return;
    *place = NULL;
    if (im->socket != CURL_SOCKET_BAD) {
        if (im->broken.code == ERR_NONE)
            (void)!imap_send_command(im, "LOGOUT", &ignored);
        /* else curl says LOGOUT itself and waits for an answer */
        shutdown(im->socket, SHUT_RDWR);
    }
    mail_curl_close(&im->link);
    buf_free(&im->in);
    arena_free(im->scratch);
    arena_free(im->mem);
}

/* Keeps why the connection can't be used any more. */
static bool give_up(struct imap *im, const struct err *err)
{
    im->broken = *err;
    return false;
}

bool imap_is_broken(struct imap *im, const char *what, struct err *err)
{
    err_set(err, ERR_UPSTREAM, "%s does not speak IMAP as it should: %s", im->link.host, what);
    return give_up(im, err);
}

static bool is_lost(struct imap *im, const char *why, struct err *err)
{
    err_set(err, ERR_BUSY, "the connection with %s was lost: %s", im->link.host, why);
    return give_up(im, err);
}

/* How long to sleep: who has no descriptor to be woken by looks up now and then. */
static int nap(const struct imap *im, int64_t left_ms, int wake_fd)
{
    if (im->interrupted && wake_fd < 0 && left_ms > LOOK_UP_MS)
        return LOOK_UP_MS;
    return left_ms > INT32_MAX ? INT32_MAX : (int)left_ms;
}

/* Waits for the socket, or the other descriptor; IMAP_HEARD: the socket is ready. */
static enum imap_heard wait_for(const struct imap *im, short events, int64_t until_ms, int wake_fd)
{
    for (;;) {
        struct pollfd fds[] = {
            { .fd = im->socket, .events = events },
            { .fd = wake_fd,    .events = POLLIN }
        };
        int64_t left = until_ms - clock_monotonic_ms();
        int n;

        if (left <= 0)
            return IMAP_QUIET;
        if (wake_fd < 0 && is_interrupted(im)) {
            errno = ECANCELED;
            return IMAP_FAILED;
        }
        n = poll(fds, COUNT(fds), nap(im, left, wake_fd));
        if (n < 0 && errno != EINTR)
            return IMAP_FAILED;
        if (n > 0 && fds[0].revents)
            return IMAP_HEARD;
        if (n > 0 && fds[1].revents)
            return IMAP_WOKEN;
    }
}

bool imap_send(struct imap *im, struct bytes data, struct err *err)
{
    size_t sent = 0;

    while (sent < data.len) {
        size_t n = 0;
        CURLcode result = curl_easy_send(im->link.curl, data.data + sent, data.len - sent, &n);
        if (result == CURLE_OK)
            sent += n;
        else if (result != CURLE_AGAIN)
            return is_lost(im, curl_easy_strerror(result), err);
        else if (wait_for(im, POLLOUT, imap_patience(im), -1) != IMAP_HEARD)
            return is_lost(im, "it takes nothing any more", err);
    }
    return true;
}

/* Forgets what was heard before, but not what came early for the next reply. */
static void tidy(struct imap *im)
{
    buf_drop(&im->in, im->reply_at);
    im->reply_at = 0;
    if (im->in.len == 0 && im->in.cap > KEPT_MEMORY_MAX)
        buf_free(&im->in);
    im->in.max = im->reply_max + IMAP_LINE_MAX + 2 * CHUNK;
    arena_reset(im->scratch);
}

bool imap_send_command(struct imap *im, const char *command, struct err *err)
{
    const char *line;

    if (im->broken.code != ERR_NONE) {
        *err = im->broken;
        return false;
    }
    tidy(im);
    snprintf(im->tag, sizeof im->tag, "G%u", ++im->commands_n);
    line = arena_printf(im->scratch, "%s %s\r\n", im->tag, command);
    im->until_ms = clock_monotonic_ms() + COMMAND_MAX_MS;
    return imap_send(im, (struct bytes){ (const uint8_t *)line, strlen(line) }, err);
}

int64_t imap_patience(const struct imap *im)
{
    int64_t until_ms = clock_monotonic_ms() + QUIET_MAX_MS;

    return until_ms < im->until_ms ? until_ms : im->until_ms;
}

/* Some bytes more. TLS holds data back from poll(): so first read, then wait. */
static enum imap_heard receive(struct imap *im, int64_t until_ms, int wake_fd, struct err *err)
{
    char *room = buf_room(&im->in, CHUNK);

    if (!room)
        return imap_is_broken(im, "its answer has no end", err), IMAP_FAILED;
    for (;;) {
        size_t n = 0;
        CURLcode result = curl_easy_recv(im->link.curl, room, CHUNK, &n);
        enum imap_heard heard;

        if (result == CURLE_OK && n > 0) {
            im->in.len += n;
            return IMAP_HEARD;
        }
        if (result == CURLE_OK)
            return is_lost(im, "it was closed at the other side", err), IMAP_FAILED;
        if (result != CURLE_AGAIN)
            return is_lost(im, curl_easy_strerror(result), err), IMAP_FAILED;
        heard = wait_for(im, POLLIN, until_ms, wake_fd);
        if (heard == IMAP_FAILED)
            return is_lost(im, strerror(errno), err), IMAP_FAILED;
        if (heard != IMAP_HEARD)
            return heard;
    }
}

static bool is_uint32(int64_t number)
{
    return number >= 0 && number <= UINT32_MAX;
}

/* Servers may tell at any time how the folder changes. */
static void note(struct imap *im, const struct imap_reply *reply)
{
    if (reply->kind != IMAP_DATA || !is_uint32(reply->number))
        return;
    if (imap_is(reply->name, "EXISTS")) {
        if (reply->number > im->exists)
            im->has_news = true;
        im->exists = (uint32_t)reply->number;
    } else if (imap_is(reply->name, "EXPUNGE") && im->exists > 0) {
        im->exists--;
    }
}

static enum imap_heard read_reply(struct imap *im, struct imap_reply *out, struct err *err)
{
    struct bytes reply = { (const uint8_t *)im->in.data + im->reply_at, im->scan.at };
    char words[MAIL_WORDS_MAX];

    im->reply_at += im->scan.at;
    im->scan = (struct imap_scan){ 0 };
    if (!imap_reply_read(reply, out))
        return imap_is_broken(im, "a line makes no sense", err), IMAP_FAILED;
    if (out->kind == IMAP_NOTE && out->status == IMAP_BYE) {
        mail_words(words, out->words);
        err_set(err, ERR_BUSY, "%s ended the connection: \"%s\"", im->link.host, words);
        return give_up(im, err), IMAP_FAILED;
    }
    note(im, out);
    return IMAP_HEARD;
}

enum imap_heard imap_hear(struct imap *im, int64_t until_ms, int wake_fd, struct imap_reply *out,
                          struct err *err)
{
    if (im->scan.at == 0 && !im->keep) {
        buf_drop(&im->in, im->reply_at);
        im->reply_at = 0;
    }
    for (;;) {
        size_t len = im->in.len - im->reply_at; /* before the first byte there is no memory */
        enum imap_scanned scanned =
            len == 0 ? IMAP_MORE
                     : imap_scan(&im->scan,
                                 (struct bytes){ (const uint8_t *)im->in.data + im->reply_at, len },
                                 im->reply_max);
        enum imap_heard heard;

        if (scanned == IMAP_WHOLE)
            return read_reply(im, out, err);
        if (scanned == IMAP_BROKEN)
            return imap_is_broken(im, "an answer is too long", err), IMAP_FAILED;
        heard = receive(im, until_ms, wake_fd, err);
        if (heard != IMAP_HEARD)
            return heard;
    }
}

bool imap_judge(const struct imap *im, const struct imap_reply *end, struct err *err)
{
    char words[MAIL_WORDS_MAX];

    if (end->status == IMAP_OK)
        return true;
    mail_words(words, end->words);
    return err_set(err, is_temporary(end) ? ERR_BUSY : ERR_UPSTREAM, "%s refused: \"%s\"",
                   im->link.host, words);
}

bool imap_finish(struct imap *im, const struct imap_listener *listener, struct err *err)
{
    for (;;) {
        struct imap_reply reply;
        enum imap_heard heard = imap_hear(im, imap_patience(im), -1, &reply, err);

        if (heard == IMAP_FAILED)
            return false;
        if (heard != IMAP_HEARD)
            return is_lost(im, "no answer in time", err);
        if (reply.kind == IMAP_TAGGED && imap_is(reply.tag, im->tag)) {
            im->is_expunged = imap_code_is(&reply, "EXPUNGEISSUED");
            return imap_judge(im, &reply, err);
        }
        if (reply.kind == IMAP_TAGGED || reply.kind == IMAP_CONTINUE)
            return imap_is_broken(im, "an answer to nothing", err);
        if (listener && !listener->hear(listener->who, im, &reply))
            return imap_is_broken(im, "an answer can't be read", err);
    }
}

bool imap_run(struct imap *im, const char *command, const struct imap_listener *listener,
              struct err *err)
{
    return imap_send_command(im, command, err) && imap_finish(im, listener, err);
}
