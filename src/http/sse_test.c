/* sse_test.c — live events as clients get them: all of them, once, in order. */
#include "site_test.h"

#include "../auth/sessions.h"
#include "../auth/tokens.h"
#include "../auth/users.h"
#include "../base/text.h"
#include "../store/events.h"
#include "called.h"
#include "sse_pages.h"
#include "test.h"
#include "world.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum { WAIT_MS = 60000, BEAT_MS = 40 };
#define STREAM_PATH "/api/v1/events"

/* --- a client that understands a stream as it comes, in pieces of any size ----------------------
 */

struct listener {
    int fd;
    enum { IN_HEAD, IN_SIZE, IN_DATA, IN_PLAIN, IN_NOTHING } where;
    int status;
    size_t left; /* of a chunk */
    struct buf line, text;
    int64_t last; /* id of the last event */
    int n, beats, news;
    const char *must_hold; /* in each event; NULL: anything */
    bool has_gap, is_wrong, is_closed;
};

static void close_listener(struct listener *l)
{
    close_socket(&l->fd);
    buf_free(&l->line);
    buf_free(&l->text);
}

static struct listener listen_from(const struct site *site, const char *token, int64_t after)
{
    struct listener l = { .fd = site_connect(site), .last = after };

    l.line = l.text = (struct buf)BUF(1 << 20);
    socket_send(l.fd, arena_printf(site->mem,
                                   "GET " STREAM_PATH " HTTP/1.1\r\nHost: x\r\n"
                                   "Authorization: Bearer %s\r\nLast-Event-ID: %lld\r\n\r\n",
                                   token, (long long)after));
    return l;
}

/* One block of the stream, without the empty line behind it. */
static void take_block(struct listener *l, const char *block)
{
    const char *data = strstr(block, "\ndata: {");

    if (text_equal(block, ":")) {
        l->beats++;
        return;
    }
    if (text_equal(block, "event: presence\ndata: {\"kind\":\"presence\"}")) {
        l->news++;
        return;
    }
    if (strncmp(block, "id: ", 4) != 0 || !strstr(block, "\nevent: ") || !data ||
        strchr(data + 1, '\n') || (l->must_hold && !strstr(block, l->must_hold))) {
        l->is_wrong = true;
        return;
    }
    l->has_gap |= strtoll(block + 4, NULL, 10) != l->last + 1;
    l->last = strtoll(block + 4, NULL, 10);
    l->n++;
}

static void take_text(struct listener *l, const char *text, size_t len)
{
    char *end;

    buf_add(&l->text, text, len);
    while (l->text.len > 0 && (end = strstr(l->text.data, "\n\n"))) {
        *end = '\0';
        take_block(l, l->text.data);
        buf_drop(&l->text, (size_t)(end + 2 - l->text.data));
    }
}

/* The head, and the sizes of chunks, come line by line. */
static void take_line(struct listener *l, char c)
{
    bool is_head = l->where == IN_HEAD;

    buf_char(&l->line, c);
    if (!strstr(l->line.data, is_head ? "\r\n\r\n" : "\r\n"))
        return;
    if (is_head) {
        l->status = (int)strtol(l->line.data + 9, NULL, 10);
        called("GET", STREAM_PATH, l->status);
        l->where = strstr(l->line.data, "chunked") ? IN_SIZE : IN_PLAIN;
    } else if (l->line.len > 2) { /* not only the end of the chunk before */
        l->left = (size_t)strtoul(l->line.data, NULL, 16);
        l->where = l->left > 0 ? IN_DATA : IN_NOTHING;
    }
    buf_clear(&l->line);
}

static void take_bytes(struct listener *l, const char *bytes, size_t n)
{
    while (n > 0) {
        size_t piece = l->where == IN_PLAIN || n < l->left ? n : l->left;
        if (l->where != IN_PLAIN && l->where != IN_DATA) {
            take_line(l, *bytes);
            piece = 1;
        } else {
            take_text(l, bytes, piece);
            l->left -= l->where == IN_DATA ? piece : 0;
            if (l->where == IN_DATA && l->left == 0)
                l->where = IN_SIZE;
        }
        bytes += piece;
        n -= piece;
    }
}

