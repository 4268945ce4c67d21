#include "notes.h"

#include "api.h"
#include "test.h"

#include "../../auth/audit_api.h"
#include "../../base/json.h"
#include "../../base/text.h"
#include "../../store/events.h"
#include "../cases/cases.h"
#include "../files/files.h"
#include "../files/sweep.h"

#include <string.h>

static bool open_case(struct tx *tx, void *arg, struct err *err)
{
    struct casefile *c = arg;

    c->title = "Where is my parcel?";
    c->person_id.n = c->channel_id.n = 1;
    return case_open(tx, c, err);
}

static const char *notes_path(struct world *w, case_id id)
{
    char text[ID_TEXT_MAX];

    id_write("cas", id.n, text);
    return arena_printf(w->mem, "/api/v1/cases/%s/notes", text);
}

static const char *body_of(struct world *w, const char *text)
{
    struct buf out = BUF(100000);
    char *body;

    buf_text(&out, "{\"text\":");
    json_write_text(&out, text);
    buf_char(&out, '}');
    body = arena_text(w->mem, buf_str(&out));
    buf_free(&out);
    return body;
}

TEST(a_note_is_written_and_read_in_the_order_of_writing)
{
    WORLD(w);
    API(api, &w, &note_routes);
    struct casefile c = { 0 };
    const char *path, *next, *first;

    CHECK_OK(world_write(&w, open_case, &c), &w.err);
    path = notes_path(&w, c.id);
    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, POST, path, "{\"text\":\"called back\"}") == 201);
    CHECK_TEXT(api_text(&api, "text"), "called back");
    CHECK(api_text(&api, "user_id") != NULL);
    first = api_text(&api, "id");
    CHECK(first && text_starts(first, "not_"));
    CHECK(api_call(&api, POST, path, "{\"text\":\"nobody home\"}") == 201);
    CHECK(api_call(&api, GET, path, NULL) == 200);
    CHECK(strstr(api.body, "called back") < strstr(api.body, "nobody home"));
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s?limit=1", path), NULL) == 200);
    CHECK(strstr(api.body, "called back") && !strstr(api.body, "nobody home"));
    next = api_text(&api, "next");
    CHECK(next != NULL);
    CHECK(api_call(&api, GET, arena_printf(w.mem, "%s?cursor=%s", path, next), NULL) == 200);
    CHECK(!strstr(api.body, "called back") && strstr(api.body, "nobody home"));
}

TEST(who_reads_the_notes_of_a_case_is_written_down)
{
    WORLD(w);
    API(api, &w, &note_routes, &audit_routes);
    struct casefile c = { 0 };

    CHECK_OK(world_write(&w, open_case, &c), &w.err);
    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, GET, notes_path(&w, c.id), NULL) == 200);
    CHECK(api_audit_has(&api, "audit.case_read"));
    CHECK(strstr(api.body, id_text("cas", c.id.n).s));
}

TEST(a_note_has_something_in_it_and_is_no_book)
{
    WORLD(w);
    API(api, &w, &note_routes);
    struct casefile c = { 0 };
    char *text = arena_alloc(w.mem, NOTE_TEXT_MAX + 2);
    const char *path;

    CHECK_OK(world_write(&w, open_case, &c), &w.err);
    path = notes_path(&w, c.id);
    api_as(&api, ROLE_AGENT);
    memset(text, 'x', NOTE_TEXT_MAX);
    CHECK(api_call(&api, POST, path, body_of(&w, text)) == 201);
    text[NOTE_TEXT_MAX] = 'x';
    CHECK(api_call(&api, POST, path, body_of(&w, text)) == 422);
    CHECK(api_call(&api, POST, path, body_of(&w, "")) == 422);
    CHECK(api_call(&api, POST, path, body_of(&w, " \n\t ")) == 422);
    CHECK(api_call(&api, POST, path, "{}") == 422);
}

