#include "email_body.h"

#include <string.h>
#include <strings.h>

#include "../base/buf.h"
#include "../base/text.h"
#include "email_files.h"
#include "email_html.h"
#include "email_parse.h"
#include "email_text.h"

/* One text part. Those of one multipart/alternative share a group and differ in their branch;
 * every other one is a group of its own. */
struct snippet {
    const char *text;
    bool is_html;
    unsigned group, branch;
};

struct walk {
    struct arena *mem;
    struct incoming *out;
    struct report_parts *report;
    GMimeObject *root;
    struct snippet *snippets; /* room for every part there is */
    size_t snippets_n;
    struct incoming_file *files; /* the same */
    size_t files_n;
    size_t text_len[2]; /* plain, HTML */
    unsigned groups;
    bool has_text; /* not only what was made from HTML */
};

/* Where in the tree a part stands. */
struct place {
    unsigned level;
    unsigned group, branch; /* of the outermost multipart/alternative; 0: in none */
    bool is_report;
};

static bool add_snippet(struct walk *walk, const char *text, bool is_html,
                        const struct place *place, struct err *err)
{
    walk->text_len[is_html] += strlen(text);
    if (walk->text_len[is_html] > EMAIL_TEXT_MAX)
        return err_set(err, ERR_TOO_LARGE, "the mail has more than %d MB of text",
                       EMAIL_TEXT_MAX >> 20);
    walk->snippets[walk->snippets_n++] =
        (struct snippet){ text, is_html, place->group > 0 ? place->group : ++walk->groups,
                          place->branch };
    return true;
}

static bool take_text(struct walk *walk, GMimeObject *part, bool is_html, const struct place *place,
                      struct err *err)
{
    const char *charset = mime_parameter(walk->mem, part, "charset");
    const char *format = is_html ? NULL : mime_parameter(walk->mem, part, "format");
    const char *text = email_text(walk->mem, mime_content(walk->mem, part), charset);

    if (format && strcasecmp(format, "flowed") == 0) {
        const char *delete_space = mime_parameter(walk->mem, part, "delsp");
        text = email_unflow(walk->mem, text, delete_space && strcasecmp(delete_space, "yes") == 0);
    }
    return add_snippet(walk, text, is_html, place, err);
}

/* What stands in a part and isn't for reading. */
enum role { FILE_PART, TEXT_PART, HTML_PART, NOTHING, STATUS_PART, ORIGINAL_PART };

static const struct {
    const char *type;
    enum role role;
    bool only_in_alternative, only_in_report;
    bool is_signed, is_encrypted;
} roles[] = {
    { "text/plain",                     TEXT_PART,     false, false, false, false },
    { "text/html",                      HTML_PART,     false, false, false, false },
    { "text/x-amp-html",                NOTHING,       true,  false, false, false },
    { "text/watch-html",                NOTHING,       true,  false, false, false },
    { "application/pgp-signature",      NOTHING,       false, false, true,  false },
    { "application/pkcs7-signature",    NOTHING,       false, false, true,  false },
    { "application/x-pkcs7-signature",  NOTHING,       false, false, true,  false },
    { "application/pgp-encrypted",      NOTHING,       false, false, false, true  },
    { "message/delivery-status",        STATUS_PART,   false, true,  false, false },
    { "message/global-delivery-status", STATUS_PART,   false, true,  false, false },
    { "text/rfc822-headers",            ORIGINAL_PART, false, true,  false, false },
    { "message/global-headers",         ORIGINAL_PART, false, true,  false, false },
    { "message/rfc822",                 ORIGINAL_PART, false, true,  false, false },
    { "message/global",                 ORIGINAL_PART, false, true,  false, false },
};

static enum role role_of(struct walk *walk, const char *type, const struct place *place)
{
    for (size_t i = 0; i < COUNT(roles); i++) {
        if (strcmp(roles[i].type, type) != 0)
            continue;
        if ((roles[i].only_in_alternative && place->group == 0) ||
            (roles[i].only_in_report && !place->is_report))
            return FILE_PART;
        walk->out->is_signed |= roles[i].is_signed;
        walk->out->is_encrypted |= roles[i].is_encrypted;
        return roles[i].role;
    }
    return FILE_PART;
}