static void take_what_is_there(struct listener *l)
{
    char bytes[16384];
    ssize_t n;

    while ((n = recv(l->fd, bytes, sizeof(bytes), MSG_DONTWAIT)) > 0)
        take_bytes(l, bytes, (size_t)n);
    l->is_closed |= n == 0 || (errno != EAGAIN && errno != EINTR);
}

struct crowd {
    struct listener *all;
    size_t n;
};

static void close_crowd(struct crowd *crowd)
{
    for (size_t i = 0; i < crowd->n; i++)
        close_listener(&crowd->all[i]);
}

/* Listens on all of them for up to ms, or until each has come to `last`. */
static bool listen_until(struct site *site, struct crowd *crowd, int64_t last, int64_t ms)
{
    struct pollfd *fds = NEW_ARRAY(site->mem, struct pollfd, crowd->n);
    int64_t until = clock_monotonic_ms() + ms;
    size_t done = 0;

    while (done < crowd->n && clock_monotonic_ms() < until) {
        for (size_t i = 0; i < crowd->n; i++)
            fds[i] = (struct pollfd){ .fd = crowd->all[i].is_closed ? -1 : crowd->all[i].fd,
                                      .events = POLLIN };
        poll(fds, crowd->n, 20);
        done = 0;
        for (size_t i = 0; i < crowd->n; i++) {
            if (fds[i].revents != 0)
                take_what_is_there(&crowd->all[i]);
            done += crowd->all[i].last >= last;
        }
    }
    return done == crowd->n;
}

static bool listen_one(struct site *site, struct listener *l, int64_t last)
{
    return listen_until(site, &(struct crowd){ l, 1 }, last, WAIT_MS);
}

static bool is_sound(const struct listener *l)
{
    return l->status == 200 && !l->has_gap && !l->is_wrong;
}

static size_t count_unsound(const struct crowd *crowd)
{
    size_t n = 0;

    for (size_t i = 0; i < crowd->n; i++)
        n += !is_sound(&crowd->all[i]);
    return n;
}

#define LISTENER(name, site, token, after)                                                         \
    CLEANUP(close_listener) struct listener name = listen_from(site, token, after)

/* --- positions
 * ------------------------------------------------------------------------------------ */

static bool read_position(struct tx *tx, void *out, struct err *err)
{
    return events_position(tx, out, err);
}

/* Where the organisation's history stands; -1 when that can't be read. */
static int64_t position_of(struct site *site, organisation_id organisation)
{
    struct scope scope = { .mem = site->mem, .organisation = organisation };
    int64_t position = -1;
    struct err err;

    if (!store_read(site->world->store, &scope, read_position, &position, &err))
        return -1;
    return position;
}

/* A second organisation and its first events. */
static organisation_id another(struct site *site, const char **token)
{
    organisation_id organisation = { id_new() };

    *token = site_token(site, organisation);
    return organisation;
}

/* --- the tests
 * ------------------------------------------------------------------------------------- */

TEST(a_live_stream_gets_each_event_once_and_in_order)
{
    WORLD(w);
    SITE(site, &w);
    CHECK(site_events(&site, w.scope.organisation, "test.before", 1));
    int64_t from = position_of(&site, w.scope.organisation);
    LISTENER(l, &site, site.token, from);

    l.must_hold = "event: test.now\n";
    for (int i = 0; i < 40; i++) {
        CHECK(site_events(&site, w.scope.organisation, "test.now", i));
        listen_until(&site, &(struct crowd){ &l, 1 }, INT64_MAX, 1);
    }
    CHECK(listen_one(&site, &l, from + 780));
    CHECK(is_sound(&l) && l.n == 780);
    CHECK(l.beats == 1); /* the first byte */
}

