#include "files.h"

#include "api.h"
#include "test.h"

#include "../../base/text.h"
#include "../messages/messages.h"
#include "sweep.h"

#include <curl/curl.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILES "/api/v1/files"

/* --- uploads through the API ----------------------------------------------------------------- */

/* The path of a new upload; NULL when it isn't taken. */
static const char *begin_upload(struct api *api, const char *name, const char *type, size_t size)
{
    const char *json = arena_printf(api->w->mem, "{\"name\":\"%s\",\"type\":\"%s\",\"size\":%zu}",
                                    name, type, size);

    return api_call(api, POST, FILES, json) == 201
               ? arena_printf(api->w->mem, FILES "/%s", api_text(api, "id"))
               : NULL;
}

static int send_piece(struct api *api, const char *path, size_t offset, const char *piece)
{
    api->header = arena_printf(api->w->mem, "Upload-Offset: %zu", offset);
    return api_call(api, PATCH, path, piece);
}

static const char *content_of(struct api *api, const char *path)
{
    const char *content = arena_printf(api->w->mem, "%s/content", path);

    return api_call(api, GET, content, NULL) == 200 ? api->body : NULL;
}

/* Letters that differ from place to place. */
static const char *letters(struct arena *mem, size_t len)
{
    char *text = arena_alloc(mem, len + 1);

    for (size_t i = 0; i < len; i++)
        text[i] = (char)('a' + (i + i / 26 + i / 1000) % 26);
    return text;
}

static const char *piece_path(struct world *w, const char *path)
{
    return arena_printf(w->mem, "%s/uploads/%s", w->settings.data, strrchr(path, '/') + 1);
}

TEST(an_upload_comes_in_pieces_of_any_size_and_is_downloaded_whole)
{
    static const size_t sizes[] = { 1, 2, 16 * 1024, 16 * 1024 + 1, 100000 };
    WORLD(w);
    API(api, &w, &file_routes);

    api_as(&api, ROLE_AGENT);
    for (size_t i = 0; i < COUNT(sizes); i++) {
        const char *whole = letters(w.mem, sizes[i]);
        const char *path = begin_upload(&api, "list.txt", "text/plain", sizes[i]);
        size_t cut = sizes[i] / 3;

        CHECK(path != NULL);
        CHECK(send_piece(&api, path, 0, arena_text_n(w.mem, whole, cut)) == 200);
        CHECK_TEXT(api_header(&api, "Upload-Offset"), arena_printf(w.mem, "%zu", cut));
        CHECK(content_of(&api, path) == NULL && api.status == 409);
        CHECK(send_piece(&api, path, cut, whole + cut) == 200);
        CHECK_TEXT(api_header(&api, "Upload-Offset"), arena_printf(w.mem, "%zu", sizes[i]));
        CHECK_TEXT(content_of(&api, path), whole);
        CHECK(access(piece_path(&w, path), F_OK) != 0);
    }
}

TEST(an_upload_says_where_to_go_on)
{
    WORLD(w);
    API(api, &w, &file_routes);
    const char *path;

    api_as(&api, ROLE_AGENT);
    path = begin_upload(&api, "a.txt", "text/plain", 6);
    CHECK(strstr(api.body, "\"received\":0"));
    CHECK(api_call(&api, PATCH, path, "abc") == 400);
    CHECK(send_piece(&api, path, 1, "abc") == 409);
    CHECK(strstr(api.body, "Upload-Offset: 0"));
    CHECK(send_piece(&api, path, 0, "abc") == 200);
    CHECK(send_piece(&api, path, 0, "abc") == 409);
    CHECK(strstr(api.body, "Upload-Offset: 3"));
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK(strstr(api.body, "\"received\":3") && !strstr(api.body, "hash"));
    CHECK(send_piece(&api, path, 3, "defg") == 413);
    CHECK(send_piece(&api, path, 3, "def") == 200);
    CHECK(send_piece(&api, path, 6, "") == 409);
    CHECK_TEXT(content_of(&api, path), "abcdef");
}

/* As after a crash: written and synced, but the row doesn't know of it yet. */
TEST(one_piece_may_be_all_of_the_largest_file)
{
    WORLD(w);
    API(api, &w, &file_routes);
    const char *path;

    api_as(&api, ROLE_AGENT);
    path = begin_upload(&api, "film.bin", "application/octet-stream", FILE_SIZE_MAX);
    CHECK(path && send_piece(&api, path, 0, letters(w.mem, FILE_SIZE_MAX)) == 200);
    CHECK(strstr(api.body, "\"received\":52428800"));
    CHECK(send_piece(&api, path, 0, letters(w.mem, FILE_SIZE_MAX + 1)) == 413);
}