TEST(a_note_wants_a_case_and_somebody_who_may_write)
{
    WORLD(w);
    API(api, &w, &note_routes);
    struct casefile c = { 0 };

    CHECK_OK(world_write(&w, open_case, &c), &w.err);
    api_as(&api, ROLE_AGENT);
    CHECK(api_call(&api, POST, notes_path(&w, (case_id){ 77 }), "{\"text\":\"x\"}") == 404);
    CHECK(api_call(&api, GET, notes_path(&w, (case_id){ 77 }), NULL) == 404);
    api_as(&api, ROLE_EDITOR);
    CHECK(api_call(&api, POST, notes_path(&w, c.id), "{\"text\":\"x\"}") == 403);
    CHECK(api_call(&api, GET, notes_path(&w, c.id), NULL) == 200);
    api_as_nobody(&api);
    CHECK(api_call(&api, GET, notes_path(&w, c.id), NULL) == 401);
}

TEST(another_organisation_neither_sees_nor_writes_notes)
{
    WORLD(w);
    API(api, &w, &note_routes);
    struct casefile c = { 0 };

    CHECK_OK(world_write(&w, open_case, &c), &w.err);
    w.scope.organisation.n = id_new();
    api_as(&api, ROLE_ADMIN);
    CHECK(api_call(&api, GET, notes_path(&w, c.id), NULL) == 404);
    CHECK(api_call(&api, POST, notes_path(&w, c.id), "{\"text\":\"x\"}") == 404);
}

struct added {
    case_id case_id;
    struct note note;
    struct list notes, events;
};

static bool add_note(struct tx *tx, void *arg, struct err *err)
{
    struct added *added = arg;

    return note_add(tx, added->case_id, &(struct note_draft){ .text = "ring the bell twice" },
                    &added->note, err);
}

static bool seal(struct tx *tx, void *arg, struct err *err)
{
    struct sealing sealing = { .max = 100 };

    (void)arg;
    return events_seal(tx, &sealing, err);
}

static bool read_back(struct tx *tx, void *arg, struct err *err)
{
    struct added *added = arg;

    return note_list_of_case(tx, added->case_id, (note_id){ 0 }, 10, &added->notes, err) &&
           events_after(tx, 0, 100, &added->events, err);
}

TEST(history_tells_of_a_note_with_its_case)
{
    WORLD(w);
    struct casefile c = { 0 };
    struct added added;
    const struct event *event;
    char about[ID_TEXT_MAX];

    CHECK_OK(world_write(&w, open_case, &c), &w.err);
    added.case_id = c.id;
    CHECK_OK(world_write(&w, add_note, &added), &w.err);
    CHECK_OK(world_write(&w, seal, NULL), &w.err);
    CHECK_OK(world_read(&w, read_back, &added), &w.err);
    CHECK(added.notes.n == 1 && added.events.n > 0);
    CHECK(((const struct note *)added.notes.items)->user_id.n == 0);
    event = &((const struct event *)added.events.items)[added.events.n - 1];
    id_write("not", added.note.id.n, about);
    CHECK_TEXT(event->kind, "note.added");
    CHECK_TEXT(event->about, about);
    CHECK(event->case_id.n == c.id.n);
}

/* --- files ------------------------------------------------------------------------------------ */

/* The id of an upload of the caller's; of no bytes, it's whole at once. */
static const char *upload(struct api *api, const char *name)
{
    const char *json =
        arena_printf(api->w->mem, "{\"name\":\"%s\",\"type\":\"image/png\",\"size\":0}", name);

    return api_call(api, POST, "/api/v1/files", json) == 201 ? api_text(api, "id") : NULL;
}

static int note_with(struct api *api, const char *path, const char *text, const char *files)
{
    return api_call(api, POST, path,
                    arena_printf(api->w->mem, "{\"text\":\"%s\",\"files\":[%s]}", text, files));
}

static int count_text(const char *text, const char *what)
{
    int n = 0;

    for (const char *at = text; (at = strstr(at, what)); at++)
        n++;
    return n;
}

