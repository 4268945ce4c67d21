#include "town.h"

#include "../base/buf.h"
#include "../base/text.h"

#include <ctype.h>
#include <string.h>

static const char *const first_names[] = {
    "Marieke", "Ruud",   "Yara",   "Gerda",  "Henk",   "Corrie", "Amina",   "Jeroen",
    "Fatima",  "Mehmet", "Sophie", "Jan",    "Ayşe",   "Willem", "Esther",  "Bram",
    "Naima",   "Kees",   "Lotte",  "Omar",   "Ineke",  "Daan",   "Chantal", "Piet",
    "Zeynep",  "Tom",    "Wilma",  "Hassan", "Anneke", "Sem",    "Joke",    "Rachid",
    "Petra",   "Luuk",   "Sunita", "Frans",  "Mirjam", "Ali",    "Els",     "Thijs",
    "Khadija", "Ton",    "Femke",  "Ahmed",  "Truus",  "Stefan", "Nadia",   "Arie",
    "Eline",   "Dirk",   "Malika", "Joop",   "Iris",   "Marco",  "Sandra",  "Niels",
    "Rosa",    "Gijs",   "Latifa", "Bert",   "Julia",  "Karim",  "Nel",     "Vincent",
};
static const char *const last_names[] = {
    "de Graaf", "Hendriks",  "Bouali",    "Smit",     "Jansen",  "Yusuf",       "Claessens",
    "de Vries", "El Amrani", "Yılmaz",    "van Dijk", "Bakker",  "Visser",      "Meijer",
    "de Boer",  "Mulder",    "Bos",       "Vos",      "Peters",  "van Leeuwen", "Dekker",
    "Brouwer",  "de Wit",    "Dijkstra",  "Smits",    "Koster",  "Prins",       "Ramdin",
    "Haddad",   "Kaya",      "Schouten",  "van Beek", "Willems", "Kuipers",     "van Vliet",
    "Hoekstra", "Koning",    "Verhoeven", "Blom",     "Jacobs",  "Demir",       "van der Linden",
    "Post",     "Martens",   "Bouwman",   "Veenstra", "Lammers", "Groen",       "Sital",
    "van Loon", "Scholten",  "Timmer",    "Aziz",     "Wolters", "Verbeek",     "Özdemir",
    "Kok",      "van Rijn",  "Maas",      "Benali",   "Hermans", "Tol",         "Driessen",
    "Evers",
};
static const char *const streets[] = {
    "Lijsterbesstraat", "Lindelaan",   "Meidoornhof", "Spoorzicht",   "Havenoord",
    "Kastanjeplein",    "Eikenstraat", "Wilgenkade",  "Beukenhof",    "Populierenweg",
    "Esdoornstraat",    "Acacialaan",  "Berkenpad",   "Hazelaarhof",  "Kersenbongerd",
    "Vlierstraat",      "Rozenhof",    "Hulststraat", "Sleedoornweg", "Notenlaan",
    "Weverskade",       "Molenstraat", "Werfplein",   "Oude Dijk",
};

/* Letters of a mail address: without blanks, accents and dots. */
static char *mail_part(struct arena *mem, const char *name)
{
    char *out = text_fold(mem, name);
    size_t n = 0;

    for (const char *c = out; *c; c++)
        if (islower((unsigned char)*c))
            out[n++] = *c;
    out[n] = '\0';
    return out;
}

static const char *mail_of(struct arena *mem, struct dice *dice, const struct tenant *tenant)
{
    static const char *const hosts[] = { "post.example", "snelnet.example" };
    const char *first = mail_part(mem, tenant->first), *last = mail_part(mem, tenant->last);
    const char *host = hosts[dice_below(dice, COUNT(hosts))];

    switch (dice_below(dice, 4)) {
    case 0:
        return arena_printf(mem, "%s.%s%lld@%s", first, last, (long long)tenant->number, host);
    case 1:
        return arena_printf(mem, "%c%s%lld@%s", first[0], last, (long long)tenant->number, host);
    case 2:
        return arena_printf(mem, "%s%lld@%s", first, (long long)tenant->number + 1000, host);
    default:
        return arena_printf(mem, "%s_%s.%lld@%s", last, first, (long long)tenant->number, host);
    }
}

static enum tongue tongue_of(struct dice *dice)
{
    static const int weights[TONGUES_N] = { [DUTCH] = 90, [ENGLISH] = 7, [FRENCH] = 3 };

    return (enum tongue)dice_weighed(dice, weights, TONGUES_N);
}

