/* mail_server.h — the mail server of the invented town: takes every mail by SMTP on loopback, and
 * hands it to whoever asks. A thread of its own; one connection after the other.
 */
#pragma once

#include "../base/arena.h"
#include "../base/err.h"

struct mail_server_of_town;

MUST_CHECK bool town_mail_start(struct mail_server_of_town **out, struct err *err);
int town_mail_port(const struct mail_server_of_town *server);
/* The newest mail that came since the last time, whole; none has no bytes. Lives in mem. */
struct bytes town_mail_take(struct mail_server_of_town *server, struct arena *mem);
/* NULL is fine. */
void town_mail_stop(struct mail_server_of_town *server);
