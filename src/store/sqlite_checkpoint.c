#include "sqlite_checkpoint.h"

#include "../base/arena.h"
#include "../base/log.h"

#include <pthread.h>

/* Each pass moves what was written during the one before: less each time, as long as the disk is
 * faster than the writer. */
enum { PASSES = 5 };
/* So many pages of a pass are on the disk before it goes on. */
enum { PAGES_AT_ONCE = 512 };

enum state { IDLE, ASKED, MOVED, STOPPING };

/* The database as the thread writes it. First what SQLite calls, by which it is found again. */
struct pace {
    sqlite3_io_methods methods;
    const sqlite3_io_methods *own;
    int pages;
    int64_t pauses;
};

struct checkpointer {
    struct arena *mem;
    struct pace pace;
    sqlite3 *writer, *own;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t asked, moved;
    enum state state;
    int limit;  /* with so many pages in the log it begins */
    int logged; /* pages in the log after the writer's last commit */
    int seen;   /* and when the thread's last pass began */
    struct checkpoint_counts counts;
    int begin_at; /* the writer's: the limit, or more while readers keep the log as it is */
};

/* Moves what no reader needs where it is. *pages: how many are in the log. */
static bool move_pages(sqlite3 *db, int *pages)
{
    int result = sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_PASSIVE, pages, NULL);

    /* The log keeps what it has: nothing is lost, but it grows. */
    if (result != SQLITE_OK && result != SQLITE_BUSY)
        LOG_WARN("store.checkpoint", "err=\"%s\"", sqlite3_errmsg(db));
    return result == SQLITE_OK;
}

/* --- at the disk's pace ---------------------------------------------------------------------- */

/* SQLite gives all pages of a pass to the kernel and then wants all of them on the disk: for so
 * long each commit waits behind them. */
static int write_paced(sqlite3_file *file, const void *data, int n, sqlite3_int64 at)
{
    struct pace *pace = (struct pace *)file->pMethods;
    int result = pace->own->xWrite(file, data, n, at);

    if (result != SQLITE_OK || ++pace->pages < PAGES_AT_ONCE)
        return result;
    pace->pages = 0;
    pace->pauses++;
    return pace->own->xSync(file, SQLITE_SYNC_NORMAL);
}

static bool set_pace(struct checkpointer *checkpointer)
{
    struct pace *pace = &checkpointer->pace;
    sqlite3_file *file;

    if (sqlite3_file_control(checkpointer->own, "main", SQLITE_FCNTL_FILE_POINTER, &file) !=
        SQLITE_OK)
        return false;
    pace->own = file->pMethods;
    pace->methods = *pace->own;
    pace->methods.xWrite = write_paced;
    file->pMethods = &pace->methods;
    return true;
}

/* --- the thread ----------------------------------------------------------------------------- */

static bool wait_until_asked(struct checkpointer *checkpointer)
{
    bool go_on;

    pthread_mutex_lock(&checkpointer->lock);
    while (checkpointer->state == IDLE || checkpointer->state == MOVED)
        pthread_cond_wait(&checkpointer->asked, &checkpointer->lock);
    go_on = checkpointer->state == ASKED;
    checkpointer->seen = 0;
    pthread_mutex_unlock(&checkpointer->lock);
    return go_on;
}

/* Is there something in the log that no pass has seen? Then it can't begin anew before the next
 * pass has moved that: see the header. */
static bool has_news(struct checkpointer *checkpointer)
{
    bool has;

    pthread_mutex_lock(&checkpointer->lock);
    has = checkpointer->state == ASKED && checkpointer->logged > checkpointer->seen;
    checkpointer->counts.passes += has;
    pthread_mutex_unlock(&checkpointer->lock);
    return has;
}

static void note_seen(struct checkpointer *checkpointer, int pages)
{
    pthread_mutex_lock(&checkpointer->lock);
    checkpointer->seen = pages;
    pthread_mutex_unlock(&checkpointer->lock);
}

static void note_moved(struct checkpointer *checkpointer)
{
    pthread_mutex_lock(&checkpointer->lock);
    checkpointer->counts.pauses = checkpointer->pace.pauses;
    if (checkpointer->state == ASKED)
        checkpointer->state = MOVED;
    pthread_cond_signal(&checkpointer->moved);
    pthread_mutex_unlock(&checkpointer->lock);
}

static void *move_loop(void *arg)
{
    struct checkpointer *checkpointer = arg;
    int pages;

    while (wait_until_asked(checkpointer)) {
        for (int pass = 0; pass < PASSES && has_news(checkpointer); pass++) {
            if (!move_pages(checkpointer->own, &pages))
                break; /* the writer tries it, too */
            note_seen(checkpointer, pages);
        }
        note_moved(checkpointer);
    }
    return NULL;
}

