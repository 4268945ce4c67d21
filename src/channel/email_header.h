/* email_header.h — what the header fields of a mail say.
 *
 * Inside of email_parse.c and email_report.c. Results live in `mem`.
 */
#pragma once

#include "email_mime.h"
#include "incoming.h"

/* Fills everything in `out` that stands in the header: parties, subject, ids, moment, is_auto,
 * is_bulk. */
void mail_header_read(struct arena *mem, GMimeObject *mail, struct incoming *out);
/* Is it sent as mail servers send: with the empty envelope sender that the server which delivers
 * writes on top as Return-Path (postfix, into a pipe, as MAILER-DAEMON without a domain, which no
 * sender from outside has)? Where it writes none: by a daemon's name, or said to be automatic
 * (which whoever forges a mail can say too). */
bool mail_is_from_server(struct arena *mem, GMimeObject *mail, const struct party *from);
/* A Message-ID without <>; NULL when there is none worth keeping. */
const char *mail_message_id(struct arena *mem, const char *raw_value);
/* An address as it is compared and stored: trimmed, domain in small letters; NULL when it is
 * none. */
const char *mail_address(struct arena *mem, const char *s);
struct party_list {
    struct party *items;
    size_t n, max;
};

/* Adds the parties in the raw value of a To-like field, as long as there is room. */
void mail_parties(struct arena *mem, const char *raw_value, struct party_list *list);