/* A text with a name, or one that says so, is a file; but the only part there is is the text. */
static bool is_attached(struct walk *walk, GMimeObject *part)
{
    if (mail_file_has_disposition(part, "attachment"))
        return true;
    return part != walk->root && GMIME_IS_PART(part) &&
           g_mime_part_get_filename(GMIME_PART(part)) != NULL;
}

/* S/MIME in one block: a signed mail in an envelope, or an encrypted one. */
static void mark_pkcs7(struct walk *walk, GMimeObject *part)
{
    const char *kind = mime_parameter(walk->mem, part, "smime-type");

    if (kind && strncasecmp(kind, "signed", 6) == 0)
        walk->out->is_signed = true;
    else if (!kind || strncasecmp(kind, "certs", 5) != 0)
        walk->out->is_encrypted = true;
}

static bool take_leaf(struct walk *walk, GMimeObject *part, const struct place *place,
                      struct err *err)
{
    const char *type = mime_type(walk->mem, part);
    enum role role = role_of(walk, type, place);

    if (strcmp(type, "application/pkcs7-mime") == 0 ||
        strcmp(type, "application/x-pkcs7-mime") == 0)
        mark_pkcs7(walk, part);
    if ((role == TEXT_PART || role == HTML_PART) && is_attached(walk, part))
        role = FILE_PART;
    switch (role) {
    case TEXT_PART:
    case HTML_PART:
        return take_text(walk, part, role == HTML_PART, place, err);
    case STATUS_PART:
        walk->report->status = mime_content(walk->mem, part);
        return true;
    case ORIGINAL_PART:
        walk->report->original = mime_content(walk->mem, part);
        if (strstr(type, "headers"))
            return true;
        break;
    case NOTHING:
        return true;
    case FILE_PART:
        break;
    }
    walk->files[walk->files_n] = mail_file_read(walk->mem, part, type, walk->files_n + 1);
    walk->files_n++;
    return true;
}

static bool walk_part(struct walk *walk, GMimeObject *part, struct place place, struct err *err);

static bool walk_children(struct walk *walk, GMimeMultipart *parent, struct place place,
                          bool is_choice, struct err *err)
{
    for (int i = 0; i < g_mime_multipart_get_count(parent); i++) {
        if (is_choice)
            place.branch = (unsigned)i + 1;
        if (!walk_part(walk, g_mime_multipart_get_part(parent, i), place, err))
            return false;
    }
    return true;
}

static bool walk_part(struct walk *walk, GMimeObject *part, struct place place, struct err *err)
{
    if (!GMIME_IS_MULTIPART(part))
        return take_leaf(walk, part, &place, err);
    if (place.level > EMAIL_LEVELS_MAX)
        return err_set(err, ERR_INVALID, "the mail has more than %d parts within one another",
                       EMAIL_LEVELS_MAX);
    GMimeMultipart *parent = GMIME_MULTIPART(part);
    const char *prologue = g_mime_multipart_get_prologue(parent);
    bool is_choice = place.group == 0 && mime_type_is(part, "multipart", "alternative");
    /* Without its boundary all of it counts as prologue. */
    if (g_mime_multipart_get_count(parent) == 0 && prologue)
        return add_snippet(walk,
                           email_text(walk->mem,
                                      (struct bytes){ (const uint8_t *)prologue, strlen(prologue) },
                                      NULL),
                           false, &place, err);
    walk->out->is_signed |= mime_type_is(part, "multipart", "signed");
    walk->out->is_encrypted |= mime_type_is(part, "multipart", "encrypted");
    place.is_report = place.is_report || mime_type_is(part, "multipart", "report");
    place.level++;
    if (is_choice)
        place.group = ++walk->groups;
    return walk_children(walk, parent, place, is_choice, err);
}

/* The branch of a group whose plain text is the first that isn't blank, and the one whose HTML
 * is the last; 0: none. Outside of an alternative all is branch 0, so `found` tells. */
struct choice {
    unsigned text, html;
    bool has_text, has_html;
};

static struct choice choose(const struct snippet *snippets, size_t n)
{
    struct choice choice = { 0 };

    for (size_t i = 0; i < n; i++) {
        if (snippets[i].is_html) {
            choice.html = snippets[i].branch;
            choice.has_html = true;
        } else if (!choice.has_text && !text_is_blank(snippets[i].text)) {
            choice.text = snippets[i].branch;
            choice.has_text = true;
        }
    }
    return choice;
}

