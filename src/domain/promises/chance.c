#include "chance.h"

#include <math.h>
#include <stdlib.h>

/* Chosen on the year of bench/run chance, and not sharply: half or twice of each costs little. */
static const int64_t HALF_LIFE_MS = 45 * DAY_MS;
static const double BORROWED_MAX = 10;         /* cases, from the wider curve */
static const double POWER = 0.5, SLOWNESS = 5; /* what the power is drawn to, and how much */
static const double LOAD_PRIOR = 5;            /* cases with the present load, in what is usual */
static const double STRETCH_MAX = 4;

static const double Z = 1.959964, ALPHA = 0.05; /* of an interval of 95 % */
static const double LEAST = 0.01;

static double weight_of(const struct lead *lead)
{
    double age = lead->age_ms > 0 ? (double)lead->age_ms : 0;

    return exp2(-age / (double)HALF_LIFE_MS);
}

/* --- the curve ------------------------------------------------------------------------------ */

/* What is done comes before what was last seen at the same time: that was still at risk. */
static int by_length(const void *a, const void *b)
{
    const struct lead *x = a, *y = b;

    if (x->ms != y->ms)
        return x->ms < y->ms ? -1 : 1;
    return (int)y->is_done - (int)x->is_done;
}

/* Of the leads from i on: how much they weigh, and squared. */
struct chance_rest {
    double sum, squares;
};

static struct chance_rest *rests(struct arena *mem, struct leads leads)
{
    struct chance_rest *rest = NEW_ARRAY(mem, struct chance_rest, leads.n + 1);

    rest[leads.n] = (struct chance_rest){ 0, 0 };
    for (size_t i = leads.n; i-- > 0;) {
        double weight = weight_of(&leads.v[i]);
        rest[i].sum = rest[i + 1].sum + weight;
        rest[i].squares = rest[i + 1].squares + weight * weight;
    }
    return rest;
}

static double effective(struct chance_rest rest)
{
    return rest.squares > 0 ? rest.sum * rest.sum / rest.squares : 0;
}

/* The step that holds after so long. */
static struct chance_step at(const struct chance_curve *curve, int64_t ms)
{
    size_t low = 0, high = curve->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (curve->steps[middle].ms <= ms)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? curve->steps[low - 1] : (struct chance_step){ .left = 1, .size = curve->size };
}

static bool is_seen(const struct chance_curve *curve, int64_t ms);

/* How many in effect lasted so long, the borrowed ones included. */
static double at_risk(const struct chance_curve *curve, int64_t ms)
{
    size_t low = 0, high = curve->leads.n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (curve->leads.v[middle].ms < ms)
            low = middle + 1;
        else
            high = middle;
    }
    return effective(curve->rests[low]) + (curve->wider && is_seen(curve->wider, ms)
                                               ? curve->borrowed * at(curve->wider, ms - 1).left
                                               : 0);
}

/* Does it say something of so long a time? Not where most didn't last as long because they are
 * still going on. */
static bool is_seen(const struct chance_curve *curve, int64_t ms)
{
    double there = at_risk(curve, ms);

    return there >= CHANCE_CASES_MIN / 2 || 2 * there >= curve->size * at(curve, ms - 1).left;
}

/* Where two lists of times are read from, side by side. */
struct drawing {
    struct leads leads;
    const struct chance_rest *rest;
    double scale; /* makes their weights add up to their effective number */
    const struct chance_curve *wider;
    double mass; /* cases that are borrowed */
    size_t lead, step;
    size_t at_risk; /* the first lead that still was */
};

static bool next_time(struct drawing *d, int64_t *out)
{
    bool has_step = d->mass > 0 && d->step < d->wider->n;

    while (d->lead < d->leads.n && !d->leads.v[d->lead].is_done)
        d->lead++;
    if (d->lead == d->leads.n && !has_step)
        return false;
    *out = d->lead < d->leads.n ? d->leads.v[d->lead].ms : INT64_MAX;
    if (has_step && d->wider->steps[d->step].ms < *out)
        *out = d->wider->steps[d->step].ms;
    return true;
}

/* Draws the step at a time: d->lead stands at the first that is done then or later. */
static void draw(struct drawing *d, int64_t ms, const struct chance_step *before,
                 struct chance_step *out)
{
    double there, done = 0, borrowed = 0, gone = 0, hazard;

