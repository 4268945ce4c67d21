/* email.h — a mailbox: IMAP in, SMTP out. */
#pragma once

#include "channel.h"
#include "mail_server.h"

struct email_settings {
    const char *address;     /* what people write to */
    const char *sender_name; /* stands before it in From */
    const char *signature;   /* under what we write */
    const char *checked_by;  /* how our server signs what it found about senders */
    bool has_reply_token;    /* Reply-To is address+token@…: the server must take such addresses */
    const char *imap_host, *imap_user, *imap_password, *imap_folders, *sent_folder;
    int64_t imap_port;
    unsigned imap_security;
    const char *smtp_host, *smtp_user, *smtp_password;
    int64_t smtp_port;
    unsigned smtp_security;
    const char *ca_file; /* who may sign the servers' certificates; "": whom the system trusts */
};

extern const char *const mail_security_names[];
extern const struct channel_type email_channel;

/* Where to, with what was left out taken from the rest. */
struct mail_server email_imap_server(const struct email_settings *settings);
struct mail_server email_smtp_server(const struct email_settings *settings);
/* The names in a list as "INBOX, Webshop"; never empty: INBOX when nothing is given. */
struct list email_folders(struct arena *mem, const struct email_settings *settings);
