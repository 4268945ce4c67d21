#include "load.h"

#include "../src/base/clock.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { EVENTS_MAX = 256, READ_MAX = 64 * 1024 };

_Noreturn static void fail(const char *doing)
{
    fprintf(stderr, "%s: %s\n", doing, strerror(errno));
    exit(1);
}

int load_connect(int port)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;

    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof(to)) != 0)
        fail("connect");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
    return fd;
}

/* --- replies -----------------------------------------------------------------------------------
 */

static const char *header(const struct client *client, const char *name)
{
    const char *found = strcasestr(client->head, name);

    return found ? found + strlen(name) : NULL;
}

/* Takes what the head says; false when it isn't whole yet. */
static bool read_head(struct client *client)
{
    char *end = strstr(client->head, "\r\n\r\n");
    const char *length, *timing;
    size_t extra;

    if (!end)
        return false;
    extra = client->head_len - (size_t)(end + 4 - client->head);
    *end = '\0';
    length = header(client, "\ncontent-length:");
    timing = header(client, "\nserver-timing: app;dur=");
    client->reply = (struct reply){ .status = (int)strtol(client->head + 9, NULL, 10),
                                    .body_len = length ? strtoul(length, NULL, 10) : 0,
                                    .server_ms = timing ? strtod(timing, NULL) : 0 };
    client->has_head = true;
    client->body_left = client->reply.body_len - extra;
    return true;
}

/* Reads what is there; true when the reply is whole. */
static bool read_reply(struct client *client)
{
    static char rest[READ_MAX];
    ssize_t n;

    if (client->has_head)
        n = recv(client->fd, rest, sizeof(rest), MSG_DONTWAIT);
    else
        n = recv(client->fd, client->head + client->head_len, REPLY_HEAD_MAX - client->head_len,
                 MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return false;
    if (n <= 0)
        fail("the server hung up");
    if (client->has_head) {
        client->body_left -= (size_t)n;
    } else {
        client->head_len += (size_t)n;
        client->head[client->head_len] = '\0';
        if (!read_head(client))
            return false;
    }
    return client->body_left == 0;
}

static void send_some(struct client *client)
{
    ssize_t n =
        send(client->fd, client->unsent.data, client->unsent.len, MSG_NOSIGNAL | MSG_DONTWAIT);

    if (n < 0 && errno != EAGAIN)
        fail("send");
    if (n > 0) {
        client->unsent.data += n;
        client->unsent.len -= (size_t)n;
    }
}

static void begin(struct client *client, struct bytes request)
{
    client->unsent = request;
    client->head_len = 0;
    client->has_head = false;
    client->is_busy = true;
    send_some(client);
}

struct reply load_ask(int port, struct bytes request)
{
    struct client client = { .fd = load_connect(port) };

    begin(&client, request);
    while (client.unsent.len > 0 || !read_reply(&client)) {
        if (client.unsent.len > 0)
            send_some(&client);
        usleep(100);
    }
    close(client.fd);
    return client.reply;
}

/* --- many ---------------------------------------------------------------------------------------
 */

struct running {
    const struct load *load;
    struct client *clients;
    int epoll;
    size_t next; /* request */
    size_t busy_n;
    int64_t began_us, measured_from_us, until_us;
};

static int64_t due_at(const struct running *r, size_t i)
{
    return r->began_us + (int64_t)((double)i / r->load->per_second * 1e6);
}

/* The next request, if it is time for one. */
static bool ask(struct running *r, struct client *client, int64_t now_us)
{
    const struct load *load = r->load;

    if (r->next == load->requests_n || now_us >= r->until_us)
        return false;
    client->due_us = load->per_second > 0 ? due_at(r, r->next) : now_us;
    if (client->due_us > now_us)
        return false;
    client->request = r->next++;
    r->busy_n++;
    begin(client, load->request(load->arg, client->request));
    return true;
}

/* Paced requests wait for an idle client, and are late then. */
static void ask_all(struct running *r)
{
    int64_t now_us = clock_monotonic_us();
    size_t i = 0;

    while (i < r->load->clients_n && (r->clients[i].is_busy || ask(r, &r->clients[i], now_us)))
        i++;
}

static void take_reply(struct running *r, struct client *client)
{
    int64_t now_us;

    if (client->unsent.len > 0)
        send_some(client);
    if (!read_reply(client))
        return;
    now_us = clock_monotonic_us();
    client->is_busy = false;
    r->busy_n--;
    if (client->due_us >= r->measured_from_us && now_us <= r->until_us)
        r->load->answered(r->load->arg, client->request, &client->reply, now_us - client->due_us);
    if (r->load->per_second <= 0)
        ask(r, client, now_us);
}

static void connect_all(struct running *r)
{
    for (size_t i = 0; i < r->load->clients_n; i++) {
        struct epoll_event event = { .events = EPOLLIN, .data.ptr = &r->clients[i] };
        r->clients[i].fd = load_connect(r->load->port);
        if (epoll_ctl(r->epoll, EPOLL_CTL_ADD, r->clients[i].fd, &event) != 0)
            fail("epoll");
    }
}

double load_run(struct arena *mem, const struct load *load)
{
    struct running r = { .load = load, .epoll = epoll_create1(EPOLL_CLOEXEC) };
    struct epoll_event events[EVENTS_MAX];
    int64_t ended_us;

    r.clients = NEW_ARRAY(mem, struct client, load->clients_n);
    connect_all(&r);
    r.began_us = clock_monotonic_us();
    r.measured_from_us = r.began_us + (int64_t)(load->warm_up_s * 1e6);
    r.until_us = r.measured_from_us + (int64_t)(load->seconds * 1e6);
    ask_all(&r);
    while (r.busy_n > 0 || (r.next < load->requests_n && clock_monotonic_us() < r.until_us)) {
        int n = epoll_wait(r.epoll, events, EVENTS_MAX, 1);
        for (int i = 0; i < n; i++)
            take_reply(&r, events[i].data.ptr);
        if (load->per_second > 0)
            ask_all(&r);
    }
    ended_us = clock_monotonic_us();
    for (size_t i = 0; i < load->clients_n; i++)
        close(r.clients[i].fd);
    close(r.epoll);
    return (double)((ended_us < r.until_us ? ended_us : r.until_us) - r.measured_from_us) / 1e6;
}

/* --- samples ------------------------------------------------------------------------------------
 */

void samples_add(struct samples *samples, int64_t us)
{
    if (samples->n == samples->cap) {
        size_t cap = samples->cap * 2 + 1024;
        int64_t *more = NEW_ARRAY(samples->mem, int64_t, cap);
        if (samples->n > 0)
            memcpy(more, samples->v, samples->n * sizeof(*more));
        samples->v = more;
        samples->cap = cap;
    }
    samples->v[samples->n++] = us;
}

static int by_value(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;

    return *x < *y ? -1 : *x > *y;
}

double samples_ms(struct samples *samples, double share)
{
    size_t at = (size_t)(share * (double)samples->n);

    if (samples->n == 0)
        return 0;
    qsort(samples->v, samples->n, sizeof(*samples->v), by_value);
    return (double)samples->v[at < samples->n ? at : samples->n - 1] / 1000;
}
