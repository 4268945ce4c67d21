/* mail_curl.h — what IMAP and SMTP share of libcurl: settings, guard, errors in words.
 *
 * Only for imap*.c and smtp.c.
 */
#pragma once

#include "../base/err.h"
#include "../base/fetch.h"
#include "mail_server.h"

#include <curl/curl.h>

enum { MAIL_WORDS_MAX = 200 };

struct mail_curl {
    CURL *curl;
    char host[256];
    unsigned port;
    char error[CURL_ERROR_SIZE];
    struct fetch_guard guard;
};

/* Makes a handle with everything but what is special to a protocol. `scheme` is "imap" or
 * "smtp", `path` comes behind the host in the URL. `link` must not move: curl knows its place. */
MUST_CHECK bool mail_curl_open(struct mail_curl *link, const struct mail_server *server,
                               const char *scheme, const char *path, struct err *err);
void mail_curl_close(struct mail_curl *link);
/* Sets err for a failure without a refusal in the server's words; false. */
bool mail_curl_failed(const struct mail_curl *link, CURLcode result, struct err *err);
/* Copies a server's words so that they can stand in a text of ours: one line, cut. */
void mail_words(char out[MAIL_WORDS_MAX], struct bytes words);
