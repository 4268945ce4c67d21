#include "site_test.h"

#include "../auth/sessions.h"
#include "../auth/sessions_api.h"
#include "../auth/tokens.h"
#include "../auth/tokens_api.h"
#include "../auth/users.h"
#include "../auth/users_api.h"
#include "../base/text.h"
#include "../store/events.h"
#include "called.h"
#include "events_api.h"
#include "system_api.h"
#include "test.h"
#include "world.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { WAIT_MS = 20000, RAW_MAX = 300000 };

/* --- routes -------------------------------------------------------------------------------------
 */

struct search {
    const char *q;
    int64_t limit;
    bool all;
    unsigned sort;
    instant since;
    case_id case_id;
};

static const char *const sorts[] = { "new", "old", NULL };

static const struct field search_fields[] = {
    FIELD(search, q, .max = 20, .doc = "words to \"look\" for"),
    FIELD(search, limit, .min = 1, .max = 200),
    FIELD(search, all),
    FIELD(search, sort, .names = sorts),
    FIELD(search, since),
    FIELD(search, case_id),
    { 0 },
};

struct thing {
    const char *name;
    int64_t size;
    bool is_new;
};

static const struct field thing_fields[] = {
    FIELD(thing, name, .flags = REQUIRED, .min = 1),
    FIELD(thing, size),
    FIELD(thing, is_new, .flags = OUT_ONLY),
    { 0 },
};

static bool get_search(struct request *rq, struct tx *tx, struct err *err)
{
    (void)tx, (void)err;
    return reply(rq, 200, search_fields, rq->body);
}

static bool get_address(struct request *rq, struct tx *tx, struct err *err)
{
    (void)tx, (void)err;
    return reply_text(
        rq, "text/plain",
        arena_printf(rq->mem, "%s %s", rq->address, rq->is_secure ? "https" : "http"));
}

static bool get_param(struct request *rq, struct tx *tx, struct err *err)
{
    (void)tx, (void)err;
    return reply_text(rq, "text/plain", request_param(rq, "name"));
}

static bool get_secret(struct request *rq, struct tx *tx, struct err *err)
{
    (void)tx, (void)err;
    return reply_text(rq, "text/plain", "secret");
}

static bool get_list(struct request *rq, struct tx *tx, struct err *err)
{
    static const struct thing things[] = {
        { "a", 1, true  },
        { "b", 2, false }
    };

    (void)tx, (void)err;
    return reply_list(rq, thing_fields, sizeof(struct thing),
                      &(struct list){ (void *)(uintptr_t)things, COUNT(things) }, "1.2");
}

static bool get_file(struct request *rq, struct tx *tx, struct err *err)
{
    static const uint8_t content[] = "<b>\0bytes";

    (void)tx, (void)err;
    return reply_file(rq, "p\xc3\xa4\"s.html", "text/html",
                      (struct bytes){ content, sizeof(content) - 1 }, true);
}

/* A reply with as many headers, and as large ones, as there are. */
static bool get_heavy(struct request *rq, struct tx *tx, struct err *err)
{
    struct buf name = BUF(1000);

    (void)tx, (void)err;
    for (int i = 0; i < 150; i++)
        buf_text(&name, "\xc3\xa4");
    reply_file(rq, buf_str(&name), "image/png", (struct bytes){ 0 }, true);
    reply_header(rq, "ETag", "\"12345678901234567890\"");
    buf_free(&name);
    return true;
}

static bool post_thing(struct request *rq, struct tx *tx, struct err *err)
{
    struct thing thing = *(const struct thing *)rq->body;

    thing.is_new = true;
    reply_header(rq, "Location", "/test/things/1");
    return event_add(tx, &(struct event){ .kind = "test.thing", .about = thing.name }, err) &&
           reply_versioned(rq, 201, 1, thing_fields, &thing);
}

static bool post_table(struct request *rq, struct tx *tx, struct err *err)
{
    (void)tx, (void)err;
    return reply_content(rq, 200, "text/csv", "a;b");
}

static bool post_number(struct request *rq, struct tx *tx, struct err *err)
{
    (void)tx, (void)err;
    return reply_content(rq, 200, "text/plain", random_text(rq->mem, 20));
}

static bool post_key(struct request *rq, struct tx *tx, struct err *err)
{
    return event_add(tx, &(struct event){ .kind = "test.key" }, err) &&
           reply_content(rq, 200, "text/plain", "open-sesame");
}

static bool patch_thing(struct request *rq, struct tx *tx, struct err *err)
{
    struct thing thing = *(const struct thing *)rq->body;
    int64_t version;

    (void)tx;
    if (!request_version(rq, 1, &version, err))
        return false;
    if (version != 1)
        return err_set(err, ERR_CHANGED, "somebody changed it");
    thing.name = request_named(rq, "size") ? "sized" : "not sized";
    return reply_versioned(rq, 200, 2, thing_fields, &thing);
}