static void add_block(struct buf *to, const char *text)
{
    if (to->len > 0 && to->data[to->len - 1] != '\n')
        buf_char(to, '\n');
    buf_text(to, text);
}

static void add_as_html(struct buf *html, const char *text)
{
    buf_text(html, "<div style=\"white-space:pre-wrap\">");
    for (; *text; text++) {
        if (*text == '<')
            buf_text(html, "&lt;");
        else if (*text == '&')
            buf_text(html, "&amp;");
        else
            buf_char(html, *text);
    }
    buf_text(html, "</div>");
}

static void add_group(struct walk *walk, const struct snippet *group, size_t n, struct buf *text,
                      struct buf *html)
{
    struct choice choice = choose(group, n);

    for (size_t i = 0; i < n; i++) {
        bool is_text = choice.has_text ? group[i].branch == choice.text
                                       : group[i].is_html && group[i].branch == choice.html;
        bool is_html =
            choice.has_html ? group[i].branch == choice.html : group[i].branch == choice.text;
        walk->has_text |= is_text && !group[i].is_html;
        if (is_text)
            add_block(text, group[i].is_html ? email_html_to_text(walk->mem, group[i].text)
                                             : group[i].text);
        if (is_html && html && group[i].is_html)
            buf_text(html, group[i].text);
        else if (is_html && html)
            add_as_html(html, group[i].text);
    }
}

static void put_together(struct walk *walk)
{
    /* Text with the breaks between; HTML with the text parts escaped: each fits. */
    CLEANUP(buf_free) struct buf text = BUF((size_t)3 * EMAIL_TEXT_MAX);
    CLEANUP(buf_free) struct buf html = BUF((size_t)8 * EMAIL_TEXT_MAX);
    bool has_html = walk->text_len[true] > 0;
    size_t from = 0, len;

    for (size_t i = 1; i <= walk->snippets_n; i++) {
        if (i < walk->snippets_n && walk->snippets[i].group == walk->snippets[from].group)
            continue;
        add_group(walk, walk->snippets + from, i - from, &text, has_html ? &html : NULL);
        from = i;
    }
    const char *start = buf_str(&text) + strspn(buf_str(&text), "\n");
    len = strlen(start);
    while (len > 0 && (start[len - 1] == '\n' || start[len - 1] == ' '))
        len--;
    walk->out->text = arena_text_n(walk->mem, start, len);
    walk->out->html = has_html ? arena_text_n(walk->mem, buf_str(&html), html.len) : NULL;
}

/* PGP without MIME, and a word for whoever can't read the rest. */
static void say_encrypted(struct incoming *out)
{
    static const char message[] = "-----BEGIN PGP MESSAGE-----";
    static const char signed_text[] = "-----BEGIN PGP SIGNED MESSAGE-----";
    const char *text = out->text;

    for (const char *at = text; (at = strstr(at, "-----BEGIN PGP ")); at++) {
        bool is_line = at == text || at[-1] == '\n';
        out->is_encrypted |= is_line && text_starts(at, message);
        out->is_signed |= is_line && text_starts(at, signed_text);
    }
    if (out->is_encrypted && text_is_blank(text))
        out->text = "This mail is encrypted (S/MIME or PGP): its text can't be read here.";
}

bool mail_body_read(struct arena *mem, const struct mime_mail *mail, struct incoming *out,
                    struct report_parts *report, struct err *err)
{
    struct walk walk = { .mem = mem,
                         .out = out,
                         .report = report,
                         .root = mail->root,
                         .snippets = NEW_ARRAY(mem, struct snippet, mail->parts_n),
                         .files = NEW_ARRAY(mem, struct incoming_file, mail->parts_n) };

    if (!walk_part(&walk, mail->root, (struct place){ .level = 1 }, err))
        return false;
    put_together(&walk);
    out->prefers_html =
        out->html && email_html_is_better(mem, out->html, walk.has_text, out->subject);
    mail_file_match_ids(mem, walk.files, walk.files_n, out->html);
    say_encrypted(out);
    out->files = (struct list){ walk.files, walk.files_n };
    return true;
}
