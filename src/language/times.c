#include "times.h"

#include "times_said.h"

enum { NEAR = 2 /* words between */, NEAR_LATEST = 8 /* up to "uiterlijk" */ };

struct finder {
    const struct time_words *words;
    struct said *said;
    size_t n;
};

/* --- what belongs together --- */

static bool is_clock_alone(const struct said *said)
{
    return !said->is_gone && said->special == SPECIAL_NONE && !said->has_length &&
           said->day.form == DAY_NONE && (said->has_clock || said->is_part_alone) &&
           !said->is_recurring && !said->is_aside && !said->is_not_it;
}

static bool is_day_alone(const struct said *said)
{
    return !said->is_gone && said->day.form != DAY_NONE && !said->has_clock && !said->has_length &&
           !said->is_recurring && !said->is_past && !said->is_aside && !said->is_not_it;
}

/* Another clause begins between them: "at two, and then … today". */
static bool is_other_clause(const struct finder *f, const struct said *clock,
                            const struct said *day)
{
    const struct said *first = clock->first < day->first ? clock : day,
                      *second = first == clock ? day : clock;

    /* Not ", en wel om 9 uur". */
    for (size_t i = first->end; i + 2 + 1 < second->first; i++)
        if (f->words->words[i].class == WORD_SIGN &&
            (f->words->words[i + 1].class == WORD_AND || f->words->words[i + 1].class == WORD_BUT))
            return true;
    return false;
}

static bool takes_day(const struct finder *f, struct said *clock, struct said *day)
{
    if (day->sentence != clock->sentence || !is_day_alone(day) ||
        (day->part != PART_NONE && clock->part != PART_NONE))
        return false;
    if (!clock->is_asked && is_other_clause(f, clock, day))
        return false;
    clock->day = day->day;
    clock->qualifier = day->qualifier;
    clock->has_anchor = day->has_anchor;
    clock->anchor = day->anchor;
    clock->is_before = day->is_before;
    if (clock->is_asked && !day->is_asked)
        return true; /* "dinsdag …, zet het voor 7.30 uur": on that day, but by somebody else */
    if (clock->part == PART_NONE) {
        clock->part = day->part;
        clock->is_in_night = day->is_in_night;
    }
    clock->gap_first = clock->end < day->first ? clock->end : day->end;
    clock->gap_end = clock->first < day->first ? day->first : clock->first;
    clock->first = clock->first < day->first ? clock->first : day->first;
    clock->end = clock->end > day->end ? clock->end : day->end;
    day->is_gone = true;
    return true;
}

/* "vrijdag aan het eind van de dag", "eind van de ochtend op 3 april" */
static bool is_edge_of(const struct said *edge, const struct said *day)
{
    const struct said *first = edge->first < day->first ? edge : day,
                      *second = first == edge ? day : edge;

    return edge->day.is_of_any && !day->day.is_of_any && second->first <= first->end + NEAR;
}

static bool is_cut(const struct finder *f, size_t at)
{
    const struct time_word *word = &f->words->words[at];

    return word->class == WORD_BUT || (word->class == WORD_SIGN && word->value == ',');
}

static bool is_plain_weekday(const struct said *said)
{
    const struct said_day *day = &said->day;

    return !said->is_gone && day->form == DAY_WEEKDAY && !said->has_length && !said->has_anchor &&
           !day->has_week && !day->is_this && !day->is_next && !day->is_last &&
           day->plus_weeks == 0;
}

/* Only "and", "or" between them, or as the first word of the second: "maandag of dinsdag". */
static bool is_listed(const struct finder *f, const struct said *first, const struct said *second)
{
    bool has_and = false;

    for (size_t i = first->end; i <= second->first; i++) {
        enum word_class class = f->words->words[i].class;

        has_and = has_and || class == WORD_AND || class == WORD_OF;
        if (i < second->first && class != WORD_AND && class != WORD_OF && class != WORD_FILL)
            return false;
    }
    return has_and;
}