static bool delete_thing(struct request *rq, struct tx *tx, struct err *err)
{
    (void)tx, (void)err;
    return reply_nothing(rq);
}

static bool put_raw(struct request *rq, struct tx *tx, struct err *err)
{
    (void)tx, (void)err;
    return reply_text(rq, "text/plain", arena_printf(rq->mem, "%zu", rq->raw.len));
}

static bool get_failure(struct request *rq, struct tx *tx, struct err *err)
{
    const char *code = request_param(rq, "code");
    int64_t n = 0;

    (void)tx;
    if (!int_read(code, strlen(code), &n) || n < 0 || n >= ERR_CODES_N)
        return err_set(err, ERR_NOT_FOUND, "no such code");
    if (n == ERR_INVALID) {
        err_field(err, "name", "is \"wrong\"");
        return err_field(err, "/files/0/size", "is too much");
    }
    return err_set(err, (enum err_code)n, "details of %lld", (long long)n);
}

static pthread_mutex_t gate_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t gate_opened = PTHREAD_COND_INITIALIZER;
static bool gate_is_closed;
static int gate_n;

void gate_close(void)
{
    pthread_mutex_lock(&gate_lock);
    gate_is_closed = true;
    gate_n = 0;
    pthread_mutex_unlock(&gate_lock);
}

void gate_open(void)
{
    pthread_mutex_lock(&gate_lock);
    gate_is_closed = false;
    pthread_cond_broadcast(&gate_opened);
    pthread_mutex_unlock(&gate_lock);
}

int gate_waiting(void)
{
    int n;

    pthread_mutex_lock(&gate_lock);
    n = gate_n;
    pthread_mutex_unlock(&gate_lock);
    return n;
}

static bool get_gate(struct request *rq, struct tx *tx, struct err *err)
{
    (void)tx, (void)err;
    pthread_mutex_lock(&gate_lock);
    gate_n++;
    while (gate_is_closed)
        pthread_cond_wait(&gate_opened, &gate_lock);
    pthread_mutex_unlock(&gate_lock);
    return reply_text(rq, "text/plain", "through");
}

struct form {
    struct list file;
};

static const struct field form_fields[] = {
    FIELD(form, file, .min = 1, .max = 5, .doc = "The files"),
    { 0 },
};

static const struct route rows[] = {
    { GET, "/test/heavy", READ, get_heavy, ANYONE, NOTHING, NOTHING, "Gives many headers." },
    { GET, "/test/search", READ, get_search, ANYONE, QUERY(search), ONE(search), "Searches." },
    { GET, "/test/address", READ, get_address, ANYONE, NOTHING, NOTHING, "Says who asks." },
    { GET, "/test/params/{name}", READ, get_param, ANYONE, NOTHING, NOTHING, "Says it again." },
    { GET, "/test/secret", READ, get_secret, CASE_READ, NOTHING, NOTHING, "Tells a secret." },
    { GET, "/test/list", READ, get_list, ANYONE, NOTHING, MANY(thing), "Lists." },
    { GET, "/test/file", READ, get_file, ANYONE, NOTHING, NOTHING, "Gives a file." },
    { POST, "/test/things", WRITE, post_thing, CASE_WRITE, BODY(thing), MADE(thing), "Adds." },
    { POST, "/test/tables", WRITE, post_table, CASE_WRITE, NOTHING, NOTHING, "Gives a table." },
    { POST, "/test/numbers", WRITE, post_number, CASE_WRITE, NOTHING, NOTHING, "Draws a number." },
    { POST, "/test/keys", WRITE, post_key, CASE_WRITE, NOTHING, NOTHING, "Makes a key.",
     .told_once = "throw it away" },
    { PATCH, "/test/things/{id}", WRITE, patch_thing, CASE_WRITE, BODY(thing), ONE(thing),
     "Changes.", .is_versioned = true },
    { DELETE, "/test/things/{id}", WRITE, delete_thing, CASE_WRITE, NOTHING, NOTHING, "Drops." },
    { POST, "/test/form", ALONE, put_raw, CASE_WRITE, FORM_BODY(form, RAW_MAX), NOTHING,
     "Takes files." },
    { PUT, "/test/raw", ALONE, put_raw, ANYONE, RAW_BODY(RAW_MAX), NOTHING, "Counts bytes." },
    { PUT, "/test/mine", ALONE, put_raw, CASE_WRITE, RAW_BODY(RAW_MAX), NOTHING, "Counts bytes." },
    { GET, "/test/failures/{code}", ALONE, get_failure, ANYONE, NOTHING, NOTHING, "Fails." },
    { GET, "/test/far", OUTSIDE, get_gate, ANYONE, NOTHING, NOTHING, "Waits for another." },
    { GET, "/test/gate", ALONE, get_gate, ANYONE, NOTHING, NOTHING, "Waits." },
};
static const struct routes test_routes = ROUTES(rows);

