#include "conversations.h"

#include "../../base/text.h"

#include <string.h>

enum {
    TOKEN_ID_LEN = 13,
    TOKEN_PROOF_LEN = 5, /* 25 bits: enough, since a wrong guess only makes a new case */
    TOKEN_SEAL_LEN = 10, /* 50 bits: as many as a Message-ID of ours has that proves the same */
    TOKEN_LEN = TOKEN_ID_LEN + TOKEN_PROOF_LEN /* behind its letter */
};

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

/* Letters of the HMAC of an id, and of what else they hold for. */
static void prove(const uint8_t key[KEY_LEN], const char *what, const char *id, const char *to,
                  char *out, size_t n)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
    const struct bytes parts[] = {
        { (const uint8_t *)what, strlen(what) },
        { (const uint8_t *)id,   TOKEN_ID_LEN },
        { (const uint8_t *)to,   strlen(to)   },
    };
    uint8_t hash[32];

    hmac_sha256((struct bytes){ key, KEY_LEN }, parts, COUNT(parts), hash);
    for (size_t i = 0; i < n; i++)
        out[i] = letters[hash[i] % 32];
}

char *conversation_token(struct arena *mem, const uint8_t key[KEY_LEN], conversation_id id)
{
    char text[ID_TEXT_MAX], checked[TOKEN_PROOF_LEN];

    id_write("cnv", id.n, text);
    prove(key, "reply", text + 4, "", checked, sizeof(checked));
    return arena_printf(mem, "c%s%.*s", text + 4, TOKEN_PROOF_LEN, checked);
}

char *conversation_token_to(struct arena *mem, const uint8_t key[KEY_LEN], conversation_id id,
                            const char *address)
{
    const char *plain = conversation_token(mem, key, id);
    char sealed[TOKEN_SEAL_LEN];

    prove(key, "reply of", plain + 1, text_fold(mem, address), sealed, sizeof(sealed));
    return arena_printf(mem, "p%s%.*s", plain + 1, TOKEN_SEAL_LEN, sealed);
}

/* Where the letter of a token with so many behind it stands, in "local+token@domain"; NULL: it has
 * none. */
static const char *token_at(const char *address, char letter, size_t len)
{
    const char *at = strrchr(address, '@'), *token;

    if (!at || (size_t)(at - address) < len + 3)
        return NULL;
    token = at - len - 1;
    return token[-1] == '+' && (token[0] | 0x20) == letter ? token : NULL;
}

bool conversation_of_address(const char *address, const uint8_t key[KEY_LEN], conversation_id *out)
{
    const char *token = token_at(address, 'c', TOKEN_LEN);
    char text[ID_TEXT_MAX] = "cnv_", wanted[TOKEN_PROOF_LEN];

    if (!token)
        token = token_at(address, 'p', TOKEN_LEN + TOKEN_SEAL_LEN);
    if (!token)
        return false;
    /* Some servers write the local part in capitals. */
    for (size_t i = 0; i < TOKEN_ID_LEN; i++) {
        char c = token[1 + i];
        text[4 + i] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
    }
    prove(key, "reply", text + 4, "", wanted, sizeof(wanted));
    return strncasecmp(token + 1 + TOKEN_ID_LEN, wanted, TOKEN_PROOF_LEN) == 0 &&
           id_read("cnv", text, 4 + TOKEN_ID_LEN, &out->n);
}

bool conversation_was_sent_to(struct arena *mem, const char *address, const uint8_t key[KEY_LEN],
                              const char *receiver)
{
    const char *token = token_at(address, 'p', TOKEN_LEN + TOKEN_SEAL_LEN), *wanted;
    conversation_id id;

    if (!token || !conversation_of_address(address, key, &id))
        return false;
    wanted = conversation_token_to(mem, key, id, receiver);
    return strncasecmp(token, wanted, strlen(wanted)) == 0;
}