/* Behind a comma: "vrijdag, de eerste werkdag daarna". */
static bool is_apposed(const struct finder *f, const struct said *first, const struct said *second)
{
    const struct time_word *mark = &f->words->words[first->end];

    return first->end + 1 == second->first && mark->class == WORD_SIGN && mark->value == ',';
}

/* A weekday is of the week named in front ("volgende week, waarschijnlijk woensdag"), or comes
 * after the weekday in front ("maandag of dinsdag"); a day that tells what a date is, is no other
 * ("op 30 april, de laatste vrijdag van de maand"). */
static void relate(struct finder *f)
{
    for (size_t i = 1; i < f->n; i++) {
        struct said *said = &f->said[i], *last = &f->said[i - 1];

        if (said->sentence != last->sentence || last->is_gone)
            continue;
        if (is_plain_weekday(said) && last->day.form == DAY_PERIOD &&
            last->day.period == UNIT_WEEK && last->day.shift > 0 && !last->has_anchor &&
            said->first <= last->end + NEAR) {
            said->day.has_week = true;
            said->day.shift = last->day.shift;
        } else if (is_plain_weekday(said) && last->day.form == DAY_WEEKDAY &&
                   (is_listed(f, last, said) ||
                    (said->qualifier == QUALIFIER_BY && said->first <= last->end + NEAR_LATEST))) {
            said->has_anchor = true;
            said->anchor = last->day;
        } else if ((said->day.form == DAY_NTH ||
                    (said->qualifier == QUALIFIER_AFTER && said->day.form != DAY_NONE)) &&
                   last->day.form == DAY_DATE && is_apposed(f, last, said)) {
            said->is_aside = true;
        } else if (said->day.form == DAY_OPEN && !said->has_anchor &&
                   last->qualifier == QUALIFIER_AFTER && is_apposed(f, last, said)) {
            said->has_anchor = true; /* "na Pasen, op de eerste werkdag" */
            said->anchor = last->day;
        }
    }
}

/* "Morgen staat om halfnegen de bandenservice voor": one time in two places. */
static void join(struct finder *f)
{
    for (size_t i = 0; i < f->n; i++) {
        struct said *said = &f->said[i];

        if ((i > 0 && is_edge_of(said, &f->said[i - 1]) && takes_day(f, said, &f->said[i - 1])) ||
            (i + 1 < f->n && is_edge_of(said, &f->said[i + 1]) &&
             takes_day(f, said, &f->said[i + 1])))
            continue;
        if (!is_clock_alone(said))
            continue;
        if (i > 0 && takes_day(f, said, &f->said[i - 1]))
            continue;
        if (i > 1 && f->said[i - 1].is_aside && takes_day(f, said, &f->said[i - 2])) {
            f->said[i - 1].is_gone = true; /* it stands inside now */
            continue;
        }
        /* "besteld voor 22 uur, morgen in huis": a condition */
        if (said->clock_qualifier == QUALIFIER_BEFORE && is_cut(f, said->end))
            continue;
        /* "om 16 uur en morgen krijgt u …": of another day */
        if (i + 1 < f->n && f->said[i + 1].qualifier != QUALIFIER_BEFORE &&
            !is_listed(f, said, &f->said[i + 1]))
            takes_day(f, said, &f->said[i + 1]);
    }
}

/* --- a day named before --- */

/* The day on which an expression ends, as one that another is counted from. */
static bool day_said(const struct said *said, instant reference, const struct calendar *calendar,
                     struct said_day *out)
{
    struct time_found found;
    struct local_time due;

    if (said->day.form != DAY_NONE && !said->has_anchor) {
        *out = said->day;
        return true;
    }
    if (!said_due(said, calendar, reference, &found) || found.due_at.ms == 0)
        return false;
    due = calendar_local(calendar, found.due_at);
    *out = (struct said_day){ .form = DAY_DATE };
    date_of(due.day, &out->year, &out->month, &out->dayofmonth);
    return true;
}

/* "vrijdag …, de eerste werkdag daarna": from the last that was named, in this sentence or the one
 * in front. */
