/* browser.h — from what a browser says of itself to two words that a person knows. Pure. */
#pragma once

/* Names, the same in every language; "" for what isn't known. */
struct browser {
    const char *name;   /* "Firefox" */
    const char *device; /* "Windows", "iPhone" */
};

/* Of a User-Agent header; NULL is none. */
struct browser browser_read(const char *user_agent);