/* --- the site ------------------------------------------------------------------------------------
 */

struct making {
    struct arena *mem;
    const char *token, *secret, *csrf;
};

static bool make_user(struct tx *tx, void *arg, struct err *err)
{
    struct making *making = arg;
    struct user user;
    struct token token;
    struct session session;
    const struct user_draft draft = {
        .email = arena_printf(tx->mem, "%s@example.org", random_text(tx->mem, 12)),
        .name = "U",
        .role = ROLE_ADMIN,
    };

    if (!user_make(tx, &draft, NULL, &user, err) ||
        !token_make(tx, &user, "test", "*", (instant){ 0 }, &token, err) ||
        !session_make(tx, user.id, (struct browser){ "", "" }, &session, err))
        return false;
    making->token = arena_text(making->mem, token.secret);
    making->secret = arena_text(making->mem, session.secret);
    making->csrf = arena_text(making->mem, session.csrf);
    return true;
}

static struct making make(struct site *site, organisation_id organisation)
{
    struct making making = { .mem = site->mem };
    struct scope scope = { .mem = site->mem, .organisation = organisation };
    struct err err;

    if (!store_write(site->world->store, &scope, make_user, &making, &err))
        test_fail(__FILE__, __LINE__, "%s", err.text);
    return making;
}

const char *site_token(struct site *site, organisation_id organisation)
{
    return make(site, organisation).token;
}

/* Streams need the sealer until the end, and it must not call a server that is gone. */
struct sealed_for {
    pthread_mutex_t lock;
    struct server *server;
};

static void has_news(void *arg, unsigned wake)
{
    struct sealed_for *to = arg;

    pthread_mutex_lock(&to->lock);
    if (to->server)
        server_has_news(to->server, wake);
    pthread_mutex_unlock(&to->lock);
}

/* A test has both ends of each connection. */
static void raise_descriptors(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

struct site site_open(struct world *world, int64_t heartbeat_ms)
{
    static const struct routes *const routes[] = { &test_routes, &event_routes, &system_routes,
                                                   &user_routes, &token_routes, &session_routes };
    struct site site = { .world = world, .mem = arena_new("site") };
    struct making making = make(&site, world->scope.organisation);
    struct err err;

    raise_descriptors();
    site.token = making.token;
    site.secret = making.secret;
    site.csrf = making.csrf;
    if (!server_start(&(struct server_settings){ .store = world->store,
                                                 .address = "127.0.0.1",
                                                 .routes = routes,
                                                 .routes_n = COUNT(routes),
                                                 .heartbeat_ms = heartbeat_ms },
                      &site.server, &err)) {
        test_fail(__FILE__, __LINE__, "%s", err.text);
        return site;
    }
    site.port = server_port(site.server);
    site.sealed_for = NEW(site.mem, struct sealed_for);
    pthread_mutex_init(&site.sealed_for->lock, NULL);
    site.sealed_for->server = site.server;
    site.sealer = sealer_start(world->store, has_news, site.sealed_for);
    return site;
}

void site_stop(struct site *site)
{
    struct server *server = site->server;

    if (!server)
        return;
    pthread_mutex_lock(&site->sealed_for->lock);
    site->sealed_for->server = site->server = NULL;
    pthread_mutex_unlock(&site->sealed_for->lock);
    server_stop(server);
}

void site_close(struct site *site)
{
    gate_open();
    site_stop(site);
    sealer_stop(site->sealer); /* the last: a write would wake it */
    arena_free(site->mem);
}

struct adding {
    const char *kind;
    int n;
    int64_t pending;
};

static bool add_events(struct tx *tx, void *arg, struct err *err)
{
    const struct adding *adding = arg;

    for (int i = 0; i < adding->n; i++)
        if (!event_add(tx,
                       &(struct event){ .kind = adding->kind,
                                        .data = { arena_printf(tx->mem, "{\"i\":%d}", i) } },
                       err))
            return false;
    return true;
}

static bool take_count(void *out, const char *const *columns, const struct cell *cells, size_t n,
                       struct err *err)
{
    (void)columns, (void)n, (void)err;
    *(int64_t *)out = cells[0].kind == CELL_TEXT ? cells[0].data[0] - '0' : cells[0].i;
    return true;
}

static bool count_pending(struct tx *tx, void *arg, struct err *err)
{
    return db_each(tx, "SELECT COUNT(*) FROM events_pending WHERE organisation_id = $1",
                   ARGS(arg_organisation(tx)), take_count, &((struct adding *)arg)->pending, err);
}

bool site_events(struct site *site, organisation_id organisation, const char *kind, int n)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("events");
    struct scope scope = { .mem = mem, .organisation = organisation };
    struct adding adding = { .kind = kind, .n = n, .pending = 1 };
    int64_t until = clock_monotonic_ms() + WAIT_MS;
    struct err err;

    if (!store_write(site->world->store, &scope, add_events, &adding, &err))
        return false;
    while (adding.pending > 0 && clock_monotonic_ms() < until) {
        nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
        if (!store_read(site->world->store, &scope, count_pending, &adding, &err))
            return false;
    }
    return adding.pending == 0;
}

