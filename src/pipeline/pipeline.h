/* pipeline.h — the way of everything that comes in, from raw envelope to case.
 *
 * What comes in is stored durably first (pipeline_receive), then understood by a job. Reading
 * the raw bytes is pure and happens outside transactions; all other stages run in one
 * transaction: it is understood whole, or waits with a reason. Any of it may run twice.
 */
#pragma once

#include "../channel/incoming.h"
#include "../domain/cases/cases.h"
#include "../domain/channels/channels.h"
#include "../domain/conversations/conversations.h"
#include "../domain/envelopes/envelopes.h"
#include "../domain/messages/messages.h"
#include "../domain/understanding/judge.h"
#include "../jobs/job.h"

/* Something raw that a channel got. Borrowed. */
/* Which envelope it is, and whether it wasn't there before. */
struct became {
    envelope_id envelope;
    bool is_new;
};

struct received {
    const char *external_id; /* the provider's id; NULL: the hash of the bytes */
    struct bytes raw;
    instant arrived_at; /* at the mailbox; {0}: now */
    const char *folder; /* NULL when there is none */
    bool is_ours;
    /* Why it isn't whole ("larger than 50 MB"), and where it is: it's kept, and never understood.
     * NULL: it is whole. */
    const char *refused;
    struct became *became; /* is told, before also(); NULL: nobody asks */
};

/* Stores raw envelopes with the jobs that understand them, and runs also(tx, arg) (NULL: nothing)
 * in the same transaction: bookkeeping of what was fetched. Durable when it returns. *new_n
 * counts those that were not there before. At most 500 at once. */
MUST_CHECK bool pipeline_receive(struct store *store, const struct scope *scope, channel_id channel,
                                 const struct received *items, size_t n, store_fn *also, void *arg,
                                 size_t *new_n, struct err *err);

/* What stands for the id of what has none: its bytes. */
const char *received_id(struct arena *mem, struct bytes raw);

enum inbound_outcome {
    INBOUND_GOES_ON,
    INBOUND_UNDERSTOOD,
    INBOUND_DUPLICATE,
    INBOUND_IGNORED,
    INBOUND_NOT_UNDERSTOOD,
};

struct inbound_file {
    const struct incoming_file *file;
    struct blob blob;
};

/* How do we know that it is from whom it says? What is surer is greater. */
enum sender_proof {
    SENDER_REFUTED, /* our mail server found that it isn't */
    SENDER_SAID,    /* it says so, as anybody can */
    SENDER_PROVEN,  /* our mail server found that it is, or he answers what only he got */
    SENDER_KNOWN,   /* of course: whoever brings it knows */
};
extern const char *const sender_proof_names[];

/* One envelope on its way. Each stage reads what those before it wrote. */
struct inbound {
    envelope_id envelope;
    struct channel channel;
    instant arrived_at; /* what its moments count from; never later than now */
    bool is_ours;
    struct judge judge; /* what the organisation knows beside the words */

    /* parse */
    struct incoming in;
    struct inbound_file *files;
    size_t files_n;
    const char *text; /* what the row holds */
    const char *words;
    struct bytes content_hash;
    bool is_judged; /* a customer wrote it */
    struct judgement judgement;

    /* vouch; identify, where he answers what we sent him, or wants answers elsewhere */
    enum sender_proof proof;
    /* It joins no case of anybody's by what it says: it may well be from somebody else. */
    bool is_doubtful;

    /* same */
    message_id about; /* one of ours, whose Message-ID somebody else's mail has; none: not so */
    bool is_from_us;  /* another channel of ours sent it here */

    /* thread, identify, relate, join, understand, route */
    person_id person;
    struct conversation conversation; /* id none: a new one */
    const struct party *receiver; /* its from or reply_to, where we sent what it answers; or NULL */
    case_id answered;             /* where the message stands that it refers to; none: nowhere */
    struct casefile c;            /* id none: a new one */
    bool is_new_person;
    bool leaves_thread;     /* it stands in a thread that was about another case until now */
    const char *joined_why; /* JSON: why it joined a case by what it says; NULL: it didn't */
    struct inbound_proposal {
        case_id to;
        double chance;
        const char *reasons;
    } proposals[3]; /* cases that the new one may be part of, the likeliest first */
    size_t proposals_n;

