#include "email_parse.h"

#include "test.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/buf.h"
#include "../base/text.h"
#include "email_fold.h"
#include "email_html.h"
#include "email_text.h"

/* A mail of testdata/, parsed. */
struct mail {
    struct arena *mem;
    struct incoming in;
    struct err err;
    bool is_parsed;
};

static void mail_close(struct mail *mail)
{
    arena_free(mail->mem);
}

static struct mail parse(const void *data, size_t len)
{
    struct mail mail = { .mem = arena_new("test") };

    mail.is_parsed = email_parse(mail.mem, test_exact(data, len), &mail.in, &mail.err);
    return mail;
}

static struct mail parse_text(const char *s)
{
    return parse(s, strlen(s));
}

static struct mail load(const char *name)
{
    char path[512], data[8192];

    snprintf(path, sizeof(path), "%s/src/channel/testdata/%s", SOURCE_ROOT, name);
    FILE *file = fopen(path, "rb");
    if (!file)
        return (struct mail){ .mem = arena_new("test"), .err = { .text = "no such test mail" } };
    size_t len = fread(data, 1, sizeof(data), file);
    fclose(file);
    return parse(data, len);
}

#define LOAD(name)                                                                                 \
    CLEANUP(mail_close) struct mail m = load(name);                                                \
    CHECK_OK(m.is_parsed, &m.err)

static const struct party *party(const struct list *list, size_t i)
{
    return (const struct party *)list->items + i;
}

static const char *item(const struct list *list, size_t i)
{
    return i < list->n ? ((const char *const *)list->items)[i] : NULL;
}

static const struct incoming_file *file_at(const struct mail *m, size_t i)
{
    return (const struct incoming_file *)m->in.files.items + i;
}

static bool file_is(const struct incoming_file *file, const char *data)
{
    return file->data.len == strlen(data) && memcmp(file->data.data, data, strlen(data)) == 0;
}

/* What a desk shows before the fold, without the blank lines at its end. */
static const char *shown(struct mail *m)
{
    return text_trim(m->mem, arena_text_n(m->mem, m->in.text, m->in.fold_at));
}

TEST(a_gmail_answer_is_read_to_the_last_header)
{
    LOAD("gmail_dutch.eml");

    CHECK_TEXT(m.in.external_id, "CAF123+abc@mail.klant.test");
    CHECK_TEXT(m.in.from.name, "Jan Jansen");
    CHECK_TEXT(m.in.from.address, "jan.jansen@klant.test");
    CHECK(!m.in.reply_to.address);
    CHECK(m.in.to.n == 1 && m.in.cc.n == 0 && m.in.delivered_to.n == 1);
    CHECK_TEXT(party(&m.in.to, 0)->address, "service+t0k3n@bedrijf.test");
    CHECK_TEXT(item(&m.in.delivered_to, 0), "service@bedrijf.test");
    CHECK_TEXT(m.in.subject, "Re: Mijn pakket € 12,50");
    CHECK(m.in.sent_at.ms == 1793610930000);
    CHECK(m.in.references.n == 2);
    CHECK_TEXT(item(&m.in.references, 0), "case-2@bedrijf.test");
    CHECK_TEXT(item(&m.in.references, 1), "case-1@bedrijf.test");
    CHECK(!m.in.is_auto && !m.in.is_bulk && !m.in.is_report && m.in.files.n == 0);
    CHECK(strstr(m.in.html, "<b>vóór</b>"));
    CHECK_TEXT(shown(&m), "Beste mevrouw,\n\nHet pakket is nog steeds niet binnen. Wilt u mij "
                          "morgen vóór 12.00 uur bellen?\n\nGroeten, Jan");
    CHECK(strstr(m.in.text + m.in.fold_at, "> Uw pakket is onderweg."));
}

