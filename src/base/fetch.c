#include "fetch.h"

#include "address.h"
#include "buf.h"
#include "text.h"

#include <curl/curl.h>
#include <netdb.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

enum { TIMEOUT_DEFAULT_MS = 10000, ANSWER_DEFAULT_MAX = 1 << 20, RETRY_AFTER_MAX_S = 86400 };

static _Atomic bool private_allowed;

/* What the callbacks of one call see. */
struct call {
    struct buf answer;
    struct fetch_guard guard;
};

void fetch_init(void)
{
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        abort();
}

void fetch_allow_private(bool allow)
{
    atomic_store(&private_allowed, allow);
}

bool fetch_private_is_allowed(void)
{
    return atomic_load(&private_allowed);
}

static void release_curl(CURL **curl)
{
    curl_easy_cleanup(*curl);
}

static void release_headers(struct curl_slist **headers)
{
    curl_slist_free_all(*headers);
}

static void release_call(struct call *call)
{
    buf_free(&call->answer);
}

/* curl asks for a socket once it knows the very address that it will connect to: a name can't
 * change between the check and the use. */
static curl_socket_t open_socket(void *what, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct fetch_guard *guard = what;

    (void)purpose;
    if (!fetch_private_is_allowed() && !address_is_public(&address->addr)) {
        if (getnameinfo(&address->addr, address->addrlen, guard->refused, sizeof(guard->refused),
                        NULL, 0, NI_NUMERICHOST) != 0)
            memcpy(guard->refused, "?", 2);
        return CURL_SOCKET_BAD;
    }
    guard->tried = true;
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

void fetch_guard(void *curl, struct fetch_guard *guard)
{
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, guard);
}

bool fetch_guard_refused(const struct fetch_guard *guard)
{
    return guard->refused[0] != '\0' && !guard->tried;
}

static size_t take_answer(char *data, size_t size, size_t n, void *what)
{
    struct call *call = what;

    buf_add(&call->answer, data, size * n);
    return call->answer.full ? 0 : size * n;
}

static bool add_header(struct curl_slist **headers, const char *line)
{
    struct curl_slist *longer = curl_slist_append(*headers, line);

    if (longer)
        *headers = longer;
    return longer;
}

static bool make_headers(struct arena *mem, const struct fetch *rq, struct curl_slist **headers,
                         struct err *err)
{
    bool has_type = false, ok = add_header(headers, "Expect:"); /* no waiting for a 100 */

    for (size_t i = 0; i < rq->headers_n; i++) {
        const char *name = rq->headers[i].name, *value = rq->headers[i].value;

        if (strpbrk(name, "\r\n:;") || strpbrk(value, "\r\n"))
            return err_set(err, ERR_UPSTREAM, "the header %s must be one line", name);
        has_type = has_type || strcasecmp(name, "Content-Type") == 0;
        /* "Name;" is how curl wants to be told of a header without a value. */
        ok = ok && add_header(headers, *value ? arena_printf(mem, "%s: %s", name, value)
                                              : arena_printf(mem, "%s;", name));
    }
    if (!has_type) /* else curl would say that it is a form */
        ok = ok && add_header(headers, "Content-Type:");
    return ok || err_set(err, ERR_BUSY, "no memory for the request");
}

static void set_request(CURL *curl, const struct fetch *rq, const struct curl_slist *headers)
{
    curl_easy_setopt(curl, CURLOPT_URL, rq->url);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "Gestand/" GESTAND_VERSION);
    if (strcmp(rq->method, "HEAD") == 0)
        curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
    if (rq->body.len > 0 || strcmp(rq->method, "POST") == 0) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS,
                         rq->body.len > 0 ? (const char *)rq->body.data : "");
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)rq->body.len);
    }
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, rq->method);
}

static void set_guards(CURL *curl, const struct fetch *rq, struct call *call)
{
    int64_t timeout_ms = rq->timeout_ms > 0 ? rq->timeout_ms : TIMEOUT_DEFAULT_MS;

    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)timeout_ms);
    fetch_guard(curl, &call->guard);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_answer);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, call);
}

static bool is_for_good(CURLcode code)
{
    static const CURLcode rows[] = {
        CURLE_UNSUPPORTED_PROTOCOL,
        CURLE_URL_MALFORMAT,
        CURLE_PEER_FAILED_VERIFICATION,
        CURLE_LOGIN_DENIED,
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        if (rows[i] == code)
            return true;
    return false;
}

static bool failed(struct arena *mem, const struct call *call, CURLcode code, const char *words,
                   struct err *err)
{
    const char *why = utf8_repair(mem, words, strlen(words));

    if (call->answer.full)
        return err_set(err, ERR_UPSTREAM, "the answer is larger than %zu bytes", call->answer.max);
    if (fetch_guard_refused(&call->guard))
        return err_set(err, ERR_UPSTREAM,
                       "the address is not a public one; the server must be started with the "
                       "option to allow private addresses");
    return err_set(err, is_for_good(code) ? ERR_UPSTREAM : ERR_BUSY, "%s",
                   *why ? why : curl_easy_strerror(code));
}

bool fetch(struct arena *mem, const struct fetch *rq, struct fetched *out, struct err *err)
{
    CLEANUP(release_curl) CURL *curl = curl_easy_init();
    CLEANUP(release_headers) struct curl_slist *headers = NULL;
    CLEANUP(release_call)
    struct call call = { .answer = BUF(rq->max > 0 ? rq->max : ANSWER_DEFAULT_MAX) };
    char words[CURL_ERROR_SIZE] = "";
    curl_off_t retry_after_s = 0;
    const char *moved_to = NULL;
    long status = 0, sent_n = 0;
    CURLcode code;

    *out = (struct fetched){ 0 };
    if (!curl)
        return err_set(err, ERR_BUSY, "no memory for a connection");
    if (!make_headers(mem, rq, &headers, err))
        return false;
    set_request(curl, rq, headers);
    set_guards(curl, rq, &call);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, words);
    code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_REQUEST_SIZE, &sent_n);
    out->was_asked = sent_n > 0;
    if (code != CURLE_OK)
        return failed(mem, &call, code, words, err);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &retry_after_s);
    curl_easy_getinfo(curl, CURLINFO_REDIRECT_URL, &moved_to);
    *out = (struct fetched){
        .status = (int)status,
        .body = arena_bytes(
            mem, (struct bytes){ (const uint8_t *)buf_str(&call.answer), call.answer.len }),
        .moved_to = moved_to ? utf8_repair(mem, moved_to, strlen(moved_to)) : NULL,
        .retry_after_ms = retry_after_s < RETRY_AFTER_MAX_S ? retry_after_s * SECOND_MS : DAY_MS,
        .was_asked = true,
    };
    return true;
}