    message_id planned_message; /* the id that the message will have; none: a new one */
    message_id message;         /* what it became, or is the same as */
    enum inbound_outcome outcome;
    const char *stage, *reason;
};

/* Outside a transaction: reads the raw bytes and makes large files durable. False with
 * ERR_INVALID, ERR_MALFORMED or ERR_TOO_LARGE: they can't be understood. */
MUST_CHECK bool inbound_parse(struct store *store, struct arena *mem,
                              const struct channel_type *type, struct bytes raw,
                              struct inbound *out, struct err *err);
/* The same for what was read already (the API channel). */
MUST_CHECK bool inbound_take(struct store *store, struct arena *mem, struct inbound *in,
                             struct err *err);
/* Part of both: what do the words say? */
void inbound_judge(struct arena *mem, struct inbound *in);
/* Inside a transaction: all other stages; then *in says what became of it. */
MUST_CHECK bool inbound_run(struct tx *tx, struct inbound *in, struct err *err);
/* Writes that down on the envelope. */
MUST_CHECK bool inbound_settle(struct tx *tx, const struct inbound *in, struct err *err);

/* The stages, in the order of the table in pipeline.c. */
bool inbound_confirm(struct tx *tx, struct inbound *in, struct err *err);
bool inbound_same(struct tx *tx, struct inbound *in, struct err *err);
bool inbound_vouch(struct tx *tx, struct inbound *in, struct err *err);
bool inbound_thread(struct tx *tx, struct inbound *in, struct err *err);
bool inbound_identify(struct tx *tx, struct inbound *in, struct err *err);
bool inbound_relate(struct tx *tx, struct inbound *in, struct err *err);
bool inbound_join(struct tx *tx, struct inbound *in, struct err *err);
bool inbound_understand(struct tx *tx, struct inbound *in, struct err *err);
bool inbound_route(struct tx *tx, struct inbound *in, struct err *err);
bool inbound_record(struct tx *tx, struct inbound *in, struct err *err);
bool inbound_claim(struct tx *tx, struct inbound *in, struct err *err);
bool inbound_stop_word(struct tx *tx, struct inbound *in, struct err *err);
bool inbound_prove_link(struct tx *tx, struct inbound *in, struct err *err);
/* Parts of relate and join: it begins a case of its own; and whom it is from is all that its thread
 * says, so that another matter may stand in it. */
void inbound_begin_case(struct inbound *in);
bool inbound_is_loose(const struct inbound *in);
/* Part of the last: what was found by inbound_join, once there are rows to say it of. */
MUST_CHECK bool inbound_say_joined(struct tx *tx, const struct inbound *in, struct err *err);
/* Ends the way of an envelope; returns true. */
bool inbound_stop(struct inbound *in, enum inbound_outcome outcome, const char *reason);

/* The jobs of the path. */
enum { INBOUND_TRIES_MAX = 12 }; /* of one envelope */
bool job_inbound(struct job_run *run, struct err *err);
bool job_send(struct job_run *run, struct err *err);

/* The words of a failure that a later answer of the provider may still refute. */
extern const char send_interrupted[];
/* What the provider said of a message that was being sent: writes it down, in the channel's health
 * too. (90_confirm.c) */
MUST_CHECK bool confirm_receipt(struct tx *tx, const struct message *message,
                                const struct receipt *receipt, struct err *err);

/* Only forward: a read message isn't delivered again. */
bool confirm_can_become(enum message_state from, enum message_state to);
/* What a provider reports later, however late and however often: what can't be any more changes
 * nothing. That it arrived is worth more than that it failed. */
MUST_CHECK bool confirm_report(struct tx *tx, const struct message *message,
                               enum message_state state, const char *words, struct err *err);
/* What the other side says later: delivered, read, failed. */
MUST_CHECK bool confirm_state(struct tx *tx, const struct message *message,
                              enum message_state state, const char *words, struct err *err);

extern const struct routes exchange_in_routes, exchange_out_routes;
extern const struct routes hook_kannel_routes, hook_twilio_routes;
