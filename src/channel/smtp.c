#include "smtp.h"

#include "../base/text.h"
#include "mail_curl.h"

#include <stdio.h>
#include <string.h>

enum { TOTAL_MAX_S = 600, ANSWER_MAX_S = 300, ADDRESS_MAX = 254 };

/* The mail on its way out, and what came back. */
struct sending {
    struct bytes raw;
    size_t at;
    bool after_cr; /* the last byte that went out was a CR that belongs to a line end */
    bool is_begun; /* we were let in, and said whom the mail is from */
    bool is_out;   /* the last byte was handed to curl */
    bool is_accepted, is_answered; /* by what came after that */
    struct smtp_result *result;
};

bool smtp_address_is_valid(const char *address)
{
    const char *at = strrchr(address, '@');
    size_t len = strlen(address);

    if (!at || at == address || !at[1] || len > ADDRESS_MAX || !utf8_is_valid(address, len))
        return false;
    for (const char *s = address; *s; s++)
        if ((unsigned char)*s <= ' ' || *s == 0x7f || *s == '<' || *s == '>')
            return false;
    return true;
}

static bool line_ends_here(struct bytes raw, size_t at)
{
    return raw.data[at] == '\n' || raw.data[at] == '\r';
}

/* Takes one line end of any kind (CRLF, LF, CR). */
static size_t behind_line_end(struct bytes raw, size_t at)
{
    bool is_pair = raw.data[at] == '\r' && at + 1 < raw.len && raw.data[at + 1] == '\n';

    return at + (is_pair ? 2 : 1);
}

/* How long it is on the wire, before dots are doubled. */
static size_t wire_length(struct bytes raw)
{
    size_t len = 0;

    for (size_t at = 0; at < raw.len; len++) {
        bool is_end = line_ends_here(raw, at);
        at = is_end ? behind_line_end(raw, at) : at + 1;
        len += is_end;
    }
    return len;
}

/* A bare LF before a dot could end the mail early at a server that isn't strict, and what
 * follows would be taken for commands: so all line ends become CRLF. */
static size_t give_data(char *out, size_t size, size_t n, void *who)
{
    struct sending *sending = who;
    size_t room = size * n, len = 0;

    while (len < room && sending->at < sending->raw.len) {
        size_t at = sending->at;
        if (!line_ends_here(sending->raw, at)) {
            out[len++] = (char)sending->raw.data[at];
            sending->at++;
        } else if (sending->after_cr) {
            out[len++] = '\n';
            sending->at = behind_line_end(sending->raw, at);
            sending->after_cr = false;
        } else {
            out[len++] = '\r';
            sending->after_cr = true;
        }
    }
    sending->is_out = sending->at == sending->raw.len;
    return len;
}

/* Each line that the server says. The answer to the last byte decides; what is refused before
 * is kept for its words. 221 to QUIT is of no interest. */
static size_t hear_line(char *data, size_t size, size_t n, void *who)
{
    struct sending *sending = who;
    struct bytes line = { (const uint8_t *)data, size * n };
    int64_t code;

    while (line.len > 0 && (line.data[line.len - 1] == '\n' || line.data[line.len - 1] == '\r'))
        line.len--;
    if (line.len < 3 || !int_read(data, 3, &code) || sending->is_answered)
        return size * n;
    if (line.len > 3 && data[3] == '-')
        return size * n;
    if (sending->is_out) {
        sending->is_answered = true;
        sending->is_accepted = code == 250;
    } else if (code < 400 && code != 221) {
        sending->result->code = 0; /* it got over what it refused before, as EHLO */
    }
    if (sending->is_out || code >= 400) {
        sending->result->code = (int)code;
        line = (struct bytes){ line.data + 3, line.len - 3 };
        if (line.len > 0)
            line = (struct bytes){ line.data + 1, line.len - 1 };
        mail_words(sending->result->words, line);
    }
    return size * n;
}

/* What is said to the server. Logging in isn't over before the first command of the mail. */
static int hear_command(CURL *curl, curl_infotype type, char *data, size_t len, void *who)
{
    struct sending *sending = who;

    (void)curl;
    if (type == CURLINFO_HEADER_OUT && len > 5 && memcmp(data, "MAIL ", 5) == 0)
        sending->is_begun = true;
    return 0;
}

/* What we call ourselves: the sender's domain rather than this machine's name. */
static const char *own_name(const char *sender)
{
    const char *at = strrchr(sender, '@');
    const char *name = at ? at + 1 : "";
    bool is_plain = name[strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                      "0123456789.-")] == 0;

    return name[0] && is_plain ? name : "localhost";
}

static bool check_mail(const struct smtp_mail *mail, struct err *err)
{
    if (mail->sender[0] && !smtp_address_is_valid(mail->sender))
        return err_set(err, ERR_UPSTREAM, "the sender's address is not valid");
    if (mail->recipients_n == 0)
        return err_set(err, ERR_UPSTREAM, "there is nobody to send it to");
    if (mail->raw.len == 0)
        return err_set(err, ERR_UPSTREAM, "the mail is empty");
    for (size_t i = 0; i < mail->recipients_n; i++)
        if (!smtp_address_is_valid(mail->recipients[i]))
            return err_set(err, ERR_UPSTREAM, "a recipient's address is not valid: %.100s",
                           mail->recipients[i]);
    return true;
}

