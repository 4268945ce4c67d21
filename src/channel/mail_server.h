/* mail_server.h — where a mailbox is, and who we are there. */
#pragma once

#include "../base/base.h"

#include <stdatomic.h>

enum mail_security {
    MAIL_TLS,      /* from the first byte */
    MAIL_STARTTLS, /* before anything is said; never without */
    MAIL_PLAIN,    /* no encryption at all: only for a server on this machine or site */
};

/* Borrowed for the call it is passed to. */
struct mail_server {
    const char *host; /* a name or an address */
    unsigned port;
    enum mail_security security;
    const char *user;     /* NULL or "": no login (SMTP only) */
    const char *password; /* never in a text that leaves the function */
    const char *ca_file;  /* who may sign the certificate; NULL: whom the system trusts */
    /* IMAP: once it is true, whatever waits for the server fails within a second with ERR_BUSY;
     * outlives the connection. NULL: nobody interrupts. */
    const atomic_bool *interrupted;
};