static void refer(struct finder *f, instant reference, const struct calendar *calendar)
{
    const struct said *last = NULL, *before_last = NULL;

    for (size_t i = 0; i < f->n; i++) {
        struct said *said = &f->said[i];
        /* "vrijdag, de eerste werkdag daarna": the same day in other words */
        const struct said *to = last && is_apposed(f, last, said) ? before_last : last;

        if (said->is_gone)
            continue;
        if (said->refers != REFERS_NOT && to && said->sentence - to->sentence <= 1 &&
            day_said(to, reference, calendar, &said->anchor)) {
            said->has_anchor = said->refers != REFERS_SAME;
            said->is_before = said->refers == REFERS_BEFORE;
            said->is_event = false;
            said->special = SPECIAL_NONE;
            if (said->refers == REFERS_SAME)
                said->day = said->anchor;
        }
        if (said->day.form == DAY_NONE && !said->has_length)
            continue;
        before_last = last;
        last = said;
    }
}

/* --- all --- */

static bool found_of(const struct finder *f, const struct said *said, instant reference,
                     const struct calendar *calendar, struct time_found *out)
{
    if (said->is_not_it || !said_due(said, calendar, reference, out))
        return false;
    out->from = f->words->words[said->first].from;
    out->to = f->words->words[said->end - 1].to;
    out->gap_from = out->gap_to = out->to;
    if (said->gap_first < said->gap_end) {
        out->gap_from = f->words->words[said->gap_first].from;
        out->gap_to = f->words->words[said->gap_end - 1].to;
    }
    out->is_negated = said->is_negated;
    out->is_aside = said->is_aside || said->is_asked;
    return true;
}

void times_of(struct arena *mem, const struct tokens *tokens, instant reference,
              const struct calendar *calendar, struct times *out)
{
    struct time_words words;
    struct finder f = { &words, NEW_ARRAY(mem, struct said, TIMES_MAX), 0 };
    struct time_found *items;

    time_words_of(mem, tokens, &words);
    for (size_t at = 0; at < words.n && f.n < TIMES_MAX;) {
        size_t end = said_at(&words, at, false, &f.said[f.n]);

        if (end > at) {
            said_context(&words, f.n > 0 ? &f.said[f.n - 1] : NULL, &f.said[f.n]);
            f.n++;
        }
        at = end > at ? end : at + 1;
    }
    relate(&f);
    join(&f);
    refer(&f, reference, calendar);
    items = NEW_ARRAY(mem, struct time_found, f.n);
    *out = (struct times){ .items = items };
    for (size_t i = 0; i < f.n; i++)
        if (!f.said[i].is_gone && found_of(&f, &f.said[i], reference, calendar, &items[out->n]))
            out->n++;
}

static int strength_of(const struct time_found *found)
{
    if (!found->is_future)
        return 0;
    if (found->kind == TIME_SOFT)
        return 1;
    if (found->is_weak)
        return 2 - found->is_negated;
    return 5 - found->is_negated - found->is_aside;
}

const struct time_found *times_deadline(const struct times *times, uint32_t from, uint32_t to)
{
    const struct time_found *best = NULL;

    for (size_t i = 0; i < times->n; i++) {
        const struct time_found *found = &times->items[i];

        if (found->from < from || found->to > to || strength_of(found) == 0)
            continue;
        if (!best || strength_of(found) >= strength_of(best))
            best = found;
    }
    return best;
}

bool times_short(struct arena *mem, const char *text, size_t len, instant reference,
                 const struct calendar *calendar, struct time_found *out)
{
    struct tokens tokens;
    struct time_words words;
    struct said said;
    struct finder f = { &words, &said, 1 };
    size_t end;

    tokens_of(mem, text, len, &tokens);
    time_words_of(mem, &tokens, &words);
    end = words.n > 0 ? said_at(&words, 0, true, &said) : 0;
    if (end == 0 || end != words.n)
        return false;
    if (said.has_length && said.qualifier == QUALIFIER_NONE)
        said.qualifier = QUALIFIER_IN;
    return found_of(&f, &said, reference, calendar, out) && out->is_future;
}