TEST(what_a_crash_left_behind_the_last_known_piece_is_cut_off)
{
    WORLD(w);
    API(api, &w, &file_routes);
    const char *path;
    int fd;

    api_as(&api, ROLE_AGENT);
    path = begin_upload(&api, "a.txt", "text/plain", 6);
    CHECK(send_piece(&api, path, 0, "abc") == 200);
    fd = open(piece_path(&w, path), O_WRONLY | O_APPEND);
    CHECK(fd >= 0);
    CHECK(write(fd, "XYZXYZXYZ", 9) == 9 && close(fd) == 0);
    CHECK(send_piece(&api, path, 3, "de") == 200);
    CHECK(send_piece(&api, path, 5, "f") == 200);
    CHECK_TEXT(content_of(&api, path), "abcdef");
}

TEST(an_upload_whose_pieces_are_gone_is_given_up)
{
    WORLD(w);
    API(api, &w, &file_routes);
    const char *path;

    api_as(&api, ROLE_AGENT);
    path = begin_upload(&api, "a.txt", "text/plain", 6);
    CHECK(send_piece(&api, path, 0, "abc") == 200);
    CHECK(unlink(piece_path(&w, path)) == 0);
    CHECK(send_piece(&api, path, 3, "def") == 410);
}

TEST(pieces_are_for_nobody_else_to_read_on_the_disk)
{
    WORLD(w);
    API(api, &w, &file_routes);
    struct stat file;
    const char *path;

    api_as(&api, ROLE_AGENT);
    path = begin_upload(&api, "a.txt", "text/plain", 6);
    CHECK(send_piece(&api, path, 0, "abc") == 200);
    CHECK(stat(piece_path(&w, path), &file) == 0 && (file.st_mode & 0777) == 0600);
}

TEST(an_upload_has_a_bare_name_a_type_and_a_size)
{
    static const struct {
        const char *json;
        int status;
        const char *name, *type;
    } rows[] = {
        { "{\"name\":\"a.txt\",\"size\":1}",                                   201, "a.txt",  "application/octet-stream" },
        { "{\"name\":\"../../etc/passwd\",\"size\":1}",                        201, "passwd", "application/octet-stream" },
        { "{\"name\":\"C:\\\\x\\\\b.png\",\"type\":\"Image/PNG\",\"size\":1}", 201, "b.png",
         "image/png"                                                                                                     },
        { "{\"name\":\"/\",\"size\":1}",                                       422, NULL,     NULL                       },
        { "{\"name\":\"..\",\"size\":1}",                                      422, NULL,     NULL                       },
        { "{\"name\":\"\",\"size\":1}",                                        422, NULL,     NULL                       },
        { "{\"size\":1}",                                                      422, NULL,     NULL                       },
        { "{\"name\":\"a\"}",                                                  422, NULL,     NULL                       },
        { "{\"name\":\"a\",\"size\":0}",                                       201, "a",      "application/octet-stream" },
        { "{\"name\":\"a\",\"size\":-1}",                                      422, NULL,     NULL                       },
        { "{\"name\":\"a\",\"size\":52428801}",                                422, NULL,     NULL                       },
        { "{\"name\":\"a\",\"size\":52428800}",                                201, "a",      "application/octet-stream" },
        { "{\"name\":\"a\",\"size\":1,\"type\":\"text\"}",                     422, NULL,     NULL                       },
        { "{\"name\":\"a\",\"size\":1,\"type\":\"/plain\"}",                   422, NULL,     NULL                       },
        { "{\"name\":\"a\",\"size\":1,\"type\":\"text/\"}",                    422, NULL,     NULL                       },
        { "{\"name\":\"a\",\"size\":1,\"type\":\"a/b/c\"}",                    422, NULL,     NULL                       },
        { "{\"name\":\"a\",\"size\":1,\"type\":\"text/plain\\r\\nX: y\"}",     422, NULL,     NULL                       },
    };
    WORLD(w);
    API(api, &w, &file_routes);

    api_as(&api, ROLE_AGENT);
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (api_call(&api, POST, FILES, rows[i].json) != rows[i].status)
            test_fail(__FILE__, __LINE__, "%s: %d", rows[i].json, api.status);
        if (rows[i].name) {
            CHECK_TEXT(api_text(&api, "name"), rows[i].name);
            CHECK_TEXT(api_text(&api, "type"), rows[i].type);
        }
    }
}