TEST(a_stream_that_comes_back_gets_all_that_it_missed)
{
    static const int64_t behind[] = { 0, 1, 254, 255, 256, 257, 511, 512, 513, 1999, 2000 };

    WORLD(w);
    SITE(site, &w);
    CHECK(site_events(&site, w.scope.organisation, "test.event", 2000));
    for (size_t i = 0; i < COUNT(behind); i++) {
        int64_t end = position_of(&site, w.scope.organisation), start = end - behind[i];
        LISTENER(l, &site, site.token, start);
        l.must_hold = "event: test.event\n";
        CHECK(site_events(&site, w.scope.organisation, "test.event", 1));
        CHECK(listen_one(&site, &l, end + 1));
        CHECK(is_sound(&l) && l.n == behind[i] + 1);
    }
}

TEST(a_stream_begins_where_it_says_or_now)
{
    WORLD(w);
    SITE(site, &w);
    CHECK(site_events(&site, w.scope.organisation, "test.event", 10));
    int64_t end = position_of(&site, w.scope.organisation);
    const struct {
        const char *target, *header;
        int64_t first;
    } rows[] = {
        { "/api/v1/events", "", end + 1 },
        { arena_printf(site.mem, "/api/v1/events?after=%lld", end - 3LL), "", end - 2 },
        { arena_printf(site.mem, "/api/v1/events?after=%lld", end - 3LL),
         arena_printf(site.mem, "Last-Event-ID: %lld\r\n", end - 1LL), end },
        { "/api/v1/events?after=999999999", "", end + 1 },
        { "/api/v1/events", "Last-Event-ID: 99999999\r\n", end + 1 },
        { "/api/v1/events", "Last-Event-ID: \r\n", end + 1 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        CLEANUP(close_listener)
        struct listener l = { .fd = site_connect(&site), .last = rows[i].first - 1 + (int64_t)i };
        /* Each round adds one event: what begins now begins so much later. */
        bool is_now = rows[i].first == end + 1;
        l.last = is_now ? end + (int64_t)i : rows[i].first - 1;
        l.line = l.text = (struct buf)BUF(1 << 20);
        CHECK(socket_send(l.fd, arena_printf(site.mem,
                                             "GET %s HTTP/1.1\r\nHost: x\r\n%s"
                                             "Authorization: Bearer %s\r\n\r\n",
                                             rows[i].target, rows[i].header, site.token)));
        while (l.beats == 0 && l.n == 0) /* its handler has run: from here on it's live */
            listen_until(&site, &(struct crowd){ &l, 1 }, INT64_MAX, 5);
        CHECK(site_events(&site, w.scope.organisation, "test.event", 1));
        CHECK(listen_one(&site, &l, end + 1 + (int64_t)i));
        CHECK(is_sound(&l));
    }
    CHECK(site_ask_admin(&site, "GET", "/api/v1/events", "Last-Event-ID: x\r\n", NULL).status ==
          400);
    CHECK(site_ask_admin(&site, "GET", "/api/v1/events", "Last-Event-ID: -1\r\n", NULL).status ==
          400);
    CHECK(site_ask_admin(&site, "GET", "/api/v1/events?after=-1", "", NULL).status == 422);
    CHECK(site_ask(&site, "GET", "/api/v1/events", "", NULL).status == 401);
    CHECK(site_ask_admin(&site, "HEAD", "/api/v1/events", "", NULL).status == 200);
}

TEST(a_client_of_http_1_0_gets_the_stream_as_it_is)
{
    WORLD(w);
    SITE(site, &w);
    CHECK(site_events(&site, w.scope.organisation, "test.event", 600));
    CLEANUP(close_listener) struct listener l = { .fd = site_connect(&site) };
    int64_t end = position_of(&site, w.scope.organisation);

    l.line = l.text = (struct buf)BUF(1 << 20);
    l.last = end - 600;
    CHECK(socket_send(l.fd, arena_printf(site.mem,
                                         "GET /api/v1/events?after=%lld HTTP/1.0\r\nHost: x\r\n"
                                         "Authorization: Bearer %s\r\n\r\n",
                                         (long long)l.last, site.token)));
    CHECK(listen_one(&site, &l, end));
    CHECK(is_sound(&l) && l.n == 600);
}

TEST(streams_of_two_organisations_are_kept_apart)
{
    WORLD(w);
    SITE(site, &w);
    const char *token;
    organisation_id other = another(&site, &token);

    CHECK(site_events(&site, w.scope.organisation, "test.mine", 1));
    CHECK(site_events(&site, other, "test.theirs", 1));
    int64_t mine = position_of(&site, w.scope.organisation), theirs = position_of(&site, other);
    LISTENER(a, &site, site.token, mine);
    LISTENER(b, &site, token, theirs);
    a.must_hold = "event: test.mine\n";
    b.must_hold = "event: test.theirs\n";
    for (int i = 0; i < 20; i++) {
        CHECK(site_events(&site, w.scope.organisation, "test.mine", 2));
        CHECK(site_events(&site, other, "test.theirs", 3));
    }
    CHECK(listen_one(&site, &a, mine + 40) && listen_one(&site, &b, theirs + 60));
    CHECK(is_sound(&a) && is_sound(&b) && a.n == 40 && b.n == 60);
}

TEST(what_only_the_audit_shows_is_not_streamed)
{
    WORLD(w);
    SITE(site, &w);
    CHECK(site_events(&site, w.scope.organisation, "test.event", 1));
    int64_t from = position_of(&site, w.scope.organisation);
    LISTENER(l, &site, site.token, from);

    l.must_hold = "event: test.event\n";
    for (int i = 0; i < 3; i++) {
        CHECK(site_events(&site, w.scope.organisation, "audit.read", 300));
        CHECK(site_events(&site, w.scope.organisation, "test.event", 1));
    }
    CHECK(listen_one(&site, &l, from + 903));
    CHECK(l.n == 3 && !l.is_wrong);
}

/* A stream that wants to know who is there, from now on. */
static struct listener listen_to_presence(const struct site *site, const char *token)
{
    struct listener l = { .fd = site_connect(site) };

    l.line = l.text = (struct buf)BUF(1 << 20);
    socket_send(l.fd, arena_printf(site->mem,
                                   "GET " STREAM_PATH "?presence=true HTTP/1.1\r\nHost: x\r\n"
                                   "Authorization: Bearer %s\r\n\r\n",
                                   token));
    return l;
}

static bool appear(struct tx *tx, void *arg, struct err *err)
{
    (void)arg;
    tx_wake(tx, WAKE_PRESENCE);
    return db_run(tx, SQL_PRESENCE_SAVE,
                  ARGS(arg_organisation(tx), arg_int(1), arg_int(2), arg_text("open"),
                       arg_time(tx->now), arg_time(tx->now), arg_int(id_new())),
                  err);
}

/* Until a stream has heard so many news. */
static bool hears(struct site *site, struct listener *l, int news)
{
    int64_t until = clock_monotonic_ms() + WAIT_MS;

    while (l->news < news && clock_monotonic_ms() < until)
        listen_until(site, &(struct crowd){ l, 1 }, INT64_MAX, 5);
    return l->news == news;
}

TEST(who_asks_for_presence_hears_of_it_in_his_organisation_between_events)
{
    WORLD(w);
    SITE(site, &w);
    const char *token;
    organisation_id other = another(&site, &token);

    /* A stream begins behind what is sealed: so all that made the organisation has to be. */
    CHECK(other.n != 0 && site_events(&site, w.scope.organisation, "test.before", 1));
    CLEANUP(close_listener) struct listener mine = listen_to_presence(&site, site.token);
    CLEANUP(close_listener) struct listener theirs = listen_to_presence(&site, token);
    int64_t from;

    CHECK(listen_until(&site, &(struct crowd){ &mine, 1 }, 0, WAIT_MS));
    while (mine.beats == 0 || theirs.beats == 0) {
        listen_until(&site, &(struct crowd){ &mine, 1 }, INT64_MAX, 5);
        listen_until(&site, &(struct crowd){ &theirs, 1 }, INT64_MAX, 5);
    }
    mine.last = from = position_of(&site, w.scope.organisation);
    LISTENER(plain, &site, site.token, from);
    CHECK(world_write(&w, appear, NULL));
    CHECK(hears(&site, &mine, 1));
    CHECK(site_events(&site, w.scope.organisation, "test.event", 300));
    CHECK(world_write(&w, appear, NULL));
    CHECK(hears(&site, &mine, 2));
    CHECK(listen_one(&site, &mine, from + 300) && listen_one(&site, &plain, from + 300));
    CHECK(is_sound(&mine) && mine.n == 300 && mine.news == 2);
    CHECK(is_sound(&plain) && plain.n == 300 && plain.news == 0);
    listen_until(&site, &(struct crowd){ &theirs, 1 }, INT64_MAX, 5);
    CHECK(theirs.news == 0 && !theirs.is_wrong);
}

TEST(a_silent_stream_beats)
{
    WORLD(w);
    SITE_BEATING(site, &w, BEAT_MS);
    LISTENER(l, &site, site.token, 0);
    int64_t began = clock_monotonic_ms(), until = began + WAIT_MS;

    while (l.beats < 8 && clock_monotonic_ms() < until)
        listen_until(&site, &(struct crowd){ &l, 1 }, INT64_MAX, BEAT_MS);
    CHECK(l.beats >= 8 && !l.is_wrong);
    /* Not more often either: three quarters of the time is the shortest. */
    CHECK(clock_monotonic_ms() - began >= 6 * (BEAT_MS * 3 / 4));
}

/* The server's ends of connections, also of those that are closed at the other. */
static int count_connections(const struct site *site)
{
    DIR *folder = opendir("/proc/self/fd");
    const struct dirent *entry;
    int n = 0;

    while (folder && (entry = readdir(folder))) {
        int fd = (int)strtol(entry->d_name, NULL, 10), listens = 0;
        struct sockaddr_in at = { 0 };
        socklen_t len = sizeof(at), flag = sizeof(listens);
        if (getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &flag) == 0 && !listens &&
            getsockname(fd, (struct sockaddr *)&at, &len) == 0)
            n += at.sin_family == AF_INET && ntohs(at.sin_port) == site->port;
    }
    if (folder)
        closedir(folder);
    return n;
}

