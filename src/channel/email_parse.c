#include "email_parse.h"

#include <string.h>

#include "../base/text.h"
#include "email_body.h"
#include "email_files.h"
#include "email_fold.h"
#include "email_header.h"
#include "email_mime.h"
#include "email_report.h"

instant email_sent_at(struct arena *mem, struct bytes raw)
{
    CLEANUP(mime_close) struct mime_mail mail = { 0 };
    struct err ignored;
    const char *date = NULL;

    if (mime_open(mem, mail_header_block(raw), &mail, &ignored))
        date = mime_header(mail.root, "Date");
    return email_date(date ? date : "");
}

void email_says(struct arena *mem, struct bytes raw, const char **from, const char **subject)
{
    CLEANUP(mime_close) struct mime_mail mail = { 0 };
    struct incoming found = { .from_kind = IDENTITY_EMAIL };
    struct err ignored;

    *from = *subject = "";
    if (!mime_open(mem, mail_header_block(raw), &mail, &ignored))
        return;
    mail_header_read(mem, mail.root, &found);
    if (!text_is_blank(found.from.name) && found.from.address)
        *from = arena_printf(mem, "%s <%s>", found.from.name, found.from.address);
    else if (found.from.address || found.from.name)
        *from = found.from.address ? found.from.address : found.from.name;
    if (found.subject)
        *subject = found.subject;
}

bool email_parse(struct arena *mem, struct bytes raw, struct incoming *out, struct err *err)
{
    CLEANUP(mime_close) struct mime_mail mail = { 0 };
    struct report_parts parts = { 0 };

    *out = (struct incoming){ .from_kind = IDENTITY_EMAIL };
    if (raw.len > EMAIL_RAW_MAX)
        return err_set(err, ERR_TOO_LARGE, "the mail is larger than %d MB", EMAIL_RAW_MAX >> 20);
    if (!mime_open(mem, raw, &mail, err))
        return false;
    mail_header_read(mem, mail.root, out);
    if (!mail_body_read(mem, &mail, out, &parts, err))
        return false;
    mail_report_read(mem, mail.root, &parts, out);
    out->fold_at = email_fold_at(out->text, out->subject);
    return true;
}