TEST(a_download_is_saved_unless_it_may_be_shown)
{
    WORLD(w);
    API(api, &w, &file_routes);
    const char *page, *image;

    api_as(&api, ROLE_AGENT);
    page = begin_upload(&api, "a.html", "text/html", 1);
    CHECK(send_piece(&api, page, 0, "x") == 200);
    image = begin_upload(&api, "a.png", "image/png", 1);
    CHECK(send_piece(&api, image, 0, "y") == 200);
    CHECK(content_of(&api, page) != NULL);
    CHECK(text_starts(api_header(&api, "Content-Disposition"), "attachment"));
    CHECK(content_of(&api, image) != NULL);
    CHECK(text_starts(api_header(&api, "Content-Disposition"), "attachment"));
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s/content?inline=true", page), NULL) == 200);
    CHECK(text_starts(api_header(&api, "Content-Disposition"), "attachment"));
    CHECK(text_starts(api_header(&api, "Content-Type"), "application/octet-stream"));
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s/content?inline=true", image), NULL) == 200);
    CHECK(text_starts(api_header(&api, "Content-Disposition"), "inline"));
    CHECK(text_starts(api_header(&api, "Content-Type"), "image/png"));
}

/* --- forms ----------------------------------------------------------------------------------- */

#define FORM_TYPE "Content-Type: multipart/form-data; boundary=b"
#define FORM_PART "--b\r\nContent-Disposition: form-data; name=file"

/* As libcurl makes it; a NULL filename is a plain field. */
static void add_to_form(struct api *api, const char *name, const char *filename, const char *type,
                        const char *content, size_t len)
{
    curl_mimepart *part;

    if (!api->form)
        api->form = curl_mime_init(api->curl);
    part = curl_mime_addpart(api->form);
    curl_mime_name(part, name);
    curl_mime_filename(part, filename);
    curl_mime_type(part, type);
    curl_mime_data(part, content, len);
}

static int send_form(struct api *api, const char *body)
{
    api->header = FORM_TYPE;
    return api_call(api, POST, FILES "/form", body);
}

/* The path of the n-th file that the last answer names. */
static const char *nth_file(struct api *api, int n)
{
    const char *at = api->body;

    for (at = strstr(at, "{\"id\":\"fil_"); at && n > 0; n--)
        at = strstr(at + 1, "{\"id\":\"fil_");
    return at ? arena_printf(api->w->mem, FILES "/%s", arena_text_n(api->w->mem, at + 7, 17)) : "";
}

TEST(a_form_brings_whole_files_of_any_bytes)
{
    WORLD(w);
    API(api, &w, &file_routes);
    const char *large = letters(w.mem, 100000), *one, *two;

    api_as(&api, ROLE_AGENT);
    add_to_form(&api, "file", "caf\xc3\xa9 \"x\".txt", "text/plain; charset=utf-8", large, 100000);
    add_to_form(&api, "file", "b.bin", NULL, "\r\n--\0\xff", 6);
    add_to_form(&api, "file", "empty", "a/b", "", 0);
    CHECK(api_call(&api, POST, FILES "/form", NULL) == 201);
    one = nth_file(&api, 0);
    two = nth_file(&api, 1);
    CHECK(strstr(api.body,
                 "\"name\":\"caf\xc3\xa9 _x_.txt\",\"type\":\"text/plain\",\"size\":100000,"
                 "\"received\":100000"));
    CHECK(strstr(api.body, "\"name\":\"b.bin\",\"type\":\"application/octet-stream\",\"size\":6,"));
    CHECK(strstr(api.body, "\"name\":\"empty\",\"type\":\"a/b\",\"size\":0,"));
    CHECK(*nth_file(&api, 2) && !*nth_file(&api, 3));
    CHECK_TEXT(content_of(&api, one), large);
    CHECK(content_of(&api, two) != NULL);
    CHECK_TEXT(api_header(&api, "Content-Length"), "6");
    CHECK(send_piece(&api, one, 100000, "x") == 409);
    CHECK(api_call(&api, DELETE, one, NULL) == 204);
}

