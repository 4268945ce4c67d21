#include "phone.h"

#include "test.h"

#include <string.h>

TEST(telephone_numbers_are_read_as_they_are_written_in_the_netherlands_and_belgium)
{
    static const struct {
        enum phone_home home;
        const char *written, *number; /* NULL: it is none */
    } rows[] = {
        { PHONE_NETHERLANDS, "0612345678",           "+31612345678"     },
        { PHONE_NETHERLANDS, "06-12 34 56 78",       "+31612345678"     },
        { PHONE_NETHERLANDS, "+31 6 12345678",       "+31612345678"     },
        { PHONE_NETHERLANDS, "+31 (0)6 12 34 56 78", "+31612345678"     },
        { PHONE_NETHERLANDS, "+310612345678",        "+31612345678"     },
        { PHONE_NETHERLANDS, "0031 6 12345678",      "+31612345678"     },
        { PHONE_NETHERLANDS, "0031 (0)6 12345678",   "+31612345678"     },
        { PHONE_NETHERLANDS, "31612345678",          "+31612345678"     },
        { PHONE_NETHERLANDS, "tel:+31-20-123-45-67", "+31201234567"     },
        { PHONE_NETHERLANDS, "(020) 123 45 67",      "+31201234567"     },
        { PHONE_NETHERLANDS,
         "020\xc2\xa0"
          "1234567",                                 "+31201234567"     },
        { PHONE_NETHERLANDS,
         "0223\xe2\x80\x93"
          "123456",                                  "+31223123456"     },
        { PHONE_NETHERLANDS, "0475123456",           "+31475123456"     }, /* Roermond */
        { PHONE_NETHERLANDS, "0800 1234",            "+318001234"       },
        { PHONE_NETHERLANDS, "0800-1234567",         "+318001234567"    },
        { PHONE_NETHERLANDS, "0900 12345",           NULL               },
        { PHONE_NETHERLANDS, "14 020",               NULL               }, /* no country code */
        { PHONE_NETHERLANDS, "+31 14 020",           "+3114020"         },
        { PHONE_NETHERLANDS, "0970 12345678",        "+3197012345678"   },
        { PHONE_NETHERLANDS, "0970 123456789",       NULL               },
        { PHONE_NETHERLANDS, "+3197012345678",       "+3197012345678"   },
        { PHONE_NETHERLANDS, "0671234567",           NULL               },
        { PHONE_NETHERLANDS, "061234567",            NULL               },
        { PHONE_NETHERLANDS, "06123456789",          NULL               },
        { PHONE_NETHERLANDS, "612345678",            NULL               },
        { PHONE_NETHERLANDS, "0701234567",           "+31701234567"     },
        { PHONE_NETHERLANDS, "+32 475 12 34 56",     "+32475123456"     },
        { PHONE_NETHERLANDS, "32475123456",          "+32475123456"     },
        { PHONE_BELGIUM,     "0475 12 34 56",        "+32475123456"     },
        { PHONE_BELGIUM,     "0475/12.34.56",        "+32475123456"     },
        { PHONE_BELGIUM,     "+32 (0)475 12 34 56",  "+32475123456"     },
        { PHONE_BELGIUM,     "02 123 45 67",         "+3221234567"      },
        { PHONE_BELGIUM,     "04 223 45 67",         "+3242234567"      },
        { PHONE_BELGIUM,     "081 12 34 56",         "+3281123456"      },
        { PHONE_BELGIUM,     "0800 12 345",          "+3280012345"      },
        { PHONE_BELGIUM,     "0612345678",           NULL               },
        { PHONE_BELGIUM,     "+31612345678",         "+31612345678"     },
        { PHONE_BELGIUM,     "047512345",            NULL               },
        { PHONE_BELGIUM,     "+49 (0)30 901820",     "+4930901820"      },
        { PHONE_BELGIUM,     "+39 06 6982",          "+39066982"        }, /* Rome keeps its zero */
        { PHONE_BELGIUM,     "0033 1 23 45 67 89",   "+33123456789"     },
        { PHONE_BELGIUM,     "33123456789",          NULL               },
        { PHONE_BELGIUM,     "+123456",              NULL               },
        { PHONE_BELGIUM,     "+1234567",             "+1234567"         },
        { PHONE_BELGIUM,     "+123456789012345",     "+123456789012345" },
        { PHONE_BELGIUM,     "+1234567890123456",    NULL               },
        { PHONE_BELGIUM,     "+0612345678",          NULL               },
        { PHONE_BELGIUM,     "++31612345678",        NULL               },
        { PHONE_BELGIUM,     "31+612345678",         NULL               },
        { PHONE_BELGIUM,     "PostNL",               NULL               },
        { PHONE_BELGIUM,     "1008",                 NULL               },
        { PHONE_BELGIUM,     "+31612345678 x12",     NULL               },
        { PHONE_BELGIUM,     "+3161234567\xc3",      NULL               },
        { PHONE_BELGIUM,     "+",                    NULL               },
        { PHONE_BELGIUM,     "",                     NULL               },
        { PHONE_BELGIUM,     "00",                   NULL               },
        { PHONE_BELGIUM,     "0",                    NULL               },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct bytes exact = test_exact(rows[i].written, strlen(rows[i].written));
        char number[PHONE_MAX];
        bool is_one = phone_read((const char *)exact.data, exact.len, rows[i].home, number);

        if (is_one != (rows[i].number != NULL) || (is_one && strcmp(number, rows[i].number) != 0))
            test_fail(__FILE__, __LINE__, "%s is %s", rows[i].written, is_one ? number : "none");
    }
}