TEST(files_hang_on_their_note_and_are_read_by_who_reads_cases)
{
    WORLD(w);
    API(api, &w, &note_routes, &file_routes);
    struct casefile c = { 0 };
    const char *path, *one, *two, *three, *content, *notes;

    CHECK_OK(world_write(&w, open_case, &c), &w.err);
    path = notes_path(&w, c.id);
    api_as(&api, ROLE_AGENT);
    one = upload(&api, "kraan.png");
    two = upload(&api, "lek.png");
    three = upload(&api, "muur.png");
    CHECK(one && two && three);
    CHECK(api_call(&api, POST, path, "{\"text\":\"nothing to see\"}") == 201);
    CHECK(strstr(api.body, "\"files\":[]"));
    CHECK(note_with(&api, path, "look", arena_printf(w.mem, "\"%s\",\"%s\"", one, three)) == 201);
    CHECK(strstr(api.body, "kraan.png") < strstr(api.body, "muur.png"));
    CHECK(note_with(&api, path, "and here", arena_printf(w.mem, "\"%s\"", two)) == 201);
    CHECK(strstr(api.body, "lek.png") && !strstr(api.body, "kraan.png"));

    content = arena_printf(w.mem, "/api/v1/files/%s/content", one);
    api_as(&api, ROLE_EDITOR);
    CHECK(api_call(&api, GET, content, NULL) == 200);
    CHECK(api_call(&api, GET, path, NULL) == 200);
    notes = arena_text(w.mem, api.body);
    CHECK(count_text(notes, ".png") == 3 && count_text(notes, "\"files\":[]") == 1);
    CHECK(strstr(notes, "kraan.png") > strstr(notes, "look"));
    CHECK(strstr(notes, "lek.png") > strstr(notes, "and here"));
}

TEST(a_note_takes_only_whole_uploads_of_its_writer_and_each_once)
{
    WORLD(w);
    API(api, &w, &note_routes, &file_routes);
    struct casefile c = { 0 };
    const char *path, *own, *begun, *others, *taken;

    CHECK_OK(world_write(&w, open_case, &c), &w.err);
    path = notes_path(&w, c.id);
    api_as(&api, ROLE_ADMIN);
    others = arena_printf(w.mem, "\"%s\"", upload(&api, "van-een-ander.png"));
    api_as(&api, ROLE_AGENT);
    own = upload(&api, "a.png");
    taken = arena_printf(w.mem, "\"%s\"", own);
    CHECK(api_call(&api, POST, "/api/v1/files", "{\"name\":\"b.png\",\"size\":3}") == 201);
    begun = arena_printf(w.mem, "\"%s\"", api_text(&api, "id"));

    CHECK(note_with(&api, path, "x", others) == 422 && strstr(api.body, "no upload of yours"));
    CHECK(note_with(&api, path, "x", begun) == 422 && strstr(api.body, "to its end"));
    CHECK(note_with(&api, path, "x", "\"geen\"") == 422 && strstr(api.body, "/files/0"));
    CHECK(note_with(&api, path, "x", arena_printf(w.mem, "%s,%s", taken, taken)) == 422);
    CHECK(strstr(api.body, "/files/1") && strstr(api.body, "twice"));
    CHECK(note_with(&api, path, " ", taken) == 422);
    CHECK(api_call(&api, GET, path, NULL) == 200 && !strstr(api.body, "not_"));
    CHECK(note_with(&api, path, "x", taken) == 201);
    CHECK(note_with(&api, path, "x", taken) == 422 && strstr(api.body, "belongs to a note"));
    CHECK(api_call(&api, DELETE, arena_printf(w.mem, "/api/v1/files/%s", own), NULL) == 409);
}

TEST(what_hangs_on_a_note_is_never_swept)
{
    WORLD(w);
    API(api, &w, &note_routes, &file_routes);
    struct casefile c = { 0 };
    struct swept swept;
    const char *path, *kept, *left;

    clock_fake((instant){ 1800000000000 });
    CHECK_OK(world_write(&w, open_case, &c), &w.err);
    path = notes_path(&w, c.id);
    api_as(&api, ROLE_AGENT);
    kept = upload(&api, "a.png");
    left = upload(&api, "b.png");
    CHECK(note_with(&api, path, "x", arena_printf(w.mem, "\"%s\"", kept)) == 201);
    clock_advance(DAY_MS + MINUTE_MS);
    CHECK_OK(files_sweep(w.store, &swept, &w.err), &w.err);
    CHECK(swept.files == 1);
    CHECK(api_call(&api, GET, arena_printf(w.mem, "/api/v1/files/%s", kept), NULL) == 200);
    CHECK(api_call(&api, GET, arena_printf(w.mem, "/api/v1/files/%s", left), NULL) == 404);
}