TEST(an_empty_file_is_whole_at_once_and_downloaded_with_nothing_in_it)
{
    WORLD(w);
    API(api, &w, &file_routes);
    const char *path;

    api_as(&api, ROLE_AGENT);
    path = begin_upload(&api, "empty.txt", "text/plain", 0);
    CHECK(path != NULL);
    CHECK(strstr(api.body, "\"size\":0,\"received\":0"));
    CHECK_TEXT(content_of(&api, path), "");
    CHECK_TEXT(api_header(&api, "Content-Length"), "0");
    CHECK(send_piece(&api, path, 0, "x") == 409);
    add_to_form(&api, "file", "empty", "a/b", "", 0);
    CHECK(api_call(&api, POST, FILES "/form", NULL) == 201);
    CHECK_TEXT(content_of(&api, nth_file(&api, 0)), "");
}

TEST(a_form_is_taken_from_who_may_write_and_proves_it)
{
    WORLD(w);
    API(api, &w, &file_routes);
    const char *body = FORM_PART "; filename=a.txt\r\n\r\nabc\r\n--b--\r\n";

    CHECK(send_form(&api, body) == 401);
    api_as(&api, ROLE_EDITOR);
    CHECK(send_form(&api, body) == 403);
    api_as(&api, ROLE_AGENT);
    CHECK(send_form(&api, body) == 201);
    api.csrf = NULL;
    CHECK(send_form(&api, body) == 403);
    api_as_token(&api, ROLE_AGENT, "case:read");
    CHECK(send_form(&api, body) == 403);
    api_as_token(&api, ROLE_AGENT, "case:read case:write");
    CHECK(send_form(&api, body) == 201);
    CHECK_TEXT(content_of(&api, nth_file(&api, 0)), "abc");
}

TEST(a_form_that_cannot_be_taken_is_refused_whole_with_what_to_do)
{
    static const struct {
        const char *body;
        int status;
        const char *words;
    } rows[] = {
        { FORM_PART "; filename=a\r\n\r\nx\r\n" FORM_PART "\r\n\r\ny\r\n--b--",                   422,
         "have a filename"                                                                                                     },
        { "--b\r\nContent-Disposition: form-data; name=title; filename=a\r\n\r\nx\r\n--b--",      422,
         "what each part must be"                                                                                              },
        { FORM_PART "; filename=\"\"\r\n\r\n\r\n--b--",                                           422, "send at least one"     },
        { "--b--",                                                                                422, "\"pointer\":\"/file\"" },
        { FORM_PART "; filename=a\r\n\r\nx\r\n" FORM_PART "; filename=\"../\"\r\n\r\ny\r\n--b--",
         422,                                                                                          "\"/file/1/name\""      },
        { FORM_PART "; filename=a\r\nContent-Type: text\r\n\r\nx\r\n--b--",                       422,
         "\"/file/0/type\""                                                                                                    },
        { FORM_PART "; filename=\"\"\r\n\r\nx\r\n--b--",                                          422, "\"/file/0/name\""      },
        { FORM_PART "; filename=a\r\n\r\nx",                                                      400, "cut off"               },
        { "",                                                                                     400, "boundary"              },
    };
    WORLD(w);
    API(api, &w, &file_routes);

    api_as(&api, ROLE_AGENT);
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (send_form(&api, rows[i].body) != rows[i].status || !strstr(api.body, rows[i].words))
            test_fail(__FILE__, __LINE__, "row %zu: %d %s", i, api.status, api.body);
    }
    CHECK(api_call(&api, POST, FILES "/form", "{}") == 415);
}

TEST(a_form_has_files_of_fifty_megabytes_and_none_larger)
{
    WORLD(w);
    API(api, &w, &file_routes);
    const char *large = arena_alloc(w.mem, FORM_SIZE_MAX);

    api_as(&api, ROLE_AGENT);
    add_to_form(&api, "file", "a", NULL, large, FILE_SIZE_MAX);
    CHECK(api_call(&api, POST, FILES "/form", NULL) == 201);
    CHECK(strstr(api.body, "\"size\":52428800,"));
    add_to_form(&api, "file", "a", NULL, large, FILE_SIZE_MAX + 1);
    CHECK(api_call(&api, POST, FILES "/form", NULL) == 413);
    CHECK(strstr(api.body, "a file is larger than 52428800 bytes"));
    add_to_form(&api, "file", "a", NULL, large, FORM_SIZE_MAX);
    CHECK(api_call(&api, POST, FILES "/form", NULL) == 413);
}

