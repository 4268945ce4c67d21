#include "routes.h"

#include "../auth/audit_api.h"
#include "../auth/organisations_api.h"
#include "../auth/second_steps_api.h"
#include "../auth/sessions_api.h"
#include "../auth/teams_api.h"
#include "../auth/tokens_api.h"
#include "../auth/users_api.h"
#include "../domain/alerts/alerts.h"
#include "../domain/calendars/calendars.h"
#include "../domain/cases/begin.h"
#include "../domain/cases/cases.h"
#include "../domain/cases/merge.h"
#include "../domain/cases/proposals.h"
#include "../domain/cases/ways.h"
#include "../domain/channels/channels.h"
#include "../domain/conversations/conversations.h"
#include "../domain/devices/devices.h"
#include "../domain/differences/differences.h"
#include "../domain/drafts/drafts.h"
#include "../domain/envelopes/envelopes.h"
#include "../domain/files/files.h"
#include "../domain/journeys/journeys.h"
#include "../domain/labels/labels.h"
#include "../domain/macros/macros.h"
#include "../domain/messages/messages.h"
#include "../domain/notes/notes.h"
#include "../domain/people/consents.h"
#include "../domain/people/duplicates.h"
#include "../domain/people/export.h"
#include "../domain/people/import.h"
#include "../domain/people/merges.h"
#include "../domain/people/people.h"
#include "../domain/people/relations.h"
#include "../domain/people/said.h"
#include "../domain/preferences/preferences.h"
#include "../domain/presence/presence.h"
#include "../domain/private_links/private_links.h"
#include "../domain/promises/chances.h"
#include "../domain/promises/promises.h"
#include "../domain/read_marks/read_marks.h"
#include "../domain/records/records.h"
#include "../domain/records/records_export.h"
#include "../domain/records/records_import.h"
#include "../domain/search/search.h"
#include "../domain/tasks/tasks.h"
#include "../domain/understanding/corrections.h"
#include "../domain/understanding/understand_api.h"
#include "../domain/views/views.h"
#include "../domain/visitors/visitors.h"
#include "../domain/wording/wording.h"
#include "../http/events_api.h"
#include "../http/system_api.h"
#include "../jobs/jobs_api.h"
#include "../pipeline/chat.h"
#include "../pipeline/pipeline.h"

/* One line a table; a new noun adds its own. */
const struct routes *const all_routes[] = {
    &session_routes,       &organisation_routes,  &user_routes,          &team_routes,
    &token_routes,         &channel_routes,       &exchange_in_routes,   &exchange_out_routes,
    &person_routes,        &identity_routes,      &conversation_routes,  &case_routes,
    &message_routes,       &note_routes,          &label_routes,         &file_routes,
    &envelope_routes,      &draft_routes,         &search_routes,        &outbox_routes,
    &job_routes,           &difference_routes,    &event_routes,         &audit_routes,
    &understand_routes,    &correction_routes,    &view_routes,          &macro_routes,
    &preferences_routes,   &system_routes,        &chance_routes,        &case_many_routes,
    &read_mark_routes,     &presence_routes,      &second_step_routes,   &device_routes,
    &wording_routes,       &merge_routes,         &relation_routes,      &consent_routes,
    &case_merge_routes,    &case_proposal_routes, &duplicate_routes,     &hook_kannel_routes,
    &hook_twilio_routes,   &said_routes,          &journey_routes,       &visitor_routes,
    &chat_begin_routes,    &chat_in_routes,       &chat_visit_routes,    &import_routes,
    &alert_routes,         &message_html_routes,  &record_type_routes,   &record_routes,
    &way_routes,           &private_link_routes,  &private_page_routes,  &form_page_routes,
    &record_import_routes, &export_routes,        &record_export_routes, &calendar_routes,
    &case_begin_routes,    &timeline_routes,      &promise_routes,       &task_kind_routes,
    &task_routes,
};

const size_t all_routes_n = COUNT(all_routes);
