#include "mailbox.h"

#include "../base/crypt.h"
#include "../base/log.h"
#include "../base/text.h"
#include "../channel/email.h"
#include "mailbox_compare.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum {
    STACK_BYTES = 1 << 20, /* only what is used takes memory */
    FIRST_WAIT_MS = 1000,
    LONGEST_WAIT_MS = 2 * 60 * 1000,
    REFUSED_WAIT_MS = 60 * 1000, /* servers lock out who tries a wrong password too often */
    POLL_MS = 20 * 1000,         /* where the server can't tell by itself */
    OTHER_FOLDERS_MS = 60 * 1000,
    ONE_FOLDER_MS = 5 * 60 * 1000, /* a connection that died without a word is noticed then */
};

struct mailbox {
    struct store *store;
    struct arena *mem;
    channel_id id;
    organisation_id organisation;
    pthread_t thread;
    int wake_fd;
    atomic_bool interrupted; /* the connection is to end: to stop, or to begin again */
    atomic_bool is_stopping;

    /* The thread's own. */
    struct mailbox_health health;
    struct mailbox_drop drop;
    int failures;
    bool is_good;    /* everything was read over this connection */
    bool is_refused; /* the server doesn't let us in */
};

/* --- one connection ------------------------------------------------------------------------- */

/* What a connection works with. */
struct session {
    struct mailbox *box;
    struct open_channel channel;
    struct mailbox_reader reader;
    struct mailbox_folder *folders; /* the last one is the one that is watched */
    size_t folders_n;
    bool is_comparing; /* a folder: the next round goes on with it, at once */
};

static bool open_channel(struct tx *tx, void *arg, struct err *err)
{
    struct session *session = arg;

    return channel_open(tx, session->box->id, &session->channel, err);
}

static void add_folder(struct session *session, const char *name, bool is_sent)
{
    for (size_t i = 0; i < session->folders_n; i++)
        if (text_equal(session->folders[i].name, name))
            return;
    session->folders[session->folders_n++] =
        (struct mailbox_folder){ .name = name, .is_sent = is_sent };
}

static bool is_inbox(const char *name)
{
    return strcasecmp(name, "INBOX") == 0;
}

/* The inbox is watched, or else the first that was named. What is both sent and read is sent. */
static void list_folders(struct session *session, struct arena *mem)
{
    const struct email_settings *settings = session->channel.settings;
    struct list names = email_folders(mem, settings);
    const char *const *name = names.items, *watched = name[0];

    for (size_t i = 0; i < names.n; i++)
        if (is_inbox(name[i])) {
            watched = "INBOX";
            break;
        }
    session->folders = NEW_ARRAY(mem, struct mailbox_folder, names.n + 1);
    if (!text_is_blank(settings->sent_folder))
        add_folder(session, text_trim(mem, settings->sent_folder), true);
    for (size_t i = 0; i < names.n; i++)
        if (!text_equal(name[i], watched) && !is_inbox(name[i]))
            add_folder(session, name[i], false);
    add_folder(session, watched, false);
}

/* A folder that isn't there, or that we may not read, is no reason to leave the others. */
static bool read_folder(struct session *session, struct mailbox_folder *folder, struct err *err)
{
    struct mailbox_reader *reader = &session->reader;

    if (!mailbox_folder_open(reader, folder, err)) {
        if (!imap_is_open(reader->im) || err->code != ERR_UPSTREAM)
            return false;
        mailbox_complain(reader, err->text);
        folder->uidvalidity = 0;
        return true;
    }
    /* Before it is read: what came meanwhile is news, and is asked for there. */
    return mailbox_compare(reader, folder, &session->is_comparing, err) &&
           mailbox_folder_read(reader, folder, err);
}

static void note_health(struct session *session)
{
    struct mailbox_reader *reader = &session->reader;

    mailbox_health_note(reader->health, reader->complaint[0] ? reader->complaint : NULL,
                        reader->left);
}