TEST(a_form_sent_twice_with_one_key_is_one_upload)
{
    WORLD(w);
    API(api, &w, &file_routes);
    const char *body = FORM_PART "; filename=a\r\n\r\nx\r\n--b--", *first;

    api_as(&api, ROLE_AGENT);
    api.header = FORM_TYPE "\r\nIdempotency-Key: k";
    CHECK(api_call(&api, POST, FILES "/form", body) == 201);
    first = nth_file(&api, 0);
    api.header = FORM_TYPE "\r\nIdempotency-Key: k";
    CHECK(api_call(&api, POST, FILES "/form", body) == 201);
    CHECK_TEXT(nth_file(&api, 0), first);
}

/* --- whose it is ----------------------------------------------------------------------------- */

struct attaching {
    file_id file;
    message_id message;
    struct list of_case, of_message;
};

static file_id id_of(const char *path)
{
    const char *text = strrchr(path, '/') + 1;
    file_id id = { 0 };

    return id_read("fil", text, strlen(text), &id.n) ? id : (file_id){ 0 };
}

static bool add_message(struct tx *tx, void *arg, struct err *err)
{
    struct attaching *attaching = arg;
    struct message message = {
        .conversation_id = { 3 },
        .case_id = { 4 },
        .channel_id = { 2 },
        .subject = "",
        .text = "",
        .parties = { "{}" },
    };

    if (!message_add(tx, &message, "", err))
        return false;
    attaching->message = message.id;
    return true;
}

static bool attach(struct tx *tx, void *arg, struct err *err)
{
    struct attaching *attaching = arg;

    return file_attach(tx, attaching->file, attaching->message, (note_id){ 0 }, err);
}

static bool list_files(struct tx *tx, void *arg, struct err *err)
{
    struct attaching *attaching = arg;

    return file_list_of_case(tx, (case_id){ 4 }, 0, INT64_MAX, &attaching->of_case, err) &&
           file_list_of_message(tx, attaching->message, &attaching->of_message, err);
}

/* As that user, from now on. */
static void act_as(struct world *w, user_id user)
{
    w->scope.actor = (struct actor){ ACTOR_USER, user.n };
}

TEST(an_upload_is_its_owners_until_it_belongs_to_a_message)
{
    WORLD(w);
    API(api, &w, &file_routes);
    struct attaching attaching = { 0 };
    const char *path;
    user_id owner = api_as(&api, ROLE_AGENT);
    struct api mine = api;

    path = begin_upload(&api, "a.txt", "text/plain", 3);
    CHECK(send_piece(&api, path, 0, "abc") == 200);
    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, GET, path, NULL) == 404);
    CHECK(content_of(&api, path) == NULL && api.status == 404);
    CHECK(send_piece(&api, path, 3, "d") == 404);
    CHECK(api_call(&api, DELETE, path, NULL) == 404);
    attaching.file = id_of(path);
    CHECK_OK(world_write(&w, add_message, &attaching), &w.err);
    act_as(&w, owner);
    CHECK_OK(world_write(&w, attach, &attaching), &w.err);
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK_TEXT(content_of(&api, path), "abc");
    CHECK(api_call(&api, DELETE, path, NULL) == 404);
    api.cookie = mine.cookie;
    api.csrf = mine.csrf;
    CHECK(api_call(&api, DELETE, path, NULL) == 409);
    api_as(&api, ROLE_EDITOR);
    CHECK_TEXT(content_of(&api, path), "abc");
    CHECK(begin_upload(&api, "a.txt", "text/plain", 3) == NULL && api.status == 403);
    api_as_nobody(&api);
    CHECK(content_of(&api, path) == NULL && api.status == 401);
    w.scope.organisation.n = id_new();
    api_as(&api, ROLE_ADMIN);
    CHECK(content_of(&api, path) == NULL && api.status == 404);
}

