#include "mail_server.h"

#include "../base/buf.h"
#include "../base/text.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MAIL_MAX = 8 << 20, LINE_LEN_MAX = 8192 };

struct mail_server_of_town {
    struct arena *mem;
    int listener, port;
    pthread_t thread;
    pthread_mutex_t lock;
    struct buf newest;
};

/* One who speaks to us. */
struct caller_of_town {
    int socket;
    struct buf line, mail;
    bool is_mail; /* what comes is a mail, until a line with a dot */
};

static bool say(const struct caller_of_town *caller, const char *words)
{
    size_t len = strlen(words);

    return send(caller->socket, words, len, MSG_NOSIGNAL) == (ssize_t)len;
}

static void keep(struct mail_server_of_town *server, struct buf *mail)
{
    pthread_mutex_lock(&server->lock);
    buf_clear(&server->newest);
    buf_add(&server->newest, buf_str(mail), mail->len);
    pthread_mutex_unlock(&server->lock);
    buf_clear(mail);
}

/* A line of a mail; the dot that was added to one that begins with it goes off. */
static bool take_mail_line(struct mail_server_of_town *server, struct caller_of_town *caller,
                           const char *line)
{
    if (strcmp(line, ".\r\n") != 0) {
        buf_text(&caller->mail, line + (line[0] == '.'));
        return true;
    }
    caller->is_mail = false;
    keep(server, &caller->mail);
    return say(caller, "250 taken\r\n");
}

static bool take_line(struct mail_server_of_town *server, struct caller_of_town *caller,
                      const char *line)
{
    if (caller->is_mail)
        return take_mail_line(server, caller, line);
    if (strncasecmp(line, "QUIT", 4) == 0)
        return say(caller, "221 bye\r\n") && false;
    caller->is_mail = strncasecmp(line, "DATA", 4) == 0;
    return say(caller, caller->is_mail ? "354 go on\r\n" : "250 ok\r\n");
}

static bool take_byte(struct mail_server_of_town *server, struct caller_of_town *caller, char c)
{
    bool goes_on;

    buf_char(&caller->line, c);
    if (c != '\n')
        return !caller->line.full;
    goes_on = take_line(server, caller, buf_str(&caller->line));
    buf_clear(&caller->line);
    return goes_on;
}

static void serve(struct mail_server_of_town *server, int socket)
{
    struct caller_of_town caller = { socket, BUF(LINE_LEN_MAX), BUF(MAIL_MAX), false };
    bool goes_on = say(&caller, "220 mail.lindewerf.example\r\n");
    char bytes[4096];

    while (goes_on) {
        ssize_t n = recv(socket, bytes, sizeof(bytes), 0);

        goes_on = n > 0;
        for (ssize_t i = 0; i < n && goes_on; i++)
            goes_on = take_byte(server, &caller, bytes[i]);
    }
    buf_free(&caller.line);
    buf_free(&caller.mail);
    close(socket);
}

static void *run(void *arg)
{
    struct mail_server_of_town *server = arg;

    for (;;) {
        int socket = accept(server->listener, NULL, NULL);

        if (socket >= 0)
            serve(server, socket);
        else if (errno != EINTR && errno != ECONNABORTED)
            return NULL; /* it was shut */
    }
}

bool town_mail_start(struct mail_server_of_town **out, struct err *err)
{
    struct sockaddr_in address = { .sin_family = AF_INET,
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t len = sizeof(address);
    struct arena *mem = arena_new("mail server of the town");
    struct mail_server_of_town *server = NEW(mem, struct mail_server_of_town);

    *server = (struct mail_server_of_town){ .mem = mem,
                                            .lock = PTHREAD_MUTEX_INITIALIZER,
                                            .newest = BUF(MAIL_MAX) };
    server->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (server->listener < 0 ||
        bind(server->listener, (const struct sockaddr *)&address, sizeof(address)) != 0 ||
        listen(server->listener, 16) != 0 ||
        getsockname(server->listener, (struct sockaddr *)&address, &len) != 0 ||
        pthread_create(&server->thread, NULL, run, server) != 0) {
        err_set(err, ERR_BUSY, "the invented mail server can't listen: %s", strerror(errno));
        if (server->listener >= 0)
            close(server->listener);
        arena_free(mem);
        return false;
    }
    server->port = ntohs(address.sin_port);
    *out = server;
    return true;
}

int town_mail_port(const struct mail_server_of_town *server)
{
    return server->port;
}

struct bytes town_mail_take(struct mail_server_of_town *server, struct arena *mem)
{
    struct bytes mail;

    pthread_mutex_lock(&server->lock);
    mail = arena_bytes(
        mem, (struct bytes){ (const uint8_t *)buf_str(&server->newest), server->newest.len });
    buf_clear(&server->newest);
    pthread_mutex_unlock(&server->lock);
    return mail;
}

void town_mail_stop(struct mail_server_of_town *server)
{
    if (!server)
        return;
    shutdown(server->listener, SHUT_RDWR);
    pthread_join(server->thread, NULL);
    close(server->listener);
    buf_free(&server->newest);
    arena_free(server->mem);
}
