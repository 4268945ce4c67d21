#include "conversations.h"

#include "../../base/text.h"

#include <string.h>

enum { TOKEN_ID_LEN = 13, TOKEN_PROOF_LEN = 5, TOKEN_LEN = 1 + TOKEN_ID_LEN + TOKEN_PROOF_LEN };

const struct field conversation_fields[] = {
    FIELD(conversation, id, .flags = REQUIRED),
    FIELD(conversation, channel_id, .flags = REQUIRED),
    FIELD(conversation, person_id, .flags = REQUIRED),
    FIELD(conversation, case_id, .flags = REQUIRED),
    FIELD(conversation, place_case_id, .flags = SECRET),
    FIELD(conversation, answered_in, .flags = SECRET),
    FIELD(conversation, thread_key),
    FIELD(conversation, subject, .flags = REQUIRED),
    FIELD(conversation, created_at, .flags = REQUIRED),
    { 0 },
};

bool conversation_get(struct tx *tx, conversation_id id, struct conversation *out, struct err *err)
{
    *out = (struct conversation){ 0 };
    return db_one(tx, SQL_CONVERSATION_GET, ARGS(arg_organisation(tx), arg_id(id)),
                  conversation_fields, out, err);
}

bool conversation_by_thread(struct tx *tx, channel_id channel, const char *thread_key,
                            struct conversation *out, bool *found, struct err *err)
{
    *out = (struct conversation){ 0 };
    return db_find(tx, SQL_CONVERSATION_BY_THREAD,
                   ARGS(arg_organisation(tx), arg_id(channel), arg_text(thread_key)),
                   conversation_fields, out, found, err);
}

bool conversation_of_case(struct tx *tx, case_id id, struct conversation *out, bool *found,
                          struct err *err)
{
    *out = (struct conversation){ 0 };
    return db_find(tx, SQL_CONVERSATION_OF_CASE, ARGS(arg_organisation(tx), arg_id(id)),
                   conversation_fields, out, found, err) &&
           (*found ||
            db_find(tx, SQL_CONVERSATION_OF_NEWEST, ARGS(arg_organisation(tx), arg_id(id)),
                    conversation_fields, out, found, err));
}

bool conversation_is_in_case(struct tx *tx, conversation_id id, case_id in, bool *out,
                             struct err *err)
{
    int64_t n = 0;
    bool ok = db_number(tx, SQL_CONVERSATION_IN_CASE,
                        ARGS(arg_organisation(tx), arg_id(id), arg_id(in)), &n, err);

    *out = n > 0;
    return ok;
}

bool conversation_turns_to(struct tx *tx, struct conversation *conversation, case_id about,
                           struct err *err)
{
    case_id elsewhere = conversation->case_id.n == about.n ? (case_id){ 0 } : about;

    if (!conversation->thread_key || conversation->answered_in.n == elsewhere.n)
        return true;
    conversation->answered_in = elsewhere;
    return db_run(tx, SQL_CONVERSATION_ANSWERED_IN,
                  ARGS(arg_organisation(tx), arg_id(conversation->id), arg_id(elsewhere)), err);
}

bool conversation_add(struct tx *tx, struct conversation *conversation, struct err *err)
{
    conversation->id.n = id_new();
    return db_run(tx, SQL_CONVERSATION_ADD,
                  ARGS(arg_organisation(tx), arg_id(conversation->id),
                       arg_id(conversation->channel_id), arg_id(conversation->person_id),
                       arg_id(conversation->case_id), arg_text(conversation->thread_key),
                       arg_text(conversation->subject), arg_time(tx->now),
                       arg_id(conversation->place_case_id)),
                  err);
}

/* 25 bits of HMAC: enough, since a wrong guess only makes a new case. */
static void proof(const uint8_t key[KEY_LEN], const char *id, char out[TOKEN_PROOF_LEN])
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
    const struct bytes parts[] = {
        { (const uint8_t *)"reply", 5            },
        { (const uint8_t *)id,      TOKEN_ID_LEN }
    };
    uint8_t hash[32];

    hmac_sha256((struct bytes){ key, KEY_LEN }, parts, COUNT(parts), hash);
    for (size_t i = 0; i < TOKEN_PROOF_LEN; i++)
        out[i] = letters[hash[i] % 32];
}

char *conversation_token(struct arena *mem, const uint8_t key[KEY_LEN], conversation_id id)
{
    char text[ID_TEXT_MAX], checked[TOKEN_PROOF_LEN];

    id_write("cnv", id.n, text);
    proof(key, text + 4, checked);
    return arena_printf(mem, "c%s%.*s", text + 4, TOKEN_PROOF_LEN, checked);
}

bool conversation_of_address(const char *address, const uint8_t key[KEY_LEN], conversation_id *out)
{
    const char *at = strrchr(address, '@'), *token = at ? at - TOKEN_LEN : NULL;
    char text[ID_TEXT_MAX] = "cnv_", wanted[TOKEN_PROOF_LEN];

    if (!token || token <= address || token[-1] != '+' || (token[0] | 0x20) != 'c')
        return false;
    /* Some servers write the local part in capitals. */
    for (size_t i = 0; i < TOKEN_ID_LEN; i++) {
        char c = token[1 + i];
        text[4 + i] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
    }
    proof(key, text + 4, wanted);
    return strncasecmp(token + 1 + TOKEN_ID_LEN, wanted, TOKEN_PROOF_LEN) == 0 &&
           id_read("cnv", text, 4 + TOKEN_ID_LEN, &out->n);
}
