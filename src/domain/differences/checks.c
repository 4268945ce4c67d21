#include "checks.h"

#include "../../base/text.h"

enum { PIECE_MAX = 1000 };

enum part {
    ENVELOPES,
    MESSAGES,
    CONVERSATIONS,
    CASES,
    PEOPLE,
    IDENTITIES,
    FILES,
    NOTES,
    PROMISES,
    MAILBOXES, /* by their folders; about a channel */
    ELSEWHERE, /* compared by who reads mailboxes */
};

static const struct {
    enum sql piece;
} parts[] = {
    [ENVELOPES] = { SQL_CHECK_PIECE_ENVELOPES },
    [MESSAGES] = { SQL_CHECK_PIECE_MESSAGES },
    [CONVERSATIONS] = { SQL_CHECK_PIECE_CONVERSATIONS },
    [CASES] = { SQL_CHECK_PIECE_CASES },
    [PEOPLE] = { SQL_CHECK_PIECE_PEOPLE },
    [IDENTITIES] = { SQL_CHECK_PIECE_IDENTITIES },
    [FILES] = { SQL_CHECK_PIECE_FILES },
    [NOTES] = { SQL_CHECK_PIECE_NOTES },
    [PROMISES] = { SQL_CHECK_PIECE_PROMISES },
    [MAILBOXES] = { SQL_CHECK_PIECE_FOLDERS },
};
const size_t check_parts_n = COUNT(parts);

#define BACKUP "restore a backup"
#define HELP   "restore a backup, or ask for help"
#define CHANGE "ask for help: a change was not one transaction"

/* clang-format off */
const struct check checks[] = {
    { "envelope_without_message", ENVELOPES, SQL_CHECK_ENVELOPE_WITHOUT_MESSAGE, 0, true, "env",
      "envelopes", "understood without their message", HELP },
    { "envelope_without_bytes", ENVELOPES, SQL_CHECK_ENVELOPE_WITHOUT_BYTES, 0, true, "env",
      "envelopes", "without their raw bytes", BACKUP },
    { "envelope_without_job", ENVELOPES, SQL_CHECK_ENVELOPE_WITHOUT_JOB, 0, true, "env",
      "envelopes", "waiting with no job to understand them",
      "POST /api/v1/envelopes/{id}/run brings all of its channel back on their way" },
    { "envelope_waiting_long", ENVELOPES, SQL_CHECK_ENVELOPE_WAITING_LONG, HOUR_MS, false, "env",
      "envelopes", "waiting for more than an hour", "is a server with role all or work running?" },
    { "message_without_conversation", MESSAGES, SQL_CHECK_MESSAGE_WITHOUT_CONVERSATION, 0, true, "msg",
      "messages", "in no conversation", HELP },
    { "message_without_case", MESSAGES, SQL_CHECK_MESSAGE_WITHOUT_CASE, 0, true, "msg",
      "messages", "in no case", HELP },
    { "message_out_of_place", MESSAGES, SQL_CHECK_MESSAGE_OUT_OF_PLACE, 0, true, "msg",
      "messages", "in another case than the one they were merged into", CHANGE },
    { "message_without_job", MESSAGES, SQL_CHECK_MESSAGE_WITHOUT_JOB, HOUR_MS, true, "msg",
      "messages", "to be sent with no job that does it", "send them once more from their case" },
    { "message_queued_long", MESSAGES, SQL_CHECK_MESSAGE_QUEUED_LONG, HOUR_MS, false, "msg",
      "messages", "not sent for more than an hour",
      "look at the channel's health, and at the outbox" },
    { "conversation_without_case", CONVERSATIONS, SQL_CHECK_CONVERSATION_WITHOUT_CASE, 0, true, "cnv",
      "conversations", "without a case", HELP },
    { "conversation_without_person", CONVERSATIONS, SQL_CHECK_CONVERSATION_WITHOUT_PERSON, 0, true, "cnv",
      "conversations", "without a person", HELP },
    { "case_without_person", CASES, SQL_CHECK_CASE_WITHOUT_PERSON, 0, true, "cas",
      "cases", "without a person", HELP },
    { "case_merged_badly", CASES, SQL_CHECK_CASE_MERGED_BADLY, 0, true, "cas",
      "cases", "merged into what isn't there", CHANGE },
    { "case_with_other_count", CASES, SQL_CHECK_CASE_WITH_OTHER_COUNT, 0, true, "cas",
      "cases", "that count their messages wrongly", CHANGE },
    { "case_with_other_name", CASES, SQL_CHECK_CASE_WITH_OTHER_NAME, 0, false, "cas",
      "cases", "under a former name of their person",
      "give the person another name, and the right one again" },
    { "case_label_out_of_order", CASES, SQL_CHECK_CASE_LABEL_OUT_OF_ORDER, 0, false, "cas",
      "cases", "with a label in another place of its list",
      "it finds its place again when the case moves" },
    { "person_with_other_face", PEOPLE, SQL_CHECK_PERSON_WITH_OTHER_FACE, 0, true, "per",
      "people", "with another face than who they were merged into", CHANGE },
    { "person_merged_badly", PEOPLE, SQL_CHECK_PERSON_MERGED_BADLY, 0, true, "per",
      "people", "merged without a merge that says so, or the other way round", CHANGE },
    { "identity_without_person", IDENTITIES, SQL_CHECK_IDENTITY_WITHOUT_PERSON, 0, true, "idn",
      "identities", "without a person", HELP },
    { "file_without_content", FILES, SQL_CHECK_FILE_WITHOUT_CONTENT, 0, true, "fil",
      "attachments", "without their content", BACKUP },
    { "file_without_message", FILES, SQL_CHECK_FILE_WITHOUT_MESSAGE, 0, true, "fil",
      "attachments", "without their message or note", HELP },
    { "note_without_case", NOTES, SQL_CHECK_NOTE_WITHOUT_CASE, 0, true, "not",
      "notes", "without a case", HELP },
    { "promise_without_case", PROMISES, SQL_CHECK_PROMISE_WITHOUT_CASE, 0, true, "prm",
      "promises", "without a case", HELP },
    { "promise_forgotten", PROMISES, SQL_CHECK_PROMISE_FORGOTTEN, 0, true, "prm",
      "promises", "that a case that is done still owes", "open the case, and decide about them" },
    { "promise_silently_broken", PROMISES, SQL_CHECK_PROMISE_SILENTLY_BROKEN, HOUR_MS, true, "prm",
      "promises", "past their moment for more than an hour, and still called open",
      "is a server with role all or work running?" },
    { "mail_not_handed_over", MAILBOXES, SQL_CHECK_MAIL_NOT_HANDED_OVER, 0, false, "chn",
      "mailboxes", "with a message that their server can't hand over",
      "it is asked for again for a day; look at it with another mail program" },
    { "mail_missed", ELSEWHERE, 0, 0, true, "env",
      "mailboxes", "with a message that had not come in", "it came in when they were compared" },
};
/* clang-format on */
const size_t checks_n = COUNT(checks);

