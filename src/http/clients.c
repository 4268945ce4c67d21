/* clients.c — who takes too long to say what he wants, or to hear the answer, is hung up on.
 *
 * The library counts only the time in which nothing moves: a byte now and then would keep a
 * connection for ever. So each connection has a moment by which its request must be there, or its
 * reply gone; one thread looks over all of them every second. A connection that owes nothing (a
 * handler has its request, or it's a live stream) has none.
 *
 * Who is hung up on is decided in one place, the client's `due_ms`: once that is CUT_OFF, the
 * library's thread says nothing more on the connection.
 */
#include "inside.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum { SWEEP_MS = 1000, CUT_OFF = -1 };

struct client {
    int fd;
    _Atomic int32_t *of_address; /* NULL: isn't counted */
    _Atomic int64_t due_ms;      /* monotonic; 0: owes nothing */
    _Atomic bool is_hearing;
    struct client *next, **back;
};

struct clients {
    struct arena *mem;
    pthread_mutex_t lock;
    pthread_cond_t stopped;
    pthread_t thread;
    bool stopping, has_thread;
    struct client *all, *unused;
    _Atomic int64_t cut_off_n;
};

/* --- what the library's threads say -------------------------------------------------------------
 */

static int64_t due_at(int64_t since_ms, size_t bytes)
{
    return since_ms + (int64_t)HTTP_RECEIVE_S * SECOND_MS +
           (int64_t)bytes * SECOND_MS / HTTP_RATE_MIN;
}

struct client *clients_add(struct clients *clients, int fd, _Atomic int32_t *of_address)
{
    struct client *client;

    pthread_mutex_lock(&clients->lock);
    client = clients->unused;
    if (client)
        clients->unused = client->next;
    else
        client = NEW(clients->mem, struct client);
    client->fd = fd;
    client->of_address = of_address;
    if (of_address)
        *of_address += 1;
    client->next = clients->all;
    client->back = &clients->all;
    if (client->next)
        client->next->back = &client->next;
    clients->all = client;
    atomic_store(&client->is_hearing, false);
    atomic_store(&client->due_ms, due_at(clock_monotonic_ms(), 0));
    pthread_mutex_unlock(&clients->lock);
    return client;
}

void clients_remove(struct clients *clients, struct client *client)
{
    pthread_mutex_lock(&clients->lock);
    if (client->of_address)
        *client->of_address -= 1;
    *client->back = client->next;
    if (client->next)
        client->next->back = client->back;
    client->next = clients->unused;
    clients->unused = client;
    pthread_mutex_unlock(&clients->lock);
}

static bool set_due(struct client *client, int64_t due_ms)
{
    int64_t was = atomic_load(&client->due_ms);

    while (was != CUT_OFF)
        if (atomic_compare_exchange_weak(&client->due_ms, &was, due_ms))
            return true;
    return false;
}

bool client_must_speak(struct client *client, int64_t since_ms, size_t bytes)
{
    atomic_store(&client->is_hearing, false);
    return set_due(client, due_at(since_ms, bytes));
}

bool client_must_hear(struct client *client, size_t bytes)
{
    atomic_store(&client->is_hearing, true);
    return set_due(client, due_at(clock_monotonic_ms(), bytes));
}

bool client_owes_nothing(struct client *client)
{
    return set_due(client, 0);
}

/* --- the thread that looks over them ------------------------------------------------------------
 */

/* The library finds the connection closed, and forgets it. */
static void hang_up(const struct client *client)
{
    static const char body[] = "{\"type\":\"about:blank\",\"title\":\"Too slow\",\"status\":408,"
                               "\"detail\":\"the request took too long to come: send it again, "
                               "a large file in smaller pieces\"}";
    char text[512];
    int len = snprintf(text, sizeof(text),
                       "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Type: "
                       "application/problem+json\r\nContent-Length: %zu\r\n\r\n%s",
                       strlen(body), body);

    if (!atomic_load(&client->is_hearing))
        (void)!send(client->fd, text, (size_t)len, MSG_NOSIGNAL | MSG_DONTWAIT);
    shutdown(client->fd, SHUT_RDWR);
}

/* Under the lock no connection is closed: the descriptors are still theirs. */
void clients_sweep(struct clients *clients, int64_t now_ms)
{
    pthread_mutex_lock(&clients->lock);
    for (struct client *client = clients->all; client; client = client->next) {
        int64_t due_ms = atomic_load(&client->due_ms);
        if (due_ms <= 0 || due_ms > now_ms ||
            !atomic_compare_exchange_strong(&client->due_ms, &due_ms, CUT_OFF))
            continue;
        hang_up(client);
        atomic_fetch_add(&clients->cut_off_n, 1);
    }
    pthread_mutex_unlock(&clients->lock);
}

int64_t clients_cut_off(struct clients *clients)
{
    return atomic_load(&clients->cut_off_n);
}

static bool wait_a_while(struct clients *clients)
{
    int64_t at = clock_monotonic_ms() + SWEEP_MS;
    struct timespec until = { .tv_sec = at / SECOND_MS, .tv_nsec = at % SECOND_MS * 1000000 };
    bool go_on;

    pthread_mutex_lock(&clients->lock);
    if (!clients->stopping)
        pthread_cond_clockwait(&clients->stopped, &clients->lock, CLOCK_MONOTONIC, &until);
    go_on = !clients->stopping;
    pthread_mutex_unlock(&clients->lock);
    return go_on;
}

static void *sweep_loop(void *arg)
{
    struct clients *clients = arg;

    while (wait_a_while(clients))
        clients_sweep(clients, clock_monotonic_ms());
    return NULL;
}

struct clients *clients_new(void)
{
    struct arena *mem = arena_new("clients");
    struct clients *clients = NEW(mem, struct clients);

    clients->mem = mem;
    pthread_mutex_init(&clients->lock, NULL);
    pthread_cond_init(&clients->stopped, NULL);
    clients->has_thread = pthread_create(&clients->thread, NULL, sweep_loop, clients) == 0;
    return clients;
}

void clients_free(struct clients *clients)
{
    pthread_mutex_lock(&clients->lock);
    clients->stopping = true;
    pthread_cond_signal(&clients->stopped);
    pthread_mutex_unlock(&clients->lock);
    if (clients->has_thread)
        pthread_join(clients->thread, NULL);
    pthread_cond_destroy(&clients->stopped);
    pthread_mutex_destroy(&clients->lock);
    arena_free(clients->mem);
}