static void free_list(struct curl_slist **list)
{
    curl_slist_free_all(*list);
}

static bool list_recipients(const struct smtp_mail *mail, struct curl_slist **out, struct err *err)
{
    for (size_t i = 0; i < mail->recipients_n; i++) {
        struct curl_slist *more = curl_slist_append(*out, mail->recipients[i]);
        if (!more)
            return err_set(err, ERR_INTERNAL, "curl_slist_append failed");
        *out = more;
    }
    return true;
}

static CURLcode perform(struct mail_curl *link, const struct smtp_mail *mail,
                        struct curl_slist *recipients, struct sending *sending)
{
    CURL *curl = link->curl;

    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, mail->sender);
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)wire_length(mail->raw));
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, give_data);
    curl_easy_setopt(curl, CURLOPT_READDATA, sending);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, hear_line);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, sending);
    curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, hear_command);
    curl_easy_setopt(curl, CURLOPT_DEBUGDATA, sending);
    curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L); /* or nothing is heard */
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)TOTAL_MAX_S);
    curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)ANSWER_MAX_S);
    return curl_easy_perform(curl);
}

/* Codes about who we are, whatever mail it is (RFC 4954). */
static bool is_about_access(int code)
{
    return code == 530 || code == 534 || code == 535 || code == 538;
}

static enum smtp_outcome judge(CURLcode result, const struct sending *sending)
{
    int code = sending->result->code;

    if (sending->is_accepted)
        return SMTP_SENT;
    if (sending->is_out && !sending->is_answered)
        return SMTP_UNKNOWN;
    if (!sending->is_begun)
        return code >= 500 || (code == 0 && result == CURLE_LOGIN_DENIED) ? SMTP_NO_ACCESS
                                                                          : SMTP_NO_SERVER;
    if (is_about_access(code))
        return SMTP_NO_ACCESS;
    return code >= 500 ? SMTP_REFUSED : SMTP_LATER;
}

static bool explain(const struct mail_curl *link, CURLcode curl_result, struct smtp_result *result,
                    const struct mail_server *server, struct err *err)
{
    enum err_code code = result->code >= 500 ? ERR_UPSTREAM : ERR_BUSY;

    if (result->outcome == SMTP_SENT)
        return true;
    if (result->outcome == SMTP_UNKNOWN)
        return err_set(err, ERR_BUSY,
                       "the connection with %s broke before it answered: perhaps it was sent",
                       link->host);
    if (result->code == 0) {
        mail_curl_failed(link, curl_result, err);
        if (err->code == ERR_UPSTREAM)
            result->outcome = SMTP_NO_ACCESS;
        return false;
    }
    if (result->outcome == SMTP_NO_ACCESS &&
        (curl_result == CURLE_LOGIN_DENIED || is_about_access(result->code)))
        return err_set(
            err, ERR_UPSTREAM,
            "%s refused the login of %.100s: \"%d %s\"; check the user name and the password",
            link->host, server->user ? server->user : "nobody", result->code, result->words);
    if (result->outcome == SMTP_REFUSED || result->outcome == SMTP_LATER)
        return err_set(err, code, "%s refused it: \"%d %s\"", link->host, result->code,
                       result->words);
    return err_set(err, code, "%s doesn't let us in: \"%d %s\"", link->host, result->code,
                   result->words);
}

bool smtp_send(const struct mail_server *server, const struct smtp_mail *mail,
               struct smtp_result *out, struct err *err)
{
    CLEANUP(free_list) struct curl_slist *recipients = NULL;
    CLEANUP(mail_curl_close) struct mail_curl link = { 0 };
    struct sending sending = { .raw = mail->raw, .result = out };
    CURLcode result;

    *out = (struct smtp_result){ .outcome = SMTP_REFUSED };
    if (!check_mail(mail, err))
        return false;
    out->outcome = SMTP_NO_ACCESS;
    if (!mail_curl_open(&link, server, "smtp", own_name(mail->sender), err) ||
        !list_recipients(mail, &recipients, err))
        return false;
    result = perform(&link, mail, recipients, &sending);
    out->outcome = judge(result, &sending);
    return explain(&link, result, out, server, err);
}

bool smtp_check(const struct mail_server *server, const char *sender, struct err *err)
{
    CLEANUP(mail_curl_close) struct mail_curl link = { 0 };
    struct smtp_result answer = { .outcome = SMTP_NO_ACCESS };
    struct sending sending = { .result = &answer };
    CURLcode result;

    if (!mail_curl_open(&link, server, "smtp", own_name(sender), err))
        return false;
    curl_easy_setopt(link.curl, CURLOPT_CONNECT_ONLY, 1L);
    curl_easy_setopt(link.curl, CURLOPT_HEADERFUNCTION, hear_line);
    curl_easy_setopt(link.curl, CURLOPT_HEADERDATA, &sending);
    result = curl_easy_perform(link.curl);
    if (result == CURLE_OK)
        return true;
    answer.outcome = judge(result, &sending);
    return explain(&link, result, &answer, server, err);
}