TEST(html_from_outlook_becomes_text_and_keeps_its_picture)
{
    LOAD("outlook_html.eml");

    CHECK_TEXT(m.in.from.name, "Vries, Petra de");
    CHECK_TEXT(party(&m.in.cc, 1)->name, "Jansen, Jan");
    CHECK_TEXT(shown(&m), "Goedemorgen,\n\nDe ketel kost € 1.200, zie de offerte "
                          "(https://klant.test/offerte?nr=12).\n\n[Foto van de ketel]\n\n"
                          "Onderdeel | Prijs\nPomp | 300\n- ketel\n- pomp");
    CHECK(text_starts(m.in.text + m.in.fold_at, "Van: Bedrijf <service@bedrijf.test>\n"));
    CHECK(m.in.files.n == 2);
    CHECK_TEXT(file_at(&m, 0)->content_id, "image001.png@01D9");
    CHECK_TEXT(file_at(&m, 0)->type, "image/png");
    CHECK(file_at(&m, 0)->is_inline && file_at(&m, 0)->data.len == 70);
    CHECK_TEXT(file_at(&m, 1)->name, "Offerte ketel € 1200.docx");
    CHECK(!file_at(&m, 1)->is_inline && !file_at(&m, 1)->content_id);
    CHECK(!m.in.is_auto);
}

TEST(flowed_lines_are_joined_and_a_french_history_is_folded)
{
    LOAD("thunderbird_french.eml");

    CHECK_TEXT(m.in.from.name, "Hélène Lefèvre");
    CHECK_TEXT(m.in.subject, "Re: Réclamation");
    CHECK_TEXT(shown(&m), "Madame, Monsieur,\n\nJe n'ai toujours pas reçu ma commande de 50 €. "
                          "Elle a été envoyée il y a deux semaines, et personne ne répond.\n\n"
                          "Cordialement,\nHélène");
    CHECK(strstr(m.in.text, "\n> Bonjour Hélène, votre commande est en route."));
}

TEST(the_footer_of_a_phone_and_what_follows_is_folded)
{
    LOAD("iphone.eml");

    CHECK_TEXT(shown(&m), "Ik ben de hele dag thuis 👍");
    CHECK(text_starts(m.in.text + m.in.fold_at, "Verstuurd vanaf mijn iPhone"));
}

TEST(answers_between_the_quotes_stay_visible)
{
    LOAD("interleaved.eml");

    CHECK(strstr(shown(&m), "Dat is 12345."));
    CHECK(strstr(shown(&m), "1234 AB, zie boven."));
    CHECK_TEXT(m.in.text + m.in.fold_at, "-- \nKees");
}

TEST(what_was_forwarded_stays_visible)
{
    LOAD("forwarded.eml");

    CHECK(m.in.fold_at == strlen(m.in.text));
    CHECK(strstr(m.in.text, "U moet 900 euro betalen."));
}

TEST(text_without_a_charset_is_read_as_windows_1252_when_it_is_not_utf8)
{
    LOAD("raw_8bit.eml");

    CHECK_TEXT(m.in.from.name, "Zoë");
    CHECK_TEXT(m.in.subject, "Café € 5");
    CHECK_TEXT(m.in.text, "Een ‘echte’ klacht over het café.");
}

TEST(an_unknown_charset_is_guessed)
{
    LOAD("unknown_charset.eml");

    CHECK_TEXT(m.in.subject, "Café");
    CHECK_TEXT(m.in.text, "Café € 5");
}

