#include "fuzz.h"

#include "../src/base/text.h"
#include "../src/channel/email_parse.h"

#include <string.h>

static void valid(const char *s, const char *promise)
{
    fuzz_promise(s && utf8_is_valid(s, strlen(s)), promise);
}

static void valid_or_none(const char *s, const char *promise)
{
    if (s)
        valid(s, promise);
}

static void check_parties(const struct list *list)
{
    const struct party *parties = list->items;

    fuzz_promise(list->n <= EMAIL_ADDRESSES_MAX, "a list of addresses has its limit");
    for (size_t i = 0; i < list->n; i++) {
        valid(parties[i].name, "a name is valid");
        valid(parties[i].address, "an address in a list is there and valid");
        fuzz_promise(strchr(parties[i].address, '@') && !strpbrk(parties[i].address, " <>\r\n"),
                     "an address looks like one");
    }
}

static void check_texts(const struct list *list, size_t max)
{
    fuzz_promise(list->n <= max, "a list of texts has its limit");
    for (size_t i = 0; i < list->n; i++)
        valid(((const char **)list->items)[i], "an item of a list is valid");
}

static void check_files(const struct list *list, const char *html)
{
    const struct incoming_file *files = list->items;

    fuzz_promise(list->n <= EMAIL_PARTS_MAX, "there are no more files than parts");
    for (size_t i = 0; i < list->n; i++) {
        valid(files[i].name, "a file has a name");
        fuzz_promise(*files[i].name && strlen(files[i].name) <= EMAIL_NAME_MAX &&
                         !strpbrk(files[i].name, "/\\\r\n") && files[i].name[0] != '.',
                     "a file name leads nowhere");
        valid(files[i].type, "a file has a type");
        valid_or_none(files[i].content_id, "a content id is valid");
        fuzz_promise(!files[i].content_id || html, "content ids are for the HTML");
        fuzz_promise(files[i].data.data || files[i].data.len == 0, "a file has its bytes");
    }
}

/* Whatever bytes arrive, email_parse() returns, and what it hands over keeps to incoming.h. */
static void check_reported(const struct list *list)
{
    const struct reported *reported = list->items;

    fuzz_promise(list->n <= EMAIL_REPORTED_MAX, "not too many are reported");
    for (size_t i = 0; i < list->n; i++) {
        valid_or_none(reported[i].recipient, "the reported recipient is valid");
        valid_or_none(reported[i].final, "the final recipient is valid");
        valid_or_none(reported[i].status, "the reported status is valid");
        valid_or_none(reported[i].words, "the reported words are valid");
        fuzz_promise(reported[i].action != NULL, "something became of everybody reported");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("fuzz");
    struct incoming in;
    struct err err = { 0 };

    if (!email_parse(mem, (struct bytes){ data, size }, &in, &err)) {
        fuzz_promise(err.code != ERR_NONE && *err.text, "a refusal has its reason");
        return 0;
    }
    valid(in.subject, "the subject is valid");
    fuzz_promise(!strpbrk(in.subject, "\r\n") && strlen(in.subject) <= EMAIL_SUBJECT_MAX,
                 "the subject is one line");
    valid(in.text, "the text is valid");
    fuzz_promise(in.fold_at <= strlen(in.text), "the fold is within the text");
    valid(in.text + in.fold_at, "the fold splits no character");
    valid_or_none(in.html, "the HTML is valid");
    valid_or_none(in.external_id, "the id is valid");
    fuzz_promise(!in.external_id || strlen(in.external_id) <= EMAIL_MESSAGE_ID_MAX,
                 "the id has its limit");
    valid(in.from.name, "the sender's name is valid");
    valid_or_none(in.from.address, "the sender's address is valid");
    valid_or_none(in.reply_to.address, "the address for answers is valid");
    check_parties(&in.to);
    check_parties(&in.cc);
    check_texts(&in.delivered_to, EMAIL_ADDRESSES_MAX);
    check_texts(&in.references, EMAIL_REFERENCES_MAX);
    check_files(&in.files, in.html);
    valid_or_none(in.report.message_id, "the reported message is valid");
    check_reported(&in.report.recipients);
    fuzz_promise(!in.is_report || (in.is_auto && in.report.recipients.n > 0),
                 "a report is automatic");
    return 0;
}
