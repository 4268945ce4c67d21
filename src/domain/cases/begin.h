/* begin.h — a case that a colleague begins: he writes first, or notes down who came by or called.
 *
 * The customer is somebody who is known, or whoever has the address that is written to; made when
 * nobody has it. Case, person, note and message come together or not at all. Works inside the
 * caller's transaction and organisation; results live in tx->mem.
 */
#pragma once

#include "cases.h"

/* A case as its beginner has it. */
struct beginning {
    const char *subject;     /* its title, and the message's subject where the channel has one */
    person_id person_id;     /* none: who has the address `to` */
    const char *to;          /* a mail address or number; with a person: his from now on */
    const char *name;        /* of who is made for it */
    channel_id channel_id;   /* over which it's written; none: nothing is */
    identity_id identity_id; /* which of the person's addresses; none: the first */
    const char *text;        /* to the customer; NULL: nothing is sent */
    const char *note;        /* to the colleagues */
    struct list cc, files;   /* as in an answer; without a text the files are the note's */
    struct list personal, promises;
    team_id team_id;
    user_id assignee_id;
    unsigned status;    /* enum case_status; CASE_NEW: as it follows from what was done */
    struct list labels; /* texts: ids */
    /* What of it is meant: null is a value. */
    bool has_team, has_assignee;
    bool may_change_people; /* make one for `to`, or give one that address */
};
extern const struct field beginning_fields[];
extern const struct routes case_begin_routes;

/* All of it, or none. *message is none when nothing is sent. */
MUST_CHECK bool case_begin(struct tx *tx, const struct beginning *beginning, case_id *out,
                           message_id *message, struct err *err);
