#include "browser.h"

#include "test.h"

TEST(a_browser_is_told_by_its_name_and_not_by_those_it_says_it_is_like)
{
    static const struct {
        const char *said, *name, *device;
    } rows[] = {
        { "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0",
         "Firefox",                                                                                               "Windows" },
        { "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
          "Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0",                            "Edge",             "Windows" },
        { "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like "
          "Gecko) Version/18.1 Safari/605.1.15",                                     "Safari",           "Mac"     },
        { "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, "
          "like Gecko) CriOS/131.0 Mobile/15E148 Safari/604.1",                      "Chrome",           "iPhone"  },
        { "Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) "
          "SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36",               "Samsung Internet", "Android" },
        { "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
          "Chrome/131.0.0.0 Safari/537.36",                                          "Chrome",           "Linux"   },
        { "something else",                                                                   "",                 ""        },
        { NULL,                                                                               "",                 ""        },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct browser browser = browser_read(rows[i].said);
        CHECK_TEXT(browser.name, rows[i].name);
        CHECK_TEXT(browser.device, rows[i].device);
    }
}
