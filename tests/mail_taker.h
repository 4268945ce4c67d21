/* mail_taker.h — for tests: a mail server that takes whatever is handed to it, one mail after the
 * other, and keeps the newest.
 */
#pragma once

#include "../src/base/fetch.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct mail_taker {
    int listener, port;
    pthread_t thread;
    char mail[64 * 1024]; /* its beginning; read it when the sender has heard that it was taken */
    size_t len;
    bool refuses; /* whoever it is for */
};

static inline bool taker_says(int peer, const char *line)
{
    return write(peer, line, strlen(line)) == (ssize_t)strlen(line);
}

/* The lines of a mail up to the dot; of a long one, its beginning stays. */
static inline void take_mail(struct mail_taker *taker, FILE *in)
{
    char line[2000];

    taker->len = 0;
    while (fgets(line, sizeof(line), in) && strcmp(line, ".\r\n") != 0) {
        size_t len = strlen(line);
        if (taker->len + len >= sizeof(taker->mail))
            continue;
        memcpy(taker->mail + taker->len, line, len + 1);
        taker->len += len;
    }
}

static inline void talk(struct mail_taker *taker, int peer, FILE *in)
{
    char line[2000];

    (void)taker_says(peer, "220 taker\r\n");
    while (fgets(line, sizeof(line), in) && strncmp(line, "QUIT", 4) != 0) {
        if (strncmp(line, "DATA", 4) == 0 && taker_says(peer, "354 go on\r\n"))
            take_mail(taker, in);
        (void)taker_says(peer, taker->refuses && strncmp(line, "RCPT", 4) == 0
                                   ? "550 5.1.1 nobody here\r\n"
                                   : "250 mine now\r\n");
    }
}

static inline void *take_mails(void *arg)
{
    struct mail_taker *taker = arg;
    int peer;

    while ((peer = accept(taker->listener, NULL, NULL)) >= 0) {
        FILE *in = fdopen(peer, "r");
        talk(taker, peer, in);
        fclose(in);
    }
    return NULL;
}

static inline bool mail_taker_start(struct mail_taker *taker)
{
    struct sockaddr_in address = { .sin_family = AF_INET };
    socklen_t len = sizeof(address);

    *taker = (struct mail_taker){ 0 };
    fetch_allow_private(true);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    taker->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(taker->listener, (struct sockaddr *)&address, len) < 0 ||
        listen(taker->listener, 4) < 0 ||
        getsockname(taker->listener, (struct sockaddr *)&address, &len) < 0)
        return false;
    taker->port = ntohs(address.sin_port);
    return pthread_create(&taker->thread, NULL, take_mails, taker) == 0;
}

static inline void mail_taker_stop(struct mail_taker **pointer)
{
    struct mail_taker *taker = *pointer;

    shutdown(taker->listener, SHUT_RDWR);
    pthread_join(taker->thread, NULL);
    close(taker->listener);
}