bool becomes(const _Atomic int64_t *number, int64_t wanted)
{
    int64_t until = clock_monotonic_ms() + WAIT_MS;

    while (*number != wanted && clock_monotonic_ms() < until)
        nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
    return *number == wanted;
}

/* --- a client ------------------------------------------------------------------------------------
 */

void close_socket(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

int site_connect(const struct site *site)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)site->port) };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;

    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    if (connect(fd, (struct sockaddr *)&at, sizeof(at)) != 0)
        close_socket(&fd);
    return fd;
}

bool socket_send(int fd, const char *text)
{
    for (size_t len = strlen(text); len > 0;) {
        ssize_t n = send(fd, text, len, MSG_NOSIGNAL);
        if (n <= 0)
            return false;
        text += n;
        len -= (size_t)n;
    }
    return true;
}

/* At most `max` more bytes; false at the end, or when nothing comes in time. */
static bool read_more(int fd, struct buf *in, size_t max)
{
    struct pollfd waiting = { .fd = fd, .events = POLLIN };
    char piece[4096];
    ssize_t n;

    if (poll(&waiting, 1, WAIT_MS) != 1)
        return false;
    n = recv(fd, piece, max < sizeof(piece) ? max : sizeof(piece), 0);
    if (n <= 0)
        return false;
    buf_add(in, piece, (size_t)n);
    return true;
}

bool socket_is_closed(int fd)
{
    struct pollfd waiting = { .fd = fd, .events = POLLIN };
    char byte;

    return poll(&waiting, 1, WAIT_MS) == 1 && recv(fd, &byte, 1, 0) <= 0;
}

static const char *header_value(const struct answer *answer, const char *name)
{
    size_t len = strlen(name);

    for (const char *line = answer->head; line; line = strstr(line, "\r\n")) {
        line += line == answer->head ? 0 : 2;
        if (strncasecmp(line, name, len) == 0 && line[len] == ':')
            return line + len + 1 + strspn(line + len + 1, " ");
    }
    return NULL;
}

bool has_header(const struct answer *answer, const char *name, const char *value)
{
    const char *at = header_value(answer, name);

    if (!at || !value)
        return at != NULL;
    return strcspn(at, "\r") == strlen(value) && strncmp(at, value, strlen(value)) == 0;
}

struct answer socket_read(struct arena *mem, int fd, bool is_head)
{
    CLEANUP(buf_free) struct buf in = BUF(64 << 20);
    struct answer answer = { 0 };
    size_t head_len;
    const char *length;
    int64_t n = 0;

    /* One by one: behind the head may stand the next reply. */
    while (!strstr(buf_str(&in), "\r\n\r\n"))
        if (!read_more(fd, &in, 1))
            return answer;
    head_len = in.len;
    answer.head = arena_text_n(mem, in.data, in.len);
    length = header_value(&answer, "Content-Length");
    if (length)
        int_read(length, strcspn(length, "\r"), &n);
    while (!is_head && (int64_t)(in.len - head_len) < n)
        if (!read_more(fd, &in, (size_t)n - (in.len - head_len)))
            return answer;
    answer.body = arena_text_n(mem, in.data + head_len, in.len - head_len);
    answer.body_len = in.len - head_len;
    int_read(answer.head + 9, 3, &n);
    answer.status = (int)n;
    return answer;
}

struct answer site_ask(const struct site *site, const char *method, const char *target,
                       const char *extra, const char *body)
{
    SOCKET(fd, site);
    struct answer answer;
    const char *length =
        body ? arena_printf(site->mem, "Content-Length: %zu\r\n", strlen(body)) : "";

    socket_send(fd, arena_printf(site->mem, "%s %s HTTP/1.1\r\nHost: x\r\n%s%s\r\n%s", method,
                                 target, extra, length, body ? body : ""));
    answer = socket_read(site->mem, fd, text_equal(method, "HEAD"));
    called(method, target, answer.status);
    return answer;
}

struct answer site_ask_admin(const struct site *site, const char *method, const char *target,
                             const char *extra, const char *body)
{
    return site_ask(site, method, target,
                    arena_printf(site->mem, "Authorization: Bearer %s\r\n%s%s", site->token,
                                 body ? "Content-Type: application/json\r\n" : "", extra),
                    body);
}