TEST(a_thousand_streams_come_back_at_different_places_while_events_flow)
{
    enum { STREAMS = 1000, PAST = 3000, USERS = STREAMS / HTTP_STREAMS_PER_USER };

    WORLD(w);
    SITE(site, &w);
    const char *tokens[USERS];

    for (size_t i = 0; i < USERS; i++)
        tokens[i] = site_token(&site, w.scope.organisation);
    CHECK(site_events(&site, w.scope.organisation, "test.event", PAST));
    int64_t end = position_of(&site, w.scope.organisation);
    CLEANUP(close_crowd)
    struct crowd crowd = { NEW_ARRAY(site.mem, struct listener, STREAMS), STREAMS };

    for (size_t i = 0; i < STREAMS; i++) {
        crowd.all[i] = listen_from(&site, tokens[i % USERS], end - (int64_t)i * PAST / STREAMS);
        crowd.all[i].must_hold = "event: test.event\n";
        if (i % 50 == 0)
            CHECK(site_events(&site, w.scope.organisation, "test.event", 5));
    }
    end = position_of(&site, w.scope.organisation);
    CHECK(listen_until(&site, &crowd, end, WAIT_MS));
    CHECK(count_unsound(&crowd) == 0);
    CHECK(site_events(&site, w.scope.organisation, "test.event", 1));
    CHECK(listen_until(&site, &crowd, end + 1, WAIT_MS));
    CHECK(count_unsound(&crowd) == 0);
}