/* --- the writer ----------------------------------------------------------------------------- */

/* Asks the thread if it's time; true when it's the writer's turn. A log that is shorter than before
 * began anew. (That a pass saw so many pages says nothing: it may have seen what was committed
 * before we are told of it.) */
static bool note_commit(struct checkpointer *checkpointer, int pages)
{
    bool is_ours = false;

    pthread_mutex_lock(&checkpointer->lock);
    if (pages < checkpointer->logged) {
        checkpointer->begin_at = checkpointer->limit;
        checkpointer->counts.begun_anew++;
        if (checkpointer->state == MOVED)
            checkpointer->state = IDLE; /* nothing was left for us */
    } else if (checkpointer->state == MOVED) {
        is_ours = true;
    } else if (checkpointer->state == IDLE && pages >= checkpointer->begin_at) {
        checkpointer->state = ASKED;
        pthread_cond_signal(&checkpointer->asked);
    }
    checkpointer->logged = pages;
    pthread_mutex_unlock(&checkpointer->lock);
    return is_ours;
}

/* If the log doesn't begin anew with the next commit, somebody still reads from it. */
static void move_rest(struct checkpointer *checkpointer, int logged)
{
    int pages, later = logged + checkpointer->limit / 4;

    (void)!move_pages(checkpointer->writer, &pages);
    checkpointer->begin_at = later > checkpointer->limit ? later : checkpointer->limit;
    pthread_mutex_lock(&checkpointer->lock);
    checkpointer->state = IDLE;
    checkpointer->counts.moves++;
    pthread_mutex_unlock(&checkpointer->lock);
}

/* On the writer's thread, after each of its commits. */
static int after_commit(void *arg, sqlite3 *writer, const char *name, int pages)
{
    struct checkpointer *checkpointer = arg;

    (void)writer, (void)name;
    if (note_commit(checkpointer, pages))
        move_rest(checkpointer, pages);
    return SQLITE_OK;
}

/* --- begin and end -------------------------------------------------------------------------- */

static void close_and_free(struct checkpointer *checkpointer)
{
    sqlite3_close(checkpointer->own);
    arena_free(checkpointer->mem);
}

struct checkpointer *checkpointer_start(sqlite3 *writer, const char *path, int pages)
{
    struct arena *mem = arena_new("checkpointer");
    struct checkpointer *checkpointer = NEW(mem, struct checkpointer);

    *checkpointer = (struct checkpointer){ .mem = mem,
                                           .writer = writer,
                                           .lock = PTHREAD_MUTEX_INITIALIZER,
                                           .asked = PTHREAD_COND_INITIALIZER,
                                           .moved = PTHREAD_COND_INITIALIZER,
                                           .limit = pages,
                                           .begin_at = pages };
    if (sqlite3_open_v2(path, &checkpointer->own, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                        NULL) != SQLITE_OK ||
        sqlite3_exec(checkpointer->own, "PRAGMA synchronous = FULL", NULL, NULL, NULL) !=
            SQLITE_OK ||
        !set_pace(checkpointer) ||
        pthread_create(&checkpointer->thread, NULL, move_loop, checkpointer) != 0) {
        LOG_WARN("store.checkpoint", "err=\"no thread of its own\"");
        close_and_free(checkpointer);
        return NULL;
    }
    sqlite3_wal_hook(writer, after_commit, checkpointer);
    return checkpointer;
}

struct checkpoint_counts checkpointer_counts(struct checkpointer *checkpointer)
{
    struct checkpoint_counts counts;

    pthread_mutex_lock(&checkpointer->lock);
    counts = checkpointer->counts;
    pthread_mutex_unlock(&checkpointer->lock);
    return counts;
}

void checkpointer_wait(struct checkpointer *checkpointer)
{
    pthread_mutex_lock(&checkpointer->lock);
    while (checkpointer->state == ASKED)
        pthread_cond_wait(&checkpointer->moved, &checkpointer->lock);
    pthread_mutex_unlock(&checkpointer->lock);
}

void checkpointer_stop(struct checkpointer *checkpointer)
{
    if (!checkpointer)
        return;
    sqlite3_wal_hook(checkpointer->writer, NULL, NULL);
    pthread_mutex_lock(&checkpointer->lock);
    checkpointer->state = STOPPING;
    pthread_cond_signal(&checkpointer->asked);
    pthread_mutex_unlock(&checkpointer->lock);
    pthread_join(checkpointer->thread, NULL);
    close_and_free(checkpointer);
}
