/* log.h — one line per event on standard error: `level=warn at=job.send job=812 err="…"`.
 *
 * Only the main loops log (request, job, channel, start and stop); everything below them
 * returns an error. No secrets, no texts of customers. Safe on any thread.
 */
#pragma once

#include "base.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

/* What is less than this is not written; LOG_INFO at the start. */
void log_set_level(enum log_level level);
/* `at` names the place ("job.send"); the rest is printed as it is: key=value pairs. */
void log_write(enum log_level level, const char *at, const char *format, ...) PRINTF(3, 4);

#define LOG_DEBUG(...) log_write(LOG_DEBUG, __VA_ARGS__)
#define LOG_INFO(...)  log_write(LOG_INFO, __VA_ARGS__)
#define LOG_WARN(...)  log_write(LOG_WARN, __VA_ARGS__)
#define LOG_ERROR(...) log_write(LOG_ERROR, __VA_ARGS__)