TEST(streams_that_come_and_go_leave_nothing_behind)
{
    enum { ROUNDS = 20, STREAMS = 100 };

    WORLD(w);
    SITE_BEATING(site, &w, BEAT_MS);
    int64_t until;

    for (int round = 0; round < ROUNDS; round++) {
        CLEANUP(close_crowd)
        struct crowd crowd = { NEW_ARRAY(site.mem, struct listener, STREAMS), STREAMS };
        const char *token = site_token(&site, w.scope.organisation);
        for (size_t i = 0; i < STREAMS; i++)
            crowd.all[i] = listen_from(&site, token, (int64_t)i % 3);
        CHECK(site_events(&site, w.scope.organisation, "test.event", 20));
        if (round % 2 == 0)
            listen_until(&site, &crowd, 10, 10);
    }
    /* Who is gone is noticed by writing to him. */
    until = clock_monotonic_ms() + WAIT_MS;
    while ((streams_count(site.server->streams) > 0 || count_connections(&site) > 0) &&
           clock_monotonic_ms() < until)
        nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
    CHECK(streams_count(site.server->streams) == 0);
    CHECK(count_connections(&site) == 0);
}

TEST(one_user_has_so_many_streams_and_no_more_and_the_others_have_theirs)
{
    WORLD(w);
    SITE(site, &w);
    CLEANUP(close_crowd)
    struct crowd crowd = { NEW_ARRAY(site.mem, struct listener, HTTP_STREAMS_PER_USER),
                           HTTP_STREAMS_PER_USER };
    const char *other = site_token(&site, w.scope.organisation);
    struct answer answer;

    for (size_t i = 0; i < crowd.n; i++) {
        crowd.all[i] = listen_from(&site, site.token, 0);
        CHECK(socket_read(site.mem, crowd.all[i].fd, true).status == 200);
    }
    answer = site_ask_admin(&site, "GET", "/api/v1/events", "", NULL);
    CHECK(answer.status == 429 && strstr(answer.body, "100 live streams already"));
    /* with a session it's the same user */
    answer = site_ask(&site, "GET", "/api/v1/events",
                      arena_printf(site.mem, "Cookie: gestand_session=%s\r\n", site.secret), NULL);
    CHECK(answer.status == 429);
    LISTENER(theirs, &site, other, 0);
    CHECK(socket_read(site.mem, theirs.fd, true).status == 200);
}

