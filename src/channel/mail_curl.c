#include "mail_curl.h"

#include "../base/clock.h"
#include "../base/fetch.h"
#include "../base/text.h"

#include <stdio.h>
#include <string.h>

enum { CONNECT_MAX_MS = 30 * 1000 };

/* Letters, digits, dots and dashes, or an IPv6 address: nothing that means something in a URL. */
static bool host_is_valid(const char *host)
{
    return host && host[0] && strlen(host) < 254 &&
           host[strspn(host,
                       "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.:_-")] == 0;
}

/* curl would write to standard output. */
static size_t ignore(char *data, size_t size, size_t n, void *who)
{
    (void)data;
    (void)who;
    return size * n;
}

static void set_options(struct mail_curl *link, const struct mail_server *server,
                        const char *scheme)
{
    char protocols[16];

    snprintf(protocols, sizeof protocols, "%s,%ss", scheme, scheme);
    curl_easy_setopt(link->curl, CURLOPT_PROTOCOLS_STR, protocols);
    curl_easy_setopt(link->curl, CURLOPT_ERRORBUFFER, link->error);
    curl_easy_setopt(link->curl, CURLOPT_WRITEFUNCTION, ignore);
    curl_easy_setopt(link->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(link->curl, CURLOPT_PROXY, "");
    curl_easy_setopt(link->curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(link->curl, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(link->curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MAX_MS);
    fetch_guard(link->curl, &link->guard);
    curl_easy_setopt(link->curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(link->curl, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(link->curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (server->ca_file)
        curl_easy_setopt(link->curl, CURLOPT_CAINFO, server->ca_file);
    if (server->security == MAIL_STARTTLS)
        curl_easy_setopt(link->curl, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL);
    if (server->user && server->user[0]) {
        curl_easy_setopt(link->curl, CURLOPT_USERNAME, server->user);
        curl_easy_setopt(link->curl, CURLOPT_PASSWORD, server->password ? server->password : "");
    }
}

bool mail_curl_open(struct mail_curl *link, const struct mail_server *server, const char *scheme,
                    const char *path, struct err *err)
{
    bool is_ipv6 = server->host && strchr(server->host, ':');
    char url[800];
    int len;

    *link = (struct mail_curl){ 0 };
    if (!host_is_valid(server->host) || server->port < 1 || server->port > 65535)
        return err_set(err, ERR_UPSTREAM, "the mail server's host or port is not valid");
    snprintf(link->host, sizeof link->host, "%s", server->host);
    link->port = server->port;
    len = snprintf(url, sizeof url, "%s%s://%s%s%s:%u/%s", scheme,
                   server->security == MAIL_TLS ? "s" : "", is_ipv6 ? "[" : "", server->host,
                   is_ipv6 ? "]" : "", server->port, path);
    if (len < 0 || (size_t)len >= sizeof url)
        return err_set(err, ERR_UPSTREAM, "the mail server's name is too long");
    link->curl = curl_easy_init();
    if (!link->curl)
        return err_set(err, ERR_INTERNAL, "curl_easy_init failed");
    curl_easy_setopt(link->curl, CURLOPT_URL, url);
    set_options(link, server, scheme);
    return true;
}

void mail_curl_close(struct mail_curl *link)
{
    if (link->curl)
        curl_easy_cleanup(link->curl);
    link->curl = NULL;
}

bool mail_curl_failed(const struct mail_curl *link, CURLcode result, struct err *err)
{
    const char *why = link->error[0] ? link->error : curl_easy_strerror(result);

    if (fetch_guard_refused(&link->guard))
        return err_set(err, ERR_UPSTREAM,
                       "%s is at %s, a private address, and this server may only call public ones",
                       link->host, link->guard.refused);
    switch ((int)result) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
        return err_set(err, ERR_UPSTREAM, "the certificate of %s can't be trusted: %s", link->host,
                       why);
    case CURLE_USE_SSL_FAILED:
        return err_set(err, ERR_UPSTREAM, "%s does not offer STARTTLS on this port", link->host);
    case CURLE_LOGIN_DENIED:
        return err_set(err, ERR_UPSTREAM,
                       "%s refused the login; check the user name and the password", link->host);
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
        return err_set(err, ERR_UPSTREAM, "%s did not answer as a mail server does: %s", link->host,
                       why);
    case CURLE_COULDNT_RESOLVE_HOST:
        return err_set(err, ERR_BUSY, "the name %s can't be found at the moment", link->host);
    case CURLE_COULDNT_CONNECT:
        return err_set(err, ERR_BUSY, "%s can't be reached at the moment: is port %u right?",
                       link->host, link->port);
    case CURLE_OPERATION_TIMEDOUT:
        return err_set(err, ERR_BUSY, "%s did not answer in time", link->host);
    case CURLE_SSL_CONNECT_ERROR:
        return err_set(err, ERR_BUSY,
                       "%s did not agree on encryption on port %u, another kind may be right: %s",
                       link->host, link->port, why);
    default:
        return err_set(err, ERR_BUSY, "the connection with %s failed: %s", link->host, why);
    }
}

void mail_words(char out[MAIL_WORDS_MAX], struct bytes words)
{
    bool is_text = utf8_is_valid(words.data, words.len);
    size_t len = is_text ? utf8_cut((const char *)words.data, words.len, MAIL_WORDS_MAX - 1)
                 : words.len < MAIL_WORDS_MAX ? words.len
                                              : MAIL_WORDS_MAX - 1;

    for (size_t i = 0; i < len; i++) {
        uint8_t c = words.data[i];
        bool is_odd = c < 0x20 || c == 0x7f || (c >= 0x80 && !is_text);
        out[i] = is_odd ? '?' : (char)c;
    }
    out[len] = 0;
}
