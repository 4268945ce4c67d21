#include "pipeline.h"

/* The way of everything that comes in, after it was received and parsed. Each stage reads what
 * those before it wrote; all of them are one transaction, so that a crash repeats the way and
 * never leaves a half of it. */
static const struct {
    const char *name;
    bool (*run)(struct tx *tx, struct inbound *in, struct err *err);
} stages[] = {
    { "confirm",    inbound_confirm    }, /* a delivery report   -> the message it is about */
    { "same",       inbound_same       }, /* what came before    -> a duplicate             */
    { "vouch",      inbound_vouch      }, /* our server's word   -> is it who it says?      */
    { "thread",     inbound_thread     }, /* references, thread  -> conversation            */
    { "identify",   inbound_identify   }, /* sender              -> identity -> person      */
    { "relate",     inbound_relate     }, /* conversation        -> case                    */
    { "join",       inbound_join       }, /* what it says        -> an open case            */
    { "understand", inbound_understand }, /* words               -> language, mood          */
    { "route",      inbound_route      }, /* case                -> team                    */
    { "record",     inbound_record     }, /* all of it           -> rows and their event    */
    { "claim",      inbound_claim      }, /* addresses he names  -> claimed, or suspected   */
    { "stop",       inbound_stop_word  }, /* STOP, AFMELDEN      -> a label on the case     */
    { "prove",      inbound_prove_link }, /* a code in public    -> who chats in private    */
};

bool inbound_stop(struct inbound *in, enum inbound_outcome outcome, const char *reason)
{
    in->outcome = outcome;
    in->reason = reason;
    return true;
}

bool inbound_run(struct tx *tx, struct inbound *in, struct err *err)
{
    /* What an earlier run of the same closure left. */
    in->outcome = INBOUND_GOES_ON;
    in->reason = NULL;
    in->person = (person_id){ 0 };
    in->message = (message_id){ 0 };
    in->conversation = (struct conversation){ 0 };
    in->about = (message_id){ 0 };
    in->is_from_us = false;
    in->answered = (case_id){ 0 };
    in->receiver = NULL;
    in->is_new_person = in->leaves_thread = false;
    in->joined_why = NULL;
    in->proposals_n = 0;
    in->c = (struct casefile){ 0 };
    for (size_t i = 0; i < COUNT(stages) && in->outcome == INBOUND_GOES_ON; i++) {
        in->stage = stages[i].name;
        if (!stages[i].run(tx, in, err))
            return false;
    }
    if (in->outcome == INBOUND_GOES_ON)
        in->outcome = INBOUND_UNDERSTOOD;
    return true;
}

bool inbound_settle(struct tx *tx, const struct inbound *in, struct err *err)
{
    static const enum envelope_state states[] = {
        [INBOUND_GOES_ON] = ENVELOPE_WAITING,
        [INBOUND_UNDERSTOOD] = ENVELOPE_UNDERSTOOD,
        [INBOUND_DUPLICATE] = ENVELOPE_DUPLICATE,
        [INBOUND_IGNORED] = ENVELOPE_IGNORED,
        [INBOUND_NOT_UNDERSTOOD] = ENVELOPE_NOT_UNDERSTOOD,
    };

    return envelope_settle(tx, in->envelope, states[in->outcome], in->stage, in->reason,
                           in->message, err);
}