/* --- whose right ends
 * ------------------------------------------------------------------------------------- */

/* Somebody of the world's organisation, by a token and by a session; texts are whole headers. */
struct colleague {
    struct site *site;
    instant until; /* of the token */
    const char *user, *token_id, *token, *session;
};

static const char *text_of_id(struct arena *mem, const char *prefix, int64_t id)
{
    char text[ID_TEXT_MAX];

    id_write(prefix, id, text);
    return arena_text(mem, text);
}

static bool make_colleague(struct tx *tx, void *arg, struct err *err)
{
    struct colleague *c = arg;
    const struct user_draft draft = { .email = "c@example.org", .name = "C", .role = ROLE_AGENT };
    struct arena *mem = c->site->mem;
    struct user user;
    struct token token;
    struct session session;

    if (!user_make(tx, &draft, NULL, &user, err) ||
        !token_make(tx, &user, "test", "*", c->until, &token, err) ||
        !session_make(tx, user.id, (struct browser){ "", "" }, &session, err))
        return false;
    c->user = text_of_id(mem, "usr", user.id.n);
    c->token_id = text_of_id(mem, "tok", token.id.n);
    c->token = arena_printf(mem, "Authorization: Bearer %s\r\n", token.secret);
    c->session = arena_printf(mem, "Cookie: " SESSION_COOKIE "=%s\r\nX-CSRF-Token: %s\r\n",
                              session.secret, session.csrf);
    return true;
}