static bool read_all(struct session *session, struct err *err)
{
    session->reader.complaint[0] = 0;
    session->is_comparing = false;
    for (size_t i = 0; i < session->folders_n; i++)
        if (!read_folder(session, &session->folders[i], err))
            return false;
    session->box->is_good = true;
    session->box->failures = 0;
    note_health(session);
    return true;
}

static bool is_interrupted(struct mailbox *box)
{
    return atomic_load(&box->interrupted);
}

/* Until the time is over, or somebody wants something. */
static void sleep_ms(struct mailbox *box, int64_t ms)
{
    struct pollfd fd = { .fd = box->wake_fd, .events = POLLIN };

    (void)!poll(&fd, 1, ms > INT32_MAX ? INT32_MAX : (int)ms);
}

static bool wait_for_news(struct session *session, int64_t max_ms, bool *has_news, struct err *err)
{
    struct imap *im = session->reader.im;
    struct mailbox *box = session->box;
    struct imap_wait wait;

    if (!imap_idle(im, max_ms, box->wake_fd, &wait, err))
        return false;
    *has_news = wait.has_news;
    if (wait.can_idle)
        return true;
    sleep_ms(box, max_ms < POLL_MS ? max_ms : POLL_MS);
    return is_interrupted(box) || imap_noop(im, has_news, err);
}

/* What is new is perhaps an answer to what another program sent a moment ago: that comes first,
 * so that the answer finds its conversation. */
static bool read_news(struct session *session, struct mailbox_folder *folder, struct err *err)
{
    if (session->folders[0].is_sent)
        return read_all(session, err);
    return mailbox_folder_read(&session->reader, folder, err);
}

/* Waits on the folder that is open, and reads what comes, for a while. */
static bool watch(struct session *session, int64_t ms, struct err *err)
{
    int64_t until_ms = clock_monotonic_ms() + ms, left_ms = ms;
    struct mailbox_folder *folder = &session->folders[session->folders_n - 1];
    bool has_news;

    if (folder->uidvalidity == 0) { /* it couldn't be opened */
        sleep_ms(session->box, POLL_MS);
        return true;
    }
    while (left_ms > 0 && folder->uidvalidity != 0 && !is_interrupted(session->box)) {
        if (!wait_for_news(session, left_ms, &has_news, err) ||
            (has_news && !read_news(session, folder, err)))
            return false;
        note_health(session);
        left_ms = until_ms - clock_monotonic_ms();
    }
    return true;
}

static bool connect_and_read(struct session *session, struct imap **im, struct err *err)
{
    struct mail_server server = email_imap_server(session->channel.settings);
    struct mailbox *box = session->box;

    server.interrupted = &box->interrupted;
    if (!imap_open(&server, im, err)) {
        box->is_refused = err->code == ERR_UPSTREAM;
        return false;
    }
    session->reader.im = *im;
    while (!is_interrupted(box))
        if (!read_all(session, err) ||
            (!session->is_comparing &&
             !watch(session, session->folders_n > 1 ? OTHER_FOLDERS_MS : ONE_FOLDER_MS, err)))
            return false;
    return true;
}

/* Some mailboxes are only handed their mail. */
static bool is_fetched(const struct open_channel *channel)
{
    return !text_is_blank(((const struct email_settings *)channel->settings)->imap_host);
}

/* Connects and reads until that is interrupted (true) or fails. */
static bool run_session(struct mailbox *box, struct err *err)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("mailbox");
    CLEANUP(arena_freep) struct arena *batch_mem = arena_new("mailbox batch");
    CLEANUP(imap_close) struct imap *im = NULL;
    struct scope scope = { .mem = mem, .organisation = box->organisation };
    struct session session = { .box = box };

    box->is_good = box->is_refused = false;
    if (!store_read(box->store, &scope, open_channel, &session, err))
        return false;
    if (!is_fetched(&session.channel)) {
        sleep_ms(box, HOUR_MS);
        return true;
    }
    mailbox_health_begin(&box->health, &session.channel.row);
    list_folders(&session, mem);
    session.reader = (struct mailbox_reader){
        .store = box->store,
        .channel = &session.channel.row,
        .organisation = box->organisation,
        .mem = batch_mem,
        .health = &box->health,
        .drop = &box->drop,
    };
    return connect_and_read(&session, &im, err);
}

