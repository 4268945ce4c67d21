#include "browser.h"

#include "../base/base.h"

#include <string.h>

struct sign {
    const char *sign, *name;
};

/* The first that is there counts: most browsers say that they are also those further down. */
static const struct sign names[] = {
    { "Edg/",            "Edge"             },
    { "EdgA/",           "Edge"             },
    { "EdgiOS/",         "Edge"             },
    { "OPR/",            "Opera"            },
    { "Vivaldi/",        "Vivaldi"          },
    { "SamsungBrowser/", "Samsung Internet" },
    { "FxiOS/",          "Firefox"          },
    { "Firefox/",        "Firefox"          },
    { "CriOS/",          "Chrome"           },
    { "Chromium/",       "Chromium"         },
    { "Chrome/",         "Chrome"           },
    { "Safari/",         "Safari"           },
    { "curl/",           "curl"             },
};

static const struct sign devices[] = {
    { "iPhone",    "iPhone"   },
    { "iPad",      "iPad"     },
    { "Android",   "Android"  },
    { "CrOS",      "ChromeOS" },
    { "Windows",   "Windows"  },
    { "Macintosh", "Mac"      },
    { "Linux",     "Linux"    },
};

static const char *find(const struct sign *signs, size_t n, const char *text)
{
    for (size_t i = 0; i < n; i++)
        if (strstr(text, signs[i].sign))
            return signs[i].name;
    return "";
}

struct browser browser_read(const char *user_agent)
{
    const char *text = user_agent ? user_agent : "";

    return (struct browser){ find(names, COUNT(names), text), find(devices, COUNT(devices), text) };
}