const struct check *check_named(const char *kind)
{
    for (size_t i = 0; i < COUNT(checks); i++)
        if (text_equal(checks[i].kind, kind))
            return &checks[i];
    return NULL;
}

struct piece {
    int64_t until, n;
};

static const struct field piece_fields[] = {
    FIELD(piece, until),
    FIELD(piece, n),
    { 0 },
};

static const struct field found_fields[] = {
    FIELD(check_found, about),
    FIELD(check_found, detail),
    { 0 },
};

static bool run_check(struct tx *tx, const struct check *check, int64_t after, int64_t until,
                      check_fn *fn, void *arg, struct err *err)
{
    struct arg values[] = { arg_organisation(tx), arg_int(after), arg_int(until),
                            arg_time(instant_plus(tx->now, -check->older_ms)) };
    struct args args = { values, check->older_ms > 0 ? 4 : 3 };
    struct check_found *found;
    struct list list;

    if (!db_all(tx, check->sql, args, found_fields, sizeof(*found), &list, err))
        return false;
    found = list.items;
    for (size_t i = 0; i < list.n; i++) {
        found[i].check = check;
        found[i].detail = found[i].detail ? found[i].detail : "";
        if (!fn(arg, &found[i], err))
            return false;
    }
    return true;
}

bool check_piece(struct tx *tx, unsigned part, int64_t *at, int64_t *looked_n, check_fn *fn,
                 void *arg, struct err *err)
{
    struct piece piece = { 0 };

    if (!db_one(tx, parts[part].piece, ARGS(arg_organisation(tx), arg_int(*at), arg_int(PIECE_MAX)),
                piece_fields, &piece, err))
        return false;
    *looked_n = piece.n;
    for (size_t i = 0; i < COUNT(checks) && piece.n > 0; i++)
        if (checks[i].part == part && !run_check(tx, &checks[i], *at, piece.until, fn, arg, err))
            return false;
    if (piece.n > 0)
        *at = piece.until;
    return true;
}

bool check_all(struct tx *tx, check_step_fn *step, check_fn *fn, void *arg, struct err *err)
{
    int64_t at, n;

    for (unsigned part = 0; part < check_parts_n; part++) {
        at = 0;
        do {
            if (!check_piece(tx, part, &at, &n, fn, arg, err))
                return false;
            if (step)
                step(arg, n);
        } while (n > 0);
    }
    return true;
}