static void make_tenant(struct arena *mem, struct dice *dice, struct tenant *out)
{
    out->first = first_names[dice_below(dice, COUNT(first_names))];
    out->name = arena_printf(mem, "%s %s", out->first, out->last);
    out->email = mail_of(mem, dice, out);
    out->from_name = dice_in_100(dice, 75) ? out->name : dice_in_100(dice, 50) ? out->first : "";
    out->phone = arena_printf(mem, "+316%08lld", 10000000 + (long long)out->number);
    out->login = dice_in_100(dice, 55)
                     ? arena_printf(mem, "H%06lld", 200000 + (long long)out->number)
                     : NULL;
    out->is_hasty = dice_in_100(dice, 30);
    out->is_known = true;
    out->mail_is_known = dice_in_100(dice, 85);
    out->phone_is_known = dice_in_100(dice, 80);
}

/* A household's second: sometimes of another name, sometimes behind the same mail address. */
static void make_second(struct arena *mem, struct dice *dice, struct tenant *first,
                        struct tenant *out)
{
    out->last =
        dice_in_100(dice, 60) ? first->last : last_names[dice_below(dice, COUNT(last_names))];
    make_tenant(mem, dice, out);
    out->is_known = dice_in_100(dice, 50);
    if (!dice_in_100(dice, 20))
        return;
    first->shares_mail = out->shares_mail = true;
    first->email = out->email = arena_printf(mem, "fam.%s%lld@thuis.example",
                                             mail_part(mem, first->last), (long long)first->number);
    if (strcmp(first->last, out->last) == 0 && dice_in_100(dice, 40))
        first->from_name = out->from_name = arena_printf(mem, "Fam. %s", first->last);
    else
        first->from_name = first->name, out->from_name = out->name;
}

static void make_household(struct arena *mem, uint64_t seed, int64_t n, struct town *town)
{
    struct dice dice = dice_of(seed, (uint64_t)n);
    size_t street = (size_t)dice_below(&dice, COUNT(streets));
    int64_t people = dice_in_100(&dice, 40) ? 2 : 1;
    enum tongue tongue = tongue_of(&dice);
    struct tenant *first = &town->tenants[town->n];
    const char *address =
        arena_printf(mem, "%s %lld", streets[street], (long long)dice_between(&dice, 1, 180));

    for (int64_t i = 0; i < people; i++) {
        struct tenant *tenant = &town->tenants[town->n];

        *tenant = (struct tenant){
            .number = (int64_t)town->n++,
            .household = n,
            .address = address,
            .postcode = arena_printf(mem, "%lld %c%c", 3010 + (long long)street,
                                     'A' + (int)(n % 20), 'A' + (int)(n / 20 % 20)),
            .tongue = tongue,
        };
        if (i == 0) {
            tenant->last = last_names[dice_below(&dice, COUNT(last_names))];
            make_tenant(mem, &dice, tenant);
        } else {
            make_second(mem, &dice, first, tenant);
        }
    }
}

void town_make(struct arena *mem, uint64_t seed, int64_t households, struct town *out)
{
    *out = (struct town){
        .tenants = NEW_ARRAY(mem, struct tenant, (size_t)(households * HOUSEHOLD_MAX)),
        .households = households,
    };
    for (int64_t i = 0; i < households; i++)
        make_household(mem, seed, i, out);
}

const struct tenant *town_other(const struct town *town, const struct tenant *tenant)
{
    const struct tenant *end = town->tenants + town->n;

    if (tenant + 1 < end && tenant[1].household == tenant->household)
        return tenant + 1;
    if (tenant > town->tenants && tenant[-1].household == tenant->household)
        return tenant - 1;
    return tenant;
}

void town_new_mail(struct arena *mem, struct tenant *tenant)
{
    tenant->email = arena_printf(mem, "%s.%s.%lld@nieuwpost.example", mail_part(mem, tenant->first),
                                 mail_part(mem, tenant->last), (long long)tenant->number);
    tenant->shares_mail = false;
}

char *town_table(struct arena *mem, const struct town *town, size_t from, size_t max, size_t *next)
{
    CLEANUP(buf_free) struct buf csv = BUF(1 << 20);
    size_t n = 0;

    buf_text(&csv, "klantnummer;naam;taal;login;e-mail;telefoon;straat;postcode;plaats\n");
    for (; from < town->n && n < max; from++) {
        const struct tenant *tenant = &town->tenants[from];

        if (!tenant->is_known)
            continue;
        n++;
        buf_printf(&csv, "K%06lld;%s;%s;%s;%s;%s;%s;%s;Lindewerf\n", (long long)tenant->number,
                   tenant->name, tongue_codes[tenant->tongue], tenant->login ? tenant->login : "",
                   tenant->mail_is_known ? tenant->email : "",
                   tenant->phone_is_known ? tenant->phone : "", tenant->address, tenant->postcode);
    }
    *next = from;
    return n > 0 ? arena_text(mem, buf_str(&csv)) : NULL;
}
