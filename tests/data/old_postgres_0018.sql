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
    case_id bigint NOT NULL
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
    version bigint DEFAULT 1 NOT NULL
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
    send_error text
);
CREATE TABLE conversations (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    channel_id bigint NOT NULL,
    person_id bigint NOT NULL,
    case_id bigint NOT NULL,
    thread_key text,
    subject text NOT NULL,
    created_at bigint NOT NULL
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
    verified_at bigint DEFAULT 0 NOT NULL,
    created_at bigint NOT NULL
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
    asks bigint DEFAULT 0 NOT NULL
);
CREATE TABLE labels (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    name text NOT NULL,
    colour text NOT NULL,
    created_at bigint NOT NULL
);
CREATE TABLE leases (
    name text NOT NULL,
    holder text NOT NULL,
    until bigint NOT NULL
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
    at bigint NOT NULL
);
CREATE TABLE notes (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    case_id bigint NOT NULL,
    user_id bigint,
    text text NOT NULL,
    at bigint NOT NULL
);
CREATE TABLE organisations (
    id bigint NOT NULL,
    name text NOT NULL,
    language text NOT NULL,
    time_zone text NOT NULL,
    created_at bigint NOT NULL,
    version bigint DEFAULT 1 NOT NULL
);
CREATE TABLE people (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    name text NOT NULL,
    language text DEFAULT ''::text NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    version bigint DEFAULT 1 NOT NULL
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
CREATE TABLE sessions (
    organisation_id bigint NOT NULL,
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    secret_hash bytea NOT NULL,
    csrf text NOT NULL,
    created_at bigint NOT NULL,
    seen_at bigint NOT NULL,
    expires_at bigint NOT NULL
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
    version bigint DEFAULT 1 NOT NULL
);
INSERT INTO blobs VALUES (915341814375806781, '\x0c79cdda0b4fca6014a1a171b608f17d4f373bc7f1187c3cf87fcffa490fc638', 5, '\x3132333435', NULL);
INSERT INTO case_labels VALUES (915341814375806781, 915341840067070567, 915341818978119592);
INSERT INTO case_labels VALUES (915341814375806781, 915341840067070567, 915341823176617607);
INSERT INTO cases VALUES (915341814375806781, 915341818978119592, '724-MQGH', 'Lekkage', 'waiting', true, 915341818978119589, 915341814708315408, NULL, 915341814375806783, 'Donderdag komt de monteur.', 3, 1796071294889, 0, 1796071300911, 0, 253402300799999, 3);
INSERT INTO cases VALUES (915341814375806781, 915341823176617607, 'B21-V0HG', 'Meterstand', 'done', false, 915341823176617604, 915341814708315408, NULL, NULL, 'Zie de foto.', 1, 1796071295900, 1796071300916, 1796071300916, 0, 253402300799999, 2);
INSERT INTO cases VALUES (915341814375806781, 915341827379311506, 'QKX-K26J', 'Factuur', 'new', true, 915341827379311503, 915341814708315408, 915341840176122212, NULL, 'De factuur klopt niet.', 1, 1796071296908, 0, 1796071300929, 1796071296908, 1796071296908, 2);
INSERT INTO channels VALUES (915341814375806781, 915341814708315408, 'email', 'Post', 'info@bedrijf.test', '{"address":"info@bedrijf.test","sender_name":null,"signature":null,"has_reply_token":false,"imap_host":"127.0.0.1","imap_port":0,"imap_security":"tls","imap_user":null,"imap_folders":null,"sent_folder":null,"smtp_host":null,"smtp_port":0,"smtp_security":"tls","smtp_user":null,"ca_file":null}', '\xaf3a125c0eccf70a2a9d2a2610728fe969aa2ee3f6532ab9f18488c3c30bb648ade6242d93b841ec7a88e644b04ca4d9a383be30952d41a50a24c76d34380363e359a288c5464dc27f2c432a038e3e122e0e986924ac4343b3022b7537ea7aab445522bcbd61e6e0e2bbcd988bbc78a40129a921ad47655a2dca93a17884971afc6f3a11ae646c4fdc6bdab4959696fd6966085898b4400416f3c008905f4a960d05e2d783c3e6f9d46e72acefe2400c12d717b64027a366ca8d527b36fc07ae23b4b32269a5d8350bc690c8abb1f5d7f629e4264b6bc35120523579e287461cf3b7319fb3e6add0150c1a7c23af79d41ff3e30a7bd283aeab989f2fd6b6a1c4ec483f7a838719fe2658ea1d1f8e7870b8192162104c7af86f2e469d4966e49c51577dddc88e7bfa938b6474fae93b1d373c8a4801a9566554af4d25b398711dbf706bc1e461ff54506b3d19b4397e9cb53f083c10f962ed911f2b9a78b3e08cd61629edbce2edd1c7a23eb1c0c66f1e3cfd505ae90f5a8d0d40', NULL, true, 0, 1796071294867, '127.0.0.1 is at 127.0.0.1, a private address, and this server may only call public ones', 0, 1796071294855, 1, 0, 1796071300920, '127.0.0.1 is at 127.0.0.1, a private address, and this server may only call public ones');
INSERT INTO conversations VALUES (915341814375806781, 915341818982316719, 915341814708315408, 915341818978119589, 915341818978119592, NULL, 'Lekkage', 1796071295871);
INSERT INTO conversations VALUES (915341814375806781, 915341823180803623, 915341814708315408, 915341823176617604, 915341823176617607, NULL, 'Meterstand', 1796071296874);
INSERT INTO conversations VALUES (915341814375806781, 915341827383508667, 915341814708315408, 915341827379311503, 915341827379311506, NULL, 'Factuur', 1796071297875);
INSERT INTO envelopes VALUES (915341814375806781, 915341814853762337, 915341814708315408, '596fcf04c8bfdde9b472baee6442236ef966e675459b30a6873ecbb4e0458ce5', 1796071294889, 176, '\x46726f6d3a20416e6e61204a616e73656e203c616e6e61406b6c616e742e6578616d706c653e0a546f3a20696e666f4062656472696a662e746573740a5375626a6563743a204c656b6b6167650a4d6573736167652d49443a203c6131406b6c616e742e6578616d706c653e0a446174653a204d6f6e2c2032204e6f7620323032362031303a30303a3030202b303130300a0a4d696a6e206b7261616e206c656b7420616c2065656e207765656b2e0a', NULL, NULL, false, 'understood', 'record', NULL, 915341818982316720, 1796071294889);
INSERT INTO envelopes VALUES (915341814375806781, 915341819094984721, 915341814708315408, 'a8937a28e1a5c8a6666e80619c8bd6299a23de6d4fe6db002b9eb195ed1b878f', 1796071295900, 338, '\x46726f6d3a2062657274406b6c616e742e6578616d706c650a546f3a20696e666f4062656472696a662e746573740a5375626a6563743a204d657465727374616e640a4d6573736167652d49443a203c6231406b6c616e742e6578616d706c653e0a446174653a204d6f6e2c2032204e6f7620323032362031303a30303a3030202b303130300a4d494d452d56657273696f6e3a20312e300a436f6e74656e742d547970653a206d756c7469706172742f6d697865643b20626f756e646172793d780a0a2d2d780a436f6e74656e742d547970653a20746578742f706c61696e0a0a5a696520646520666f746f2e0a2d2d780a436f6e74656e742d547970653a20746578742f706c61696e0a436f6e74656e742d446973706f736974696f6e3a206174746163686d656e743b2066696c656e616d653d6d657465727374616e642e7478740a0a31323334350a2d2d782d2d0a', NULL, NULL, false, 'understood', 'record', NULL, 915341823180803624, 1796071295900);
INSERT INTO envelopes VALUES (915341814375806781, 915341823323043074, 915341814708315408, 'b05b96fb1d0ff4825f6a35065d1cd1bd6d3d2c229d8285b9fa7e27304de18ee4', 1796071296908, 165, '\x46726f6d3a204361726c61203c6361726c61406b6c616e742e6578616d706c653e0a546f3a20696e666f4062656472696a662e746573740a5375626a6563743a20466163747575720a4d6573736167652d49443a203c6331406b6c616e742e6578616d706c653e0a446174653a204d6f6e2c2032204e6f7620323032362031303a30303a3030202b303130300a0a44652066616374757572206b6c6f7074206e6965742e0a', NULL, NULL, false, 'understood', 'record', NULL, 915341827383508668, 1796071296908);
INSERT INTO envelopes VALUES (915341814375806781, 915341827541784372, 915341814708315408, 'f5d2c61128ee2fb0a14e6f0fb72c41f70bbf14bad058cff6a4fd25f40be53be6', 1796071297914, 204, '\x46726f6d3a20416e6e61204a616e73656e203c616e6e61406b6c616e742e6578616d706c653e0a546f3a20696e666f4062656472696a662e746573740a5375626a6563743a2052653a204c656b6b6167650a4d6573736167652d49443a203c6132406b6c616e742e6578616d706c653e0a446174653a204d6f6e2c2032204e6f7620323032362031303a30303a3030202b303130300a496e2d5265706c792d546f3a203c6131406b6c616e742e6578616d706c653e0a0a486574206c656b74206e6f67207374656564732e0a', NULL, NULL, false, 'understood', 'record', NULL, 915341831586189708, 1796071297914);
INSERT INTO envelopes VALUES (915341814375806781, 915341831769942674, 915341814708315408, '57b010c5b2e2add31f9bcaadb3b4b3953cc39d3a3c928fb7d1d3a5e3766807ad', 1796071298921, 190, '\x46726f6d3a204361726c61203c6361726c61406b6c616e742e6578616d706c653e0a546f3a20696e666f4062656472696a662e746573740a5375626a6563743a20466163747575720a4d6573736167652d49443a203c6331406b6c616e742e6578616d706c653e0a446174653a204d6f6e2c2032204e6f7620323032362031303a30303a3030202b303130300a52656365697665643a2066726f6d20656c736577686572650a0a44652066616374757572206b6c6f7074206e6965742e0a', NULL, NULL, false, 'duplicate', 'identify', 'the same message came before', 915341827383508668, 1796071298921);
INSERT INTO envelopes VALUES (915341814375806781, 915341835896893069, 915341814708315408, '6dda10a0fce5da5229b400a5f12a8d0148f4d3b7441ff5f96674a8bcab22096a', 1796071299906, 123, '\x46726f6d3a200a546f3a20696e666f4062656472696a662e746573740a5375626a6563743a2076616e206e69656d616e640a4d6573736167652d49443a203c6e31406b6c616e742e6578616d706c653e0a446174653a204d6f6e2c2032204e6f7620323032362031303a30303a3030202b303130300a0a626f650a', NULL, NULL, false, 'not_understood', 'identify', 'it doesn''t say who it is from', NULL, 1796071299906);
INSERT INTO event_heads VALUES (915341814375806781, 28, '\x06d0daad93a28a205de54b5e053e1c3dc824264295f4178021b672731ef80c00');
INSERT INTO events VALUES (915341814375806781, 1, 915341814375806782, 'organisation.added', 1796071294774, 'system', 0, NULL, NULL, NULL, '\x091db1439dda3273c8186ae48e238835382768203d2b5c8eed32f5f7a3a6eac0');
INSERT INTO events VALUES (915341814375806781, 2, 915341814379994239, 'user.added', 1796071294774, 'system', 0, NULL, 'usr_0sczjgz6ywxsz', NULL, '\x43bcfbce9aba2485b46bd2a3eb62911d2ee4327fd39354ff05cc9d6a82247d7f');
INSERT INTO events VALUES (915341814375806781, 3, 915341814493962166, 'token.added', 1796071294797, 'system', 0, NULL, 'tok_0sczjgzafjqxn', NULL, '\x61e49ebe697c1203ef01e7fe828846db91ad71527055e3ca2ba320223239e6b1');
INSERT INTO events VALUES (915341814375806781, 4, 915341814716703500, 'channel.added', 1796071294855, 'user', 915341814375806783, NULL, 'chn_0sczjgzgw098g', NULL, '\xd4ee988239413326b41c2a6de015d6e26e5ebc41884477642560c249940f4cf7');
INSERT INTO events VALUES (915341814375806781, 5, 915341814758639589, 'channel.failing', 1796071294867, 'system', 0, NULL, 'chn_0sczjgzgw098g', NULL, '\xff5dd14ed3425f4f7904f5f8b25de20cfb1eae40987a65273b2616db064963ca');
INSERT INTO events VALUES (915341814375806781, 6, 915341818978119591, 'person.added', 1796071295871, 'system', 0, NULL, 'per_0sczjh3g40bx5', NULL, '\x67797d30785974a60fc63089f7675bc3889e727e673120dc0ee15912727af8a0');
INSERT INTO events VALUES (915341814375806781, 7, 915341818982316718, 'case.opened', 1796071295871, 'system', 0, 915341818978119592, NULL, NULL, '\x2d32b97771135e09149dd936a7bdba15b3fa979b55bb77c3ca04163c7ae28ee4');
INSERT INTO events VALUES (915341814375806781, 8, 915341818982316721, 'message.received', 1796071295871, 'customer', 915341818978119589, 915341818978119592, 'msg_0sczjh3g80eng', NULL, '\x6a13e07be4547b6080747f1d5689cea5ad59a9ef25917bb375b26504f7bfd01d');
INSERT INTO events VALUES (915341814375806781, 9, 915341823176617606, 'person.added', 1796071296874, 'system', 0, NULL, 'per_0sczjh7d80bm4', NULL, '\x9604393ecb17649888c02895b127d894923a276505a091765a01101d43c14bb3');
INSERT INTO events VALUES (915341814375806781, 10, 915341823180803622, 'case.opened', 1796071296874, 'system', 0, 915341823176617607, NULL, NULL, '\x02d64e619c587f90275e275d42361586d2e8a99c679dd48401ffb14b73028ad8');
INSERT INTO events VALUES (915341814375806781, 11, 915341823184994649, 'message.received', 1796071296874, 'customer', 915341823176617604, 915341823176617607, 'msg_0sczjh7dc03h8', NULL, '\x9e5e94369bbc520e93722f48f617918a2c4b940b6c17002730dc3376e2b13085');
INSERT INTO events VALUES (915341814375806781, 12, 915341827379311505, 'person.added', 1796071297875, 'system', 0, NULL, 'per_0sczjhbag0cwf', NULL, '\x32d47c5ead2c73e3dbc676adba0b3ae87308ac2cb9bf77b83a7de5ffdd9a1f36');
INSERT INTO events VALUES (915341814375806781, 13, 915341827383508666, 'case.opened', 1796071297875, 'system', 0, 915341827379311506, NULL, NULL, '\xbcd03726741343688a2592e94e2b204ea726f9f092bc4921ce96c85f5b557920');
INSERT INTO events VALUES (915341814375806781, 14, 915341827383508669, 'message.received', 1796071297875, 'customer', 915341827379311503, 915341827379311506, 'msg_0sczjhbam0fnw', NULL, '\x3ff6b90aface87c68039b3b29d6e88171cdc6bb81e7108e349273b612288a0d1');
INSERT INTO events VALUES (915341814375806781, 15, 915341831586189709, 'message.received', 1796071298877, 'customer', 915341818978119589, 915341818978119592, 'msg_0sczjhf7w04cc', NULL, '\xded48d712244f3a306e882806193131864ff4bb5b98d71ddc5c2f0a83d92894f');
INSERT INTO events VALUES (915341814375806781, 16, 915341839970611877, 'envelope.not_understood', 1796071300877, 'system', 0, NULL, 'env_0sczjhk8b0bmd', NULL, '\xe78d170f1c62a8a93ce973221bebcbafd410a2ab10919e5d9a1bbc57f7945826');
INSERT INTO events VALUES (915341814375806781, 17, 915341840071276863, 'label.added', 1796071300901, 'user', 915341814375806783, NULL, 'lab_0sczjhq4m02k7', NULL, '\x3d538cab607922e40fcec51a690ad491d2de19bf7ba2bcc97bb3e657c45faca6');
INSERT INTO events VALUES (915341814375806781, 18, 915341840083850010, 'case.labelled', 1796071300904, 'user', 915341814375806783, 915341818978119592, NULL, '{"label":"lab_0sczjhq4m02k7"}', '\xd6c0668862c8f540eb0d9d80dcaad778239b8ad67dd71a7fadbb55ac1a3f346d');
INSERT INTO events VALUES (915341814375806781, 19, 915341840096431510, 'case.labelled', 1796071300906, 'user', 915341814375806783, 915341823176617607, NULL, '{"label":"lab_0sczjhq4m02k7"}', '\xc4a8d7142b99c8c1478b9d383036dbe4d668298b5d7fd7fd358088ef03f37953');
INSERT INTO events VALUES (915341814375806781, 20, 915341840104819548, 'note.added', 1796071300909, 'user', 915341814375806783, 915341818978119592, 'not_0sczjhq5r02tv', NULL, '\x4ec49b51bb25dab994b3f553663e7534c757be0047de5ac46473be1fceb2fc7a');
INSERT INTO events VALUES (915341814375806781, 21, 915341840117401763, 'message.queued', 1796071300911, 'user', 915341814375806783, 915341818978119592, 'msg_0sczjhq640252', NULL, '\x3e0ff643915f35a0e80c15e69d8c9720e24532dac68bd8ca775d954bbab4e2b4');
INSERT INTO events VALUES (915341814375806781, 22, 915341840129990400, 'case.changed', 1796071300916, 'user', 915341814375806783, 915341823176617607, NULL, '{"status":"done"}', '\x7357e681662c299813772c4b0405bbb9256c75bf59560b663d26509d5326b502');
INSERT INTO events VALUES (915341814375806781, 23, 915341840150966496, 'channel.send_failing', 1796071300920, 'system', 0, NULL, 'chn_0sczjgzgw098g', NULL, '\x68247a05feed7030c96ee9aa58bb2fa655e41321997d4805eafaf340996c5afd');
INSERT INTO events VALUES (915341814375806781, 24, 915341840155159641, 'message.queued', 1796071300920, 'system', 0, 915341818978119592, 'msg_0sczjhq640252', '{"words":"127.0.0.1 is at 127.0.0.1, a private address, and this server may only call public ones"}', '\xcc29bd5a73975c9e9ff3287c1284ef77ec189f8a73af0d88ca48cbaefb42d886');
INSERT INTO events VALUES (915341814375806781, 25, 915341840167746578, 'audit.case_read', 1796071300925, 'user', 915341814375806783, 915341823176617607, NULL, NULL, '\xf4011e63eb34add4ca3d6f4e62886486a7cbba3c8c2762a5ae7582d218eb2350');
INSERT INTO events VALUES (915341814375806781, 26, 915341840171933667, 'person.changed', 1796071300925, 'user', 915341814375806783, NULL, 'per_0sczjh7d80bm4', NULL, '\x69367d35ef38d77d154dfa1880d6445680632639cdbe04248548854aecfc41e3');
INSERT INTO events VALUES (915341814375806781, 27, 915341840180328478, 'team.added', 1796071300927, 'user', 915341814375806783, NULL, 'tem_0sczjhq7w02b4', NULL, '\x8737731b7c8f199d72fa49562c0ccd7d2632bb14b05889e76e29a481aeb6acc1');
INSERT INTO events VALUES (915341814375806781, 28, 915341840188718191, 'case.changed', 1796071300929, 'user', 915341814375806783, 915341827379311506, NULL, '{"team_id":"tem_0sczjhq7w02b4"}', '\x06d0daad93a28a205de54b5e053e1c3dc824264295f4178021b672731ef80c00');
INSERT INTO files VALUES (915341814375806781, 915341823180803625, 915341823180803624, NULL, 'meterstand.txt', 'text/plain', 5, 5, '\x0c79cdda0b4fca6014a1a171b608f17d4f373bc7f1187c3cf87fcffa490fc638', NULL, false, 1796071296874);
INSERT INTO identities VALUES (915341814375806781, 915341818978119590, 915341818978119589, 'email', 'anna@klant.example', 'anna@klant.example', 'verified', 1796071295871, 1796071295871);
INSERT INTO identities VALUES (915341814375806781, 915341823176617605, 915341823176617604, 'email', 'bert@klant.example', 'bert@klant.example', 'verified', 1796071296874, 1796071296874);
INSERT INTO identities VALUES (915341814375806781, 915341827379311504, 915341827379311503, 'email', 'carla@klant.example', 'carla@klant.example', 'verified', 1796071297875, 1796071297875);
INSERT INTO jobs VALUES (0, 915341814750261409, 'housekeeping', 0, 1796074894863, 0, 0, 0, NULL, 0, 1796071294863, 0, '', 0);
INSERT INTO jobs VALUES (915341814375806781, 915341840117401764, 'send', 915341840117401762, 1796071305922, 0, 0, 1, '127.0.0.1 is at 127.0.0.1, a private address, and this server may only call public ones', 0, 1796071300911, 915341814708315408, 'a7a66952-dc45-42fc-9b20-a48242f58dda.pid:[4026531836]/2735/443551/yb6c54m4', 0);
INSERT INTO labels VALUES (915341814375806781, 915341840067070567, 'Spoed', '#aa0000', 1796071300901);
INSERT INTO messages VALUES (915341814375806781, 915341818982316720, 915341818982316719, 915341818978119592, 915341814708315408, 'in', 'received', 1796071295871, NULL, 915341818978119589, NULL, 'a1@klant.example', '\x434a5c993ecc90b7fad9e24ec617c7b409daa703ee74a9f176d4283aa554ed95', 915341814853762337, 'Lekkage', 'Mijn kraan lekt al een week.', NULL, 28, '{"from":[{"name":"Anna Jansen","address":"anna@klant.example"}],"to":[{"name":"","address":"info@bedrijf.test"}],"cc":[]}', false, 1793610000000, 1796071294889);
INSERT INTO messages VALUES (915341814375806781, 915341823180803624, 915341823180803623, 915341823176617607, 915341814708315408, 'in', 'received', 1796071296874, NULL, 915341823176617604, NULL, 'b1@klant.example', '\x35827a0d28dea960f8ff92764f07db84e2210ba668f7419f3d035806ce0cdb2e', 915341819094984721, 'Meterstand', 'Zie de foto.', NULL, 12, '{"from":[{"name":"","address":"bert@klant.example"}],"to":[{"name":"","address":"info@bedrijf.test"}],"cc":[]}', false, 1793610000000, 1796071295900);
INSERT INTO messages VALUES (915341814375806781, 915341827383508668, 915341827383508667, 915341827379311506, 915341814708315408, 'in', 'received', 1796071297875, NULL, 915341827379311503, NULL, 'c1@klant.example', '\x64f6de8a7f9b9d415eb402dfaa4c7ee11867e51a1e1b24dc29c9d1f6395a0016', 915341823323043074, 'Factuur', 'De factuur klopt niet.', NULL, 22, '{"from":[{"name":"Carla","address":"carla@klant.example"}],"to":[{"name":"","address":"info@bedrijf.test"}],"cc":[]}', false, 1793610000000, 1796071296908);
INSERT INTO messages VALUES (915341814375806781, 915341831586189708, 915341818982316719, 915341818978119592, 915341814708315408, 'in', 'received', 1796071298877, NULL, 915341818978119589, NULL, 'a2@klant.example', '\xd2456bb33ad227102efeb5b06cbc553efff42b61915ec73a429bb39efcd5879a', 915341827541784372, 'Re: Lekkage', 'Het lekt nog steeds.', NULL, 20, '{"from":[{"name":"Anna Jansen","address":"anna@klant.example"}],"to":[{"name":"","address":"info@bedrijf.test"}],"cc":[]}', false, 1793610000000, 1796071297914);
INSERT INTO messages VALUES (915341814375806781, 915341840117401762, 915341818982316719, 915341818978119592, 915341814708315408, 'out', 'queued', 1796071300920, '127.0.0.1 is at 127.0.0.1, a private address, and this server may only call public ones', NULL, 915341814375806783, 'msg_0sczjhq640252@bedrijf.test', NULL, NULL, 'Re: Lekkage', 'Donderdag komt de monteur.', NULL, 26, '{"from":[{"name":"","address":"info@bedrijf.test"}],"to":[{"name":"Anna Jansen","address":"anna@klant.example"}],"cc":[]}', false, 1796071300911, 1796071300911);
INSERT INTO notes VALUES (915341814375806781, 915341840104819547, 915341818978119592, 915341814375806783, 'De monteur komt donderdag.', 1796071300909);
INSERT INTO organisations VALUES (915341814375806781, 'Bedrijf BV', 'nl', 'Europe/Amsterdam', 1796071294774, 1);
INSERT INTO people VALUES (915341814375806781, 915341818978119589, 'Anna Jansen', '', 1796071295871, 1796071295871, 1);
INSERT INTO people VALUES (915341814375806781, 915341827379311503, 'Carla', '', 1796071297875, 1796071297875, 1);
INSERT INTO people VALUES (915341814375806781, 915341823176617604, 'Bert de Vries', '', 1796071296874, 1796071300925, 2);
INSERT INTO schema_version VALUES (1, 'organisations', 1796071294712);
INSERT INTO schema_version VALUES (2, 'history', 1796071294723);
INSERT INTO schema_version VALUES (3, 'channels', 1796071294728);
INSERT INTO schema_version VALUES (4, 'people', 1796071294732);
INSERT INTO schema_version VALUES (5, 'cases', 1796071294751);
INSERT INTO schema_version VALUES (6, 'search', 1796071294753);
INSERT INTO schema_version VALUES (7, 'channel_by_id', 1796071294754);
INSERT INTO schema_version VALUES (8, 'unfinished_files', 1796071294754);
INSERT INTO schema_version VALUES (9, 'job_lanes', 1796071294755);
INSERT INTO schema_version VALUES (10, 'cases_by_channel', 1796071294755);
INSERT INTO schema_version VALUES (11, 'conversations_rest', 1796071294756);
INSERT INTO schema_version VALUES (12, 'mails_once', 1796071294757);
INSERT INTO schema_version VALUES (13, 'jobs_given_up', 1796071294758);
INSERT INTO schema_version VALUES (14, 'sending_health', 1796071294758);
INSERT INTO schema_version VALUES (15, 'aside_and_takers', 1796071294760);
INSERT INTO schema_version VALUES (16, 'inbound_in_order', 1796071294762);
INSERT INTO schema_version VALUES (17, 'swept_files', 1796071294765);
INSERT INTO schema_version VALUES (18, 'arrived_at', 1796071294766);
INSERT INTO search VALUES (915341814375806781, 915341818978119589, '''slvtpanna'' ''slvtpexampl'' ''slvtpjans'' ''slvtpklant''');
INSERT INTO search VALUES (915341814375806781, 915341818982316720, '''slvtmal'' ''slvtmeen'' ''slvtmkran'' ''slvtmlekkag'' ''slvtmlekt'' ''slvtmmijn'' ''slvtmwek''');
INSERT INTO search VALUES (915341814375806781, 915341823180803624, '''slvtmde'' ''slvtmfoto'' ''slvtmmeterstand'' ''slvtmzie''');
INSERT INTO search VALUES (915341814375806781, 915341827379311503, '''slvtpcarla'' ''slvtpexampl'' ''slvtpklant''');
INSERT INTO search VALUES (915341814375806781, 915341827383508668, '''slvtmde'' ''slvtmfactur'' ''slvtmklopt'' ''slvtmniet''');
INSERT INTO search VALUES (915341814375806781, 915341831586189708, '''slvtmhet'' ''slvtmlekkag'' ''slvtmlekt'' ''slvtmnog'' ''slvtmre'' ''slvtmsted''');
INSERT INTO search VALUES (915341814375806781, 915341840117401762, '''slvtmde'' ''slvtmdonderdag'' ''slvtmkomt'' ''slvtmlekkag'' ''slvtmmonteur'' ''slvtmre''');
INSERT INTO search VALUES (915341814375806781, 915341823176617604, '''slvtpbert'' ''slvtpde'' ''slvtpexampl'' ''slvtpklant'' ''slvtpvries''');
INSERT INTO teams VALUES (915341814375806781, 915341840176122212, 'Monteurs', 1796071300927, 1);
INSERT INTO tokens VALUES (915341814375806781, 915341814493962165, 915341814375806783, 'command line', '*', '\xc6544421f9503ffe44b3c1005f6e56a264d2d01fd0a91da1e381864eb68f3a94', 1796071294797, 0, 0);
INSERT INTO users VALUES (915341814375806781, 915341814375806783, 'beheer@bedrijf.test', 'beheer@bedrijf.test', 'admin', 'nl', '$argon2id$v=19$m=65536,t=2,p=1$cg7xUCMd3/ItMdv1KDkJJw$GDzqB4y63AKE3IIgUOMYNWkpcjNia6jfEZtwvEAAHB4', 0, 1796071294774, 1);
ALTER TABLE ONLY blobs
    ADD CONSTRAINT blobs_pkey PRIMARY KEY (organisation_id, hash);
ALTER TABLE ONLY case_labels
    ADD CONSTRAINT case_labels_pkey PRIMARY KEY (organisation_id, label_id, case_id);
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
ALTER TABLE ONLY conversations
    ADD CONSTRAINT conversations_pkey PRIMARY KEY (organisation_id, id);
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
    ADD CONSTRAINT identities_organisation_id_kind_value_key UNIQUE (organisation_id, kind, value);
ALTER TABLE ONLY identities
    ADD CONSTRAINT identities_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY jobs
    ADD CONSTRAINT jobs_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY labels
    ADD CONSTRAINT labels_organisation_id_name_key UNIQUE (organisation_id, name);
ALTER TABLE ONLY labels
    ADD CONSTRAINT labels_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY leases
    ADD CONSTRAINT leases_pkey PRIMARY KEY (name);
ALTER TABLE ONLY messages
    ADD CONSTRAINT messages_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY notes
    ADD CONSTRAINT notes_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY organisations
    ADD CONSTRAINT organisations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY people
    ADD CONSTRAINT people_pkey PRIMARY KEY (organisation_id, id);
ALTER TABLE ONLY schema_version
    ADD CONSTRAINT schema_version_pkey PRIMARY KEY (version);
ALTER TABLE ONLY search
    ADD CONSTRAINT search_pkey PRIMARY KEY (organisation_id, id);
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
CREATE INDEX blobs_dropped ON blobs USING btree (dropped_at, organisation_id, hash) WHERE (dropped_at IS NOT NULL);
CREATE INDEX blobs_large ON blobs USING btree (hash) WHERE (data IS NULL);
CREATE INDEX case_labels_by_case ON case_labels USING btree (organisation_id, case_id, label_id);
CREATE INDEX cases_by_assignee ON cases USING btree (organisation_id, assignee_id, is_active, waiting_order, id);
CREATE INDEX cases_by_channel ON cases USING btree (organisation_id, channel_id, is_active, waiting_order, id);
CREATE INDEX cases_by_person ON cases USING btree (organisation_id, person_id, id);
CREATE INDEX cases_by_status ON cases USING btree (organisation_id, status, waiting_order, id);
CREATE INDEX cases_by_team ON cases USING btree (organisation_id, team_id, is_active, waiting_order, id);
CREATE INDEX cases_by_update ON cases USING btree (organisation_id, is_active, updated_at, id);
CREATE INDEX cases_by_waiting ON cases USING btree (organisation_id, is_active, waiting_order, id);
CREATE UNIQUE INDEX channels_by_id ON channels USING btree (id);
CREATE INDEX channels_fetched ON channels USING btree (type, organisation_id, id) WHERE (enabled = true);
CREATE INDEX conversations_by_case ON conversations USING btree (organisation_id, case_id, id);
CREATE INDEX conversations_by_person ON conversations USING btree (organisation_id, person_id, id);
CREATE UNIQUE INDEX conversations_by_thread ON conversations USING btree (organisation_id, channel_id, thread_key) WHERE (thread_key IS NOT NULL);
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
CREATE UNIQUE INDEX jobs_asked ON jobs USING btree (organisation_id, kind, about) WHERE (asks > 0);
CREATE INDEX jobs_due ON jobs USING btree (due_at, id) WHERE (given_up_at = 0);
CREATE INDEX jobs_given_up ON jobs USING btree (organisation_id, id) WHERE (given_up_at > 0);
CREATE INDEX jobs_taken ON jobs USING btree (taker) WHERE (taken_until > 0);
CREATE INDEX messages_by_case ON messages USING btree (organisation_id, case_id, id);
CREATE INDEX messages_by_conversation ON messages USING btree (organisation_id, conversation_id, id);
CREATE INDEX messages_by_external_id ON messages USING btree (organisation_id, external_id, id) WHERE (external_id IS NOT NULL);
CREATE INDEX messages_in_outbox ON messages USING btree (organisation_id, state, id) WHERE (state = ANY (ARRAY['queued'::text, 'sending'::text, 'failed'::text]));
CREATE UNIQUE INDEX messages_once ON messages USING btree (organisation_id, external_id, content_hash) WHERE (content_hash IS NOT NULL);
CREATE INDEX notes_by_case ON notes USING btree (organisation_id, case_id, id);
CREATE INDEX search_by_words ON search USING gin (words) WITH (gin_pending_list_limit='256');
CREATE UNIQUE INDEX sessions_by_secret ON sessions USING btree (secret_hash);
CREATE INDEX sessions_by_user ON sessions USING btree (organisation_id, user_id, id);
CREATE INDEX team_members_by_user ON team_members USING btree (organisation_id, user_id, team_id);
CREATE UNIQUE INDEX tokens_by_secret ON tokens USING btree (secret_hash);
CREATE INDEX tokens_by_user ON tokens USING btree (organisation_id, user_id, id);
CREATE UNIQUE INDEX users_by_email ON users USING btree (email, organisation_id);