TEST(a_file_is_sent_once_whole_and_by_who_uploaded_it)
{
    WORLD(w);
    API(api, &w, &file_routes);
    struct attaching attaching = { 0 };
    const struct file *file;
    const char *path;
    user_id owner = api_as(&api, ROLE_AGENT);

    CHECK_OK(world_write(&w, add_message, &attaching), &w.err);
    path = begin_upload(&api, "a.txt", "text/plain", 3);
    attaching.file = id_of(path);
    act_as(&w, owner);
    CHECK(!world_write(&w, attach, &attaching));
    CHECK(w.err.code == ERR_INVALID && strstr(w.err.fields[0].detail, "uploaded to its end"));
    CHECK(send_piece(&api, path, 0, "abc") == 200);
    act_as(&w, (user_id){ 5 });
    CHECK(!world_write(&w, attach, &attaching));
    CHECK(w.err.code == ERR_INVALID && strstr(w.err.fields[0].detail, "no upload of yours"));
    act_as(&w, owner);
    CHECK_OK(world_write(&w, attach, &attaching), &w.err);
    CHECK(!world_write(&w, attach, &attaching));
    CHECK(w.err.code == ERR_INVALID && strstr(w.err.fields[0].detail, "another message"));
    attaching.file.n = 77;
    CHECK(!world_write(&w, attach, &attaching));
    CHECK_TEXT(w.err.fields[0].pointer, "/files");
    CHECK_OK(world_read(&w, list_files, &attaching), &w.err);
    CHECK(attaching.of_case.n == 1 && attaching.of_message.n == 1);
    file = attaching.of_case.items;
    CHECK_TEXT(file->name, "a.txt");
    CHECK(file->message_id.n == attaching.message.n && file->size == 3 && file->received == 3);
}

TEST(a_file_of_a_form_is_sent_like_any_other_upload)
{
    WORLD(w);
    API(api, &w, &file_routes);
    struct attaching attaching = { 0 };
    const char *path;
    user_id owner = api_as(&api, ROLE_AGENT);

    CHECK(send_form(&api, FORM_PART "; filename=a\r\n\r\nabc\r\n--b--") == 201);
    path = nth_file(&api, 0);
    api_as(&api, ROLE_ADMIN);
    CHECK(content_of(&api, path) == NULL && api.status == 404);
    attaching.file = id_of(path);
    CHECK_OK(world_write(&w, add_message, &attaching), &w.err);
    act_as(&w, owner);
    CHECK_OK(world_write(&w, attach, &attaching), &w.err);
    CHECK_TEXT(content_of(&api, path), "abc");
}

TEST(an_upload_of_ones_own_is_removed_with_its_pieces)
{
    WORLD(w);
    API(api, &w, &file_routes);
    const char *path;

    api_as(&api, ROLE_AGENT);
    path = begin_upload(&api, "a.txt", "text/plain", 6);
    CHECK(send_piece(&api, path, 0, "abc") == 200);
    CHECK(access(piece_path(&w, path), F_OK) == 0);
    CHECK(api_call(&api, DELETE, path, NULL) == 204);
    CHECK(access(piece_path(&w, path), F_OK) != 0);
    CHECK(api_call(&api, GET, path, NULL) == 404);
    CHECK(send_piece(&api, path, 3, "def") == 404);
    CHECK(access(piece_path(&w, path), F_OK) != 0);
}

/* --- together -------------------------------------------------------------------------------- */

enum { SENDERS = 4, PIECES = 30, RACE_PIECE = 3000 };

struct sender {
    struct api api;
    const char *path;
    char letter;           /* what its pieces are made of */
    bool accepted[PIECES]; /* which of its pieces were taken */
    pthread_t thread;
};

/* Tries each place with a piece of its own. */
static void *send_all(void *arg)
{
    struct sender *sender = arg;
    char *piece = arena_alloc(sender->api.w->mem, RACE_PIECE + 1);

    memset(piece, sender->letter, RACE_PIECE);
    for (size_t i = 0; i < PIECES; i++)
        sender->accepted[i] = send_piece(&sender->api, sender->path, i * RACE_PIECE, piece) == 200;
    return NULL;
}

/* The sender whose piece was taken at this place; NULL unless it is exactly one. */
static const struct sender *taken_from(const struct sender *senders, size_t piece)
{
    const struct sender *found = NULL;

    for (size_t i = 0; i < SENDERS; i++) {
        if (!senders[i].accepted[piece])
            continue;
        if (found)
            return NULL;
        found = &senders[i];
    }
    return found;
}