TEST(every_charset_becomes_utf8)
{
    static const struct {
        const char *charset, *bytes, *text;
    } rows[] = {
        { "utf-8",        "\xe2\x82\xac",                 "€"              },
        { "iso-8859-1",   "\x80 \xe9",                    "€ é"            },
        { "iso-8859-15",  "\xa4",                         "€"              },
        { "windows-1252", "\x93x\x94",                    "“x”"            },
        { "windows-1251", "\xcf\xf0",                     "Пр"             },
        { "koi8-r",       "\xf0\xd2",                     "Пр"             },
        { "gb2312",       "\xc4\xe3",                     "你"             },
        { "shift_jis",    "\x82\xa0",                     "あ"             },
        { "iso-2022-jp",  "\x1b$B$\"\x1b(B",              "あ"             },
        { "utf-7",        "+IKw-",                        "€"              },
        { "us-ascii",     "caf\xe9",                      "café"           },
        { "utf-8",        "caf\xe9",                      "café"           },
        { "utf-8",        "\xc3\xa9 \xe9",                "é \xef\xbf\xbd" },
        { "no/such//one", "caf\xe9",                      "café"           },
        { NULL,           "\xef\xbb\xbf\xc3\xa9\r\na\rb", "é\na\nb"        },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        CLEANUP(arena_freep) struct arena *mem = arena_new("test");
        struct bytes b = test_exact(rows[i].bytes, strlen(rows[i].bytes));
        CHECK_TEXT(email_text(mem, b, rows[i].charset), rows[i].text);
    }
}