    while (d->at_risk < d->leads.n && d->leads.v[d->at_risk].ms < ms)
        d->at_risk++;
    there = d->rest[d->at_risk].sum * d->scale;
    for (; d->lead < d->leads.n && d->leads.v[d->lead].ms == ms; d->lead++)
        if (d->leads.v[d->lead].is_done)
            done += weight_of(&d->leads.v[d->lead]) * d->scale;
    if (d->mass > 0) {
        bool is_there = is_seen(d->wider, ms);
        borrowed = d->mass * (d->step > 0 ? d->wider->steps[d->step - 1].left : 1);
        if (d->step < d->wider->n && d->wider->steps[d->step].ms == ms)
            gone = borrowed - d->mass * d->wider->steps[d->step++].left;
        if (!is_there)
            borrowed = gone = 0;
    }
    hazard = there + borrowed > 0 ? (done + gone) / (there + borrowed) : 0;
    out->ms = ms;
    out->size = effective(d->rest[d->at_risk]) + borrowed;
    if (hazard > 1 - 1e-9) { /* all of them */
        out->left = 0;
        out->variance = before->variance;
        return;
    }
    out->left = before->left * (1 - hazard);
    out->variance = before->variance + (hazard > 0 ? hazard / (out->size * (1 - hazard)) : 0);
}

void chance_curve_make(struct arena *mem, struct leads leads, const struct chance_curve *wider,
                       struct chance_curve *out)
{
    size_t most = leads.n + (wider ? wider->n : 0);
    struct chance_step *steps = NEW_ARRAY(mem, struct chance_step, most + 1);
    struct chance_step before = { .left = 1 };
    struct drawing d = { .leads = leads, .wider = wider };
    int64_t ms;

    if (leads.n > 0)
        qsort(leads.v, leads.n, sizeof(leads.v[0]), by_length);
    d.rest = rests(mem, leads);
    d.scale = d.rest[0].squares > 0 ? d.rest[0].sum / d.rest[0].squares : 0;
    if (wider)
        d.mass = wider->size < BORROWED_MAX ? wider->size : BORROWED_MAX;
    *out = (struct chance_curve){ .steps = steps, .cases_n = leads.n };
    while (before.left > 0 && next_time(&d, &ms)) {
        draw(&d, ms, &before, &steps[out->n]);
        before = steps[out->n++];
    }
    out->leads = leads;
    out->rests = d.rest;
    out->wider = wider;
    out->borrowed = d.mass;
    out->size = effective(d.rest[0]) + d.mass;
}

/* --- asking it ------------------------------------------------------------------------------ */

static double within(double value)
{
    return fmin(fmax(value, LEAST), 1 - LEAST);
}

struct chance chance_on(const struct chance_curve *curve, int64_t waited_ms, int64_t ms)
{
    /* What was done at that very length is behind it, unless it just begins. */
    struct chance_step from = waited_ms > 0
                                  ? at(curve, waited_ms)
                                  : (struct chance_step){ .left = 1, .size = curve->size };
    struct chance_step to = at(curve, waited_ms + (ms > 0 ? ms : 0));
    struct chance out = { 0 };
    double left, spread;

    if (curve->size < CHANCE_CASES_MIN || from.left <= 0 || from.size < CHANCE_CASES_MIN / 2 ||
        !is_seen(curve, waited_ms + (ms > 0 ? ms : 0)))
        return out;
    left = to.left / from.left;
    out = (struct chance){ .is_known = true, .value = within(1 - left) };
    if (left <= 0 || left >= 1) {
        double bound = pow(ALPHA, 1 / from.size);
        out.low = within(left <= 0 ? bound : 0);
        out.high = within(left <= 0 ? 1 : 1 - bound);
        return out;
    }
    spread = Z * sqrt(to.variance - from.variance) / fabs(log(left));
    out.low = within(1 - pow(left, exp(-spread)));
    out.high = within(1 - pow(left, exp(spread)));
    return out;
}

bool chance_time(const struct chance_curve *curve, int64_t waited_ms, double value, int64_t *ms)
{
    double from = waited_ms > 0 ? at(curve, waited_ms).left : 1;
    double most = from * (1 - value) + 1e-12;
    size_t low = 0, high = curve->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (curve->steps[middle].left > most)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == curve->n || !chance_on(curve, waited_ms, curve->steps[low].ms - waited_ms).is_known)
        return false;
    *ms = curve->steps[low].ms - waited_ms;
    return true;
}

/* --- the load ------------------------------------------------------------------------------- */

static const int64_t SHORT_MS = 5 * MINUTE_MS; /* shorter is as short */

static double log_load(int64_t load)
{
    return log((double)(load > 1 ? load : 1));
}

static int by_team(const void *a, const void *b)
{
    const struct lead *x = a, *y = b;

    return x->team < y->team ? -1 : x->team > y->team;
}

/* By lead, when they are sorted by team: how much more there was to do than usual, as a
 * logarithm. */