TEST(senders_of_the_same_upload_cannot_spoil_what_was_taken)
{
    WORLD(w);
    API(api, &w, &file_routes);
    struct world worlds[SENDERS];
    struct sender senders[SENDERS];
    const struct sender *from;
    const char *path, *content;

    api_as(&api, ROLE_AGENT);
    path = begin_upload(&api, "a.txt", "text/plain", PIECES * RACE_PIECE);
    CHECK(path != NULL);
    for (size_t i = 0; i < SENDERS; i++) {
        worlds[i] = w;
        worlds[i].mem = arena_new("sender");
        senders[i] = (struct sender){ .api = api, .path = path, .letter = (char)('a' + i) };
        senders[i].api.w = &worlds[i];
        senders[i].api.curl = curl_easy_init();
        pthread_create(&senders[i].thread, NULL, send_all, &senders[i]);
    }
    for (size_t i = 0; i < SENDERS; i++) {
        pthread_join(senders[i].thread, NULL);
        curl_easy_cleanup(senders[i].api.curl);
        arena_free(worlds[i].mem);
    }
    content = content_of(&api, path);
    CHECK(content != NULL && strlen(content) == PIECES * RACE_PIECE);
    for (size_t i = 0; i < PIECES; i++) {
        from = taken_from(senders, i);
        CHECK(from != NULL);
        CHECK(strspn(content + i * RACE_PIECE, (char[]){ from->letter, '\0' }) >= RACE_PIECE);
    }
}

/* --- sweeping -------------------------------------------------------------------------------- */

TEST(uploads_that_no_message_took_within_a_day_are_swept_and_no_others)
{
    WORLD(w);
    API(api, &w, &file_routes);
    const char *old, *whole, *young;
    struct swept swept;

    clock_fake((instant){ 1800000000000 });
    api_as(&api, ROLE_AGENT);
    old = begin_upload(&api, "a.txt", "text/plain", 6);
    CHECK(send_piece(&api, old, 0, "abc") == 200);
    whole = begin_upload(&api, "b.txt", "text/plain", 3);
    CHECK(send_piece(&api, whole, 0, "abc") == 200);
    CHECK_OK(files_sweep(w.store, &swept, &w.err), &w.err);
    CHECK(swept.files == 0);
    CHECK(test_age(piece_path(&w, old), 2 * DAY_MS));
    clock_advance(DAY_MS + MINUTE_MS);
    young = begin_upload(&api, "c.txt", "text/plain", 6);
    CHECK(send_piece(&api, young, 0, "abc") == 200);
    CHECK_OK(files_sweep(w.store, &swept, &w.err), &w.err);
    CHECK(swept.files == 2 && swept.contents == 0);
    CHECK(api_call(&api, GET, old, NULL) == 404);
    CHECK(access(piece_path(&w, old), F_OK) != 0);
    CHECK(api_call(&api, GET, whole, NULL) == 404);
    CHECK(send_piece(&api, young, 3, "def") == 200);
    CHECK_OK(files_sweep(w.store, &swept, &w.err), &w.err);
    CHECK(swept.files == 0 && swept.contents == 0);
    CHECK_TEXT(content_of(&api, young), "abcdef");
}

/* --- what came in ---------------------------------------------------------------------------- */

static bool add_files(struct tx *tx, void *arg, struct err *err)
{
    static const char *const names[] = { "one.txt", "two.txt" };
    struct attaching *attaching = arg;
    struct file file = { .message_id = attaching->message, .type = "text/plain" };
    struct bytes content;

    for (size_t i = 0; i < COUNT(names); i++) {
        uint8_t hash[HASH_LEN];
        struct blob blob = {
            .size = 5, .data = { (const uint8_t *)"hello", 5 }
        };

        hash_bytes(blob.data, hash);
        blob.hash = arena_bytes(tx->mem, (struct bytes){ hash, HASH_LEN });
        file.name = names[i];
        if (!file_add(tx, &file, &blob, err) || !blob_get(tx, file.hash, &content, err))
            return false;
    }
    return true;
}

TEST(files_of_a_message_are_listed_in_their_order)
{
    WORLD(w);
    struct attaching attaching = { 0 };
    const struct file *file;

    CHECK_OK(world_write(&w, add_message, &attaching), &w.err);
    CHECK_OK(world_write(&w, add_files, &attaching), &w.err);
    CHECK_OK(world_read(&w, list_files, &attaching), &w.err);
    CHECK(attaching.of_case.n == 2 && attaching.of_message.n == 2);
    file = attaching.of_message.items;
    CHECK_TEXT(file[0].name, "one.txt");
    CHECK_TEXT(file[1].name, "two.txt");
    CHECK(file[0].size == 5 && file[0].received == 5 && file[0].hash.len == HASH_LEN);
}