/* Listens with these headers to what is new, and hears that it does. */
static struct listener listen_as(struct site *site, const char *headers)
{
    struct listener l = { .fd = site_connect(site), .last = -1 };
    int64_t until = clock_monotonic_ms() + WAIT_MS;

    l.line = l.text = (struct buf)BUF(1 << 20);
    socket_send(l.fd, arena_printf(site->mem, "GET " STREAM_PATH " HTTP/1.1\r\nHost: x\r\n%s\r\n",
                                   headers));
    while (l.beats == 0 && !l.is_closed && clock_monotonic_ms() < until)
        listen_until(site, &(struct crowd){ &l, 1 }, INT64_MAX, 5);
    return l;
}

static bool has_ended(const struct listener *l)
{
    return l->is_closed || l->where == IN_NOTHING;
}

static bool wait_for_end(struct site *site, struct listener *l)
{
    int64_t until = clock_monotonic_ms() + WAIT_MS;

    while (!has_ended(l) && clock_monotonic_ms() < until)
        listen_until(site, &(struct crowd){ l, 1 }, INT64_MAX, 5);
    return has_ended(l);
}

TEST(a_stream_ends_when_its_caller_has_lost_something_and_before_what_comes_then)
{
    static const struct {
        const char *method, *path; /* $ is the user's id, % the token's */
        const char *body;
        bool by_session; /* the colleague asks; else the site's admin */
        bool ends_session, is_out_by_token, is_out_by_session;
    } rows[] = {
        { "DELETE", "/api/v1/tokens/%",         NULL,                                     false, false, true,  false },
        { "POST",   "/api/v1/logout",           NULL,                                     true,  true,  false, true  },
        { "PATCH",  "/api/v1/users/$",          "{\"disabled\":true}",                    false, true,  true,  true  },
        { "PATCH",  "/api/v1/users/$",          "{\"role\":\"editor\"}",                  false, true,  false, false },
        { "PUT",    "/api/v1/users/$/password", "{\"password\":\"een lang wachtwoord\"}", false, true,
         false,                                                                                                true  },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        WORLD(w);
        SITE(site, &w);
        struct colleague c = { .site = &site };
        CHECK_OK(world_write(&w, make_colleague, &c), &w.err);
        const char *admin = arena_printf(site.mem, "Authorization: Bearer %s\r\n", site.token);
        const char *headers =
            arena_printf(site.mem, "If-Match: \"1\"\r\nContent-Type: application/json\r\n%s",
                         rows[i].by_session ? c.session : admin);
        size_t len = strcspn(rows[i].path, "$%");
        const char *path = arena_printf(site.mem, "%.*s%s%s", (int)len, rows[i].path,
                                        rows[i].path[len] == '$'   ? c.user
                                        : rows[i].path[len] == '%' ? c.token_id
                                                                   : "",
                                        rows[i].path[len] ? rows[i].path + len + 1 : "");
        CLEANUP(close_listener) struct listener bystander = listen_as(&site, admin);
        CLEANUP(close_listener) struct listener token = listen_as(&site, c.token);
        CLEANUP(close_listener) struct listener session = listen_as(&site, c.session);

        CHECK(site_ask(&site, rows[i].method, path, headers, rows[i].body).status / 100 == 2);
        CHECK(site_events(&site, w.scope.organisation, "test.after", 1));
        int64_t end = position_of(&site, w.scope.organisation);
        CHECK(listen_one(&site, &bystander, end) && !has_ended(&bystander));
        CHECK(wait_for_end(&site, &token) && token.last < end);
        if (rows[i].ends_session)
            CHECK(wait_for_end(&site, &session) && session.last < end);
        else
            CHECK(listen_one(&site, &session, end) && !has_ended(&session));
        CHECK(site_ask(&site, "GET", "/api/v1/me", c.token, NULL).status ==
              (rows[i].is_out_by_token ? 401 : 200));
        CHECK(site_ask(&site, "GET", "/api/v1/me", c.session, NULL).status ==
              (rows[i].is_out_by_session ? 401 : 200));
    }
}