TEST(a_file_that_is_called_a_row_of_bytes_is_what_it_begins_as)
{
    static const struct {
        const char *said, *content, *is, *name;
    } rows[] = {
        { "application/octet-stream", "%PDF-1.7 x", "application/pdf",          ".pdf" },
        { "application/octet-stream", "GIF89a x",   "image/gif",                ".gif" },
        { "application/octet-stream", "<script>1",  "application/octet-stream", ".bin" },
        { "application/x-pdf",        "%PDF-1.4 x", "application/pdf",          ".pdf" },
        { "image/jpg",                "x",          "image/jpeg",               ".jpg" },
        { "text/plain",               "%PDF-1.7 x", "text/plain",               ".txt" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        char text[400];
        snprintf(text, sizeof(text),
                 "From: a@b.test\r\nContent-Type: %s\r\nContent-Disposition: attachment\r\n\r\n%s",
                 rows[i].said, rows[i].content);
        CLEANUP(mail_close) struct mail m = parse_text(text);
        CHECK(m.is_parsed && m.in.files.n == 1);
        CHECK_TEXT(file_at(&m, 0)->type, rows[i].is);
        CHECK(strstr(file_at(&m, 0)->name, rows[i].name) != NULL);
    }
}

TEST(attachments_get_bare_names_whatever_the_sender_wrote)
{
    static const char *const names[] = { "Factuur €.pdf",
                                         "geheim_1_.xls",
                                         "attachment-3.jpg",
                                         "notities.txt",
                                         "Het oude bericht één.eml",
                                         "attachment-6.ics",
                                         "tekst.txt" };
    LOAD("attachments.eml");

    CHECK(m.in.files.n == COUNT(names));
    for (size_t i = 0; i < COUNT(names); i++)
        CHECK_TEXT(file_at(&m, i)->name, names[i]);
    CHECK_TEXT(m.in.text, "Zie de bijlagen.");
    CHECK(file_is(file_at(&m, 0), "%PDF"));
    CHECK(file_is(file_at(&m, 3), "een bestand"));
    CHECK(file_is(file_at(&m, 6), "hallo"));
    CHECK_TEXT(file_at(&m, 5)->type, "text/calendar");
}

TEST(an_attached_mail_is_kept_byte_for_byte)
{
    LOAD("attachments.eml");

    CHECK_TEXT(file_at(&m, 4)->type, "message/rfc822");
    CHECK(file_is(file_at(&m, 4), "From: b@klant.test\r\n"
                                  "Subject: Het oude =?utf-8?Q?bericht_=C3=A9=C3=A9n?=\r\n"
                                  "Content-Type: multipart/mixed; boundary=b2\r\n\r\n"
                                  "--b2\r\n\r\ninhoud\r\n--b2--"));
}

TEST(a_line_has_no_blank_at_its_ends_also_where_it_is_cut)
{
    static const struct {
        const char *given, *line;
    } rows[] = {
        { "  a \t b\n",   "a b"   },
        { "abcd efgh",    "abcd"  },
        { "abcdefgh",     "abcde" },
        { "abcd\xc3\xa9", "abcd"  },
        { " ",            ""      },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        CLEANUP(arena_freep) struct arena *mem = arena_new("test");
        CHECK_TEXT(email_one_line(mem, rows[i].given, 5), rows[i].line);
    }
}

TEST(a_file_name_cannot_lead_anywhere)
{
    static const struct {
        const char *given, *name;
    } rows[] = {
        { "../../etc/passwd",         "passwd"       },
        { "C:\\Temp\\a.doc",          "a.doc"        },
        { "..",                       ""             },
        { ".htaccess",                "htaccess"     },
        { "a\tb\nc.txt",              "a b c.txt"    },
        { "a\xe2\x80\xae"
          "fdp.exe",         "afdp.exe"     },
        { "what?.txt",                "what_.txt"    },
        { "name. . ",                 "name"         },
        { "",                         ""             },
        { "een heel lange naam.docx", "een hee.docx" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        CLEANUP(arena_freep) struct arena *mem = arena_new("test");
        CHECK_TEXT(email_file_name(mem, rows[i].given, 12), rows[i].name);
    }
}

TEST(a_delivery_report_names_our_message_and_who_did_not_get_it)
{
    static const struct {
        const char *file, *message, *recipient, *action, *status, *words;
    } rows[] = {
        { "dsn_postfix.eml",   "case-77@bedrijf.test", "Weg.Gegaan@klant.test", "failed",  "5.1.1",
         "550 5.1.1 <weg@klant.test>: Recipient address rejected: User unknown"                          },
        { "dsn_exim.eml",      "case-78@bedrijf.test", "niemand@klant.test",    "failed",  "5.0.0",
         "550 no such user here"                                                                         },
        { "dsn_exchange.eml",  "case-79@bedrijf.test", "vol@klant.test",        "delayed", "4.2.2",
         "452 4.2.2 Mailbox full"                                                                        },
        { "dsn_exim_text.eml", "case-80@bedrijf.test", "oud@klant.test",        "failed",  "5.1.1", NULL },
        { "dsn_qmail.eml",     "case-81@bedrijf.test", "niet@klant.test",       "failed",  "5.1.1",
         "Sorry, no mailbox here by that name. (#5.1.1)"                                                 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        LOAD(rows[i].file);
        const struct reported *first = m.in.report.recipients.items;
        CHECK(m.in.is_report && m.in.is_auto && m.in.report.is_from_server);
        CHECK_TEXT(m.in.report.message_id, rows[i].message);
        CHECK_TEXT(first->recipient, rows[i].recipient);
        CHECK_TEXT(first->action, rows[i].action);
        CHECK_TEXT(first->status, rows[i].status);
        if (rows[i].words)
            CHECK_TEXT(first->words, rows[i].words);
    }
}

TEST(a_delivery_report_names_each_recipient_whoever_failed_first)
{
    static const struct {
        const char *file, *recipients[2], *final, *actions[2];
    } rows[] = {
        { "dsn_postfix.eml",
         { "Weg.Gegaan@klant.test", "piet@klant.test" },
         "weg@klant.test", { "failed", "delivered" } },
        { "dsn_exim_text.eml",
         { "oud@klant.test", "ander@klant.test" },
         NULL,             { "failed", "failed" }    },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        LOAD(rows[i].file);
        const struct reported *reported = m.in.report.recipients.items;
        CHECK(m.in.report.recipients.n == 2);
        CHECK_TEXT(reported->final, rows[i].final);
        for (size_t k = 0; k < 2; k++) {
            CHECK_TEXT(reported[k].recipient, rows[i].recipients[k]);
            CHECK_TEXT(reported[k].action, rows[i].actions[k]);
        }
    }
}

TEST(the_first_return_path_says_whether_a_report_is_a_server_s_and_without_one_its_sender_does)
{
    static const struct {
        const char *header;
        bool is_from_server;
    } rows[] = {
        { "Return-Path: <>\nFrom: a@b.nl\n",                                                 true  },
        { "Return-path: <a@b.nl>\nFrom: Mailer-Daemon@b.nl\nAuto-Submitted: auto-replied\n",
         false                                                                                     },
        { "Return-Path: <a@b.nl>\nReturn-Path: <>\nFrom: a@b.nl\n",                          false },
        { "Return-Path: <MAILER-DAEMON>\nFrom: a@b.nl\n",                                    true  },
        { "Return-Path: <MAILER-DAEMON@b.nl>\nFrom: a@b.nl\n",                               false },
        { "From: Mail Delivery System <Mailer-Daemon@b.nl>\n",                               true  },
        { "From: postmaster@b.nl\n",                                                         true  },
        { "From: a@b.nl\nAuto-Submitted: auto-replied\n",                                    true  },
        { "From: a@b.nl\nAuto-Submitted: no\n",                                              false },
        { "From: a@b.nl\n",                                                                  false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        char text[400];
        snprintf(text, sizeof(text), "%sX-Failed-Recipients: jan@x.nl\n\nhallo", rows[i].header);
        CLEANUP(mail_close) struct mail m = parse_text(text);
        CHECK(m.is_parsed && m.in.is_report);
        if (m.in.report.is_from_server != rows[i].is_from_server)
            test_fail(__FILE__, __LINE__, "row %zu", i);
    }
}

TEST(automatic_answers_are_told_from_people)
{
    static const struct {
        const char *file;
        bool is_auto, is_bulk;
    } rows[] = {
        { "vacation.eml",        true,  true  },
        { "outlook_absence.eml", true,  false },
        { "absence_by_hand.eml", false, false },
        { "outlook_html.eml",    false, false },
        { "newsletter.eml",      false, true  },
        { "iphone.eml",          false, false },
        { "dsn_exim.eml",        true,  false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        LOAD(rows[i].file);
        CHECK(m.in.is_auto == rows[i].is_auto);
        CHECK(m.in.is_bulk == rows[i].is_bulk);
        CHECK(m.in.is_report == (strncmp(rows[i].file, "dsn_", 4) == 0));
    }
}

TEST(auto_submitted_no_is_a_person)
{
    CLEANUP(mail_close)
    struct mail m = parse_text("Auto-Submitted: no\nReturn-Path: <a@b.nl>\n\nhallo");

    CHECK(m.is_parsed && !m.in.is_auto);
}

TEST(an_empty_return_path_is_never_answered)
{
    CLEANUP(mail_close) struct mail m = parse_text("Return-Path: <>\nFrom: a@b.nl\n\nhallo");

    CHECK(m.is_parsed && m.in.is_auto && !m.in.is_report);
}

TEST(signed_and_encrypted_mail_is_marked)
{
    static const struct {
        const char *file;
        bool is_signed, is_encrypted;
        size_t files;
    } rows[] = {
        { "smime_signed.eml",    true,  false, 0 },
        { "smime_encrypted.eml", false, true,  1 },
        { "pgp_encrypted.eml",   false, true,  1 },
        { "pgp_inline.eml",      true,  false, 0 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        LOAD(rows[i].file);
        CHECK(m.in.is_signed == rows[i].is_signed);
        CHECK(m.in.is_encrypted == rows[i].is_encrypted);
        CHECK(m.in.files.n == rows[i].files);
        CHECK(!text_is_blank(m.in.text));
    }
}

TEST(broken_mails_are_read_as_well_as_it_goes)
{
    static const struct {
        const char *file, *from, *text;
        size_t files;
    } rows[] = {
        { "broken_no_end.eml",      "a@klant.test", "Het begin",                 1 },
        { "broken_no_boundary.eml", "a@klant.test", "Toch te lezen",             0 },
        { "broken_no_header.eml",   NULL,           "Dit is geen mail, maar",    0 },
        { "broken_late_header.eml", "a@klant.test", "Hallo daar",                0 },
        { "broken_header_only.eml", "a@klant.test", "",                          0 },
        { "broken_encoding.eml",    "a@klant.test", "Goed én fout \xef\xbf\xbd", 0 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        LOAD(rows[i].file);
        CHECK_TEXT(m.in.from.address, rows[i].from);
        CHECK(strstr(m.in.text, rows[i].text));
        CHECK(m.in.files.n == rows[i].files);
    }
}

TEST(lists_of_addresses_are_read_as_people_write_them)
{
    static const char *const cc[] = { "ab@klant.test", "c@klant.test", "jan@klant.test",
                                      "d@klant.test" };
    LOAD("addresses.eml");

    CHECK_TEXT(m.in.from.name, "Zoë de Vries");
    CHECK_TEXT(m.in.from.address, "zoe@klant.test");
    CHECK_TEXT(m.in.reply_to.address, "zoe.prive@klant.test");
    CHECK(m.in.to.n == 0);
    CHECK(m.in.cc.n >= COUNT(cc));
    for (size_t i = 0; i < COUNT(cc); i++)
        CHECK_TEXT(party(&m.in.cc, i)->address, cc[i]);
    CHECK_TEXT(party(&m.in.cc, 0)->name, "A, B");
    CHECK_TEXT(party(&m.in.cc, 1)->name, "Cees");
    CHECK_TEXT(party(&m.in.cc, 2)->name, "Jansen, Jan");
    CHECK(m.in.delivered_to.n == 3);
    CHECK_TEXT(item(&m.in.delivered_to, 2), "Webshop@bedrijf.test");
}

TEST(references_go_from_the_newest_back_and_each_stands_once)
{
    LOAD("addresses.eml");

    CHECK(m.in.references.n == 3);
    CHECK_TEXT(item(&m.in.references, 0), "r3@bedrijf.test");
    CHECK_TEXT(item(&m.in.references, 1), "r1@bedrijf.test");
    CHECK_TEXT(item(&m.in.references, 2), "r2@bedrijf.test");
}

TEST(a_nonsense_date_counts_as_none)
{
    LOAD("addresses.eml");

    CHECK(m.in.sent_at.ms == 0);
}

TEST(folding_hides_only_what_nobody_wrote_below)
{
    static const struct {
        const char *text, *subject, *folded;
    } rows[] = {
        { "a\n> b\n",                                                                             "",       "> b\n"                                                                             },
        { "> b\na\n",                                                                             "",       ""                                                                                  },
        { "> alles is een citaat\n",                                                              "",       ""                                                                                  },
        { "a\n\nOn 3 Nov 2026, X wrote:\n> b\n\nc\n",                                             "",       ""                                                                                  },
        { "a\nOn 3 Nov 2026, X wrote:\n\nb\n",                                                    "",       "On 3 Nov 2026, X wrote:\n\nb\n"                                                    },
        { "a\nAm 3.11.2026 um 10:00 schrieb X:\n> b",                                             "",       "Am 3.11.2026 um 10:00 schrieb X:\n> b"                                             },
        { "On Monday we wrote:\nthe story goes on",                                               "",       ""                                                                                  },
        { "a\n-- \nJan\n",                                                                        "",       "-- \nJan\n"                                                                        },
        { "a\n--\nJan\n\n> b\n",                                                                  "",       "--\nJan\n\n> b\n"                                                                  },
        { "a\n-- \nJan\n> b\nc\n",                                                                "",       ""                                                                                  },
        { "a\n-----Original Message-----\nFrom: x\n",                                             "",       "-----Original Message-----\nFrom: x\n"                                             },
        { "a\n________________________________\nVan: x\nVerzonden: y\nAan: z\nOnderwerp: q\n\nb",
         "",                                                                                                "________________________________\nVan: x\nVerzonden: y\nAan: z\nOnderwerp: q\n\nb" },
        { "a\nDe : x\nEnvoyé : y\nÀ : z\nObjet : q\n\nb",                                         "",
         "De : x\nEnvoyé : y\nÀ : z\nObjet : q\n\nb"                                                                                                                                            },
        { "a\nVon: x\nGesendet: y\nAn: z\nBetreff: q\n\nb",                                       "",
         "Von: x\nGesendet: y\nAn: z\nBetreff: q\n\nb"                                                                                                                                          },
        { "a\nVan: x\nVerzonden: y\nAan: z\nOnderwerp: q\n\nb",                                   "Fwd: q", ""                                                                                  },
        { "Van: Amsterdam\nNaar: Utrecht\nkost het 10 euro?",                                     "",       ""                                                                                  },
        { "a\nSent from my phone\n",                                                              "",       "Sent from my phone\n"                                                              },
        { "a\nSent from my phone\nb\nc\nd\ne\n",                                                  "",       ""                                                                                  },
        { "",                                                                                     "",       ""                                                                                  },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_TEXT(rows[i].text + email_fold_at(rows[i].text, rows[i].subject), rows[i].folded);
}

TEST(html_becomes_text_that_reads_like_it_looked)
{
    static const struct {
        const char *html, *text;
    } rows[] = {
        { "<p>a<p>b<br>c",                                          "a\n\nb\nc"             },
        { "a&nbsp;&euro;&#233;&lt;b&gt;",                           "a €é<b>"               },
        { "<style>x{}</style><script>1<2</script>a",                "a"                     },
        { "<a href='https://x.nl/'>x.nl</a>",                       "x.nl"                  },
        { "<a href='https://x.nl/p'>klik</a>",                      "klik (https://x.nl/p)" },
        { "<a href='javascript:alert(1)'>klik</a>",                 "klik"                  },
        { "<ol><li>a<li>b</ol>",                                    "- a\n- b"              },
        { "<table><tr><td>a<td>b<tr><td>c<td>d</table>",            "a | b\nc | d"          },
        { "a<blockquote>b<blockquote>c</blockquote></blockquote>d", "a\n> b\n> > c\nd"      },
        { "<pre>a\n  b</pre>c",                                     "a\n  b\nc"             },
        { "  veel \n ruimte  ",                                     "veel ruimte"           },
        { "<b>niet <i>dicht",                                       "niet dicht"            },
        { "",                                                       ""                      },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        CLEANUP(arena_freep) struct arena *mem = arena_new("test");
        CHECK_TEXT(email_html_to_text(mem, rows[i].html), rows[i].text);
    }
}

/* n times `again` between head and tail. */
static struct mail parse_many(const char *head, const char *again, size_t n, const char *tail)
{
    CLEANUP(buf_free) struct buf raw = BUF((size_t)64 << 20);

    buf_text(&raw, head);
    for (size_t i = 0; i < n; i++)
        buf_text(&raw, again);
    buf_text(&raw, tail);
    return parse(raw.data, raw.len);
}

TEST(a_mail_past_a_limit_is_refused_with_a_reason)
{
    static const struct {
        const char *head, *again, *tail;
        size_t n;
        enum err_code code;
        const char *why;
    } rows[] = {
        { "\n",                                            "12345678",                                           "",   7 << 20,  ERR_TOO_LARGE, "larger than 50 MB"             },
        { "\n",                                            "1234567\n",                                          "",   21 << 17, ERR_TOO_LARGE, "more than 20 MB of text"       },
        { "Content-Type: multipart/mixed; boundary=b\n\n", "--b\n\nx\n",                                         "",   10000,    ERR_INVALID,
         "more than 10000 parts"                                                                                                                                                },
        { "Content-Type: multipart/mixed; boundary=b\n\n", "--b\nContent-Type: a/b\n\nx\n",                      "",
         10000,                                                                                                                  ERR_INVALID,   "more than 10000 parts"         },
        { "",                                              "a: b\n",                                             "\n", 200001,   ERR_INVALID,   "more than 200000 header lines" },
        { "",                                              "Content-Type: multipart/mixed; boundary=b\n\n--b\n", "\n", 1001,     ERR_INVALID,
         "more than 1000 parts within one another"                                                                                                                              },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        CLEANUP(mail_close)
        struct mail m = parse_many(rows[i].head, rows[i].again, rows[i].n, rows[i].tail);
        CHECK(!m.is_parsed);
        CHECK(m.err.code == rows[i].code);
        CHECK(strstr(m.err.text, rows[i].why));
    }
}

TEST(a_mail_just_within_the_limits_is_read)
{
    CLEANUP(mail_close)
    struct mail parts = parse_many("Content-Type: multipart/mixed; boundary=b\n\n",
                                   "--b\nContent-Type: image/png\n\nx\n", 9999, "");
    CLEANUP(mail_close)
    struct mail levels =
        parse_many("", "Content-Type: multipart/mixed; boundary=b\n\n--b\n", 1000, "\nhallo\n");

    CHECK_OK(parts.is_parsed, &parts.err);
    CHECK(parts.in.files.n == 9999);
    CHECK_OK(levels.is_parsed, &levels.err);
    CHECK_TEXT(levels.in.text, "hallo");
}

/* Each of these took GMime or libxml2 minutes, gigabytes or the whole stack. */
static const struct {
    const char *head, *again, *tail;
    size_t n;
} hostile[] = {
    { "To: ",                                                "a,",                                                 "\n\nx",             1 << 19 },
    { "To: ",                                                "a:",                                                 "\n\nx",             1 << 19 },
    { "To: ",                                                "(",                                                  "\n\nx",             1 << 20 },
    { "To: ",                                                "\"a@b, ",                                            "\n\nx",             1 << 19 },
    { "Subject: ",                                           "=?utf-8?q?a?= ",                                     "\n\nx",             1 << 17 },
    { "References: ",                                        "<a@b> ",                                             "\n\nx",             100000  },
    { "X: ",                                                 "a",                                                  "\n\nx",             1 << 24 },
    { "",                                                    "Content-Type: message/rfc822\n\n",                   "x",                 100000  },
    { "",                                                    "Content-Type: multipart/mixed; boundary=b\n\n--b\n", "x",                 100000  },
    { "Subject: =?",                                         "a",                                                  "?q?a?=\n\nx",       1 << 22 },
    { "Content-Disposition: attachment; filename*=",         "a",                                                  "''b%20\n\nx",       1 << 22 },
    { "Content-Transfer-Encoding: x-uuencode\n\nbegin 644 ", "a",                                                  "\n#:&%L\n`\nend\n", 1 << 23 },
    { "\n",                                                  "Van: a\n",                                           "",                  1 << 18 },
    { "\n",                                                  "On 1\n",                                             "",                  1 << 18 },
    { "Content-Type: text/html\n\n",                         "<",                                                  "",                  1 << 22 },
    { "Content-Type: text/html\n\n",                         "<div>",                                              "x",                 1 << 20 },
    { "Content-Type: text/html\n\n",                         "<blockquote>x",                                      "",                  1 << 18 },
    { "Content-Type: text/html\n\n<a ",                      "b ",                                                 ">",                 1 << 20 },
    { "Content-Type: text/html\n\n",                         "<i></b>",                                            "",                  1 << 18 },
    { "Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: "
      "message/delivery-status\n\n",                    "a:b\n\n",                                            "",                  1 << 20 },
};

static void *parse_all_hostile(void *what)
{
    size_t *done = what;

    for (; *done < COUNT(hostile); ++*done) {
        CLEANUP(mail_close)
        struct mail m = parse_many(hostile[*done].head, hostile[*done].again, hostile[*done].n,
                                   hostile[*done].tail);
        if (!m.is_parsed && m.err.code == ERR_NONE)
            return NULL;
    }
    return NULL;
}

/* How long it takes isn't measured: what is quadratic takes an hour, and ./test ends it. */
TEST(hostile_mails_need_no_more_stack_than_512_kb)
{
    pthread_attr_t small;
    pthread_t thread;
    size_t done = 0;

    pthread_attr_init(&small);
    CHECK(pthread_attr_setstacksize(&small, 512 << 10) == 0);
    CHECK(pthread_create(&thread, &small, parse_all_hostile, &done) == 0);
    pthread_join(thread, NULL);
    pthread_attr_destroy(&small);
    CHECK(done == COUNT(hostile));
}
