#include "listeners.h"

#include "../src/base/clock.h"
#include "database.h"
#include "load.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { AT_ONCE = 128, EVENTS_MAX = 512, WAIT_MS = 30000, KEPT_MAX = 16 };

/* --- the server, from outside -------------------------------------------------------------------
 */

int64_t server_memory_kb(int pid)
{
    char path[64], line[256];
    int64_t kb = 0;
    FILE *file;

    snprintf(path, sizeof(path), "/proc/%d/status", pid);
    file = fopen(path, "r");
    while (file && fgets(line, sizeof(line), file))
        if (strncmp(line, "VmRSS:", 6) == 0)
            kb = strtoll(line + 6, NULL, 10);
    if (file)
        fclose(file);
    return kb;
}

int64_t server_descriptors(int pid)
{
    char path[64];
    int64_t n = 0;
    DIR *folder;

    snprintf(path, sizeof(path), "/proc/%d/fd", pid);
    folder = opendir(path);
    while (folder && readdir(folder))
        n++;
    if (folder)
        closedir(folder);
    return n;
}

/* --- streams ------------------------------------------------------------------------------------
 */

static void raise_descriptors(void)
{
    struct rlimit limit;

    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

struct listeners listeners_new(struct arena *mem, int port, int pid, size_t n)
{
    raise_descriptors();
    return (struct listeners){ .mem = mem,
                               .port = port,
                               .pid = pid,
                               .epoll = epoll_create1(EPOLL_CLOEXEC),
                               .fds = NEW_ARRAY(mem, int, n),
                               .heard = NEW_ARRAY(mem, bool, n),
                               .n = n };
}

int64_t listeners_wait(struct listeners *streams, size_t wanted, const char *sign)
{
    struct epoll_event events[EVENTS_MAX];
    int64_t until_us = clock_monotonic_us() + WAIT_MS * 1000;
    char text[8192];

    while (wanted > 0 && clock_monotonic_us() < until_us) {
        int n = epoll_wait(streams->epoll, events, EVENTS_MAX, 100);
        for (int i = 0; i < n; i++) {
            size_t at = events[i].data.u64;
            ssize_t len = recv(streams->fds[at], text, sizeof(text) - 1, MSG_DONTWAIT);
            if (len == 0 || (len < 0 && errno != EAGAIN))
                give_up("streams", &(struct err){ .text = "the server hung up" });
            text[len > 0 ? len : 0] = '\0';
            if (streams->heard[at] || !strstr(text, sign))
                continue;
            streams->heard[at] = true;
            wanted--;
        }
    }
    if (wanted > 0)
        give_up("streams", &(struct err){ .text = "not all of them heard it" });
    return clock_monotonic_us();
}

void listeners_forget(struct listeners *streams)
{
    struct epoll_event events[EVENTS_MAX];
    char text[8192];
    int n;

    while ((n = epoll_wait(streams->epoll, events, EVENTS_MAX, 0)) > 0)
        for (int i = 0; i < n; i++)
            if (recv(streams->fds[events[i].data.u64], text, sizeof(text), MSG_DONTWAIT) == 0)
                give_up("streams", &(struct err){ .text = "the server hung up" });
    memset(streams->heard, 0, streams->n * sizeof(bool));
}

void listeners_open(struct listeners *streams, const struct list *requests)
{
    for (size_t from = 0; from < streams->n; from += AT_ONCE) {
        size_t to = from + AT_ONCE < streams->n ? from + AT_ONCE : streams->n;
        for (size_t i = from; i < to; i++) {
            struct epoll_event event = { .events = EPOLLIN, .data.u64 = i };
            const char *request = ((const char **)requests->items)[i % requests->n];
            streams->fds[i] = load_connect(streams->port);
            if (epoll_ctl(streams->epoll, EPOLL_CTL_ADD, streams->fds[i], &event) != 0 ||
                send(streams->fds[i], request, strlen(request), MSG_NOSIGNAL) < 0)
                give_up("streams", &(struct err){ .text = "cannot open a stream" });
        }
        listeners_wait(streams, to - from, "\n\n"); /* the first line says that it works */
    }
}

/* The server hears of a client that is gone when it next writes to it: at a heartbeat. What it
 * keeps for good are connections to its database. */
int64_t listeners_hang_up(struct listeners *streams, int64_t before)
{
    int64_t until_ms = clock_monotonic_ms() + 2 * WAIT_MS, kept;

    for (size_t i = 0; i < streams->n; i++)
        close(streams->fds[i]);
    do {
        usleep(100000);
        kept = server_descriptors(streams->pid) - before;
    } while (kept >= KEPT_MAX && clock_monotonic_ms() < until_ms);
    return kept > 0 ? kept : 0;
}