static double *loads(struct arena *mem, struct leads leads)
{
    double *over = NEW_ARRAY(mem, double, leads.n + 1);

    if (leads.n > 0)
        qsort(leads.v, leads.n, sizeof(leads.v[0]), by_team);
    for (size_t i = 0, end; i < leads.n; i = end) {
        double sum = 0, weights = 0;
        for (end = i; end < leads.n && leads.v[end].team == leads.v[i].team; end++) {
            double weight = leads.v[end].load > 0 ? weight_of(&leads.v[end]) : 0;
            over[end] = log_load(leads.v[end].load);
            sum += weight * over[end];
            weights += weight;
        }
        for (size_t k = i; k < end; k++)
            over[k] = leads.v[k].load > 0 ? over[k] - sum / weights : 0;
    }
    return over;
}

static double log_length(const struct lead *lead)
{
    return log((double)(lead->ms > SHORT_MS ? lead->ms : SHORT_MS));
}

double leads_power(struct arena *mem, struct leads leads)
{
    const double *over = loads(mem, leads);
    double sum = 0, mean_x = 0, mean_y = 0, xy = POWER * SLOWNESS, xx = SLOWNESS;

    for (size_t i = 0; i < leads.n; i++) {
        double weight = leads.v[i].is_done ? weight_of(&leads.v[i]) : 0;
        sum += weight;
        mean_x += weight * over[i];
        mean_y += weight * log_length(&leads.v[i]);
    }
    if (sum <= 0)
        return POWER;
    mean_x /= sum;
    mean_y /= sum;
    for (size_t i = 0; i < leads.n; i++) {
        double weight = leads.v[i].is_done ? weight_of(&leads.v[i]) : 0, x = over[i] - mean_x;
        xy += weight * x * (log_length(&leads.v[i]) - mean_y);
        xx += weight * x * x;
    }
    return fmin(fmax(xy / xx, 0), 1);
}

static double stretched(double log_over, double power)
{
    return fmin(fmax(exp(power * log_over), 1 / STRETCH_MAX), STRETCH_MAX);
}

void leads_level(struct arena *mem, struct leads leads, double power)
{
    const double *over = loads(mem, leads);

    for (size_t i = 0; i < leads.n; i++)
        leads.v[i].ms = llround((double)leads.v[i].ms / stretched(over[i], power));
}

/* --- all of it ------------------------------------------------------------------------------ */

/* The logarithm of what they usually have; with few cases what they have now is usual. */
static double usual(struct leads leads, int64_t load)
{
    double sum = LOAD_PRIOR * log_load(load), weights = LOAD_PRIOR;

    for (size_t i = 0; i < leads.n; i++) {
        const struct lead *lead = &leads.v[i];
        double weight = lead->nearness == LEAD_OWN && lead->load > 0 ? weight_of(lead) : 0;
        sum += weight * log_load(lead->load);
        weights += weight;
    }
    return sum / weights;
}

static struct leads those(struct arena *mem, struct leads leads, enum lead_nearness nearness)
{
    struct leads out = { NEW_ARRAY(mem, struct lead, leads.n + 1), 0 };

    for (size_t i = 0; i < leads.n; i++)
        if (leads.v[i].nearness == nearness)
            out.v[out.n++] = leads.v[i];
    return out;
}

void outlook_make(struct arena *mem, struct leads leads, int64_t load, struct outlook *out)
{
    double power = leads_power(mem, leads), usually = usual(leads, load);
    struct chance_curve *others = NEW(mem, struct chance_curve);
    struct chance_curve *of_kind = NEW(mem, struct chance_curve);

    leads_level(mem, leads, power);
    chance_curve_make(mem, those(mem, leads, LEAD_OTHER), NULL, others);
    chance_curve_make(mem, those(mem, leads, LEAD_OF_KIND), others, of_kind);
    chance_curve_make(mem, those(mem, leads, LEAD_OWN), of_kind, &out->curve);
    out->usual_load = exp(usually);
    out->stretch = stretched(log_load(load) - usually, power);
}

static int64_t at_usual(const struct outlook *outlook, int64_t ms)
{
    return llround((double)ms / outlook->stretch);
}

struct chance outlook_chance(const struct outlook *outlook, int64_t waited_ms, int64_t ms)
{
    return chance_on(&outlook->curve, at_usual(outlook, waited_ms), at_usual(outlook, ms));
}

bool outlook_time(const struct outlook *outlook, int64_t waited_ms, double value, int64_t *ms)
{
    if (!chance_time(&outlook->curve, at_usual(outlook, waited_ms), value, ms))
        return false;
    *ms = (int64_t)ceil((double)*ms * outlook->stretch);
    return true;
}

enum { LOOKS = 48 };

bool outlook_falls(const struct outlook *outlook, int64_t waited_ms, int64_t ms, double value,
                   int64_t *from_ms)
{
    for (int64_t i = 0; i < LOOKS; i++) {
        int64_t at = ms / LOOKS * i;
        struct chance chance = outlook_chance(outlook, waited_ms + at, ms - at);
        if (chance.is_known && chance.value < value) {
            *from_ms = at;
            return true;
        }
    }
    return false;
}
