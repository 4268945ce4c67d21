CREATE TABLE alerts (
    organisation_id bigint NOT NULL,
    user_id bigint NOT NULL,
    case_id bigint NOT NULL,
    kind text NOT NULL,
    by_user_id bigint,
    at bigint NOT NULL
);
CREATE TABLE blobs (
    organisation_id bigint NOT NULL,
    hash bytea NOT NULL,
    size bigint NOT NULL,
    data bytea,
    dropped_at bigint
);
CREATE TABLE case_labels (
    organisation_id bigint NOT NULL,
    label_id bigint NOT NULL,
    case_id bigint NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    waiting_order bigint DEFAULT 0 NOT NULL,
    is_own boolean DEFAULT true NOT NULL
);
CREATE TABLE case_merges (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    winner_id bigint NOT NULL,
    loser_id bigint NOT NULL,
    at bigint NOT NULL,
    actor_kind text NOT NULL,
    actor_id bigint NOT NULL,
    reasons text,
    undone_at bigint DEFAULT 0 NOT NULL,
    undone_by bigint
);
CREATE TABLE case_move_items (
    organisation_id bigint NOT NULL,
    item_id bigint NOT NULL,
    move_id bigint NOT NULL,
    kind text NOT NULL,
    from_case_id bigint NOT NULL,
    waits boolean NOT NULL
);
CREATE TABLE case_moves (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    kind text NOT NULL,
    to_case_id bigint NOT NULL,
    to_status text NOT NULL,
    to_waiting bigint NOT NULL,
    at bigint NOT NULL,
    actor_kind text NOT NULL,
    actor_id bigint NOT NULL,
    undone_at bigint DEFAULT 0 NOT NULL,
    undone_by bigint
);
CREATE TABLE case_proposals (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    case_id bigint NOT NULL,
    to_case_id bigint NOT NULL,
    score double precision NOT NULL,
    reasons text NOT NULL,
    state text NOT NULL,
    at bigint NOT NULL,
    decided_at bigint DEFAULT 0 NOT NULL,
    decided_by bigint
);
CREATE TABLE cases (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    reference text NOT NULL,
    title text NOT NULL,
    status text NOT NULL,
    is_active boolean NOT NULL,
    person_id bigint NOT NULL,
    channel_id bigint NOT NULL,
    team_id bigint,
    assignee_id bigint,
    preview text NOT NULL,
    messages_n bigint NOT NULL,
    opened_at bigint NOT NULL,
    done_at bigint DEFAULT 0 NOT NULL,
    updated_at bigint NOT NULL,
    waiting_since bigint NOT NULL,
    waiting_order bigint NOT NULL,
    version bigint DEFAULT 1 NOT NULL,
    person_name text DEFAULT ''::text NOT NULL,
    emotion text,
    urgency text,
    heard_n bigint DEFAULT 0 NOT NULL,
    snoozed_until bigint DEFAULT 0 NOT NULL,
    snoozed_by bigint,
    merged_into bigint,
    root_id bigint,
    own_status text,
    own_waiting bigint DEFAULT 0 NOT NULL,
    own_since bigint DEFAULT 0 NOT NULL
);
CREATE TABLE channel_aside (
    organisation_id bigint NOT NULL,
    channel_id bigint NOT NULL,
    folder text NOT NULL,
    uid_validity bigint NOT NULL,
    uid bigint NOT NULL,
    since bigint NOT NULL,
    due_at bigint NOT NULL,
    words text NOT NULL
);
CREATE TABLE channel_folders (
    organisation_id bigint NOT NULL,
    channel_id bigint NOT NULL,
    folder text NOT NULL,
    uid_validity bigint NOT NULL,
    last_uid bigint NOT NULL
);
CREATE TABLE channels (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    type text NOT NULL,
    name text NOT NULL,
    address text NOT NULL,
    settings text NOT NULL,
    secrets bytea,
    team_id bigint,
    enabled boolean NOT NULL,
    last_good_at bigint DEFAULT 0 NOT NULL,
    last_error_at bigint DEFAULT 0 NOT NULL,
    last_error text,
    backlog bigint DEFAULT 0 NOT NULL,
    created_at bigint NOT NULL,
    version bigint DEFAULT 1 NOT NULL,
    send_good_at bigint DEFAULT 0 NOT NULL,
    send_error_at bigint DEFAULT 0 NOT NULL,
    send_error text,
    send_slot_at bigint DEFAULT 0 NOT NULL
);
CREATE TABLE chat_blocks (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    visitor_id bigint NOT NULL,
    address_hash bytea,
    name text NOT NULL,
    reason text,
    user_id bigint,
    at bigint NOT NULL,
    until bigint NOT NULL
);
CREATE TABLE chat_items (
    organisation_id bigint NOT NULL,
    visitor_id bigint NOT NULL,
    "position" bigint NOT NULL,
    message_id bigint NOT NULL
);
CREATE TABLE chat_visitors (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    channel_id bigint NOT NULL,
    secret_hash bytea NOT NULL,
    challenge bytea NOT NULL,
    address_hash bytea NOT NULL,
    person_id bigint,
    conversation_id bigint,
    round bigint DEFAULT 1 NOT NULL,
    login text,
    email text,
    email_is_verified boolean DEFAULT false NOT NULL,
    name text,
    language text NOT NULL,
    page text,
    state text NOT NULL,
    until bigint NOT NULL,
    seen_at bigint NOT NULL,
    newest bigint DEFAULT 0 NOT NULL,
    delivered bigint DEFAULT 0 NOT NULL,
    read bigint DEFAULT 0 NOT NULL,
    mailed bigint DEFAULT 0 NOT NULL,
    transcripts bigint DEFAULT 0 NOT NULL,
    change bigint NOT NULL,
    desk_change bigint NOT NULL,
    created_at bigint NOT NULL
);
CREATE TABLE conversations (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    channel_id bigint NOT NULL,
    person_id bigint NOT NULL,
    case_id bigint NOT NULL,
    thread_key text,
    subject text NOT NULL,
    created_at bigint NOT NULL,
    place_case_id bigint
);
CREATE TABLE corrections (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    message_id bigint NOT NULL,
    subject text NOT NULL,
    was text NOT NULL,
    value text NOT NULL,
    user_id bigint,
    at bigint NOT NULL
);
CREATE TABLE devices (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    session_id bigint NOT NULL,
    name text NOT NULL,
    language text NOT NULL,
    endpoint_hash bytea NOT NULL,
    address bytea NOT NULL,
    notify_assigned boolean NOT NULL,
    notify_answered boolean NOT NULL,
    notify_mentioned boolean NOT NULL,
    created_at bigint NOT NULL,
    notify_woke boolean DEFAULT true NOT NULL
);
CREATE TABLE draft_files (
    organisation_id bigint NOT NULL,
    file_id bigint NOT NULL,
    draft_id bigint NOT NULL
);
CREATE TABLE drafts (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    case_id bigint NOT NULL,
    kind text NOT NULL,
    content text NOT NULL,
    send_at bigint DEFAULT 0 NOT NULL,
    send_error text,
    updated_at bigint NOT NULL,
    version bigint NOT NULL,
    place_case_id bigint
);
CREATE TABLE duplicate_marks (
    organisation_id bigint NOT NULL,
    newest_id bigint NOT NULL,
    round_id bigint NOT NULL,
    round_at bigint NOT NULL
);
CREATE TABLE envelopes (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    channel_id bigint NOT NULL,
    external_id text NOT NULL,
    received_at bigint NOT NULL,
    size bigint NOT NULL,
    raw bytea,
    raw_hash bytea,
    folder text,
    is_ours boolean NOT NULL,
    state text NOT NULL,
    stage text NOT NULL,
    reason text,
    message_id bigint,
    arrived_at bigint DEFAULT 0 NOT NULL
);
CREATE TABLE event_heads (
    organisation_id bigint NOT NULL,
    "position" bigint NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE events (
    organisation_id bigint NOT NULL,
    "position" bigint NOT NULL,
    id bigint NOT NULL,
    kind text NOT NULL,
    at bigint NOT NULL,
    actor_kind text NOT NULL,
    actor_id bigint NOT NULL,
    case_id bigint,
    about text,
    data text,
    hash bytea NOT NULL
);
CREATE TABLE events_pending (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    kind text NOT NULL,
    at bigint NOT NULL,
    actor_kind text NOT NULL,
    actor_id bigint NOT NULL,
    case_id bigint,
    about text,
    data text
);
CREATE TABLE files (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    message_id bigint,
    user_id bigint,
    name text NOT NULL,
    type text NOT NULL,
    size bigint NOT NULL,
    received bigint NOT NULL,
    hash bytea,
    content_id text,
    is_inline boolean NOT NULL,
    created_at bigint NOT NULL
);
CREATE TABLE idempotency (
    organisation_id bigint NOT NULL,
    actor_id bigint NOT NULL,
    idempotency_key text NOT NULL,
    request_hash bytea NOT NULL,
    status bigint NOT NULL,
    body bytea NOT NULL,
    at bigint NOT NULL
);
CREATE TABLE identities (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    person_id bigint NOT NULL,
    kind text NOT NULL,
    value text NOT NULL,
    label text NOT NULL,
    state text NOT NULL,
    state_at bigint NOT NULL,
    state_by text NOT NULL,
    is_main boolean NOT NULL,
    is_shared boolean NOT NULL,
    removed_at bigint DEFAULT 0 NOT NULL,
    created_at bigint NOT NULL
);
CREATE TABLE identity_preferences (
    organisation_id bigint NOT NULL,
    person_id bigint NOT NULL,
    purpose text NOT NULL,
    identity_id bigint NOT NULL,
    at bigint NOT NULL
);
CREATE TABLE jobs (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    kind text NOT NULL,
    about bigint NOT NULL,
    due_at bigint NOT NULL,
    taken_until bigint DEFAULT 0 NOT NULL,
    taken_by bigint DEFAULT 0 NOT NULL,
    tries bigint DEFAULT 0 NOT NULL,
    last_error text,
    given_up_at bigint DEFAULT 0 NOT NULL,
    created_at bigint NOT NULL,
    lane bigint DEFAULT 0 NOT NULL,
    taker text DEFAULT ''::text NOT NULL,
    asks bigint DEFAULT 0 NOT NULL,
    dropped_at bigint DEFAULT 0 NOT NULL
);
CREATE TABLE labels (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    name text NOT NULL,
    colour text NOT NULL,
    created_at bigint NOT NULL
);
CREATE TABLE learned (
    organisation_id bigint NOT NULL,
    weights bytea NOT NULL,
    at bigint NOT NULL
);
CREATE TABLE leases (
    name text NOT NULL,
    holder text NOT NULL,
    until bigint NOT NULL
);
CREATE TABLE macros (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    is_shared boolean NOT NULL,
    name text NOT NULL,
    text text NOT NULL,
    status text,
    label_id bigint,
    created_at bigint NOT NULL,
    version bigint DEFAULT 1 NOT NULL
);
CREATE TABLE messages (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    conversation_id bigint NOT NULL,
    case_id bigint NOT NULL,
    channel_id bigint NOT NULL,
    direction text NOT NULL,
    state text NOT NULL,
    state_at bigint NOT NULL,
    state_words text,
    person_id bigint,
    user_id bigint,
    external_id text,
    content_hash bytea,
    envelope_id bigint,
    subject text NOT NULL,
    text text NOT NULL,
    html text,
    fold_at bigint NOT NULL,
    parties text NOT NULL,
    is_auto boolean NOT NULL,
    sent_at bigint NOT NULL,
    at bigint NOT NULL,
    understood text,
    prefers_html boolean DEFAULT false NOT NULL,
    place_case_id bigint
);
CREATE TABLE notes (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    case_id bigint NOT NULL,
    user_id bigint,
    text text NOT NULL,
    at bigint NOT NULL,
    place_case_id bigint
);
CREATE TABLE notices (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    device_id bigint NOT NULL,
    case_id bigint NOT NULL,
    kind text NOT NULL,
    created_at bigint NOT NULL
);
CREATE TABLE organisations (
    id bigint NOT NULL,
    name text NOT NULL,
    language text NOT NULL,
    time_zone text NOT NULL,
    created_at bigint NOT NULL,
    version bigint DEFAULT 1 NOT NULL,
    needs_second_step boolean DEFAULT false NOT NULL
);
CREATE TABLE people (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    name text NOT NULL,
    language text DEFAULT ''::text NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    version bigint DEFAULT 1 NOT NULL,
    merged_into bigint,
    root_id bigint DEFAULT 0 NOT NULL,
    kind text DEFAULT 'person'::text NOT NULL
);
CREATE TABLE person_duplicates (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    low_id bigint NOT NULL,
    high_id bigint NOT NULL,
    score bigint NOT NULL,
    reasons text NOT NULL,
    state text NOT NULL,
    refused text DEFAULT ''::text NOT NULL,
    is_joined boolean NOT NULL,
    at bigint NOT NULL,
    decided_at bigint DEFAULT 0 NOT NULL,
    decided_by bigint DEFAULT 0 NOT NULL
);
CREATE TABLE person_keys (
    organisation_id bigint NOT NULL,
    key text NOT NULL,
    person_id bigint NOT NULL
);
CREATE TABLE person_merges (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    winner_id bigint NOT NULL,
    loser_id bigint NOT NULL,
    at bigint NOT NULL,
    actor_kind text NOT NULL,
    actor_id bigint NOT NULL,
    score bigint NOT NULL,
    reasons text NOT NULL,
    undone_at bigint DEFAULT 0 NOT NULL,
    undone_by bigint DEFAULT 0 NOT NULL
);
CREATE TABLE person_relations (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    person_id bigint NOT NULL,
    kind text NOT NULL,
    other_id bigint NOT NULL,
    note text NOT NULL,
    since bigint DEFAULT 0 NOT NULL,
    until bigint DEFAULT 0 NOT NULL,
    removed_at bigint DEFAULT 0 NOT NULL,
    created_at bigint NOT NULL,
    created_by bigint DEFAULT 0 NOT NULL
);
CREATE TABLE preferences (
    organisation_id bigint NOT NULL,
    user_id bigint NOT NULL,
    signature text NOT NULL,
    settings text NOT NULL,
    version bigint NOT NULL
);
CREATE TABLE presence (
    organisation_id bigint NOT NULL,
    case_id bigint NOT NULL,
    user_id bigint NOT NULL,
    state text NOT NULL,
    since bigint NOT NULL,
    until bigint NOT NULL,
    change bigint NOT NULL
);
CREATE TABLE read_marks (
    organisation_id bigint NOT NULL,
    user_id bigint NOT NULL,
    case_id bigint NOT NULL,
    read_n bigint NOT NULL
);
CREATE TABLE record_statuses (
    organisation_id bigint NOT NULL,
    record_id bigint NOT NULL,
    id bigint NOT NULL,
    status text NOT NULL,
    at bigint NOT NULL
);
CREATE TABLE record_types (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    name text NOT NULL,
    words text NOT NULL,
    lookup_url text,
    lookup_secret bytea,
    lookup_ttl_s bigint NOT NULL,
    created_at bigint NOT NULL,
    version bigint DEFAULT 1 NOT NULL
);
CREATE TABLE records (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    type_id bigint NOT NULL,
    key text NOT NULL,
    title text NOT NULL,
    status text NOT NULL,
    status_at bigint NOT NULL,
    data text,
    url text,
    person_id bigint,
    owner_kind text,
    owner text,
    owner_value text,
    checked_at bigint NOT NULL,
    lookup_error text,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    version bigint DEFAULT 1 NOT NULL
);
CREATE TABLE recovery_codes (
    organisation_id bigint NOT NULL,
    user_id bigint NOT NULL,
    code_hash bytea NOT NULL
);
CREATE TABLE schema_version (
    version bigint NOT NULL,
    name text NOT NULL,
    at bigint NOT NULL
);
CREATE TABLE search (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    words tsvector NOT NULL
);
CREATE TABLE second_steps (
    organisation_id bigint NOT NULL,
    user_id bigint NOT NULL,
    secret bytea NOT NULL,
    confirmed_at bigint DEFAULT 0 NOT NULL,
    last_step bigint DEFAULT 0 NOT NULL,
    failures bigint DEFAULT 0 NOT NULL,
    wait_until bigint DEFAULT 0 NOT NULL
);
CREATE TABLE sessions (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    secret_hash bytea NOT NULL,
    csrf text NOT NULL,
    created_at bigint NOT NULL,
    seen_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    browser text DEFAULT ''::text NOT NULL,
    device text DEFAULT ''::text NOT NULL
);
CREATE TABLE team_members (
    organisation_id bigint NOT NULL,
    team_id bigint NOT NULL,
    user_id bigint NOT NULL
);
CREATE TABLE teams (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    name text NOT NULL,
    created_at bigint NOT NULL,
    version bigint DEFAULT 1 NOT NULL
);
CREATE TABLE tokens (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    name text NOT NULL,
    scopes text NOT NULL,
    secret_hash bytea NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint DEFAULT 0 NOT NULL,
    revoked_at bigint DEFAULT 0 NOT NULL
);
CREATE TABLE users (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    language text DEFAULT ''::text NOT NULL,
    password_hash text,
    disabled_at bigint DEFAULT 0 NOT NULL,
    created_at bigint NOT NULL,
    version bigint DEFAULT 1 NOT NULL,
    has_second_step boolean DEFAULT false NOT NULL
);
CREATE TABLE views (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    is_shared boolean NOT NULL,
    name text NOT NULL,
    status text NOT NULL,
    team text,
    assignee text,
    channel_id bigint,
    label_id bigint,
    q text,
    sort text NOT NULL,
    created_at bigint NOT NULL,
    version bigint DEFAULT 1 NOT NULL,
    waits boolean DEFAULT false NOT NULL,
    urgent boolean DEFAULT false NOT NULL,
    emotion text
);
CREATE TABLE wordings (
    organisation_id bigint NOT NULL,
    words text NOT NULL,
    version bigint NOT NULL
);
INSERT INTO blobs VALUES (915341953543737799, '\x0c79cdda0b4fca6014a1a171b608f17d4f373bc7f1187c3cf87fcffa490fc638', 5, '\x3132333435', NULL);
INSERT INTO case_labels VALUES (915341953543737799, 915341979359904495, 915341962536560781, false, 253402300799999, true);
INSERT INTO case_labels VALUES (915341953543737799, 915341979359904495, 915341958342249295, true, 1796071334195, true);
INSERT INTO case_merges VALUES (915341953543737799, 915341983810073095, 915341958342249295, 915341983642291155, 1796071335172, 'user', 915341953547930633, NULL, 0, NULL);
INSERT INTO cases VALUES (915341953543737799, 915341962536560781, '3YF-EBWN', 'Meterstand', 'done', false, 915341962532367501, 915341954017925832, NULL, NULL, 'Zie de foto.', 1, 1796071329150, 1796071334129, 1796071334129, 0, 253402300799999, 2, 'Bert de Vries', 'neutral', 'low', 1, 0, NULL, NULL, NULL, NULL, 0, 0);
INSERT INTO cases VALUES (915341953543737799, 915341966735063571, 'HAP-YJXC', 'Factuur', 'new', true, 915341966735063568, 915341954017925832, 915341979519294293, NULL, 'De factuur klopt niet.', 1, 1796071330148, 0, 1796071334150, 1796071330148, 1796071330148, 2, 'Carla', 'neutral', 'normal', 1, 0, NULL, NULL, NULL, NULL, 0, 0);
INSERT INTO cases VALUES (915341953543737799, 915341958342249295, 'ECV-M9EU', 'Lekkage', 'open', true, 915341958342249292, 915341954017925832, NULL, 915341953547930633, 'De kraan lekt ook op kantoor.', 4, 1796071328108, 0, 1796071335172, 1796071334195, 1796071334195, 4, 'Anna Jansen', 'neutral', 'normal', 3, 0, NULL, NULL, NULL, 'waiting', 0, 915341983814263235);
INSERT INTO cases VALUES (915341953543737799, 915341983642291155, '7DQ-XR40', 'Kraan', 'new', false, 915341983642291152, 915341954017925832, NULL, NULL, 'De kraan lekt ook op kantoor.', 0, 1796071334195, 0, 1796071335172, 1796071334195, 1796071334195, 4, 'Anna Jansen', 'neutral', 'normal', 1, 0, NULL, 915341958342249295, 915341958342249295, 'new', 1796071334195, 915341983818462780);
INSERT INTO channels VALUES (915341953543737799, 915341954017925832, 'email', 'Post', 'info@bedrijf.test', '{"address":"info@bedrijf.test","sender_name":null,"signature":null,"has_reply_token":false,"imap_host":"127.0.0.1","imap_port":0,"imap_security":"tls","imap_user":null,"imap_folders":null,"sent_folder":null,"smtp_host":null,"smtp_port":0,"smtp_security":"tls","smtp_user":null,"ca_file":null}', '\x419dbce092ef115be10b9112852871443eb310dbf3d245ea35c61d34e69d38fd1994ddbff6e5024ceb7aa3c5c848f72de855d490014ba428bd800537d7bbee45319b564eb988a474865b19350a306018e89c81607e884a232511f4cb2a7f58e86dd0a943c34bb39384b29eff17e08035ccddd64aa5282588acd97274a81dc9735cbecb9f549724be04fd1b452e46a1b1e68ab4028171db5c34b6725f1a93edbcefd71ed63f2cca4021aeac755faa5da1346b69cfacbef2f11334a6694324c7c1878238d4b3e95cabcfe518a7dc9e6b7a0ec816291ebe75b863cd4b0e056f456aa7c9c958dc4e869fa2196fd829297aa977327d7b88b7e80ed7eb3e5bef94b33d4a634c99d6d1a6e5c597b7931c1cff93f04cdd64c4814f07148386b7e9d6064e91b5c970301e7bb2c8eadfed72d6d4ed309ed8289b05f045437fa6468483ad6fa6f5cc8918c1873236f5ca41c363cc09b714e5a92f726a666f186c3476a31196114ba1ec0384dfafda84f756e0d02f6c0693b8c3cd1cdd062bff', NULL, true, 0, 1796071328082, '127.0.0.1 is at 127.0.0.1, a private address, and this server may only call public ones', 0, 1796071328069, 1, 0, 1796071334134, '127.0.0.1 is at 127.0.0.1, a private address, and this server may only call public ones', 0);
INSERT INTO conversations VALUES (915341953543737799, 915341958350647740, 915341954017925832, 915341958342249292, 915341958342249295, NULL, 'Lekkage', 1796071329098, NULL);
INSERT INTO conversations VALUES (915341953543737799, 915341962540751728, 915341954017925832, 915341962532367501, 915341962536560781, NULL, 'Meterstand', 1796071330098, NULL);
INSERT INTO conversations VALUES (915341953543737799, 915341966743437668, 915341954017925832, 915341966735063568, 915341966735063571, NULL, 'Factuur', 1796071331100, NULL);
INSERT INTO conversations VALUES (915341953543737799, 915341983642291157, 915341954017925832, 915341983642291152, 915341958342249295, NULL, 'Kraan', 1796071335131, 915341983642291155);
INSERT INTO drafts VALUES (915341953543737799, 915341979544462640, 915341953547930633, 915341966735063571, 'reply', '{"text":"Beste Carla,","subject":null,"to":null,"cc":[],"files":[],"personal":[],"conversation_id":null,"status":"new"}', 0, NULL, 1796071334154, 1, NULL);
INSERT INTO duplicate_marks VALUES (915341953543737799, 0, 0, 1796071328064);
INSERT INTO envelopes VALUES (915341953543737799, 915341954184420465, 915341954017925832, '596fcf04c8bfdde9b472baee6442236ef966e675459b30a6873ecbb4e0458ce5', 1796071328108, 176, '\x46726f6d3a20416e6e61204a616e73656e203c616e6e61406b6c616e742e6578616d706c653e0a546f3a20696e666f4062656472696a662e746573740a5375626a6563743a204c656b6b6167650a4d6573736167652d49443a203c6131406b6c616e742e6578616d706c653e0a446174653a204d6f6e2c2032204e6f7620323032362031303a30303a3030202b303130300a0a4d696a6e206b7261616e206c656b7420616c2065656e207765656b2e0a', NULL, NULL, false, 'understood', 'stop', NULL, 915341958350647741, 1796071328108);
INSERT INTO envelopes VALUES (915341953543737799, 915341958554900011, 915341954017925832, 'a8937a28e1a5c8a6666e80619c8bd6299a23de6d4fe6db002b9eb195ed1b878f', 1796071329150, 338, '\x46726f6d3a2062657274406b6c616e742e6578616d706c650a546f3a20696e666f4062656472696a662e746573740a5375626a6563743a204d657465727374616e640a4d6573736167652d49443a203c6231406b6c616e742e6578616d706c653e0a446174653a204d6f6e2c2032204e6f7620323032362031303a30303a3030202b303130300a4d494d452d56657273696f6e3a20312e300a436f6e74656e742d547970653a206d756c7469706172742f6d697865643b20626f756e646172793d780a0a2d2d780a436f6e74656e742d547970653a20746578742f706c61696e0a0a5a696520646520666f746f2e0a2d2d780a436f6e74656e742d547970653a20746578742f706c61696e0a436f6e74656e742d446973706f736974696f6e3a206174746163686d656e743b2066696c656e616d653d6d657465727374616e642e7478740a0a31323334350a2d2d782d2d0a', NULL, NULL, false, 'understood', 'stop', NULL, 915341962540751729, 1796071329150);
INSERT INTO envelopes VALUES (915341953543737799, 915341962744209164, 915341954017925832, 'b05b96fb1d0ff4825f6a35065d1cd1bd6d3d2c229d8285b9fa7e27304de18ee4', 1796071330148, 165, '\x46726f6d3a204361726c61203c6361726c61406b6c616e742e6578616d706c653e0a546f3a20696e666f4062656472696a662e746573740a5375626a6563743a20466163747575720a4d6573736167652d49443a203c6331406b6c616e742e6578616d706c653e0a446174653a204d6f6e2c2032204e6f7620323032362031303a30303a3030202b303130300a0a44652066616374757572206b6c6f7074206e6965742e0a', NULL, NULL, false, 'understood', 'stop', NULL, 915341966743437669, 1796071330148);
INSERT INTO envelopes VALUES (915341953543737799, 915341966927336554, 915341954017925832, 'f5d2c61128ee2fb0a14e6f0fb72c41f70bbf14bad058cff6a4fd25f40be53be6', 1796071331146, 204, '\x46726f6d3a20416e6e61204a616e73656e203c616e6e61406b6c616e742e6578616d706c653e0a546f3a20696e666f4062656472696a662e746573740a5375626a6563743a2052653a204c656b6b6167650a4d6573736167652d49443a203c6132406b6c616e742e6578616d706c653e0a446174653a204d6f6e2c2032204e6f7620323032362031303a30303a3030202b303130300a496e2d5265706c792d546f3a203c6131406b6c616e742e6578616d706c653e0a0a486574206c656b74206e6f67207374656564732e0a', NULL, NULL, false, 'understood', 'stop', NULL, 915341970941947702, 1796071331146);
INSERT INTO envelopes VALUES (915341953543737799, 915341971138795696, 915341954017925832, '57b010c5b2e2add31f9bcaadb3b4b3953cc39d3a3c928fb7d1d3a5e3766807ad', 1796071332150, 190, '\x46726f6d3a204361726c61203c6361726c61406b6c616e742e6578616d706c653e0a546f3a20696e666f4062656472696a662e746573740a5375626a6563743a20466163747575720a4d6573736167652d49443a203c6331406b6c616e742e6578616d706c653e0a446174653a204d6f6e2c2032204e6f7620323032362031303a30303a3030202b303130300a52656365697665643a2066726f6d20656c736577686572650a0a44652066616374757572206b6c6f7074206e6965742e0a', NULL, NULL, false, 'duplicate', 'identify', 'the same message came before', 915341966743437669, 1796071332150);
INSERT INTO envelopes VALUES (915341953543737799, 915341975357949284, 915341954017925832, '6dda10a0fce5da5229b400a5f12a8d0148f4d3b7441ff5f96674a8bcab22096a', 1796071333156, 123, '\x46726f6d3a200a546f3a20696e666f4062656472696a662e746573740a5375626a6563743a2076616e206e69656d616e640a4d6573736167652d49443a203c6e31406b6c616e742e6578616d706c653e0a446174653a204d6f6e2c2032204e6f7620323032362031303a30303a3030202b303130300a0a626f650a', NULL, NULL, false, 'not_understood', 'identify', 'it doesn''t say who it is from', NULL, 1796071333156);
INSERT INTO envelopes VALUES (915341953543737799, 915341979719601045, 915341954017925832, 'a7af8cb48014fdc0aadfc280c995a32a1793251b646791acf4cb254d7e46e5dc', 1796071334195, 169, '\x46726f6d3a20416e6e61204a203c616e6e61407765726b2e6578616d706c653e0a546f3a20696e666f4062656472696a662e746573740a5375626a6563743a204b7261616e0a4d6573736167652d49443a203c6133406b6c616e742e6578616d706c653e0a446174653a204d6f6e2c2032204e6f7620323032362031303a30303a3030202b303130300a0a4465206b7261616e206c656b74206f6f6b206f70206b616e746f6f722e0a', NULL, NULL, false, 'understood', 'stop', NULL, 915341983642291158, 1796071334195);
INSERT INTO event_heads VALUES (915341953543737799, 39, '\xf290440c182f4a9bfe71058efd3a80fa48f9aa50367e9fdff8e8ecff5134e711');
INSERT INTO events VALUES (915341953543737799, 1, 915341953547930632, 'organisation.added', 1796071327954, 'system', 0, NULL, NULL, NULL, '\xe504df6adf28e8826c07f67858665399f3af369a69616f786bd13572e214d1c5');
INSERT INTO events VALUES (915341953543737799, 2, 915341953547930634, 'user.added', 1796071327954, 'system', 0, NULL, 'usr_0sczjn0tks309', NULL, '\xc2388d082dc4eca3613f84befcbb7d2cc0d45ce285097ecdc5344f67f5e0da38');
INSERT INTO events VALUES (915341953543737799, 3, 915341953676659067, 'token.added', 1796071327981, 'system', 0, NULL, 'tok_0sczjn0yehjbt', NULL, '\x82860ef085e1f0b8f3a8e2e0a08cbf290b617801ec34d1ac29cea6457ad6a436');
INSERT INTO events VALUES (915341953543737799, 4, 915341954022126832, 'channel.added', 1796071328069, 'user', 915341953547930633, NULL, 'chn_0sczjn18m06p8', NULL, '\xbb6ddee1521f984b65d80bf32a5add492a387e6a8d45f264c17858ba5bef12b0');
INSERT INTO events VALUES (915341953543737799, 5, 915341954072451601, 'channel.failing', 1796071328082, 'system', 0, NULL, 'chn_0sczjn18m06p8', NULL, '\x07df56fdf195518f05331e7367b982a3ed90aca3954ee1674ba4d546471e5461');
INSERT INTO events VALUES (915341953543737799, 6, 915341958342249294, 'person.added', 1796071329098, 'system', 0, NULL, 'per_0sczjn59g02tc', NULL, '\x2230f63bd698ffa9b0d9ffaa018ac5cba4f3f19bb44b1dd13789420265ed8399');
INSERT INTO events VALUES (915341953543737799, 7, 915341958350647739, 'case.opened', 1796071329098, 'system', 0, 915341958342249295, NULL, NULL, '\x7277e6173dca1d24055982b9dae3937f490ec3b9a3364e617834ce46a8012878');
INSERT INTO events VALUES (915341953543737799, 8, 915341958350647742, 'message.received', 1796071329098, 'customer', 915341958342249292, 915341958342249295, 'msg_0sczjn59r0cdx', NULL, '\xacaba2ca04cae3bc7be89b2e797f3c400751cf676ba0328d25f0c926f58ebf9a');
INSERT INTO events VALUES (915341953543737799, 9, 915341962536560780, 'person.added', 1796071330098, 'system', 0, NULL, 'per_0sczjn96c0b4d', NULL, '\xbdcc10b4192d09b79f4dcf74e37e8603eb3364ba0406091f9b6d9e6ac84aab1a');
INSERT INTO events VALUES (915341953543737799, 10, 915341962540751727, 'case.opened', 1796071330098, 'system', 0, 915341962536560781, NULL, NULL, '\xc5f13a17aa7b99fc0b5295881d766ba137ee34b411001d6cc6977efde78badb2');
INSERT INTO events VALUES (915341953543737799, 11, 915341962540751731, 'message.received', 1796071330098, 'customer', 915341962532367501, 915341962536560781, 'msg_0sczjn96m06vh', NULL, '\x95f2118ce8e58b761bc9cf0c6b70b2c4b6d4bb79fe8d63d69d5264c87c3edeeb');
INSERT INTO events VALUES (915341953543737799, 12, 915341966735063570, 'person.added', 1796071331100, 'system', 0, NULL, 'per_0sczjnd3m0egg', NULL, '\xef0ec715d2c13a858e4557e05d7a734b317ac78d7fede0bf25ab3505d72d7616');
INSERT INTO events VALUES (915341953543737799, 13, 915341966743437667, 'case.opened', 1796071331100, 'system', 0, 915341966735063571, NULL, NULL, '\xf680535ea24abec2a8f7fb4c93625648744c7aeea20aa5c5d181cfc92491f444');
INSERT INTO events VALUES (915341953543737799, 14, 915341966743437670, 'message.received', 1796071331100, 'customer', 915341966735063568, 915341966735063571, 'msg_0sczjnd3w00b5', NULL, '\x08bc26278070240aca9c23818cdb03338db4a4c8c2101c6e75afdbde34893355');
INSERT INTO events VALUES (915341953543737799, 15, 915341970941947703, 'message.received', 1796071332102, 'customer', 915341958342249292, 915341958342249295, 'msg_0sczjnh100bsp', NULL, '\x951b4f643c3e5aa463cd63c960607fbeccef406d1e00e8650efc7fadbeaeee51');
INSERT INTO events VALUES (915341953543737799, 16, 915341979330548795, 'envelope.not_understood', 1796071334104, 'system', 0, NULL, 'env_0sczjnn4ke1b4', NULL, '\xeb4ccd82181fb9fd4be26adee68fe2def61e1dc5cb1fc93444e3444a623bf66b');
INSERT INTO events VALUES (915341953543737799, 17, 915341979364099950, 'label.added', 1796071334111, 'user', 915341953547930633, NULL, 'lab_0sczjnrvw00qf', NULL, '\x5bedcfef0d55a0ac149d67ad7b3be527523aa7fa95c35489a0f8f3aa0c3699c0');
INSERT INTO events VALUES (915341953543737799, 18, 915341979372487857, 'case.labelled', 1796071334113, 'user', 915341953547930633, 915341958342249295, NULL, '{"label":"lab_0sczjnrvw00qf"}', '\x185f9624b290cbee2b8154b675021c50cffa5254f33dfacffa0397f8f154de55');
INSERT INTO events VALUES (915341953543737799, 19, 915341979385070078, 'case.labelled', 1796071334115, 'user', 915341953547930633, 915341962536560781, NULL, '{"label":"lab_0sczjnrvw00qf"}', '\xaed8252449cc5407d0a42a3a4d68f665eebfab0616f1312ea579bcd757fe63f8');
INSERT INTO events VALUES (915341953543737799, 20, 915341979401856129, 'note.added', 1796071334120, 'user', 915341953547930633, 915341958342249295, 'not_0sczjnrx40940', NULL, '\x5dba1debda957874e0129faf51d828bcf537c134b345fd8c40a01fb4f97436ae');
INSERT INTO events VALUES (915341953543737799, 21, 915341979418630483, 'message.queued', 1796071334124, 'user', 915341953547930633, 915341958342249295, 'msg_0sczjnrxm06aj', NULL, '\x04e13afcb85c4a3fb60fae78c9cc0f3b2517961f3c0795bdd01ae8f08a6d9edd');
INSERT INTO events VALUES (915341953543737799, 22, 915341979439597979, 'case.changed', 1796071334129, 'user', 915341953547930633, 915341962536560781, NULL, '{"status":"done"}', '\xefede8bd75ef3b0ba79fdcde943b9c022e566e6ddde6ac3b7d485de753e1b73e');
INSERT INTO events VALUES (915341953543737799, 23, 915341979456385811, 'channel.send_failing', 1796071334134, 'system', 0, NULL, 'chn_0sczjn18m06p8', NULL, '\x94d52e980fe2799c3163b3e4082dbc7496f1566a3c803376ae7285d383fa7fb2');
INSERT INTO events VALUES (915341953543737799, 24, 915341979460579078, 'message.queued', 1796071334134, 'system', 0, 915341958342249295, 'msg_0sczjnrxm06aj', '{"words":"127.0.0.1 is at 127.0.0.1, a private address, and this server may only call public ones"}', '\x6d05803b5e612aa924792ee3d2452aefd26b8b0c7a38c840e40c89f4f42aacda');
INSERT INTO events VALUES (915341953543737799, 25, 915341979477352019, 'audit.case_read', 1796071334139, 'user', 915341953547930633, 915341962536560781, NULL, NULL, '\xb44ae73097fd9d2ba98786f1fe2a9ddffed63741819923f9712c04c4f231e96a');
INSERT INTO events VALUES (915341953543737799, 26, 915341979498321579, 'person.changed', 1796071334140, 'user', 915341953547930633, NULL, 'per_0sczjn96c0b4d', NULL, '\xae6aaebaaf7cf8db086b4b9227ee4b4d6579a0a758c80f2aa287b0726d9479b2');
INSERT INTO events VALUES (915341953543737799, 27, 915341979519294294, 'team.added', 1796071334149, 'user', 915341953547930633, NULL, 'tem_0sczjns0m06tn', NULL, '\xa3f42dc76de659dad40f1421c475a25a63aa6499a6abcf525adcf15c572192b8');
INSERT INTO events VALUES (915341953543737799, 28, 915341979527687328, 'case.changed', 1796071334150, 'user', 915341953547930633, 915341966735063571, NULL, '{"team_id":"tem_0sczjns0m06tn"}', '\xfc96d0b9581690c94f65764007d49a14a6202b2698b58c8a6d26aedbcd399196');
INSERT INTO events VALUES (915341953543737799, 29, 915341979536067033, 'view.added', 1796071334152, 'user', 915341953547930633, NULL, 'viw_0sczjns1006x8', NULL, '\xecda0c2d751cbfdc43cedc54ff00eeda879be0f6e422dda5318106aa59399509');
INSERT INTO events VALUES (915341953543737799, 30, 915341979565427871, 'record_type.added', 1796071334159, 'user', 915341953547930633, NULL, 'rty_0sczjns1w06ft', NULL, '\x3c90f825f6b38011fefc45faccefbdd8b7956c4ee70f8ec38cd34f302fc6eb99');
INSERT INTO events VALUES (915341953543737799, 31, 915341979573824182, 'record.added', 1796071334161, 'user', 915341953547930633, NULL, 'rec_0sczjns280anm', NULL, '\xee1a3024a08daf658f1afe2a316cf99631cc33ad5120773f08dbbfc16cdfbdbe');
INSERT INTO events VALUES (915341953543737799, 32, 915341983642291154, 'person.added', 1796071335131, 'system', 0, NULL, 'per_0sczjnwvg02yg', NULL, '\x19511bb8f2357e82ff39def44ff05ac128bd9a5fe92824095211f01583bd0ce6');
INSERT INTO events VALUES (915341953543737799, 33, 915341983642291156, 'case.opened', 1796071335131, 'system', 0, 915341983642291155, NULL, NULL, '\xfc2aac09612e0133bcd62071ae328c3b00b527fe6eb3462c26488ff9b7a6677e');
INSERT INTO events VALUES (915341953543737799, 34, 915341983642291159, 'message.received', 1796071335131, 'customer', 915341983642291152, 915341983642291155, 'msg_0sczjnwvg02yp', NULL, '\x2a7ea0ab6ebf369401b625e2d2c994d19d7697de664a9c7ba9cac9e63c021568');
INSERT INTO events VALUES (915341953543737799, 35, 915341983709410461, 'audit.case_read', 1796071335148, 'user', 915341953547930633, 915341958342249295, NULL, NULL, '\xb9cd4e83d2287af6835a0c7c083bd10764d57ac7dc522a79259dcb5cc99d53d9');
INSERT INTO events VALUES (915341953543737799, 36, 915341983730370297, 'audit.case_read', 1796071335153, 'user', 915341953547930633, 915341983642291155, NULL, NULL, '\xc964222ad13b0901a2c8886b20a89eb5b56ea06540d1fbd0484ce138934110e1');
INSERT INTO events VALUES (915341953543737799, 37, 915341983801679608, 'person.merged', 1796071335154, 'user', 915341953547930633, NULL, 'per_0sczjn59g02tc', '{"merge":"mrg_0sczjnwy80c0k","other":"per_0sczjnwvg02yg"}', '\xa9b34b58a7b65ea336b792ba1388a85b6dcf7a756dadb0bb281742b65b460bea');
INSERT INTO events VALUES (915341953543737799, 38, 915341983818462781, 'case.merged', 1796071335172, 'user', 915341953547930633, 915341958342249295, 'cas_0sczjnwvg02yk', '{"merge":"cmg_0sczjnx0g0cg7","winner":"cas_0sczjn59g02tf","loser":"cas_0sczjnwvg02yk","reference":"7DQ-XR40","title":"Kraan"}', '\x947836407896b622caca42e06cccc61131bf8acd2f9dc3f73c5bbad1a90111b0');
INSERT INTO events VALUES (915341953543737799, 39, 915341983856205866, 'identity.added', 1796071335180, 'user', 915341953547930633, NULL, 'per_0sczjn96c0b4d', '{"identity":"idn_0sczjnx1r075k","kind":"phone","state":"claimed","by":"agent"}', '\xf290440c182f4a9bfe71058efd3a80fa48f9aa50367e9fdff8e8ecff5134e711');
INSERT INTO files VALUES (915341953543737799, 915341962540751730, 915341962540751729, NULL, 'meterstand.txt', 'text/plain', 5, 5, '\x0c79cdda0b4fca6014a1a171b608f17d4f373bc7f1187c3cf87fcffa490fc638', NULL, false, 1796071330098);
INSERT INTO identities VALUES (915341953543737799, 915341958342249293, 915341958342249292, 'email', 'anna@klant.example', 'anna@klant.example', 'verified', 1796071329098, 'message', true, false, 0, 1796071329098);
INSERT INTO identities VALUES (915341953543737799, 915341962536560779, 915341962532367501, 'email', 'bert@klant.example', 'bert@klant.example', 'verified', 1796071330098, 'message', true, false, 0, 1796071330098);
INSERT INTO identities VALUES (915341953543737799, 915341966735063569, 915341966735063568, 'email', 'carla@klant.example', 'carla@klant.example', 'verified', 1796071331100, 'message', true, false, 0, 1796071331100);
INSERT INTO identities VALUES (915341953543737799, 915341983642291153, 915341983642291152, 'email', 'anna@werk.example', 'anna@werk.example', 'verified', 1796071335131, 'message', true, false, 0, 1796071335131);
INSERT INTO identities VALUES (915341953543737799, 915341983852010675, 915341962532367501, 'phone', '+31612345678', '+31612345678', 'claimed', 1796071335180, 'agent', true, false, 0, 1796071335180);
INSERT INTO jobs VALUES (0, 915341954043099845, 'duplicates', 0, 1796071388075, 0, 0, 0, NULL, 0, 1796071328075, 0, '', 0, 0);
INSERT INTO jobs VALUES (0, 915341954097618269, 'housekeeping', 0, 1796074928088, 0, 0, 0, NULL, 0, 1796071328088, 0, '', 0, 0);
INSERT INTO jobs VALUES (915341953543737799, 915341979422824243, 'send', 915341979418630482, 1796071339135, 0, 0, 1, '127.0.0.1 is at 127.0.0.1, a private address, and this server may only call public ones', 0, 1796071334124, 915341954017925832, 'a7a66952-dc45-42fc-9b20-a48242f58dda.pid:[4026531836]/4818/446869/ci32cghi', 0, 0);
INSERT INTO labels VALUES (915341953543737799, 915341979359904495, 'Spoed', '#aa0000', 1796071334111);
INSERT INTO messages VALUES (915341953543737799, 915341958350647741, 915341958350647740, 915341958342249295, 915341954017925832, 'in', 'received', 1796071329098, NULL, 915341958342249292, NULL, 'a1@klant.example', '\x434a5c993ecc90b7fad9e24ec617c7b409daa703ee74a9f176d4283aa554ed95', 915341954184420465, 'Lekkage', 'Mijn kraan lekt al een week.', NULL, 28, '{"from":[{"name":"Anna Jansen","address":"anna@klant.example"}],"to":[{"name":"","address":"info@bedrijf.test"}],"cc":[]}', false, 1793610000000, 1796071328108, '{"language":"nl","margin":1,"polarity":"neu","emotion":"neutral","intent":"report","urgency":"normal","doubtful":false,"why":["kraan","week","een","lekt","Mijn"],"corrected":[]}', false, NULL);
INSERT INTO messages VALUES (915341953543737799, 915341962540751729, 915341962540751728, 915341962536560781, 915341954017925832, 'in', 'received', 1796071330098, NULL, 915341962532367501, NULL, 'b1@klant.example', '\x35827a0d28dea960f8ff92764f07db84e2210ba668f7419f3d035806ce0cdb2e', 915341958554900011, 'Meterstand', 'Zie de foto.', NULL, 12, '{"from":[{"name":"","address":"bert@klant.example"}],"to":[{"name":"","address":"info@bedrijf.test"}],"cc":[]}', false, 1793610000000, 1796071329150, '{"language":"nl","margin":0.995,"polarity":"neu","emotion":"neutral","intent":"chitchat","urgency":"low","doubtful":false,"why":["foto","Zie"],"corrected":[]}', false, NULL);
INSERT INTO messages VALUES (915341953543737799, 915341966743437669, 915341966743437668, 915341966735063571, 915341954017925832, 'in', 'received', 1796071331100, NULL, 915341966735063568, NULL, 'c1@klant.example', '\x64f6de8a7f9b9d415eb402dfaa4c7ee11867e51a1e1b24dc29c9d1f6395a0016', 915341962744209164, 'Factuur', 'De factuur klopt niet.', NULL, 22, '{"from":[{"name":"Carla","address":"carla@klant.example"}],"to":[{"name":"","address":"info@bedrijf.test"}],"cc":[]}', false, 1793610000000, 1796071330148, '{"language":"nl","margin":1,"polarity":"neu","emotion":"neutral","intent":"complaint","urgency":"normal","doubtful":false,"why":["factuur","klopt","niet"],"corrected":[]}', false, NULL);
INSERT INTO messages VALUES (915341953543737799, 915341970941947702, 915341958350647740, 915341958342249295, 915341954017925832, 'in', 'received', 1796071332102, NULL, 915341958342249292, NULL, 'a2@klant.example', '\xd2456bb33ad227102efeb5b06cbc553efff42b61915ec73a429bb39efcd5879a', 915341966927336554, 'Re: Lekkage', 'Het lekt nog steeds.', NULL, 20, '{"from":[{"name":"Anna Jansen","address":"anna@klant.example"}],"to":[{"name":"","address":"info@bedrijf.test"}],"cc":[]}', false, 1793610000000, 1796071331146, '{"language":"nl","margin":1,"polarity":"neg","emotion":"worry","intent":"report","urgency":"normal","doubtful":false,"why":["lekt","Het","steeds"],"corrected":[]}', false, NULL);
INSERT INTO messages VALUES (915341953543737799, 915341979418630482, 915341958350647740, 915341958342249295, 915341954017925832, 'out', 'queued', 1796071334134, '127.0.0.1 is at 127.0.0.1, a private address, and this server may only call public ones', NULL, 915341953547930633, 'msg_0sczjnrxm06aj@bedrijf.test', NULL, NULL, 'Re: Lekkage', 'Donderdag komt de monteur.', NULL, 26, '{"from":[{"name":"","address":"info@bedrijf.test"}],"to":[{"name":"Anna Jansen","address":"anna@klant.example"}],"cc":[]}', false, 1796071334124, 1796071334124, NULL, false, NULL);
INSERT INTO messages VALUES (915341953543737799, 915341983642291158, 915341983642291157, 915341958342249295, 915341954017925832, 'in', 'received', 1796071335131, NULL, 915341983642291152, NULL, 'a3@klant.example', '\xa3986d76fc8eea627af8e042df124ee4122d2a4af6cd0100b5cfe4e463f8f5e8', 915341979719601045, 'Kraan', 'De kraan lekt ook op kantoor.', NULL, 29, '{"from":[{"name":"Anna J","address":"anna@werk.example"}],"to":[{"name":"","address":"info@bedrijf.test"}],"cc":[]}', false, 1793610000000, 1796071334195, '{"language":"nl","margin":1,"polarity":"neu","emotion":"neutral","intent":"report","urgency":"normal","doubtful":false,"why":["kraan","ook","kantoor","lekt"],"corrected":[]}', false, 915341983642291155);
INSERT INTO notes VALUES (915341953543737799, 915341979401856128, 915341958342249295, 915341953547930633, 'De monteur komt donderdag.', 1796071334120, NULL);
INSERT INTO organisations VALUES (915341953543737799, 'Bedrijf BV', 'nl', 'Europe/Amsterdam', 1796071327954, 1, false);
INSERT INTO people VALUES (915341953543737799, 915341966735063568, 'Carla', '', 1796071331100, 1796071331100, 1, NULL, 915341966735063568, 'person');
INSERT INTO people VALUES (915341953543737799, 915341962532367501, 'Bert de Vries', '', 1796071330098, 1796071334140, 2, NULL, 915341962532367501, 'person');
INSERT INTO people VALUES (915341953543737799, 915341958342249292, 'Anna Jansen', '', 1796071329098, 1796071335154, 2, NULL, 915341958342249292, 'person');
INSERT INTO people VALUES (915341953543737799, 915341983642291152, 'Anna J', '', 1796071335131, 1796071335154, 2, 915341958342249292, 915341958342249292, 'person');
INSERT INTO person_keys VALUES (915341953543737799, 'domain klant.example vries', 915341962532367501);
INSERT INTO person_keys VALUES (915341953543737799, 'phone 612345678', 915341962532367501);
INSERT INTO person_merges VALUES (915341953543737799, 915341983734575123, 915341958342249292, 915341983642291152, 1796071335154, 'user', 915341953547930633, 0, '{}', 0, 0);
INSERT INTO read_marks VALUES (915341953543737799, 915341953547930633, 915341958342249295, 3);
INSERT INTO record_statuses VALUES (915341953543737799, 915341979573824180, 915341979573824181, 'sent', 1796071334161);
INSERT INTO record_types VALUES (915341953543737799, 915341979561236986, 'order', '{"label":"Bestelling","fields":[],"statuses":[{"name":"sent","label":"Verzonden"}]}', NULL, NULL, 300, 1796071334159, 1);
INSERT INTO records VALUES (915341953543737799, 915341979573824180, 915341979561236986, '4711', 'Kraan', 'sent', 1796071334161, NULL, NULL, 915341962532367501, NULL, NULL, NULL, 1796071334161, NULL, 1796071334161, 1796071334161, 1);
INSERT INTO schema_version VALUES (1, 'organisations', 1796071327196);
INSERT INTO schema_version VALUES (2, 'history', 1796071327268);
INSERT INTO schema_version VALUES (3, 'channels', 1796071327296);
INSERT INTO schema_version VALUES (4, 'people', 1796071327320);
INSERT INTO schema_version VALUES (5, 'cases', 1796071327428);
INSERT INTO schema_version VALUES (6, 'search', 1796071327434);
INSERT INTO schema_version VALUES (7, 'channel_by_id', 1796071327437);
INSERT INTO schema_version VALUES (8, 'unfinished_files', 1796071327440);
INSERT INTO schema_version VALUES (9, 'job_lanes', 1796071327440);
INSERT INTO schema_version VALUES (10, 'cases_by_channel', 1796071327443);
INSERT INTO schema_version VALUES (11, 'conversations_rest', 1796071327444);
INSERT INTO schema_version VALUES (12, 'mails_once', 1796071327445);
INSERT INTO schema_version VALUES (13, 'jobs_given_up', 1796071327452);
INSERT INTO schema_version VALUES (14, 'sending_health', 1796071327452);
INSERT INTO schema_version VALUES (15, 'aside_and_takers', 1796071327468);
INSERT INTO schema_version VALUES (16, 'inbound_in_order', 1796071327476);
INSERT INTO schema_version VALUES (17, 'swept_files', 1796071327496);
INSERT INTO schema_version VALUES (18, 'arrived_at', 1796071327498);
INSERT INTO schema_version VALUES (19, 'person_name', 1796071327499);
INSERT INTO schema_version VALUES (20, 'labels_in_order', 1796071327502);
INSERT INTO schema_version VALUES (21, 'understanding', 1796071327520);
INSERT INTO schema_version VALUES (22, 'drafts', 1796071327540);
INSERT INTO schema_version VALUES (23, 'views', 1796071327552);
INSERT INTO schema_version VALUES (24, 'macros', 1796071327576);
INSERT INTO schema_version VALUES (25, 'draft_files', 1796071327580);
INSERT INTO schema_version VALUES (26, 'presence', 1796071327600);
INSERT INTO schema_version VALUES (27, 'read_marks', 1796071327614);
INSERT INTO schema_version VALUES (29, 'prefers_html', 1796071327616);
INSERT INTO schema_version VALUES (30, 'second_step', 1796071327630);
INSERT INTO schema_version VALUES (31, 'devices', 1796071327656);
INSERT INTO schema_version VALUES (33, 'put_away', 1796071327660);
INSERT INTO schema_version VALUES (34, 'wording', 1796071327676);
INSERT INTO schema_version VALUES (35, 'alerts', 1796071327692);
INSERT INTO schema_version VALUES (37, 'sending_rate', 1796071327692);
INSERT INTO schema_version VALUES (38, 'records', 1796071327736);
INSERT INTO schema_version VALUES (39, 'identities', 1796071327764);
INSERT INTO schema_version VALUES (40, 'people_merge', 1796071327800);
INSERT INTO schema_version VALUES (41, 'duplicates', 1796071327828);
INSERT INTO schema_version VALUES (42, 'case_merges', 1796071327876);
INSERT INTO schema_version VALUES (43, 'case_proposals', 1796071327888);
INSERT INTO schema_version VALUES (44, 'chat', 1796071327936);
INSERT INTO search VALUES (915341953543737799, 915341958350647741, '''dgkomal'' ''dgkomeen'' ''dgkomkran'' ''dgkomlekkag'' ''dgkomlekt'' ''dgkommijn'' ''dgkomwek''');
INSERT INTO search VALUES (915341953543737799, 915341962540751729, '''dgkomde'' ''dgkomfoto'' ''dgkommeterstand'' ''dgkomzie''');
INSERT INTO search VALUES (915341953543737799, 915341966735063568, '''dgkopcarla'' ''dgkopexampl'' ''dgkopklant''');
INSERT INTO search VALUES (915341953543737799, 915341966743437669, '''dgkomde'' ''dgkomfactur'' ''dgkomklopt'' ''dgkomniet''');
INSERT INTO search VALUES (915341953543737799, 915341970941947702, '''dgkomhet'' ''dgkomlekkag'' ''dgkomlekt'' ''dgkomnog'' ''dgkomre'' ''dgkomsted''');
INSERT INTO search VALUES (915341953543737799, 915341979418630482, '''dgkomde'' ''dgkomdonderdag'' ''dgkomkomt'' ''dgkomlekkag'' ''dgkommonteur'' ''dgkomre''');
INSERT INTO search VALUES (915341953543737799, 915341983642291158, '''dgkomde'' ''dgkomkantor'' ''dgkomkran'' ''dgkomlekt'' ''dgkomook'' ''dgkomop''');
INSERT INTO search VALUES (915341953543737799, 915341958342249292, '''dgkopanna'' ''dgkopexampl'' ''dgkopj'' ''dgkopjans'' ''dgkopklant'' ''dgkopwerk''');
INSERT INTO search VALUES (915341953543737799, 915341962532367501, '''dgkop31612345678'' ''dgkopbert'' ''dgkopde'' ''dgkopexampl'' ''dgkopklant'' ''dgkopvries''');
INSERT INTO teams VALUES (915341953543737799, 915341979519294293, 'Monteurs', 1796071334149, 1);
INSERT INTO tokens VALUES (915341953543737799, 915341953676659066, 915341953547930633, 'command line', '*', '\x758ab90b318a1e66676fedf3cf1c0e87722a3f256310e1dae0ed662ad190713f', 1796071327981, 0, 0);
INSERT INTO users VALUES (915341953543737799, 915341953547930633, 'beheer@bedrijf.test', 'beheer@bedrijf.test', 'admin', 'nl', '$argon2id$v=19$m=65536,t=2,p=1$Dwpr2LG0KWTv/hHUv9EwIw$2H7d8gpRtFty2ooCYnxMdMJOMGdEFMqwkhmf0/goFz8', 0, 1796071327954, 1, false);
INSERT INTO views VALUES (915341953543737799, 915341979531877288, 915341953547930633, true, 'Wacht op ons', 'active', NULL, NULL, NULL, NULL, NULL, 'waiting', 1796071334152, 1, true, false, NULL);
ALTER TABLE ONLY alerts
    ADD CONSTRAINT alerts_pkey PRIMARY KEY (organisation_id, user_id, case_id, kind);
ALTER TABLE ONLY blobs
    ADD CONSTRAINT blobs_pkey PRIMARY KEY (organisation_id, hash);
ALTER TABLE ONLY case_labels
    ADD CONSTRAINT case_labels_pkey PRIMARY KEY (organisation_id, label_id, case_id);
ALTER TABLE ONLY case_merges
    ADD CONSTRAINT case_merges_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY case_move_items
    ADD CONSTRAINT case_move_items_pkey PRIMARY KEY (organisation_id, item_id, move_id);
ALTER TABLE ONLY case_moves
    ADD CONSTRAINT case_moves_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY case_proposals
    ADD CONSTRAINT case_proposals_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY cases
    ADD CONSTRAINT cases_organisation_id_reference_key UNIQUE (organisation_id, reference);
ALTER TABLE ONLY cases
    ADD CONSTRAINT cases_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY channel_aside
    ADD CONSTRAINT channel_aside_pkey PRIMARY KEY (organisation_id, channel_id, folder, uid_validity, uid);
ALTER TABLE ONLY channel_folders
    ADD CONSTRAINT channel_folders_pkey PRIMARY KEY (organisation_id, channel_id, folder);
ALTER TABLE ONLY channels
    ADD CONSTRAINT channels_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY chat_blocks
    ADD CONSTRAINT chat_blocks_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY chat_items
    ADD CONSTRAINT chat_items_pkey PRIMARY KEY (organisation_id, visitor_id, "position");
ALTER TABLE ONLY chat_visitors
    ADD CONSTRAINT chat_visitors_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY conversations
    ADD CONSTRAINT conversations_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY corrections
    ADD CONSTRAINT corrections_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY devices
    ADD CONSTRAINT devices_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY draft_files
    ADD CONSTRAINT draft_files_pkey PRIMARY KEY (organisation_id, file_id, draft_id);
ALTER TABLE ONLY drafts
    ADD CONSTRAINT drafts_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY duplicate_marks
    ADD CONSTRAINT duplicate_marks_pkey PRIMARY KEY (organisation_id);
ALTER TABLE ONLY envelopes
    ADD CONSTRAINT envelopes_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY event_heads
    ADD CONSTRAINT event_heads_pkey PRIMARY KEY (organisation_id);
ALTER TABLE ONLY events_pending
    ADD CONSTRAINT events_pending_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY events
    ADD CONSTRAINT events_pkey PRIMARY KEY (organisation_id, "position");
ALTER TABLE ONLY files
    ADD CONSTRAINT files_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY idempotency
    ADD CONSTRAINT idempotency_pkey PRIMARY KEY (organisation_id, actor_id, idempotency_key);
ALTER TABLE ONLY identities
    ADD CONSTRAINT identities_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY identity_preferences
    ADD CONSTRAINT identity_preferences_pkey PRIMARY KEY (organisation_id, person_id, purpose);
ALTER TABLE ONLY jobs
    ADD CONSTRAINT jobs_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY labels
    ADD CONSTRAINT labels_organisation_id_name_key UNIQUE (organisation_id, name);
ALTER TABLE ONLY labels
    ADD CONSTRAINT labels_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY learned
    ADD CONSTRAINT learned_pkey PRIMARY KEY (organisation_id);
ALTER TABLE ONLY leases
    ADD CONSTRAINT leases_pkey PRIMARY KEY (name);
ALTER TABLE ONLY macros
    ADD CONSTRAINT macros_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY messages
    ADD CONSTRAINT messages_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY notes
    ADD CONSTRAINT notes_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY notices
    ADD CONSTRAINT notices_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY organisations
    ADD CONSTRAINT organisations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY people
    ADD CONSTRAINT people_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY person_duplicates
    ADD CONSTRAINT person_duplicates_organisation_id_low_id_high_id_key UNIQUE (organisation_id, low_id, high_id);
ALTER TABLE ONLY person_duplicates
    ADD CONSTRAINT person_duplicates_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY person_keys
    ADD CONSTRAINT person_keys_pkey PRIMARY KEY (organisation_id, key, person_id);
ALTER TABLE ONLY person_merges
    ADD CONSTRAINT person_merges_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY person_relations
    ADD CONSTRAINT person_relations_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY preferences
    ADD CONSTRAINT preferences_pkey PRIMARY KEY (organisation_id, user_id);
ALTER TABLE ONLY presence
    ADD CONSTRAINT presence_pkey PRIMARY KEY (organisation_id, case_id, user_id);
ALTER TABLE ONLY read_marks
    ADD CONSTRAINT read_marks_pkey PRIMARY KEY (organisation_id, user_id, case_id);
ALTER TABLE ONLY record_statuses
    ADD CONSTRAINT record_statuses_pkey PRIMARY KEY (organisation_id, record_id, id);
ALTER TABLE ONLY record_types
    ADD CONSTRAINT record_types_organisation_id_name_key UNIQUE (organisation_id, name);
ALTER TABLE ONLY record_types
    ADD CONSTRAINT record_types_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY records
    ADD CONSTRAINT records_organisation_id_type_id_key_key UNIQUE (organisation_id, type_id, key);
ALTER TABLE ONLY records
    ADD CONSTRAINT records_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY recovery_codes
    ADD CONSTRAINT recovery_codes_pkey PRIMARY KEY (organisation_id, user_id, code_hash);
ALTER TABLE ONLY schema_version
    ADD CONSTRAINT schema_version_pkey PRIMARY KEY (version);
ALTER TABLE ONLY search
    ADD CONSTRAINT search_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY second_steps
    ADD CONSTRAINT second_steps_pkey PRIMARY KEY (organisation_id, user_id);
ALTER TABLE ONLY sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY team_members
    ADD CONSTRAINT team_members_pkey PRIMARY KEY (organisation_id, team_id, user_id);
ALTER TABLE ONLY teams
    ADD CONSTRAINT teams_organisation_id_name_key UNIQUE (organisation_id, name);
ALTER TABLE ONLY teams
    ADD CONSTRAINT teams_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY tokens
    ADD CONSTRAINT tokens_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY users
    ADD CONSTRAINT users_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY views
    ADD CONSTRAINT views_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY wordings
    ADD CONSTRAINT wordings_pkey PRIMARY KEY (organisation_id);
CREATE INDEX alerts_by_user ON alerts USING btree (organisation_id, user_id, at, case_id);
CREATE INDEX blobs_dropped ON blobs USING btree (dropped_at, organisation_id, hash) WHERE (dropped_at IS NOT NULL);
CREATE INDEX blobs_large ON blobs USING btree (hash) WHERE (data IS NULL);
CREATE INDEX case_labels_by_case ON case_labels USING btree (organisation_id, case_id, label_id);
CREATE INDEX case_labels_by_waiting ON case_labels USING btree (organisation_id, label_id, is_active, waiting_order, case_id);
CREATE INDEX case_merges_by_loser ON case_merges USING btree (organisation_id, loser_id, id);
CREATE INDEX case_move_items_by_move ON case_move_items USING btree (organisation_id, move_id, item_id);
CREATE INDEX case_moves_by_target ON case_moves USING btree (organisation_id, to_case_id, id);
CREATE UNIQUE INDEX case_proposals_by_case ON case_proposals USING btree (organisation_id, case_id, to_case_id);
CREATE INDEX cases_by_assignee ON cases USING btree (organisation_id, assignee_id, is_active, waiting_order, id);
CREATE INDEX cases_by_channel ON cases USING btree (organisation_id, channel_id, is_active, waiting_order, id);
CREATE INDEX cases_by_emotion ON cases USING btree (organisation_id, emotion, is_active, waiting_order, id) WHERE (emotion <> 'neutral'::text);
CREATE INDEX cases_by_person ON cases USING btree (organisation_id, person_id, id);
CREATE INDEX cases_by_root ON cases USING btree (organisation_id, root_id, id) WHERE (root_id IS NOT NULL);
CREATE INDEX cases_by_status ON cases USING btree (organisation_id, status, waiting_order, id);
CREATE INDEX cases_by_team ON cases USING btree (organisation_id, team_id, is_active, waiting_order, id);
CREATE INDEX cases_by_update ON cases USING btree (organisation_id, is_active, updated_at, id);
CREATE INDEX cases_by_waiting ON cases USING btree (organisation_id, is_active, waiting_order, id);
CREATE INDEX cases_snoozed ON cases USING btree (organisation_id, snoozed_until, id) WHERE (snoozed_until <> 0);
CREATE INDEX cases_urgent ON cases USING btree (organisation_id, is_active, waiting_order, id) WHERE (urgency = ANY (ARRAY['high'::text, 'critical'::text]));
CREATE INDEX cases_waiting_by_update ON cases USING btree (organisation_id, updated_at, id) WHERE (waiting_since > 0);
CREATE UNIQUE INDEX channels_by_id ON channels USING btree (id);
CREATE INDEX channels_fetched ON channels USING btree (type, organisation_id, id) WHERE (enabled = true);
CREATE INDEX chat_blocks_by_address ON chat_blocks USING btree (organisation_id, address_hash) WHERE (address_hash IS NOT NULL);
CREATE INDEX chat_blocks_by_visitor ON chat_blocks USING btree (organisation_id, visitor_id);
CREATE UNIQUE INDEX chat_items_by_message ON chat_items USING btree (organisation_id, message_id);
CREATE UNIQUE INDEX chat_visitors_by_challenge ON chat_visitors USING btree (organisation_id, challenge);
CREATE INDEX chat_visitors_by_change ON chat_visitors USING btree (change, id);
CREATE INDEX chat_visitors_by_conversation ON chat_visitors USING btree (organisation_id, conversation_id);
CREATE INDEX chat_visitors_by_desk_change ON chat_visitors USING btree (desk_change, organisation_id);
CREATE INDEX chat_visitors_idle ON chat_visitors USING btree (seen_at, organisation_id, id) WHERE (conversation_id IS NULL);
CREATE INDEX conversations_by_case ON conversations USING btree (organisation_id, case_id, id);
CREATE INDEX conversations_by_person ON conversations USING btree (organisation_id, person_id, id);
CREATE UNIQUE INDEX conversations_by_thread ON conversations USING btree (organisation_id, channel_id, thread_key) WHERE (thread_key IS NOT NULL);
CREATE UNIQUE INDEX corrections_by_message ON corrections USING btree (organisation_id, message_id, subject);
CREATE UNIQUE INDEX devices_by_endpoint ON devices USING btree (organisation_id, endpoint_hash);
CREATE INDEX devices_by_user ON devices USING btree (organisation_id, user_id, id);
CREATE INDEX draft_files_by_draft ON draft_files USING btree (organisation_id, draft_id, file_id);
CREATE UNIQUE INDEX drafts_by_case ON drafts USING btree (organisation_id, user_id, case_id, kind);
CREATE INDEX drafts_by_update ON drafts USING btree (organisation_id, user_id, updated_at, id);
CREATE INDEX drafts_of_case ON drafts USING btree (organisation_id, case_id, id);
CREATE UNIQUE INDEX envelopes_by_external_id ON envelopes USING btree (organisation_id, channel_id, external_id);
CREATE INDEX envelopes_by_hash ON envelopes USING btree (organisation_id, raw_hash) WHERE (raw_hash IS NOT NULL);
CREATE INDEX envelopes_not_understood ON envelopes USING btree (organisation_id, id) WHERE (state = 'not_understood'::text);
CREATE INDEX envelopes_waiting ON envelopes USING btree (organisation_id, channel_id, id) WHERE (state = 'waiting'::text);
CREATE INDEX events_by_actor ON events USING btree (organisation_id, actor_id, "position") WHERE (actor_kind = ANY (ARRAY['user'::text, 'integration'::text]));
CREATE INDEX events_by_case ON events USING btree (organisation_id, case_id, "position");
CREATE INDEX events_by_kind ON events USING btree (organisation_id, kind, "position");
CREATE INDEX events_pending_by_case ON events_pending USING btree (organisation_id, case_id, id);
CREATE INDEX files_by_hash ON files USING btree (organisation_id, hash) WHERE (hash IS NOT NULL);
CREATE INDEX files_by_message ON files USING btree (organisation_id, message_id, id) WHERE (message_id IS NOT NULL);
CREATE INDEX files_unsent ON files USING btree (created_at, organisation_id, id) WHERE (message_id IS NULL);
CREATE INDEX idempotency_by_age ON idempotency USING btree (at);
CREATE INDEX identities_by_person ON identities USING btree (organisation_id, person_id, id);
CREATE UNIQUE INDEX identities_by_value ON identities USING btree (organisation_id, kind, value, person_id);
CREATE UNIQUE INDEX identities_main ON identities USING btree (organisation_id, kind, value) WHERE is_main;
CREATE UNIQUE INDEX jobs_asked ON jobs USING btree (organisation_id, kind, about) WHERE (asks > 0);
CREATE INDEX jobs_due ON jobs USING btree (due_at, id) WHERE (given_up_at = 0);
CREATE INDEX jobs_given_up ON jobs USING btree (organisation_id, id) WHERE (given_up_at > 0);
CREATE INDEX jobs_taken ON jobs USING btree (taker) WHERE (taken_until > 0);
CREATE INDEX macros_by_user ON macros USING btree (organisation_id, user_id, id);
CREATE INDEX macros_shared ON macros USING btree (organisation_id, id) WHERE (is_shared = true);
CREATE INDEX messages_by_case ON messages USING btree (organisation_id, case_id, id);
CREATE INDEX messages_by_conversation ON messages USING btree (organisation_id, conversation_id, id);
CREATE INDEX messages_by_external_id ON messages USING btree (organisation_id, external_id, id) WHERE (external_id IS NOT NULL);
CREATE INDEX messages_in_outbox ON messages USING btree (organisation_id, state, id) WHERE (state = ANY (ARRAY['queued'::text, 'sending'::text, 'failed'::text]));
CREATE UNIQUE INDEX messages_once ON messages USING btree (organisation_id, external_id, content_hash) WHERE (content_hash IS NOT NULL);
CREATE INDEX notes_by_case ON notes USING btree (organisation_id, case_id, id);
CREATE INDEX notices_by_device ON notices USING btree (organisation_id, device_id, id);
CREATE INDEX people_by_root ON people USING btree (organisation_id, root_id, id);
CREATE INDEX person_duplicates_by_high ON person_duplicates USING btree (organisation_id, high_id, low_id);
CREATE INDEX person_duplicates_open ON person_duplicates USING btree (organisation_id, score, id) WHERE ((state = 'open'::text) AND (is_joined = false));
CREATE INDEX person_keys_by_person ON person_keys USING btree (organisation_id, person_id, key);
CREATE INDEX person_merges_by_loser ON person_merges USING btree (organisation_id, loser_id, id);
CREATE INDEX person_merges_by_winner ON person_merges USING btree (organisation_id, winner_id, id);
CREATE UNIQUE INDEX person_merges_now ON person_merges USING btree (organisation_id, loser_id) WHERE (undone_at = 0);
CREATE INDEX person_relations_by_other ON person_relations USING btree (organisation_id, other_id, id);
CREATE INDEX person_relations_by_person ON person_relations USING btree (organisation_id, person_id, id);
CREATE INDEX presence_by_change ON presence USING btree (change, organisation_id);
CREATE INDEX presence_by_user ON presence USING btree (organisation_id, user_id, until);
CREATE INDEX read_marks_of_case ON read_marks USING btree (organisation_id, case_id, user_id);
CREATE INDEX records_by_key ON records USING btree (organisation_id, key, id);
CREATE INDEX records_by_owner ON records USING btree (organisation_id, owner_kind, owner_value, id) WHERE (owner_value IS NOT NULL);
CREATE INDEX records_by_person ON records USING btree (organisation_id, person_id, id) WHERE (person_id IS NOT NULL);
CREATE INDEX records_by_type ON records USING btree (organisation_id, type_id, id);
CREATE INDEX search_by_words ON search USING gin (words) WITH (gin_pending_list_limit='256');
CREATE UNIQUE INDEX sessions_by_secret ON sessions USING btree (secret_hash);
CREATE INDEX sessions_by_user ON sessions USING btree (organisation_id, user_id, id);
CREATE INDEX team_members_by_user ON team_members USING btree (organisation_id, user_id, team_id);
CREATE UNIQUE INDEX tokens_by_secret ON tokens USING btree (secret_hash);
CREATE INDEX tokens_by_user ON tokens USING btree (organisation_id, user_id, id);
CREATE UNIQUE INDEX users_by_email ON users USING btree (email, organisation_id);
CREATE INDEX views_by_user ON views USING btree (organisation_id, user_id, id);
CREATE INDEX views_shared ON views USING btree (organisation_id, id) WHERE (is_shared = true);