TEST(a_stream_does_not_outlive_its_token)
{
    WORLD(w);
    SITE_BEATING(site, &w, BEAT_MS);
    struct colleague c = { .site = &site };

    clock_fake(clock_now());
    c.until = instant_plus(clock_now(), 1);
    CHECK_OK(world_write(&w, make_colleague, &c), &w.err);
    CLEANUP(close_listener) struct listener l = listen_as(&site, c.token);
    CHECK(l.status == 200 && wait_for_end(&site, &l));
    clock_fake((instant){ 0 });
}

/* --- pages
 * ------------------------------------------------------------------------------------------ */

static void clean_page(struct page *page)
{
    buf_free(&page->text);
}

static struct list events_from(struct arena *mem, int64_t first, size_t n)
{
    struct event *events = NEW_ARRAY(mem, struct event, n);

    for (size_t i = 0; i < n; i++)
        events[i] = (struct event){ .position = first + (int64_t)i, .kind = "test.event" };
    return (struct list){ events, n };
}

TEST(a_live_event_names_who_did_it_as_the_rest_of_the_api_does)
{
    static const struct {
        unsigned kind;
        int64_t id;
        const char *shown;
    } rows[] = {
        { ACTOR_USER,        32, "\"actor\":\"usr_0000000000010\"" },
        { ACTOR_INTEGRATION, 32, "\"actor\":\"usr_0000000000010\"" },
        { ACTOR_CUSTOMER,    33, "\"actor\":\"per_0000000000011\"" },
        { ACTOR_SYSTEM,      0,  "\"actor\":null"                  },
    };
    struct page page = { 0 };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct event event = { .position = 1,
                               .kind = "case.changed",
                               .actor_kind = rows[i].kind,
                               .actor_id = rows[i].id };
        bool shown;

        page_begin(&page, 0);
        page_add(&page, &(struct list){ &event, 1 });
        shown = strstr(buf_str(&page.text), rows[i].shown) && !strstr(buf_str(&page.text), ":32,");
        buf_free(&page.text);
        CHECK(shown);
    }
}

TEST(a_page_is_full_even_when_history_has_a_gap)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("page");
    CLEANUP(clean_page) struct page page = { 0 };
    struct list before, behind;

    page_begin(&page, 1);
    CHECK(page_position(&page) == PAGE_EVENTS);
    before = events_from(mem, PAGE_EVENTS + 1, 3);
    page_add(&page, &before);
    CHECK(page_position(&page) == PAGE_EVENTS + 3 && page.ends[2] == page.text.len);
    behind = events_from(mem, 2 * PAGE_EVENTS + 7, 1);
    page_add(&page, &behind);
    CHECK(page.filled == PAGE_EVENTS && page.ends[PAGE_EVENTS - 1] == page.text.len);
    CHECK(!strstr(page.text.data, arena_printf(mem, "id: %d\n", 2 * PAGE_EVENTS + 7)));
}

TEST(an_event_is_one_line_of_data_of_bounded_size)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("page");
    CLEANUP(clean_page) struct page page = { 0 };
    struct list events = events_from(mem, 1, 2);
    char *large = arena_alloc(mem, 200001);

    memset(large, '1', 200000);
    ((struct event *)events.items)[0].data.s = "{\n\"a\":\r\n\"b\\nc\"}";
    ((struct event *)events.items)[1].data.s = large;
    page_begin(&page, 0);
    page_add(&page, &events);
    CHECK(strstr(page.text.data, "\"data\":{ \"a\":  \"b\\nc\"}"));
    CHECK(page.filled == 2 && page.text.len < 2000);
    CHECK(strstr(page.text.data, "id: 2\nevent: test.event\ndata: {"));
}