/* --- one after another ---------------------------------------------------------------------- */

/* Twice as long each time; never all mailboxes of a server at the same moment. */
static int64_t wait_ms(const struct mailbox *box)
{
    int64_t ms = FIRST_WAIT_MS;
    uint8_t jitter;

    for (int i = 1; i < box->failures && ms < LONGEST_WAIT_MS; i++)
        ms *= 2;
    if (box->is_refused && ms < REFUSED_WAIT_MS)
        ms = REFUSED_WAIT_MS;
    if (ms > LONGEST_WAIT_MS)
        ms = LONGEST_WAIT_MS;
    random_bytes(&jitter, sizeof(jitter));
    return ms * (768 + jitter) / 1024; /* 75 to 100 % */
}

/* A connection that was good and ended is nothing to tell: servers end them. If it can't be made
 * again, that is. */
static void take_failure(struct mailbox *box, const struct err *err)
{
    const char *words = err->code == ERR_INTERNAL
                            ? "something went wrong inside this server; its log says what"
                            : err->text;

    LOG_WARN("mailbox.read", "channel=%s failures=%d err=\"%s\"", id_text("chn", box->id.n).s,
             box->failures, err->text);
    box->failures++;
    if (!box->is_good || err->code != ERR_BUSY)
        mailbox_health_note(&box->health, words, box->health.backlog);
}

/* Forgets what it was woken for; false when that was to stop. */
static bool begin(struct mailbox *box)
{
    eventfd_t count;

    /* In this order: what is asked from here on is seen by the next. */
    atomic_store(&box->interrupted, false);
    (void)!eventfd_read(box->wake_fd, &count);
    return !atomic_load(&box->is_stopping);
}

static void *run(void *arg)
{
    struct mailbox *box = arg;
    struct err err;

    while (begin(box)) {
        err_clear(&err);
        if (run_session(box, &err) || is_interrupted(box)) {
            box->failures = 0;
            box->drop = (struct mailbox_drop){ 0 }; /* it was us */
            continue;
        }
        take_failure(box, &err);
        sleep_ms(box, wait_ms(box));
    }
    return NULL;
}

static bool start_thread(struct mailbox *box, struct err *err)
{
    pthread_attr_t attributes;
    int failed;

    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    failed = pthread_create(&box->thread, &attributes, run, box);
    pthread_attr_destroy(&attributes);
    return !failed ||
           err_set(err, ERR_INTERNAL, "cannot start a thread for a mailbox: %s", strerror(failed));
}

bool mailbox_start(struct store *store, const struct channel_mark *mark, struct mailbox **out,
                   struct err *err)
{
    struct arena *mem = arena_new("mailbox");
    struct mailbox *box = NEW(mem, struct mailbox);

    box->store = store;
    box->mem = mem;
    box->id = mark->id;
    box->organisation = mark->organisation_id;
    box->health = (struct mailbox_health){ .store = store,
                                           .organisation = mark->organisation_id,
                                           .channel = mark->id };
    box->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (box->wake_fd < 0) {
        arena_free(mem);
        return err_set(err, ERR_INTERNAL, "cannot make an event for a mailbox: %s",
                       strerror(errno));
    }
    if (!start_thread(box, err)) {
        close(box->wake_fd);
        arena_free(mem);
        return false;
    }
    *out = box;
    return true;
}

void mailbox_refresh(struct mailbox *box)
{
    atomic_store(&box->interrupted, true);
    (void)!eventfd_write(box->wake_fd, 1);
}

void mailbox_ask_to_stop(struct mailbox *box)
{
    atomic_store(&box->is_stopping, true);
    mailbox_refresh(box);
}

void mailbox_end(struct mailbox *box)
{
    pthread_join(box->thread, NULL);
    close(box->wake_fd);
    arena_free(box->mem);
}
