#include "../pipeline/chat.h"
#include "../pipeline/pipeline.h"
#include "drafts.h"
#include "due_task.h"
#include "duplicates.h"
#include "effort.h"
#include "housekeeping.h"
#include "job.h"
#include "learning.h"
#include "promising.h"
#include "push.h"
#include "reconcile.h"
#include "waking.h"

const struct job_type job_types[] = {
    { "inbound",         job_inbound,         INBOUND_TRIES_MAX, 2 * SECOND_MS }, /* stored envelopes -> cases */
    { "send",            job_send,            36,                5 * SECOND_MS }, /* queued message  -> channel   */
    { "send_draft",      job_send_draft,      36,                5 * SECOND_MS }, /* draft -> answer, note        */
    { "chat_mail",       job_chat_mail,       12,                5 * SECOND_MS }, /* unseen answers -> mail */
    { "chat_transcript", job_chat_transcript, 12,                5 * SECOND_MS }, /* a whole chat -> mail */
    { "promise",         job_promise,         0,                 5 * SECOND_MS }, /* its moment -> warned, broken   */
    { "task",            job_task,            0,                 5 * SECOND_MS }, /* its moment -> late             */
    { "wake",            job_wake,            0,                 5 * SECOND_MS }, /* case put away -> back        */
    { "push",            job_push,            8,                 5 * SECOND_MS }, /* notice -> push service       */
    { "learn",           job_learn,           12,                MINUTE_MS     }, /* corrections -> weights       */
    { "duplicates",      job_duplicates,      0,                 MINUTE_MS     }, /* who came in -> who he may be */
    { "effort",          job_effort,          12,                MINUTE_MS     }, /* done case -> what it cost     */
    { "reconcile",       job_reconcile,       0,                 MINUTE_MS     }, /* everything -> differences, daily */
    { "housekeeping",    job_housekeeping,    0,                 MINUTE_MS     }, /* sweeps what is old, hourly   */
};
const size_t job_types_n = COUNT(job_types);
