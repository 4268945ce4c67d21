/* mail_test.h — the real mail servers that tests/peers starts for imap_test.c and smtp_test.c.
 *
 * Their ports are in the environment (TEST_IMAP and others, by clients_test.py); without them
 * these tests are skipped. All mailboxes have the password "geheim1".
 */
#pragma once

#include "../base/fetch.h"
#include "mail_server.h"

#include <stdlib.h>

/* The port that stands in an environment variable, on this machine, with TLS by STARTTLS. */
static inline struct mail_server mail_server_at(const char *variable, const char *user)
{
    const char *port = getenv(variable);

    fetch_allow_private(true);
    return (struct mail_server){
        .host = "127.0.0.1",
        .port = port ? (unsigned)strtoul(port, NULL, 10) : 0,
        .security = MAIL_STARTTLS,
        .user = user,
        .password = "geheim1",
        .ca_file = getenv("TEST_CA"),
    };
}

#define NEEDS_MAIL(variable)                                                                       \
    do {                                                                                           \
        if (!getenv(variable)) {                                                                   \
            test_skip("needs a mail server: tests/peers/run.py clients");                          \
            return;                                                                                \
        }                                                                                          \
    } while (0)
