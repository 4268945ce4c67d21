// Written by sdk/generate.js from the server's openapi.json: change neither by hand.

export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  errors?: Array<{
    pointer: string;
    detail: string;
  }>;
};

export type Me = {
  user: User;
  organisation: Organisation;
  /** names of what the caller may do */
  rights: string[];
  /** the organisation asks for one: until it's there, nothing else can be done */
  lacks_second_step: boolean;
  /** what X-CSRF-Token must hold in every request that isn't a GET; null for a token */
  csrf: string | null;
};

export type Session = {
  id: string;
  created_at: string;
  /** when it was last used, to the hour */
  seen_at: string;
  expires_at: string;
  /** as Firefox; empty when it isn't known */
  browser: string;
  /** as Windows; empty when it isn't known */
  device: string;
  /** the one that asks */
  is_current: boolean;
};

export type Organisation = {
  id: string;
  name: string;
  /** nl, en or fr: of what the system itself writes */
  language: string;
  /** as Europe/Amsterdam */
  time_zone: string;
  /** who has no second step can only add one */
  needs_second_step: boolean;
  created_at: string;
  version: number;
};

export type User = {
  id: string;
  email: string;
  name: string;
  role: 'admin' | 'lead' | 'agent' | 'expert' | 'editor' | 'integration';
  /** nl, en or fr; empty: as the organisation */
  language: string;
  disabled: boolean;
  /** a login asks for a code, too */
  has_second_step: boolean;
  created_at: string;
  version: number;
};

export type RoleRights = {
  role: 'admin' | 'lead' | 'agent' | 'expert' | 'editor' | 'integration';
  /** names of what it may do, as case:read */
  rights: string[];
};

export type Team = {
  id: string;
  name: string;
  members: Array<{
    user_id: string | null;
    name: string | null;
  }>;
  created_at: string;
  version: number;
};

export type Token = {
  id: string;
  user_id: string;
  name: string;
  scopes: string;
  created_at: string;
  /** null: never */
  expires_at: string | null;
  revoked_at: string | null;
  /** for Authorization: Bearer; only in the answer to making it */
  secret?: string;
};

export type ChannelTypeForm = {
  name: string | null;
  can_attach: boolean;
  /** Bytes that the files of one message may have together; 0 when it doesn't matter */
  files_max: number;
  has_subject: boolean;
  /** The other side needs to be told something: GET /api/v1/channels/{id}/secret */
  has_secret: boolean;
  fields: Array<{
    name: string | null;
    kind: string | null;
    doc: string | null;
    is_required: boolean;
    is_secret: boolean;
    names?: string[];
  }>;
};

export type Channel = {
  id: string;
  type: string;
  name: string;
  /** What people write to */
  address: string;
  /** By the fields of the type; secrets are never shown */
  settings: Record<string, unknown>;
  /** Who gets its new cases */
  team_id: string | null;
  enabled: boolean;
  /** Nobody is at the other side: nothing is fetched, and what is sent only counts as sent */
  is_demo: boolean;
  /** When the other side was last reached, to receive */
  last_good_at: string | null;
  last_error_at: string | null;
  /** Why nothing can be received now, in words; null when nothing is wrong */
  last_error: string | null;
  /** When something last got through, or lay ready to be fetched */
  send_good_at: string | null;
  send_error_at: string | null;
  /** Why nothing can be sent now, in words; null when nothing is wrong */
  send_error: string | null;
  /** Messages that wait on the other side */
  backlog: number;
  created_at: string | null;
  version: number;
};

export type ChannelSecret = {
  /** What signs messages, or proves who posts them */
  secret: string | null;
  /** Where a provider has to post what comes in */
  url: string | null;
};

export type Arrival = {
  external_id: string;
  /** accepted, or duplicate when it came before */
  state: string;
  message_id: string | null;
  case_id: string | null;
  /** The case's, for people */
  reference: string | null;
};

export type Waiting = {
  id: string;
  /** The customer's address, number or id, as `from` says it */
  to: string | null;
  /** As it was handed in */
  thread: string | null;
  subject: string;
  text: string;
  /** The case's, for people */
  reference: string;
  at: string;
  files: Array<{
    /** GET …/outgoing/{message}/files/{id} has its content */
    id: string;
    name: string;
    type: string;
    size: number;
  }>;
  conversation_id: string;
  case_id: string;
  channel_id: string;
  state: 'received' | 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed' | 'dropped';
  state_at: string;
  parties: {
    from: Array<{
      name: string | null;
      address: string | null;
    }>;
    reply_to?: Array<{
      name: string | null;
      address: string | null;
    }>;
    to: Array<{
      name: string | null;
      address: string | null;
    }>;
    cc: Array<{
      name: string | null;
      address: string | null;
    }>;
    /** Is it from him? proven; said: it says so, as anybody can; refuted: our mail server found that it isn't */
    proof?: string;
  };
  /** The id that we gave it */
  external_id: string | null;
};

export type Person = {
  id: string;
  kind: 'person' | 'organisation';
  name: string;
  /** nl, en, fr, …; empty when it isn't known */
  language: string;
  created_at: string;
  updated_at: string;
  version: number;
  identities?: Identity[];
  /** Who else has this face, and why */
  members?: Array<{
    person_id: string;
    name: string;
    /** What to undo to have them apart */
    merge_id: string;
    at: string;
    actor_kind: 'system' | 'user' | 'customer' | 'integration' | 'rule' | 'channel';
    user_id: string | null;
    score: number;
    reasons: Record<string, unknown> | null;
  }>;
  /** In lists: one of his, as it is written */
  address?: string;
  /** In lists: the newest message of his cases, whoever wrote it */
  seen_at?: string;
  /** In lists: how many of his newest 500 cases aren't done */
  open_n?: number;
};

export type Identity = {
  id: string;
  /** Who it came in with; of several people who are one, one of them */
  person_id: string;
  kind: 'external' | 'email' | 'phone' | 'handle' | 'login' | 'postal';
  /** As it is compared */
  value: string;
  /** As it was written */
  label: string | null;
  state: 'claimed' | 'verified' | 'suspected';
  /** Since when it is that */
  state_at: string | null;
  /** How we know */
  state_by: 'message' | 'agent' | 'link' | 'token' | 'import' | 'sender' | 'text';
  /** Who has it is meant when nothing else tells */
  is_main: boolean;
  /** Somebody said that others have it too */
  is_shared: boolean;
  removed_at?: string;
  /** answer, callback, letter */
  preferred_for?: string[];
  /** Who else has it */
  others?: Array<{
    person_id: string;
    name: string;
  }>;
};

export type Conversation = {
  id: string;
  channel_id: string;
  person_id: string;
  case_id: string;
  thread_key: string | null;
  subject: string;
  created_at: string;
};

export type Case = {
  id: string;
  /** What people say and write; it has a check character */
  reference: string;
  title: string;
  status: 'new' | 'open' | 'waiting' | 'done';
  person_id: string;
  /** Where it began; null: a colleague noted it down */
  channel_id: string | null;
  team_id: string | null;
  assignee_id: string | null;
  /** The newest message's first words */
  preview: string;
  messages_n: number;
  opened_at: string;
  /** The newest of its messages; null: there is none */
  last_message_at: string | null;
  done_at: string | null;
  updated_at: string;
  /** Since when the customer waits for us */
  waiting_since: string | null;
  /** Put away until then, or until the customer is heard */
  snoozed_until: string | null;
  /** Who put it away */
  snoozed_by: string | null;
  version: number;
  /** Of the customer's newest message */
  emotion?: 'anger' | 'disappointment' | 'worry' | 'joy' | 'neutral';
  /** Of the customer's newest message */
  urgency?: 'low' | 'normal' | 'high' | 'critical';
  /** What a colleague decided; judged: nobody did, and it's as its urgency */
  priority: 'judged' | 'low' | 'normal' | 'high' | 'critical';
  /** Why that was decided */
  priority_why: string | null;
  person_name: string;
  /** The customer was heard since the caller read it */
  is_unread?: boolean;
  /** The cases that were merged into it: their ids and references lead here */
  members?: Array<{
    id: string;
    reference: string;
    title: string;
    /** What undoes it */
    merge_id: string;
    at: string;
    actor_kind: 'system' | 'user' | 'customer' | 'integration' | 'rule' | 'channel';
    user_id: string | null;
    /** Why they are one; null: a person knew */
    reasons: Record<string, unknown> | null;
  }>;
  /** Cases of the same customer that it may be part of, the likeliest first */
  proposals?: CaseProposal[];
  labels?: Label[];
  person?: Person;
  /** Messages, notes and history, oldest first */
  timeline?: Array<{
    /** message, note, or the kind of an event */
    kind: string;
    id: string;
    at: string;
    actor_kind: 'system' | 'user' | 'customer' | 'integration' | 'rule' | 'channel';
    user_id?: string;
    person_id?: string;
    conversation_id?: string;
    channel_id?: string;
    direction?: 'in' | 'out';
    state?: 'received' | 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed' | 'dropped';
    state_words?: string;
    subject?: string;
    text?: string;
    fold_at?: number;
    has_html?: boolean;
    /** The HTML shows what the text can't: pictures or tables */
    prefers_html?: boolean;
    is_auto?: boolean;
    parties?: {
      from: Array<{
        name: string | null;
        address: string | null;
      }>;
      reply_to?: Array<{
        name: string | null;
        address: string | null;
      }>;
      to: Array<{
        name: string | null;
        address: string | null;
      }>;
      cc: Array<{
        name: string | null;
        address: string | null;
      }>;
      /** Is it from him? proven; said: it says so, as anybody can; refuted: our mail server found that it isn't */
      proof?: string;
    };
    /** What a customer's words say */
    understood?: Judgement;
    files?: File[];
    about?: string;
    /** What an event changed */
    data?: Record<string, unknown>;
  }>;
  /** The timeline shows only the newest */
  has_older?: boolean;
};

export type Message = {
  id: string;
  conversation_id: string;
  case_id: string;
  channel_id: string;
  direction: 'in' | 'out';
  state: 'received' | 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed' | 'dropped';
  state_at: string;
  /** What the provider said, in its own words */
  state_words: string | null;
  /** The customer who wrote it */
  person_id: string | null;
  /** The colleague who wrote it */
  user_id: string | null;
  /** Message-ID, or the provider's id */
  external_id: string | null;
  /** What came in, byte for byte */
  envelope_id: string | null;
  subject: string;
  /** Not in the outbox */
  text: string | null;
  /** As it came: not safe to show */
  html: string | null;
  /** The HTML shows what the text can't: pictures or tables */
  prefers_html: boolean;
  /** Bytes of text before quoted history and signature */
  fold_at: number;
  /** from, to and cc as they stood */
  parties: {
    from: Array<{
      name: string | null;
      address: string | null;
    }>;
    reply_to?: Array<{
      name: string | null;
      address: string | null;
    }>;
    to: Array<{
      name: string | null;
      address: string | null;
    }>;
    cc: Array<{
      name: string | null;
      address: string | null;
    }>;
    /** Is it from him? proven; said: it says so, as anybody can; refuted: our mail server found that it isn't */
    proof?: string;
  };
  /** What a customer's words say; null for what we or a machine wrote */
  understood: Judgement | null;
  is_auto: boolean;
  /** By the sender's clock */
  sent_at: string | null;
  /** When it arrived at the mailbox, or was written here */
  at: string;
  files: File[];
};

export type Note = {
  id: string;
  case_id: string;
  /** Who wrote it */
  user_id: string | null;
  text: string;
  files: File[];
  at: string;
};

export type Label = {
  id: string;
  name: string;
  /** #rrggbb or a name */
  colour: string;
  created_at: string;
};

export type File = {
  id: string;
  /** null with a null note: uploaded, not sent yet */
  message_id: string | null;
  /** The note that it hangs on */
  note_id: string | null;
  /** Who uploaded it; null for what came in */
  user_id: string | null;
  name: string;
  type: string;
  size: number;
  /** Bytes that have arrived; equal to size when the file is whole */
  received: number;
  content_id?: string;
  is_inline: boolean;
  created_at: string;
};

export type Uploads = {
  items: File[];
};

export type Envelope = {
  id: string;
  channel_id: string;
  external_id: string | null;
  /** At the mailbox: what a customer's waiting counts from */
  arrived_at: string;
  /** When we got it */
  received_at: string;
  /** Bytes of the raw message */
  size: number;
  folder: string | null;
  /** Written by us in another program: from the Sent folder */
  is_ours: boolean;
  state: 'waiting' | 'understood' | 'duplicate' | 'ignored' | 'not_understood';
  /** The stage of the pipeline where it stopped; receive: not all of it came in, its reason says where the rest is, and it can't be run again */
  stage: string | null;
  /** Why it isn't understood, or is ignored */
  reason: string | null;
  /** What it became, or is the same as */
  message_id: string | null;
  /** In lists, of a mail: who its header says it is from */
  from?: string;
  /** In lists, of a mail: what about */
  subject?: string;
};

export type Draft = {
  id: string;
  case_id: string;
  kind: 'reply' | 'note';
  content: {
    text: string;
    subject: string | null;
    /** A mail address, as far as it was written; whoever wrote last when left out */
    to: string | null;
    /** Mail addresses, as far as they were written */
    cc: string[];
    /** Ids of uploaded files */
    files: string[];
    /** Kinds of personal data that the writer sends knowingly */
    personal: string[];
    /** What its writer took over of what it promises: owed once it is sent */
    promises: Array<{
      kind: 'reply' | 'callback' | 'delivery' | 'refund' | 'visit' | 'repair' | 'other';
      /** As they were said */
      words: string;
      is_firm: boolean;
      /** Of a window; by due_at when left out */
      starts_at: string | null;
      due_at: string;
      /** Who makes it when left out */
      owner_id: string | null;
      /** Who does it; the case's when left out */
      team_id: string | null;
      /** In which it was said */
      message_id: string | null;
      /** Or in which it was written down */
      note_id: string | null;
    }>;
    /** Where it is sent; the newest when left out */
    conversation_id: string | null;
    /** The channel that was chosen for it */
    channel_id: string | null;
    /** The customer's address there */
    identity_id: string | null;
    /** Why it goes by another channel than the case went before */
    reason: 'unsaid' | 'choice' | 'window_closed' | 'privacy' | 'escalation' | 'referral' | 'no_answer' | 'not_delivered';
    /** What the case becomes */
    status: 'new' | 'open' | 'waiting' | 'done';
  };
  /** When it is sent; null: it waits for its writer */
  send_at: string | null;
  /** Why it could not be sent */
  send_error: string | null;
  updated_at: string;
  version: number;
  /** What its files are; only in the drafts of one case */
  attached: File[];
};

export type SearchResult = {
  /** The case whose reference or id was sought */
  case?: Case;
  items: Array<{
    /** message, case (one whose title has the words) or person */
    kind: string | null;
    message_id?: string;
    case_id?: string;
    conversation_id?: string;
    channel_id?: string;
    /** Of a message or case: whose case it is */
    person_id?: string;
    /** Of the message's case, as people say it */
    reference?: string;
    /** Of a case: when it began */
    at?: string;
    direction?: string;
    /** Of a case: its title */
    subject?: string;
    /** Of a message or case: the customer's */
    name?: string;
    /** Of a case: its preview */
    snippet: string | null;
    /** Bytes of the snippet that were sought */
    marks: Array<{
      from: number;
      to: number;
    }>;
  }>;
  /** The cursor of the next page; null on the last one */
  next: string | null;
};

export type Job = {
  id: string | null;
  kind: string | null;
  tries: number;
  due_at: string | null;
  created_at: string | null;
  given_up_at: string | null;
  last_error: string | null;
};

export type Difference = {
  id: string;
  kind: string;
  /** The item, by its id */
  about: string;
  /** What else it takes to find it: a folder and a number in it */
  detail: string | null;
  /** What is wrong with it, and what can be done */
  words: string;
  found_at: string;
  /** When it was still so */
  seen_at: string;
  /** Since when it isn't so any more; null while it is */
  gone_at: string | null;
};

export type Reconciliation = {
  id: string;
  began_at: string;
  /** Null while it is under way */
  ended_at: string | null;
  /** Items that were looked at */
  looked_n: number;
  /** Differences that were found; 1,000 of them get a name */
  found_n: number;
};

export type MailboxComparison = {
  channel_id: string;
  /** Its name */
  channel: string;
  folder: string;
  /** When all messages in it were compared last with what came in */
  compared_at: string | null;
};

export type Event = {
  id: string;
  /** 1, 2, … without a gap; 0 for a moment, until it is sealed */
  position: number;
  kind: string;
  at: string;
  actor_kind: 'system' | 'user' | 'customer' | 'integration' | 'rule' | 'channel';
  /** The id of the user, person or channel; null for the system */
  actor: string | null;
  case_id: string | null;
  /** The id of what it is about, when that is not the case */
  about: string | null;
  data: Record<string, unknown> | null;
};

export type AuditEntry = {
  /** 1, 2, … without a gap in the organisation */
  position: number;
  /** over the entry and the hash of the one before, in hex */
  hash: string;
  id: string;
  kind: string;
  at: string;
  actor_kind: 'system' | 'user' | 'customer' | 'integration' | 'rule' | 'channel';
  /** the id of the user, person or channel; null for the system */
  actor: string | null;
  case_id: string | null;
  /** the id of what it is about, when that is not the case */
  about: string | null;
  data: Record<string, unknown> | null;
};

export type Understanding = {
  /** nl, en, fr, de; empty: not known */
  language: string;
  /** To the next language, 0 to 1 */
  margin: number;
  /** Bytes of the text that were looked at: when it is longer, the rest wasn't */
  read: number;
  /** neg, neu or pos */
  polarity: string;
  emotion: string;
  intent: string;
  urgency: string;
  /** Perhaps it is irony: a person should look */
  doubtful: boolean;
  /** The words that weighed most */
  why: string[];
  promises: Array<{
    from: number;
    to: number;
    action: string;
    starts: string | null;
    /** By when, in the zone of the calendar; null: not said */
    due: string | null;
    firm: boolean;
    /** So clear that it counts unless somebody says no */
    ticked: boolean;
    /** Nobody works on that day */
    closed_day: boolean;
  }>;
  referrals: Array<{
    from: number;
    to: number;
    kind: string;
    target: string;
    own: boolean;
  }>;
  personal: Array<{
    kind: string;
    from: number;
    to: number;
    /** block or warn */
    certainty: string;
    masked: string;
  }>;
  style: Array<{
    kind: string;
    from: number;
    to: number;
    number: number;
  }>;
};

export type Judgement = {
  /** nl, en, fr or de; null: not known */
  language: string | null;
  /** Of the language, to the next one: 0 to 1 */
  margin: number;
  polarity: 'neg' | 'neu' | 'pos';
  emotion: 'anger' | 'disappointment' | 'worry' | 'joy' | 'neutral';
  intent: 'complaint' | 'question' | 'request' | 'status' | 'report' | 'thanks' | 'compliment' | 'chitchat';
  urgency: 'low' | 'normal' | 'high' | 'critical';
  /** Perhaps it is irony: a person should look */
  doubtful: boolean;
  /** The words that weighed most */
  why: string[];
  /** What of it a person said */
  corrected: string[];
};

export type MessageCorrection = {
  message_id: string;
  subject: 'polarity' | 'emotion' | 'intent' | 'urgency';
  /** What we said */
  was: string;
  /** What a person says */
  value: string;
  user_id: string | null;
  at: string;
};

export type View = {
  id: string;
  /** Whose it is */
  user_id: string;
  name: string;
  /** Everybody has it */
  is_shared: boolean;
  status: 'active' | 'new' | 'open' | 'waiting' | 'done' | 'all' | 'snoozed' | 'ours';
  team: string | null;
  assignee: string | null;
  channel_id: string | null;
  label_id: string | null;
  /** A customer */
  person_id: string | null;
  /** When it began, as the list of cases takes it */
  opened: string | null;
  /** When the newest message came or went, likewise */
  last_message: string | null;
  /** Only those whose customer waits for us */
  waits: boolean;
  /** Only those whose priority is high or critical */
  urgent: boolean;
  emotion?: 'anger' | 'disappointment' | 'worry' | 'joy' | 'neutral';
  /** Words in a message of the case */
  q: string | null;
  sort: 'waiting' | 'newest' | 'oldest';
  created_at: string;
  version: number;
};

export type ViewCount = {
  /** A view's or team's id, or ours, mine, unassigned, new, open, waiting, snoozed, active */
  view: string;
  cases: number;
  /** It was counted no further */
  is_more: boolean;
};

export type Macro = {
  id: string;
  /** Whose it is */
  user_id: string;
  name: string;
  text: string;
  /** Everybody has it */
  is_shared: boolean;
  /** What the case becomes; as it is when left out */
  status?: 'new' | 'open' | 'waiting' | 'done';
  /** That the case gets */
  label_id: string | null;
  created_at: string;
  version: number;
};

export type Preferences = {
  signature: string;
  /** The desk's own */
  settings: Record<string, unknown>;
  version: number;
};

export type PromiseChance = {
  /** Else there are too few before it to say */
  is_known: boolean;
  /** That it's done by then: 0.01 … 0.99; left out when unknown */
  chance?: number;
  /** Of its interval of 95 % */
  low?: number;
  high?: number;
  /** The first quarter of an hour by which nine in ten are done; null: never seen */
  safe_at: string | null;
  /** When what isn't done by then is rather not done in time; null: it never is */
  risk_at: string | null;
  /** Of that kind by that team: the newest thousand */
  cases_n: number;
  /** How many cases it rests on, the older ones for less */
  weight: number;
  /** Of these, taken over from the kind by other teams, and from all kinds */
  borrowed: number;
  /** What the team owes now, with this one */
  load: number;
  usual_load: number;
  /** That the team is open until then */
  work_minutes: number;
};

export type CalibrationAnswer = {
  /** The moment of the oldest that counts */
  from: string | null;
  /** Promises whose moment has come and of which something was said: the newest 2,000 */
  n: number;
  /** The mean square of what was said less what came */
  brier: number;
  /** The part that was kept by its moment */
  base_rate: number;
  /** The score of who always says that */
  base_brier: number;
  /** 1 - brier / base_brier: above 0 it says something */
  skill: number;
  /** How far said and happened are apart, on average */
  error: number;
  /** By tenths of what was said */
  bins: Array<{
    n: number;
    /** The mean of what was said */
    said: number;
    /** The part that was kept */
    happened: number;
  }>;
};

export type CaseResult = {
  id: string;
  version: number;
  /** Why nothing was done to it; left out: it was */
  problem?: 'missing' | 'changed' | 'refused';
  words?: string;
};

export type Presence = {
  case_id: string;
  user_id: string;
  /** typing: to the customer; typing_note: to the team */
  state: 'open' | 'typing' | 'typing_note';
  /** In this state */
  since: string;
  /** Then it lapses, unless it is said again */
  until: string;
};

export type SecondStep = {
  /** A login asks for a code after the password */
  is_on: boolean;
  /** The organisation asks it of everybody */
  is_needed: boolean;
  /** How many recovery codes are left */
  recovery_codes_n: number;
};

export type SecondStepSecret = {
  /** In base32, to type into the app */
  secret: string;
  /** The same as the text of a QR code */
  uri: string;
};

export type RecoveryCodes = {
  /** Each is good for one login */
  codes: string[];
};

export type PushKey = {
  /** What a browser subscribes with, base64url */
  key: string;
};

export type Device = {
  id: string;
  name: string;
  /** Of what it is told */
  language: string;
  /** Told that a case became one's own */
  notify_assigned: boolean;
  /** Told that the customer of such a case wrote */
  notify_answered: boolean;
  /** Told that a colleague named one in a note */
  notify_mentioned: boolean;
  /** Told that a case is back which one had put away */
  notify_woke: boolean;
  /** Told that a promise is at risk, or broken */
  notify_promise: boolean;
  /** Of the session that asks */
  is_current: boolean;
  created_at: string;
};

export type Wording = {
  /** Numbers, mail addresses, domains and names that are the organisation's own; those of its channels needn't be said */
  own: string[];
  /** Words that nobody should write to a customer */
  forbidden: Array<{
    text: string;
    /** Also as a part of a longer word */
    in_compounds: boolean;
  }>;
  /** How it says you: formal (u, vous), informal (je, tu), or any */
  address: 'any' | 'formal' | 'informal';
  version: number;
};

export type PersonMerge = {
  id: string;
  /** Whose face both have */
  winner_id: string;
  winner_name: string;
  loser_id: string;
  loser_name: string;
  at: string;
  actor_kind: 'system' | 'user' | 'customer' | 'integration' | 'rule' | 'channel';
  user_id: string | null;
  /** Of the proposal that was accepted; 0: there was none */
  score: number;
  reasons: Record<string, unknown> | null;
  undone_at: string | null;
  undone_by: string | null;
};

export type Relation = {
  id: string;
  person_id: string;
  person_name: string;
  /** person kind other */
  kind: 'contact_of' | 'member_of' | 'represents' | 'family_of';
  other_id: string;
  other_name: string;
  note: string | null;
  since: string | null;
  until: string | null;
  removed_at?: string;
};

export type Consent = {
  id: string;
  /** Of whom it was said; of several people who are one, one of them */
  person_id: string;
  purpose: string;
  state: 'given' | 'withdrawn';
  /** Nothing newer was said for this purpose */
  holds: boolean;
  /** When he said so */
  at: string;
  /** How he said so, in words */
  how: string | null;
  /** In which he said it */
  message_id: string | null;
  actor_kind: 'system' | 'user' | 'customer' | 'integration' | 'rule' | 'channel';
  /** The colleague who wrote it down */
  user_id: string | null;
  created_at: string;
};

export type CaseMerge = {
  /** What undoes it */
  id: string;
  winner_id: string;
  /** Its id and reference lead to the winner as long as it isn't undone */
  loser_id: string;
  at: string;
  actor_kind: 'system' | 'user' | 'customer' | 'integration' | 'rule' | 'channel';
  user_id: string | null;
  /** Why they are one; null: a person knew */
  reasons: Record<string, unknown> | null;
  undone_at: string | null;
  undone_by: string | null;
};

export type CaseMove = {
  /** What undoes it */
  id: string;
  kind: 'split' | 'move';
  from_case_id: string;
  to_case_id: string;
  messages_n: number;
  notes_n: number;
  at: string;
  actor_kind: 'system' | 'user' | 'customer' | 'integration' | 'rule' | 'channel';
  user_id: string | null;
  undone_at: string | null;
  undone_by: string | null;
};

export type CaseProposal = {
  id: string;
  case_id: string;
  /** The case that it may belong to */
  to_case_id: string;
  reference: string;
  title: string;
  status: 'new' | 'open' | 'waiting' | 'done';
  /** How likely, 0 to 1 */
  score: number;
  /** Why it may */
  reasons: {
    why: Array<{
      kind: 'answer' | 'words' | 'number' | 'address' | 'asks_news' | 'only_one' | 'waits' | 'recent';
      /** That both have */
      words?: string[];
      /** Since something was heard of the case */
      days: number;
    }>;
  };
  state: 'open' | 'accepted' | 'refused';
  at: string;
  decided_at: string | null;
  decided_by: string | null;
};

export type Duplicate = {
  id: string;
  person_id: string;
  person_name: string;
  other_id: string;
  other_name: string;
  /** 50 to 100; 100 is sure */
  score: number;
  is_sure: boolean;
  /** same_address, name_mail, name_phone, name_postcode, name_domain: with what they share */
  reasons: Record<string, unknown> | null;
  state: 'open' | 'refused';
  at: string;
  decided_at: string | null;
  decided_by: string | null;
};

export type Said = {
  id: string;
  /** message or note */
  kind: string;
  at: string;
  case_id: string | null;
  /** Of the case */
  reference: string | null;
  /** Of the case */
  title: string | null;
  conversation_id?: string;
  channel_id?: string;
  direction?: string;
  state?: string;
  /** The colleague who wrote it */
  user_id?: string;
  /** The customer who wrote it */
  person_id?: string;
  subject?: string;
  /** Its first 16 KB */
  text: string | null;
  /** Bytes of text before quoted history and signature */
  fold_at: number;
  has_html: boolean;
  is_auto: boolean;
};

export type Journey = {
  at: string;
  /** The case's end, or now */
  until: string;
  /** What the customer says on one channel, with pauses shorter than an hour */
  contacts_n: number;
  /** Contacts on another channel than the one before */
  switches_n: number;
  /** Of these, those that we sent him to, or where nobody had answered */
  forced_switches_n: number;
  /** How often we went on by another channel */
  moves_n: number;
  /** Contacts that tell again what an earlier one told */
  repeats_n: number;
  /** From one team or colleague to another */
  handovers_n: number;
  /** Contacts without an answer when the case was closed */
  dead_ends_n: number;
  /** How long the customer waited for us, by the clock */
  waiting_minutes: number;
  /** Of these, within opening hours */
  waiting_open_minutes: number;
  /** Was it solved in the first contact, and did nobody come back on it within `days` in any case, on any channel? unknown while that can't be said */
  first_contact: 'unknown' | 'yes' | 'no';
  /** The case has more than the newest 500 that were looked at */
  is_partial: boolean;
  /** Of so many finished cases, the organisation's newest, the usual values are the medians; 0: of too few to say */
  usual_n: number;
  usual_contacts_n: number;
  usual_forced_switches_n: number;
  usual_repeats_n: number;
  usual_handovers_n: number;
  usual_dead_ends_n: number;
  usual_waiting_minutes: number;
  lanes: Array<{
    channel_id: string;
    name: string;
    type: string;
  }>;
  steps: Array<{
    message_id: string;
    at: string;
    channel_id: string;
    direction: 'in' | 'out';
    user_id: string | null;
    is_auto: boolean;
    /** It failed, or was dropped */
    is_lost: boolean;
    /** Which of `contacts` it belongs to or answers, from 0; -1: none */
    contact: number;
    /** Its first words */
    text: string;
  }>;
  contacts: Array<{
    /** Its first message */
    message_id: string;
    channel_id: string;
    at: string;
    until: string;
    /** What the customer wrote in it */
    messages_n: number;
    /** It tells what an earlier one told, in the same words or before its answer */
    is_repeat: boolean;
    /** Nobody had answered when the case was closed */
    is_dead_end: boolean;
    answered_at: string | null;
  }>;
  waits: Array<{
    /** The first message that nobody had answered */
    message_id: string;
    channel_id: string;
    at: string;
    until: string;
    minutes: number;
    /** Of these, within opening hours */
    open_minutes: number;
    /** false: the customer still waits */
    is_over: boolean;
  }>;
  switches: Array<{
    /** The first message on the other channel */
    message_id: string;
    at: string;
    from_id: string;
    to_id: string;
    kind: 'forced' | 'ours' | 'own';
    reason: 'referral' | 'no_answer' | 'we_moved' | 'choice' | 'window_closed' | 'privacy' | 'escalation' | 'not_delivered';
    /** Our answer that sent the customer there */
    referral_id: string | null;
    /** The case that he began there; null: it stands in this one */
    case_id: string | null;
  }>;
  moves: Array<{
    /** Our answer there; null: the customer opened our link to it */
    message_id: string | null;
    at: string;
    from_id: string;
    to_id: string;
    reason: 'unsaid' | 'choice' | 'window_closed' | 'privacy' | 'escalation' | 'referral' | 'no_answer' | 'not_delivered';
    /** What the customer said there; null: he didn't come */
    followed_by: string | null;
  }>;
  handovers: Array<{
    at: string;
    from_team_id: string | null;
    team_id: string | null;
    from_user_id: string | null;
    user_id: string | null;
  }>;
  referrals: Array<{
    /** Our answer */
    message_id: string;
    at: string;
    kind: string;
    target: string;
    /** To one of our own places */
    own: boolean;
    /** What the customer said where he was sent; null: he didn't go */
    followed_by: string | null;
  }>;
  /** Other cases of the same person about the same, as it seems: within `days` of the end of the earlier one, or begun where we sent him */
  returns: Array<{
    case_id: string;
    reference: string;
    title: string;
    /** When it began */
    at: string;
    /** Where it began; null: a colleague noted it down */
    channel_id: string | null;
    /** With what the customer began the later of both */
    message_id: string;
    /** It was there before: this case came back on what it's about */
    is_earlier: boolean;
    /** That both are about the same, 0 to 1 */
    chance: number;
    /** Our answer in this case that sent the customer there */
    referral_id: string | null;
  }>;
  /** What other systems said of the customer's records meanwhile */
  records: Array<{
    at: string;
    /** As people call it */
    type: string;
    title: string;
    /** In words */
    status: string;
  }>;
  /** When nobody was at work; none of a journey that is too long to show them */
  closings: Array<{
    at: string;
    until: string;
  }>;
};

export type SeenVisitor = {
  id: string;
  state: 'away' | 'here' | 'typing';
  /** Where he is, by his browser's word; null when he is away */
  page: string | null;
  name: string | null;
  email: string | null;
  /** The site's token said so; else he only says it */
  email_is_verified: boolean;
  /** Who he is by the site's token */
  login: string | null;
  language: string;
  is_blocked: boolean;
  seen_at: string;
  created_at: string;
  /** How many of the newest messages he hasn't seen */
  unread: number;
};

export type ChatBlock = {
  id: string;
  visitor_id: string;
  /** What the visitor was called */
  name: string;
  reason: string | null;
  /** And whoever comes from the same address */
  with_address: boolean;
  user_id: string | null;
  at: string;
  /** null: for good */
  until: string | null;
};

export type ChatSite = {
  title: string;
  /** Of the brand; null: the widget's own */
  colour: string | null;
  language: string;
  greeting: string | null;
  offline_text: string | null;
  is_open: boolean;
  /** When somebody is there again */
  opens_at: string | null;
  /** Answers and transcripts can go by mail */
  has_mail: boolean;
  file_mb: number;
  /** With one message */
  files_max: number;
  /** Bytes of one message */
  text_max: number;
  /** What to solve before a chat can begin */
  challenge: string;
};

export type ChatBegun = {
  id: string;
  /** Goes along as X-Visitor; it is told only now */
  token: string;
};

export type ChatSent = {
  /** Among what the visitor sees; 0 when it isn't shown */
  position: number;
  message_id: string | null;
  id: string;
  /** The case's, for people */
  reference: string | null;
};

export type ChatNews = {
  items: Array<{
    position: number;
    message_id: string;
    /** The widget's own, of what it sent */
    id: string | null;
    direction: 'in' | 'out';
    state: 'received' | 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed' | 'dropped';
    text: string;
    /** The first name of the colleague who wrote it */
    author: string | null;
    at: string;
    files: Array<{
      id: string;
      name: string;
      type: string;
      size: number;
    }>;
  }>;
  /** The position of the newest item: ask on behind the last one */
  newest: number;
  delivered: number;
  read: number;
  /** The first name of who has the case open now */
  colleague: string | null;
  colleague_state: 'open' | 'typing' | 'typing_note';
  is_open: boolean;
  opens_at: string | null;
  /** A colleague has read all that the visitor wrote */
  is_seen: boolean;
  /** The site told who he is */
  is_known: boolean;
  name: string | null;
  email: string | null;
};

export type ImportLine = {
  line: number;
  outcome: 'added' | 'changed' | 'same' | 'refused';
  /** null when it was refused, or is only tried */
  person_id: string | null;
  name: string | null;
  /** Where the mistake is */
  column: string | null;
  /** Why it was refused */
  reason: string | null;
};

export type Alert = {
  /** Or task_id */
  case_id: string | null;
  task_id: string | null;
  /** mentioned: a note names one; woke: what one had put away is back; promise_at_risk, promise_broken: one's own, or one of a team that one leads; task_given, task_returned: it is one's own now; task_done: one gave it, watches it or has its case; task_late: one's own, or nobody's of a team that one leads */
  kind: 'mentioned' | 'woke' | 'promise_at_risk' | 'promise_broken' | 'task_given' | 'task_returned' | 'task_done' | 'task_late';
  /** Who wrote the note */
  by_user_id: string | null;
  /** Of the case; null: a task without one */
  reference: string | null;
  title: string;
  person_name: string | null;
  at: string;
};

export type RecordType = {
  id: string;
  name: string;
  /** What people read, as Bestelling */
  label: string;
  /** Of its data, in the order in which people see it */
  fields: Array<{
    name: string;
    /** What people read */
    label: string;
  }>;
  statuses: Array<{
    name: string;
    /** What people read */
    label: string;
  }>;
  /** Where one can be asked for; null: nowhere */
  lookup_url: string | null;
  /** How many seconds an answer holds */
  lookup_ttl_s: number;
  created_at: string;
  version: number;
};

export type StoredRecord = {
  id: string;
  /** The name of its type */
  type: string;
  key: string;
  title: string;
  status: string;
  status_at: string;
  data: Record<string, unknown> | null;
  url: string | null;
  person_id: string | null;
  owner_kind: string | null;
  owner: string | null;
  /** When the other system last said so, or was asked */
  checked_at: string;
  /** Why it couldn't be asked then */
  lookup_error: string | null;
  created_at: string;
  updated_at: string;
  version: number;
  /** Its statuses, newest first */
  history?: Array<{
    status: string;
    at: string;
  }>;
};

export type RecordResult = {
  id: string;
  key: string;
  outcome: 'added' | 'changed' | 'same';
};

export type Way = {
  channel_id: string;
  /** The channel's name */
  channel: string;
  type: string;
  /** null: the customer wrote from an address that isn't among his */
  identity_id: string | null;
  kind: 'external' | 'email' | 'phone' | 'handle' | 'login' | 'postal';
  address: string;
  /** Of who wrote from there */
  name: string | null;
  /** The one it goes on in; null: it begins one */
  conversation_id: string | null;
  /** That one is of this case */
  is_here: boolean;
  /** Taken when an answer says nothing of its way */
  is_usual: boolean;
  /** The address is the one that is meant for answers */
  is_preferred: boolean;
  /** When the customer last wrote this way */
  heard_at: string | null;
  /** How a text is counted there */
  text_unit: 'characters' | 'graphemes' | 'segments';
  /** How many of them an answer may have; 0 when it doesn't matter */
  text_max: number;
  can_attach: boolean;
  /** It can go to others too (cc) */
  can_copy: boolean;
  has_subject: boolean;
  /** What is answered stands under the answer */
  quotes: boolean;
  /** A signature belongs under it */
  signs: boolean;
  /** Everybody reads it */
  is_public: boolean;
  /** Until then he may be answered there; null: always */
  open_until: string | null;
  /** off, not_proven, window, stopped, blocked or left; null: it can be used */
  why_not: string | null;
};

export type PrivateLink = {
  id: string;
  case_id: string;
  state: 'waiting' | 'opened' | 'expired' | 'withdrawn';
  /** Where the customer wrote */
  from_channel_id: string;
  from_conversation_id: string;
  /** The chat that it opens */
  channel_id: string;
  identity_id: string | null;
  /** Whom it is for, as he writes there */
  handle: string;
  /** Others can read it where it is sent: opening it alone doesn't prove who one is */
  is_public: boolean;
  user_id: string | null;
  created_at: string;
  /** It must be opened before */
  expires_at: string;
  withdrawn_at: string | null;
  opened_at: string | null;
  /** The one browser that opened it */
  visitor_id: string | null;
  /** What he answered who opened it, when asked whether he is whom it is for */
  said: 'unsaid' | 'yes' | 'no';
  /** When that was shown; both are one person since */
  proved_at: string | null;
  /** We said something in public since it was opened */
  was_closed: boolean;
  /** What may be said in public at the end */
  closing: string | null;
  /** Told only now */
  url: string | null;
  /** What may be written with it; told only now */
  text: string | null;
};

export type RecordLine = {
  line: number;
  outcome: 'added' | 'changed' | 'same' | 'refused';
  /** Its key */
  name: string | null;
  /** Where the mistake is */
  column: string | null;
  /** Why it was refused */
  reason: string | null;
};

export type Calendar = {
  id: string;
  name: string;
  /** Of every team without a calendar of its own */
  is_default: boolean;
  /** The ids of the teams that count in it */
  teams: string[];
  /** As Europe/Brussels; the organisation's when left out */
  time_zone: string | null;
  /** A term in days that ends on a closed day ends on the next open one */
  rolls_forward: boolean;
  /** The opening hours of a usual week */
  week: Array<{
    day: 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';
    /** As 09:00 */
    from: string;
    /** As 17:00, or 24:00 */
    to: string;
  }>;
  /** On which public holidays it's closed, see /api/v1/holidays */
  holidays: string[];
  /** Days that differ; no periods: closed */
  exceptions: Array<{
    /** A day, as 2026-12-24 */
    from: string;
    /** The last day; the same one when left out */
    to: string | null;
    name: string | null;
    /** On the same dates of each year */
    every_year: boolean;
    /** When it's open then; none: closed */
    periods: Array<{
      /** As 09:00 */
      from: string;
      /** As 17:00, or 24:00 */
      to: string;
    }>;
  }>;
  created_at: string;
  version: number;
};

export type Holiday = {
  /** As a calendar names it */
  name: string;
  /** Null in a year that doesn't have it */
  date: string | null;
  in_netherlands: boolean;
  in_belgium: boolean;
  /** Most are closed on it */
  usual_in_netherlands: boolean;
  usual_in_belgium: boolean;
};

export type OpeningHours = {
  /** Null where nobody keeps one: office hours, Mon-Fri 9-17 */
  calendar_id: string | null;
  at: string;
  is_open: boolean;
  /** When it opens next; `at` when it's open */
  opens_at: string | null;
  /** When that opening ends */
  closes_at: string | null;
  /** How long it's open until `until` */
  open_seconds: number;
  /** When it was open for work_minutes */
  due_at: string | null;
  /** Where the business day work_days begins */
  day_from: string | null;
  /** And ends */
  day_to: string | null;
};

export type TimelinePage = {
  /** Messages, notes and history, oldest first */
  items: Array<{
    /** message, note, or the kind of an event */
    kind: string;
    id: string;
    at: string;
    actor_kind: 'system' | 'user' | 'customer' | 'integration' | 'rule' | 'channel';
    user_id?: string;
    person_id?: string;
    conversation_id?: string;
    channel_id?: string;
    direction?: 'in' | 'out';
    state?: 'received' | 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed' | 'dropped';
    state_words?: string;
    subject?: string;
    text?: string;
    fold_at?: number;
    has_html?: boolean;
    /** The HTML shows what the text can't: pictures or tables */
    prefers_html?: boolean;
    is_auto?: boolean;
    parties?: {
      from: Array<{
        name: string | null;
        address: string | null;
      }>;
      reply_to?: Array<{
        name: string | null;
        address: string | null;
      }>;
      to: Array<{
        name: string | null;
        address: string | null;
      }>;
      cc: Array<{
        name: string | null;
        address: string | null;
      }>;
      /** Is it from him? proven; said: it says so, as anybody can; refuted: our mail server found that it isn't */
      proof?: string;
    };
    /** What a customer's words say */
    understood?: Judgement;
    files?: File[];
    about?: string;
    /** What an event changed */
    data?: Record<string, unknown>;
  }>;
  /** There is more before the item with the lowest id */
  has_older: boolean;
  /** There is more after the item with the highest id */
  has_newer: boolean;
};

export type CustomerPromise = {
  id: string;
  case_id: string;
  /** To whom it was made */
  person_id: string;
  /** In which it was said */
  message_id: string | null;
  /** Or in which it was written down */
  note_id: string | null;
  kind: 'reply' | 'callback' | 'delivery' | 'refund' | 'visit' | 'repair' | 'other';
  /** As they were said */
  words: string;
  /** Not hedged */
  is_firm: boolean;
  /** Of a window; null: by due_at */
  starts_at: string | null;
  due_at: string;
  /** From when on it is at risk, by time or by chance: its owner is warned */
  risk_at: string;
  state: 'open' | 'kept' | 'moved' | 'broken' | 'withdrawn';
  /** Open, or broken and nothing became of it yet */
  is_owed: boolean;
  is_at_risk: boolean;
  owner_id: string | null;
  /** Who does it */
  team_id: string | null;
  /** The one that was moved to this */
  previous_id: string | null;
  /** What it was moved to */
  next_id: string | null;
  /** What shows that it was kept: message, task, or hand */
  evidence: string | null;
  evidence_message_id: string | null;
  /** Why it was moved or withdrawn */
  reason: string | null;
  /** In which the customer heard that */
  told_message_id: string | null;
  warned_at: string | null;
  /** Stays when it is kept late */
  broken_at: string | null;
  settled_at: string | null;
  /** The colleague who made it */
  user_id: string | null;
  created_at: string;
  /** When the first of its chain was made */
  begun_at?: string;
  /** To be kept, that was said when it was made; left out when it was unknown */
  chance?: number;
  version: number;
  /** Of its case; in lists */
  reference?: string;
  /** In lists */
  person_name?: string;
};

export type PromiseDay = {
  /** Due on that day, whatever became of them, the earliest first */
  promises: CustomerPromise[];
  /** Still owed although their moment is past, of whatever day */
  broken_n: number;
  /** At risk by now, of what is due next */
  at_risk_n: number;
  /** Owed on the day after */
  next_n: number;
};

export type TaskKind = {
  id: string;
  name: string;
  /** In the order in which people see them */
  fields: Array<{
    /** As it stands in values; stays when its label changes */
    name: string;
    /** What people read */
    label: string;
    /** text when left out; a day is 2026-12-01, yes is yes or no */
    type: 'text' | 'number' | 'day' | 'choice' | 'yes';
    /** No task is made without it */
    is_required: boolean;
    /** Of a choice */
    choices: string[];
  }>;
  /** The steps of a new one */
  checklist: string[];
  /** Of the open time of who does it, until it is due; 0: nobody said */
  norm_minutes: number;
  /** Who does it when nobody says */
  team_id: string | null;
  /** No new ones are made */
  is_retired: boolean;
  created_at: string;
  version: number;
};

export type Task = {
  id: string;
  kind_id: string | null;
  title: string;
  /** Where it is read whole */
  details?: string;
  /** The customer's case that it is about */
  case_id: string | null;
  /** What it is done for */
  promise_id: string | null;
  team_id: string | null;
  /** Who does it; null: whoever of the team takes it */
  assignee_id: string | null;
  /** null: nobody said */
  due_at: string | null;
  /** It isn't done, and due_at is past */
  is_late: boolean;
  state: 'new' | 'taken' | 'waiting_customer' | 'waiting_other' | 'returned' | 'done';
  /** Of its kind's fields */
  values?: Array<{
    /** Of a field of its kind */
    name: string;
    value: string;
  }>;
  checklist?: Array<{
    text: string;
    is_done: boolean;
  }>;
  /** Who is told what becomes of it */
  watchers?: string[];
  /** Of its checklist */
  steps_n: number;
  steps_done_n: number;
  /** In words, while it waits */
  waits_for: string | null;
  /** While it is returned */
  return_why?: 'misrouted' | 'unclear' | 'other';
  return_words: string | null;
  /** What came of it */
  outcome: string | null;
  /** How often it came back */
  returned_n: number;
  /** How often because it wasn't theirs */
  misrouted_n: number;
  /** Who gave it to who has it, and to whom it goes back */
  from_user_id: string | null;
  from_team_id: string | null;
  /** Since when who has it has it */
  given_at: string;
  done_at: string | null;
  actor_kind: 'system' | 'user' | 'customer' | 'integration' | 'rule' | 'channel';
  /** The colleague who made it */
  user_id: string | null;
  created_at: string;
  version: number;
  /** Of its case */
  reference?: string;
  person_name?: string;
  /** What happened to it, oldest first; where it is read whole */
  history?: Event[];
};

export type TaskLoad = {
  /** Open ones of who asks */
  mine_n: number;
  /** Of these what came back, or is past its moment */
  mine_late_n: number;
  /** By name. Each number is counted no further than 1000 */
  teams: Array<{
    team_id: string;
    name: string;
    new_n: number;
    taken_n: number;
    waiting_n: number;
    /** That came back to it */
    returned_n: number;
    /** Of all of these */
    late_n: number;
    /** That it returned because they weren't its own, in the last 30 days */
    misrouted_n: number;
  }>;
};

export type Login = {
  email: string;
  password: string;
  /** Its id or name; needed when the password fits in several */
  organisation?: string | null;
  /** Of the app, or a recovery code; needed when the login has a second step */
  code?: string | null;
};

export type OrganisationPatch = {
  name?: string | null;
  /** nl, en or fr: of what the system itself writes */
  language?: string | null;
  /** as Europe/Amsterdam */
  time_zone?: string | null;
  /** who has no second step can only add one */
  needs_second_step?: boolean;
};

export type UserPost = {
  email: string;
  name: string;
  role: 'admin' | 'lead' | 'agent' | 'expert' | 'editor' | 'integration';
  /** nl, en or fr; empty: as the organisation */
  language?: string | null;
  /** without one the user can't log in, only have tokens */
  password?: string | null;
};

export type UserPatch = {
  name?: string | null;
  role?: 'admin' | 'lead' | 'agent' | 'expert' | 'editor' | 'integration';
  /** nl, en or fr; empty: as the organisation */
  language?: string | null;
  /** can't log in any more, and is logged out */
  disabled?: boolean;
};

export type MePatch = {
  name?: string | null;
  /** nl, en or fr; empty: as the organisation */
  language?: string | null;
};

export type PasswordPut = {
  password: string;
  /** needed for one's own */
  old_password?: string | null;
};

export type TeamBody = {
  name: string;
};

export type TokenPost = {
  name: string;
  /** names of rights with blanks between, as "case:read"; * is all of the user's */
  scopes: string;
  /** missing: never */
  expires_at?: string | null;
  /** whose it is; missing: the caller's */
  user_id?: string | null;
};

export type ChannelDraft = {
  /** Can't be changed later */
  type?: 'email' | 'api' | 'sms_kannel' | 'sms_twilio' | 'chat' | 'form';
  name?: string | null;
  /** By GET /api/v1/channel-types; what is left out stays */
  settings?: Record<string, unknown> | null;
  team_id?: string | null;
  /** true when left out */
  enabled?: boolean;
  /** false when left out */
  is_demo?: boolean;
};

export type ApiMessage = {
  /** Your own id of the message: the same one twice is once */
  external_id: string;
  /** The customer's address, number or id */
  from: string;
  from_name?: string | null;
  /** What `from` is; external when left out */
  from_kind?: 'external' | 'email' | 'phone' | 'handle' | 'login' | 'postal';
  /** Messages with the same thread are one conversation; without, the sender decides */
  thread?: string | null;
  subject?: string | null;
  text: string;
  html?: string | null;
  /** Since then the customer waits; now when left out or in the future */
  sent_at?: string | null;
  files?: Array<{
    name: string;
    type?: string | null;
    /** The content in base64: 50 MB of it at most, and the whole request 72 MB */
    data: string;
  }>;
};

export type Delivered = {
  state: 'sent' | 'delivered' | 'read' | 'failed';
  /** What the other side said */
  words?: string | null;
};

export type PersonDraft = {
  /** Of a new one; person when left out */
  kind?: 'person' | 'organisation';
  name?: string | null;
  /** As nl; empty when it isn't known */
  language?: string | null;
};

export type IdentityDraft = {
  kind: 'external' | 'email' | 'phone' | 'handle' | 'login' | 'postal';
  value: string;
  /** claimed when left out */
  state?: 'claimed' | 'verified' | 'suspected';
  /** Others may have it too */
  is_shared?: boolean;
};

export type IdentityChange = {
  state?: 'claimed' | 'verified' | 'suspected';
  /** true: who has it is meant when nothing else tells */
  is_main?: boolean;
  is_shared?: boolean;
};

export type PreferenceDraft = {
  identity_id: string;
};

export type CaseChange = {
  title?: string | null;
  status?: 'new' | 'open' | 'waiting' | 'done';
  /** null: nobody's */
  team_id?: string | null;
  /** null: nobody's */
  assignee_id?: string | null;
  /** judged: nobody decides, it's as its customer's words are */
  priority?: 'judged' | 'low' | 'normal' | 'high' | 'critical';
  /** Why; goes when another priority is decided without */
  priority_why?: string | null;
  /** It stands in no list but that of what is snoozed until then, or until the customer is heard; null: it's back */
  snoozed_until?: string | null;
};

export type Answer = {
  text: string;
  /** The conversation's when left out */
  subject?: string | null;
  /** A mail address, or a number on SMS; whoever wrote last when left out */
  to?: string | null;
  /** Mail addresses */
  cc?: string[];
  /** Ids of files that were uploaded before */
  files?: string[];
  /** Kinds of personal data that the writer sends knowingly; stands in the history */
  personal?: string[];
  /** The newest of the case when left out */
  conversation_id?: string | null;
  /** One of the case's ways; the conversation's when left out */
  channel_id?: string | null;
  /** The customer's address there; the first of them when left out */
  identity_id?: string | null;
  /** Why it goes by another channel than the case went before */
  reason?: 'unsaid' | 'choice' | 'window_closed' | 'privacy' | 'escalation' | 'referral' | 'no_answer' | 'not_delivered';
  /** What it promises: owed as soon as it is queued */
  promises?: PromiseDraft[];
  /** What the case becomes: waiting when left out, or open or done */
  status?: 'new' | 'open' | 'waiting' | 'done';
};

export type NoteDraft = {
  text: string;
  /** Ids of files that were uploaded before */
  files?: string[];
};

export type LabelDraft = {
  name?: string | null;
  /** #rrggbb or a name; grey when none is given */
  colour?: string | null;
};

export type FileDraft = {
  name: string;
  /** As image/png; left out when it isn't known */
  type?: string | null;
  /** Bytes that will come; an empty file (0) is whole at once */
  size: number;
};

export type DraftContent = {
  text: string;
  subject?: string | null;
  /** A mail address, as far as it was written; whoever wrote last when left out */
  to?: string | null;
  /** Mail addresses, as far as they were written */
  cc?: string[];
  /** Ids of uploaded files */
  files?: string[];
  /** Kinds of personal data that the writer sends knowingly */
  personal?: string[];
  /** What its writer took over of what it promises: owed once it is sent */
  promises?: PromiseDraft[];
  /** Where it is sent; the newest when left out */
  conversation_id?: string | null;
  /** The channel that was chosen for it */
  channel_id?: string | null;
  /** The customer's address there */
  identity_id?: string | null;
  /** Why it goes by another channel than the case went before */
  reason?: 'unsaid' | 'choice' | 'window_closed' | 'privacy' | 'escalation' | 'referral' | 'no_answer' | 'not_delivered';
  /** What the case becomes */
  status?: 'new' | 'open' | 'waiting' | 'done';
};

export type DraftSending = {
  /** So long it can be taken back */
  in_seconds?: number;
  /** Or the moment at which it goes, within 90 days */
  at?: string | null;
  /** What is sent, in the place of what was kept; left out: as it is kept */
  content?: DraftContent | null;
};

export type UnderstandDraft = {
  text: string;
  /** Found when left out */
  language?: '' | 'nl' | 'en' | 'fr' | 'de';
  /** We write it: promises, referrals and style are looked for, too */
  outgoing?: boolean;
  /** When it is said: what 'tomorrow' counts from; else now */
  at?: string | null;
  /** Where it goes: how much it takes counts for style */
  channel_id?: string | null;
  /** Whose opening hours deadlines count in; the channel's team when left out */
  team_id?: string | null;
};

export type CorrectionDraft = {
  /** As joy, for an emotion */
  value: string;
};

export type ViewDraft = {
  name: string;
  /** Everybody has it */
  is_shared?: boolean;
  /** active when left out, but all with q */
  status?: 'active' | 'new' | 'open' | 'waiting' | 'done' | 'all' | 'snoozed' | 'ours';
  /** A team's id, or none */
  team?: string | null;
  /** A user's id, me (who looks) or none */
  assignee?: string | null;
  channel_id?: string | null;
  label_id?: string | null;
  /** A customer */
  person_id?: string | null;
  /** When it began, as the list of cases takes it */
  opened?: string | null;
  /** When the newest message came or went, likewise */
  last_message?: string | null;
  /** Only those whose customer waits for us */
  waits?: boolean;
  /** Only those whose priority is high or critical */
  urgent?: boolean;
  emotion?: 'anger' | 'disappointment' | 'worry' | 'joy' | 'neutral';
  /** Words in a message of the case */
  q?: string | null;
  /** Longest waiting first when left out; newest with q, which has no other order */
  sort?: 'waiting' | 'newest' | 'oldest';
};

export type MacroDraft = {
  name: string;
  text: string;
  /** Everybody has it */
  is_shared?: boolean;
  /** What the case becomes */
  status?: 'new' | 'open' | 'waiting' | 'done';
  /** That the case gets */
  label_id?: string | null;
};

export type PreferencesDraft = {
  /** Under one's answers */
  signature: string;
  /** An object of the desk's own */
  settings: Record<string, unknown>;
};

export type CaseMany = {
  cases: Array<{
    id: string;
    /** Only if it is this one still; any when left out */
    version?: number;
  }>;
  status?: 'new' | 'open' | 'waiting' | 'done';
  /** null: nobody's */
  team_id?: string | null;
  /** null: nobody's */
  assignee_id?: string | null;
  /** null: they are back */
  snoozed_until?: string | null;
  priority?: 'judged' | 'low' | 'normal' | 'high' | 'critical';
  priority_why?: string | null;
  /** Ids of labels */
  add_labels?: string[];
  /** Ids of labels */
  remove_labels?: string[];
  /** To the caller alone */
  is_unread?: boolean;
};

export type PresenceSaid = {
  state?: 'open' | 'typing' | 'typing_note';
  /** Who types to the customer now only looks on */
  takes_over?: boolean;
};

export type SecondStepBegin = {
  password: string;
};

export type SecondStepCode = {
  code: string;
};

export type SecondStepProof = {
  password: string;
  /** Of the app, or a recovery code */
  code: string;
};

export type DeviceDraft = {
  /** By which its user knows it */
  name: string;
  /** nl, en or fr */
  language: string;
  /** Of the browser's push subscription: an address that begins with https:// */
  endpoint: string;
  /** Its public key, base64url */
  p256dh: string;
  /** Its secret, base64url */
  auth: string;
  /** Tell that a case became one's own */
  notify_assigned?: boolean;
  /** Tell that the customer of such a case wrote */
  notify_answered?: boolean;
  /** Tell that a colleague named one in a note */
  notify_mentioned?: boolean;
  /** Tell that a case is back which one had put away */
  notify_woke?: boolean;
  /** Tell that a promise is at risk, or broken */
  notify_promise?: boolean;
};

export type WordingDraft = {
  /** Numbers, mail addresses, domains and names that are the organisation's own; those of its channels needn't be said */
  own?: string[];
  /** Words that nobody should write to a customer */
  forbidden?: Array<{
    text: string;
    /** Also as a part of a longer word */
    in_compounds?: boolean;
  }>;
  /** How it says you: formal (u, vous), informal (je, tu), or any */
  address?: 'any' | 'formal' | 'informal';
};

export type MergeDraft = {
  /** Who is the same person */
  person_id: string;
};

export type RelationDraft = {
  /** What the person of the path is to the other */
  kind: 'contact_of' | 'member_of' | 'represents' | 'family_of';
  other_id: string;
  note?: string | null;
  since?: string | null;
  until?: string | null;
};

export type RelationChange = {
  note?: string | null;
  since?: string | null;
  until?: string | null;
};

export type ConsentDraft = {
  state: 'given' | 'withdrawn';
  /** When he said so; now when left out */
  at?: string | null;
  /** In words: by telephone, on a form */
  how?: string | null;
  /** In which he said it */
  message_id?: string | null;
};

export type CaseMerging = {
  /** The case that stays */
  into: string;
};

export type CaseSplitting = {
  /** Ids of messages of the case */
  messages?: string[];
  /** Ids of notes of the case */
  notes?: string[];
  /** Of the new case; what the first message says when left out */
  title?: string | null;
};

export type CaseMoving = {
  /** Ids of messages of the case */
  messages?: string[];
  /** Ids of notes of the case */
  notes?: string[];
  /** The case that they are put into */
  to: string;
};

export type ProposalDecision = {
  /** It is accepted by merging the case */
  state: 'open' | 'refused';
};

export type Acceptance = {
  /** Whose face both get; the older one's when left out */
  person_id?: string | null;
};

export type ChatBlockDraft = {
  /** For colleagues; the visitor isn't told */
  reason?: string | null;
  /** And whoever comes from the same address */
  with_address?: boolean;
  /** For good when left out */
  hours?: number;
};

export type ChatBegin = {
  challenge: string;
  /** With which SHA-256 of challenge.number begins with enough zero bits */
  number: string;
  language?: string | null;
  /** The address of the page with the widget */
  page?: string | null;
};

export type ChatSend = {
  /** The widget's own id of the message: the same one twice is once */
  id: string;
  text: string;
  page?: string | null;
};

export type ChatSaid = {
  /** Lapses after 90 seconds, typing after 10 */
  state: 'away' | 'here' | 'typing';
  page?: string | null;
  /** The position up to which his browser has it all */
  delivered?: number;
  /** The position up to which he saw it */
  read?: number;
};

export type ChatContact = {
  /** Where answers go when he is gone; nobody has shown that it is his */
  email: string;
  name?: string | null;
};

export type ChatProof = {
  /** A JSON Web Token (HS256) that the site signed with the channel's secret: sub, exp, and if known email and name */
  token: string;
};

export type RecordTypeDraft = {
  /** As it stands in addresses; can't be changed later */
  name: string;
  /** What people read, as Bestelling */
  label: string;
  /** Of its data, in the order in which people see it */
  fields?: Array<{
    /** As it stands in data, or as status */
    name: string;
    /** What people read */
    label: string;
  }>;
  statuses?: Array<{
    /** As it stands in data, or as status */
    name: string;
    /** What people read */
    label: string;
  }>;
  /** Where one can be asked for, with {key} in it; it answers as a PUT takes it */
  lookup_url?: string | null;
  /** Goes along as Authorization; kept sealed, never shown. Left out of a change: as it was */
  lookup_token?: string | null;
  /** How many seconds an answer holds; 300 when left out */
  lookup_ttl_s?: number;
};

export type RecordTypeChange = {
  /** What people read, as Bestelling */
  label: string;
  /** Of its data, in the order in which people see it */
  fields?: Array<{
    /** As it stands in data, or as status */
    name: string;
    /** What people read */
    label: string;
  }>;
  statuses?: Array<{
    /** As it stands in data, or as status */
    name: string;
    /** What people read */
    label: string;
  }>;
  /** Where one can be asked for, with {key} in it; it answers as a PUT takes it */
  lookup_url?: string | null;
  /** Goes along as Authorization; kept sealed, never shown. Left out of a change: as it was */
  lookup_token?: string | null;
  /** How many seconds an answer holds; 300 when left out */
  lookup_ttl_s?: number;
};

export type RecordBulk = {
  records: Array<{
    /** What the other system calls it */
    key: string;
    /** What people read */
    title: string;
    status?: string | null;
    /** Since when it has this status; now when left out */
    status_at?: string | null;
    /** An object: its members are the fields of the type */
    data?: Record<string, unknown> | null;
    /** Its page in the other system */
    url?: string | null;
    /** Whose it is, by our id */
    person_id?: string | null;
    /** What owner is; external when left out */
    owner_kind?: 'external' | 'email' | 'phone' | 'handle' | 'login' | 'postal';
    /** Or by an address, whoever has it, also later */
    owner?: string | null;
  }>;
};

export type RecordDraft = {
  /** What people read */
  title: string;
  status?: string | null;
  /** Since when it has this status; now when left out */
  status_at?: string | null;
  /** An object: its members are the fields of the type */
  data?: Record<string, unknown> | null;
  /** Its page in the other system */
  url?: string | null;
  /** Whose it is, by our id */
  person_id?: string | null;
  /** What owner is; external when left out */
  owner_kind?: 'external' | 'email' | 'phone' | 'handle' | 'login' | 'postal';
  /** Or by an address, whoever has it, also later */
  owner?: string | null;
};

export type PrivateLinkDraft = {
  /** Where the customer wrote; the newest public one of the case when left out */
  channel_id?: string | null;
  /** The chat that it opens; the first one when left out */
  chat_id?: string | null;
  /** Until it must be opened; a day when left out */
  minutes?: number;
};

export type CalendarDraft = {
  name: string;
  /** Of every team without a calendar of its own */
  is_default?: boolean;
  /** The ids of the teams that count in it; each leaves the one where it was */
  teams?: string[];
  /** As Europe/Brussels; the organisation's when left out */
  time_zone?: string | null;
  /** A term in days that ends on a closed day ends on the next open one */
  rolls_forward?: boolean;
  /** The opening hours of a usual week */
  week?: Array<{
    day: 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';
    /** As 09:00 */
    from: string;
    /** As 17:00, or 24:00 */
    to: string;
  }>;
  /** On which public holidays it's closed, see /api/v1/holidays */
  holidays?: string[];
  /** Days that differ; no periods: closed */
  exceptions?: Array<{
    /** A day, as 2026-12-24 */
    from: string;
    /** The last day; the same one when left out */
    to?: string | null;
    name?: string | null;
    /** On the same dates of each year */
    every_year?: boolean;
    /** When it's open then; none: closed */
    periods?: Array<{
      /** As 09:00 */
      from: string;
      /** As 17:00, or 24:00 */
      to: string;
    }>;
  }>;
};

export type Beginning = {
  /** The case's title, and the mail's subject; the first words when left out, but a mail needs one */
  subject?: string | null;
  /** The customer; who has the address `to` when left out */
  person_id?: string | null;
  /** A mail address or telephone number. Who has it is the customer, made when nobody has; beside person_id it's his from now on */
  to?: string | null;
  /** Of the customer who is made for `to` */
  name?: string | null;
  /** Over which it's written; only when nothing is: null */
  channel_id?: string | null;
  /** Which of the customer's addresses; the first that the channel reaches when left out */
  identity_id?: string | null;
  /** To the customer; left out: nothing is sent */
  text?: string | null;
  /** To the colleagues */
  note?: string | null;
  /** Mail addresses */
  cc?: string[];
  /** Ids of files that were uploaded before: the message's, or without one the note's */
  files?: string[];
  /** Kinds of personal data that the writer sends knowingly; stands in the history */
  personal?: string[];
  /** What the message promises: owed as soon as it is queued */
  promises?: PromiseDraft[];
  /** The channel's when left out; null: nobody's */
  team_id?: string | null;
  /** Who begins it when left out; null: nobody's */
  assignee_id?: string | null;
  /** waiting when something is sent, else open, when left out */
  status?: 'new' | 'open' | 'waiting' | 'done';
  /** Ids of labels */
  labels?: string[];
};

export type PromiseDraft = {
  kind?: 'reply' | 'callback' | 'delivery' | 'refund' | 'visit' | 'repair' | 'other';
  /** As they were said */
  words: string;
  is_firm?: boolean;
  /** Of a window; by due_at when left out */
  starts_at?: string | null;
  due_at: string;
  /** Who makes it when left out */
  owner_id?: string | null;
  /** Who does it; the case's when left out */
  team_id?: string | null;
  /** In which it was said */
  message_id?: string | null;
  /** Or in which it was written down */
  note_id?: string | null;
};

export type Keeping = {
  /** The message that shows it; a colleague's word when left out */
  message_id?: string | null;
};

export type PromiseMove = {
  /** Of a window; by due_at when left out */
  starts_at?: string | null;
  due_at: string;
  /** The same when left out */
  words?: string | null;
  /** For colleagues */
  reason: string;
  /** In which the customer is told */
  message_id?: string | null;
};

export type Withdrawing = {
  reason: string;
};

export type TaskKindDraft = {
  name: string;
  /** In the order in which people see them */
  fields?: Array<{
    /** As it stands in values; stays when its label changes */
    name: string;
    /** What people read */
    label: string;
    /** text when left out; a day is 2026-12-01, yes is yes or no */
    type?: 'text' | 'number' | 'day' | 'choice' | 'yes';
    /** No task is made without it */
    is_required?: boolean;
    /** Of a choice */
    choices?: string[];
  }>;
  /** The steps of a new one */
  checklist?: string[];
  /** Of the open time of who does it, until it is due; 0: nobody says */
  norm_minutes?: number;
  /** Who does it when nobody says */
  team_id?: string | null;
  /** No new ones are made; those that are there go on */
  is_retired?: boolean;
};

export type TaskDraft = {
  title: string;
  details?: string | null;
  kind_id?: string | null;
  case_id?: string | null;
  /** What it is done for; its case is the task's */
  promise_id?: string | null;
  /** The kind's when left out, else the promise's or the case's */
  team_id?: string | null;
  assignee_id?: string | null;
  /** By the norm of its kind when left out, in the hours of who does it, and not behind the promise's */
  due_at?: string | null;
  /** Of its kind's fields */
  values?: Array<{
    /** Of a field of its kind */
    name: string;
    value: string;
  }>;
  /** That of its kind when left out */
  checklist?: Array<{
    text: string;
    is_done?: boolean;
  }>;
};

export type TaskChange = {
  title?: string | null;
  details?: string | null;
  /** Another one has it anew; null: nobody's */
  team_id?: string | null;
  /** null: whoever of the team takes it */
  assignee_id?: string | null;
  due_at?: string | null;
  /** What it is done for, in the same case */
  promise_id?: string | null;
  /** Of its kind's fields */
  values?: Array<{
    /** Of a field of its kind */
    name: string;
    value: string;
  }>;
  /** That of its kind when left out */
  checklist?: Array<{
    text: string;
    is_done?: boolean;
  }>;
};

export type TaskWaiting = {
  for: 'customer' | 'other';
  /** What for */
  words?: string | null;
};

export type TaskReturning = {
  /** misrouted: it isn't theirs, which is counted */
  why: 'misrouted' | 'unclear' | 'other';
  words: string;
};

export type TaskFinishing = {
  /** What came of it */
  words?: string | null;
};

export interface CallOptions {
  query?: object;
  body?: unknown;
  ifMatch?: string;
  idempotencyKey?: string | undefined;
}

/** Every operation of the API as a method. */
export abstract class Operations {
  protected abstract call<Answer>(
    method: string,
    path: string,
    options: CallOptions,
  ): Promise<Answer>;

  /** Logs in with a mail address and a password: sets the session's cookie. */
  postLogin(body: Login): Promise<Me> {
    return this.call('POST', `/api/v1/login`, { body });
  }

  /** Ends the session. */
  postLogout(idempotencyKey?: string): Promise<void> {
    return this.call('POST', `/api/v1/logout`, { idempotencyKey });
  }

  /** Says who calls, and what they may do. */
  getMe(): Promise<Me> {
    return this.call('GET', `/api/v1/me`, {  });
  }

  /** Changes the caller's own name or language. */
  patchMe(body: MePatch, ifMatch: string): Promise<User> {
    return this.call('PATCH', `/api/v1/me`, { body, ifMatch });
  }

  /** Lists where the user is logged in. */
  getSessions(): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Session[];
    }> {
    return this.call('GET', `/api/v1/sessions`, {  });
  }

  /** Logs the user out everywhere but here. */
  deleteSessions(): Promise<void> {
    return this.call('DELETE', `/api/v1/sessions`, {  });
  }

  /** Logs the user out there. */
  deleteSessionsById(id: string): Promise<void> {
    return this.call('DELETE', `/api/v1/sessions/${encodeURIComponent(id)}`, {  });
  }

  /** Lists the organisations that the caller belongs to. */
  getOrganisations(): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Organisation[];
    }> {
    return this.call('GET', `/api/v1/organisations`, {  });
  }

  /** Reads an organisation. */
  getOrganisationsById(id: string): Promise<Organisation> {
    return this.call('GET', `/api/v1/organisations/${encodeURIComponent(id)}`, {  });
  }

  /** Changes what an organisation is called, its language or its time zone, or whether everybody needs a second step. */
  patchOrganisationsById(id: string, body: OrganisationPatch, ifMatch: string): Promise<Organisation> {
    return this.call('PATCH', `/api/v1/organisations/${encodeURIComponent(id)}`, { body, ifMatch });
  }

  /** Lists the users. */
  getUsers(query: {
      cursor?: string;
      limit?: number;
    } = {}): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: User[];
    }> {
    return this.call('GET', `/api/v1/users`, { query });
  }

  /** Adds a user. */
  postUsers(body: UserPost, idempotencyKey?: string): Promise<User> {
    return this.call('POST', `/api/v1/users`, { body, idempotencyKey });
  }

  /** Reads a user. */
  getUsersById(id: string): Promise<User> {
    return this.call('GET', `/api/v1/users/${encodeURIComponent(id)}`, {  });
  }

  /** Changes a user's name, role or language, or disables the user. */
  patchUsersById(id: string, body: UserPatch, ifMatch: string): Promise<User> {
    return this.call('PATCH', `/api/v1/users/${encodeURIComponent(id)}`, { body, ifMatch });
  }

  /** Lists the roles with what each may do. */
  getRoles(): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: RoleRights[];
    }> {
    return this.call('GET', `/api/v1/roles`, {  });
  }

  /** Sets a password: one's own with the old one, or as an administrator; ends the user's other sessions. */
  putUsersByIdPassword(id: string, body: PasswordPut): Promise<void> {
    return this.call('PUT', `/api/v1/users/${encodeURIComponent(id)}/password`, { body });
  }

  /** Lists the teams with their members. */
  getTeams(query: {
      cursor?: string;
      limit?: number;
    } = {}): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Team[];
    }> {
    return this.call('GET', `/api/v1/teams`, { query });
  }

  /** Adds a team. */
  postTeams(body: TeamBody, idempotencyKey?: string): Promise<Team> {
    return this.call('POST', `/api/v1/teams`, { body, idempotencyKey });
  }

  /** Reads a team. */
  getTeamsById(id: string): Promise<Team> {
    return this.call('GET', `/api/v1/teams/${encodeURIComponent(id)}`, {  });
  }

  /** Gives a team another name. */
  patchTeamsById(id: string, body: TeamBody, ifMatch: string): Promise<Team> {
    return this.call('PATCH', `/api/v1/teams/${encodeURIComponent(id)}`, { body, ifMatch });
  }

  /** Removes a team with which no cases or channels stand. */
  deleteTeamsById(id: string, ifMatch: string): Promise<void> {
    return this.call('DELETE', `/api/v1/teams/${encodeURIComponent(id)}`, { ifMatch });
  }

  /** Takes a user into a team. */
  putTeamsByIdMembersByUser(id: string, user: string): Promise<Team> {
    return this.call('PUT', `/api/v1/teams/${encodeURIComponent(id)}/members/${encodeURIComponent(user)}`, {  });
  }

  /** Takes a user out of a team. */
  deleteTeamsByIdMembersByUser(id: string, user: string): Promise<Team> {
    return this.call('DELETE', `/api/v1/teams/${encodeURIComponent(id)}/members/${encodeURIComponent(user)}`, {  });
  }

  /** Lists tokens, without their secrets. */
  getTokens(query: {
      user?: string;
      all?: boolean;
    } = {}): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Token[];
    }> {
    return this.call('GET', `/api/v1/tokens`, { query });
  }

  /** Makes a token; its secret is in this answer and nowhere else. */
  postTokens(body: TokenPost, idempotencyKey?: string): Promise<Token> {
    return this.call('POST', `/api/v1/tokens`, { body, idempotencyKey });
  }

  /** Revokes a token for good. */
  deleteTokensById(id: string): Promise<void> {
    return this.call('DELETE', `/api/v1/tokens/${encodeURIComponent(id)}`, {  });
  }

  /** Lists the types of channel with the fields that an administrator fills in. */
  getChannelTypes(): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: ChannelTypeForm[];
    }> {
    return this.call('GET', `/api/v1/channel-types`, {  });
  }

  /** Lists the channels with their health. */
  getChannels(): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Channel[];
    }> {
    return this.call('GET', `/api/v1/channels`, {  });
  }

  /** Connects a channel. */
  postChannels(body: ChannelDraft, idempotencyKey?: string): Promise<Channel> {
    return this.call('POST', `/api/v1/channels`, { body, idempotencyKey });
  }

  /** Reads a channel with its health. */
  getChannelsById(id: string): Promise<Channel> {
    return this.call('GET', `/api/v1/channels/${encodeURIComponent(id)}`, {  });
  }

  /** Changes a channel. */
  patchChannelsById(id: string, body: ChannelDraft, ifMatch: string): Promise<Channel> {
    return this.call('PATCH', `/api/v1/channels/${encodeURIComponent(id)}`, { body, ifMatch });
  }

  /** Shows what the other side of a channel needs to reach us, its secret too; the reading is written down. */
  getChannelsByIdSecret(id: string): Promise<ChannelSecret> {
    return this.call('GET', `/api/v1/channels/${encodeURIComponent(id)}/secret`, {  });
  }

  /** Tries the channel's settings against the other side. */
  postChannelsByIdTest(id: string, idempotencyKey?: string): Promise<void> {
    return this.call('POST', `/api/v1/channels/${encodeURIComponent(id)}/test`, { idempotencyKey });
  }

  /** Hands in a message of an API channel, or {"messages": […]} with up to 500, of 72 MB in all; signed, or with a token. */
  postChannelsByIdMessages(id: string, body: ApiMessage | {
      messages: ApiMessage[];
    }): Promise<Arrival | {
      /** cursor of the next page */
      next: string | null;
      items: Arrival[];
    }> {
    return this.call('POST', `/api/v1/channels/${encodeURIComponent(id)}/messages`, { body });
  }

  /** Lists what waits to be fetched on an API channel, oldest first; signed, or with a token. */
  getChannelsByIdOutgoing(id: string, query: {
      cursor?: string;
      limit?: number;
    } = {}): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Waiting[];
    }> {
    return this.call('GET', `/api/v1/channels/${encodeURIComponent(id)}/outgoing`, { query });
  }

  /** Says what became of a fetched message; signed, or with a token. */
  postChannelsByIdOutgoingByMessageState(id: string, message: string, body: Delivered): Promise<void> {
    return this.call('POST', `/api/v1/channels/${encodeURIComponent(id)}/outgoing/${encodeURIComponent(message)}/state`, { body });
  }

  /** Lists or searches people, newest first. */
  getPeople(query: {
      q?: string;
      sort?: 'newest' | 'seen';
      cursor?: string;
      limit?: number;
    } = {}): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Person[];
    }> {
    return this.call('GET', `/api/v1/people`, { query });
  }

  /** Adds a person, or an organisation that is a customer. */
  postPeople(body: PersonDraft, idempotencyKey?: string): Promise<Person> {
    return this.call('POST', `/api/v1/people`, { body, idempotencyKey });
  }

  /** Reads a person with all addresses; the reading is written down. */
  getPeopleById(id: string): Promise<Person> {
    return this.call('GET', `/api/v1/people/${encodeURIComponent(id)}`, {  });
  }

  /** Changes a person's name or language. */
  patchPeopleById(id: string, body: PersonDraft, ifMatch: string): Promise<Person> {
    return this.call('PATCH', `/api/v1/people/${encodeURIComponent(id)}`, { body, ifMatch });
  }

  /** Gives a person an address; 409 when somebody else has it and it isn't shared. */
  postPeopleByIdIdentities(id: string, body: IdentityDraft, idempotencyKey?: string): Promise<Identity> {
    return this.call('POST', `/api/v1/people/${encodeURIComponent(id)}/identities`, { body, idempotencyKey });
  }

  /** Says how sure an address is, or whose it is first of those who share it. */
  patchPeopleByIdIdentitiesByIdentity(id: string, identity: string, body: IdentityChange): Promise<Identity> {
    return this.call('PATCH', `/api/v1/people/${encodeURIComponent(id)}/identities/${encodeURIComponent(identity)}`, { body });
  }

  /** Takes an address from a person; it can be restored. */
  deletePeopleByIdIdentitiesByIdentity(id: string, identity: string): Promise<void> {
    return this.call('DELETE', `/api/v1/people/${encodeURIComponent(id)}/identities/${encodeURIComponent(identity)}`, {  });
  }

  /** Gives back an address that was removed. */
  postPeopleByIdIdentitiesByIdentityRestore(id: string, identity: string, idempotencyKey?: string): Promise<Identity> {
    return this.call('POST', `/api/v1/people/${encodeURIComponent(id)}/identities/${encodeURIComponent(identity)}/restore`, { idempotencyKey });
  }

  /** Says which address is meant for a purpose: answer, callback or letter. */
  putPeopleByIdPreferencesByPurpose(id: string, purpose: string, body: PreferenceDraft): Promise<void> {
    return this.call('PUT', `/api/v1/people/${encodeURIComponent(id)}/preferences/${encodeURIComponent(purpose)}`, { body });
  }

  /** No address is meant for the purpose any more. */
  deletePeopleByIdPreferencesByPurpose(id: string, purpose: string): Promise<void> {
    return this.call('DELETE', `/api/v1/people/${encodeURIComponent(id)}/preferences/${encodeURIComponent(purpose)}`, {  });
  }

  /** Lists the conversations of a person or of a case. */
  getConversations(query: {
      person?: string;
      of_case?: string;
      cursor?: string;
      limit?: number;
    } = {}): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Conversation[];
    }> {
    return this.call('GET', `/api/v1/conversations`, { query });
  }

  /** Reads a conversation; its messages stand in the case's timeline. */
  getConversationsById(id: string): Promise<Conversation> {
    return this.call('GET', `/api/v1/conversations/${encodeURIComponent(id)}`, {  });
  }

  /** Lists cases by any filter, longest waiting first. */
  getCases(query: {
      status?: 'active' | 'new' | 'open' | 'waiting' | 'done' | 'all' | 'snoozed' | 'ours';
      team?: string;
      assignee?: string;
      channel?: string;
      label?: string;
      person?: string;
      opened?: string;
      last_message?: string;
      waits?: boolean;
      urgent?: boolean;
      emotion?: 'anger' | 'disappointment' | 'worry' | 'joy' | 'neutral';
      q?: string;
      sort?: 'waiting' | 'newest' | 'oldest';
      cursor?: string;
      limit?: number;
    } = {}): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Case[];
    }> {
    return this.call('GET', `/api/v1/cases`, { query });
  }

  /** Begins a case: writes to a customer first, or notes down who came by or called. */
  postCases(body: Beginning, idempotencyKey?: string): Promise<Case> {
    return this.call('POST', `/api/v1/cases`, { body, idempotencyKey });
  }

  /** Reads a case, by id or reference, with the newest part of its timeline; the reading is written down. */
  getCasesById(id: string): Promise<Case> {
    return this.call('GET', `/api/v1/cases/${encodeURIComponent(id)}`, {  });
  }

  /** Changes a case's title, status, team, assignee or priority, or snoozes it. */
  patchCasesById(id: string, body: CaseChange, ifMatch: string): Promise<Case> {
    return this.call('PATCH', `/api/v1/cases/${encodeURIComponent(id)}`, { body, ifMatch });
  }

  /** Answers: the message is queued, and sent by the channel's worker. */
  postCasesByIdMessages(id: string, body: Answer, idempotencyKey?: string): Promise<Message> {
    return this.call('POST', `/api/v1/cases/${encodeURIComponent(id)}/messages`, { body, idempotencyKey });
  }

  /** Lists all messages of a case, newest first, without HTML and files. */
  getCasesByIdMessages(id: string, query: {
      cursor?: string;
      limit?: number;
    } = {}): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Message[];
    }> {
    return this.call('GET', `/api/v1/cases/${encodeURIComponent(id)}/messages`, { query });
  }

  /** Reads a message whole, with its HTML and files; the reading is written down. */
  getMessagesById(id: string): Promise<Message> {
    return this.call('GET', `/api/v1/messages/${encodeURIComponent(id)}`, {  });
  }

  /** Writes a note to the colleagues. */
  postCasesByIdNotes(id: string, body: NoteDraft, idempotencyKey?: string): Promise<Note> {
    return this.call('POST', `/api/v1/cases/${encodeURIComponent(id)}/notes`, { body, idempotencyKey });
  }

  /** Lists the notes of a case, oldest first; the reading is written down. */
  getCasesByIdNotes(id: string, query: {
      cursor?: string;
      limit?: number;
    } = {}): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Note[];
    }> {
    return this.call('GET', `/api/v1/cases/${encodeURIComponent(id)}/notes`, { query });
  }

  /** Lists all labels by name, in one page. */
  getLabels(): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Label[];
    }> {
    return this.call('GET', `/api/v1/labels`, {  });
  }

  /** Makes a label. */
  postLabels(body: LabelDraft, idempotencyKey?: string): Promise<Label> {
    return this.call('POST', `/api/v1/labels`, { body, idempotencyKey });
  }

  /** Renames a label or gives it another colour, on all cases. */
  patchLabelsById(id: string, body: LabelDraft): Promise<Label> {
    return this.call('PATCH', `/api/v1/labels/${encodeURIComponent(id)}`, { body });
  }

  /** Removes a label and takes it off all cases. */
  deleteLabelsById(id: string): Promise<void> {
    return this.call('DELETE', `/api/v1/labels/${encodeURIComponent(id)}`, {  });
  }

  /** Puts a label on a case; twice is once. */
  putCasesByIdLabelsByLabel(id: string, label: string): Promise<void> {
    return this.call('PUT', `/api/v1/cases/${encodeURIComponent(id)}/labels/${encodeURIComponent(label)}`, {  });
  }

  /** Takes a label off a case. */
  deleteCasesByIdLabelsByLabel(id: string, label: string): Promise<void> {
    return this.call('DELETE', `/api/v1/cases/${encodeURIComponent(id)}/labels/${encodeURIComponent(label)}`, {  });
  }

  /** Begins an upload; its bytes follow by PATCH. */
  postFiles(body: FileDraft, idempotencyKey?: string): Promise<File> {
    return this.call('POST', `/api/v1/files`, { body, idempotencyKey });
  }

  /** Uploads files whole, as a form with files in it has them. */
  postFilesForm(body: FormData, idempotencyKey?: string): Promise<Uploads> {
    return this.call('POST', `/api/v1/files/form`, { body, idempotencyKey });
  }

  /** Adds the next piece, of any size up to all of it; Upload-Offset says where it belongs. */
  patchFilesById(id: string): Promise<File> {
    return this.call('PATCH', `/api/v1/files/${encodeURIComponent(id)}`, {  });
  }

  /** Says what a file is, and how far its upload. */
  getFilesById(id: string): Promise<File> {
    return this.call('GET', `/api/v1/files/${encodeURIComponent(id)}`, {  });
  }

  /** Removes an upload of one's own that was not sent. */
  deleteFilesById(id: string): Promise<void> {
    return this.call('DELETE', `/api/v1/files/${encodeURIComponent(id)}`, {  });
  }

  /** Lists what came in and could not be understood, newest first. */
  getEnvelopes(query: {
      all?: boolean;
      cursor?: string;
      limit?: number;
    } = {}): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Envelope[];
    }> {
    return this.call('GET', `/api/v1/envelopes`, { query });
  }

  /** Reads what became of an envelope. */
  getEnvelopesById(id: string): Promise<Envelope> {
    return this.call('GET', `/api/v1/envelopes/${encodeURIComponent(id)}`, {  });
  }

  /** Tries once more to understand an envelope. What isn't whole can't be (409); put aside, it comes back. */
  postEnvelopesByIdRun(id: string, idempotencyKey?: string): Promise<Envelope> {
    return this.call('POST', `/api/v1/envelopes/${encodeURIComponent(id)}/run`, { idempotencyKey });
  }

  /** Puts aside what isn't understood; run again, it comes back. */
  postEnvelopesByIdIgnore(id: string, idempotencyKey?: string): Promise<Envelope> {
    return this.call('POST', `/api/v1/envelopes/${encodeURIComponent(id)}/ignore`, { idempotencyKey });
  }

  /** Lists the caller's drafts, newest first. */
  getDrafts(query: {
      cursor?: string;
      limit?: number;
    } = {}): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Draft[];
    }> {
    return this.call('GET', `/api/v1/drafts`, { query });
  }

  /** Lists what the caller is writing in a case: a reply, a note. */
  getCasesByIdDrafts(id: string): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Draft[];
    }> {
    return this.call('GET', `/api/v1/cases/${encodeURIComponent(id)}/drafts`, {  });
  }

  /** Keeps what was written so far; If-Match "0" when there was nothing. */
  putCasesByIdDraftsByKind(id: string, kind: string, body: DraftContent, ifMatch: string): Promise<Draft> {
    return this.call('PUT', `/api/v1/cases/${encodeURIComponent(id)}/drafts/${encodeURIComponent(kind)}`, { body, ifMatch });
  }

  /** Throws a draft away; twice is once. */
  deleteCasesByIdDraftsByKind(id: string, kind: string): Promise<void> {
    return this.call('DELETE', `/api/v1/cases/${encodeURIComponent(id)}/drafts/${encodeURIComponent(kind)}`, {  });
  }

  /** Sends a draft, now or later; until then it can be taken back. */
  putCasesByIdDraftsByKindSending(id: string, kind: string, body: DraftSending, ifMatch: string): Promise<Draft> {
    return this.call('PUT', `/api/v1/cases/${encodeURIComponent(id)}/drafts/${encodeURIComponent(kind)}/sending`, { body, ifMatch });
  }

  /** Takes a draft back before it is sent. */
  deleteCasesByIdDraftsByKindSending(id: string, kind: string): Promise<Draft> {
    return this.call('DELETE', `/api/v1/cases/${encodeURIComponent(id)}/drafts/${encodeURIComponent(kind)}/sending`, {  });
  }

  /** Searches the words of messages, titles of cases and people, newest first; filtered pages may be short or empty before the last one. */
  getSearch(query: {
      q: string;
      kind?: 'all' | 'message' | 'person';
      channel?: string;
      direction?: 'both' | 'in' | 'out';
      person?: string;
      since?: string;
      until?: string;
      status?: 'all' | 'active' | 'new' | 'open' | 'waiting' | 'done' | 'snoozed';
      team?: string;
      assignee?: string;
      label?: string;
      cursor?: string;
      limit?: number;
    }): Promise<SearchResult> {
    return this.call('GET', `/api/v1/search`, { query });
  }

  /** Lists what is queued, being sent, or failed, newest first; the reading is written down. */
  getOutbox(query: {
      state?: 'queued' | 'sending' | 'failed';
      cursor?: string;
      limit?: number;
    } = {}): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Message[];
    }> {
    return this.call('GET', `/api/v1/outbox`, { query });
  }

  /** Sends a message again that failed or was dropped. */
  postOutboxByIdRetry(id: string, idempotencyKey?: string): Promise<Message> {
    return this.call('POST', `/api/v1/outbox/${encodeURIComponent(id)}/retry`, { idempotencyKey });
  }

  /** Drops a message that waits or failed; its customer waits again, and retry takes it back. */
  deleteOutboxById(id: string): Promise<void> {
    return this.call('DELETE', `/api/v1/outbox/${encodeURIComponent(id)}`, {  });
  }

  /** Lists the jobs that were given up, newest first. */
  getJobs(query: {
      cursor?: string;
      limit?: number;
    } = {}): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Job[];
    }> {
    return this.call('GET', `/api/v1/jobs`, { query });
  }

  /** Runs a job again that was given up. */
  postJobsByIdRun(id: string, idempotencyKey?: string): Promise<void> {
    return this.call('POST', `/api/v1/jobs/${encodeURIComponent(id)}/run`, { idempotencyKey });
  }

  /** Drops a job that was given up, and the message that waited for it. */
  deleteJobsById(id: string): Promise<void> {
    return this.call('DELETE', `/api/v1/jobs/${encodeURIComponent(id)}`, {  });
  }

  /** Takes back that a job was dropped; within a day. */
  postJobsByIdRestore(id: string, idempotencyKey?: string): Promise<void> {
    return this.call('POST', `/api/v1/jobs/${encodeURIComponent(id)}/restore`, { idempotencyKey });
  }

  /** Lists what doesn't fit together: found by the daily reconciliation, newest first. */
  getDifferences(query: {
      all?: boolean;
      cursor?: string;
      limit?: number;
    } = {}): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Difference[];
    }> {
    return this.call('GET', `/api/v1/differences`, { query });
  }

  /** Lists when everything was compared, newest first. */
  getReconciliations(query: {
      cursor?: string;
      limit?: number;
    } = {}): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Reconciliation[];
    }> {
    return this.call('GET', `/api/v1/reconciliations`, { query });
  }

  /** Compares everything now, mailboxes within minutes. */
  postReconciliations(idempotencyKey?: string): Promise<Reconciliation> {
    return this.call('POST', `/api/v1/reconciliations`, { idempotencyKey });
  }

  /** Lists when the folders of each mailbox were compared last. */
  getReconciliationsMailboxes(): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: MailboxComparison[];
    }> {
    return this.call('GET', `/api/v1/reconciliations/mailboxes`, {  });
  }

  /** Lists history, newest first: who did what, with the chain that shows that nothing was changed or left out. */
  getAudit(query: {
      cursor?: string;
      limit?: number;
      case?: string;
      actor?: string;
      until?: string;
      kind?: string;
    } = {}): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: AuditEntry[];
    }> {
    return this.call('GET', `/api/v1/audit`, { query });
  }

  /** Says what a text says: language, mood, promises, referrals, personal data, style. */
  postUnderstand(body: UnderstandDraft, idempotencyKey?: string): Promise<Understanding> {
    return this.call('POST', `/api/v1/understand`, { body, idempotencyKey });
  }

  /** Corrects the polarity, emotion, intent or urgency of a message; later ones are judged with it. */
  putMessagesByIdCorrectionsBySubject(id: string, subject: string, body: CorrectionDraft): Promise<Judgement> {
    return this.call('PUT', `/api/v1/messages/${encodeURIComponent(id)}/corrections/${encodeURIComponent(subject)}`, { body });
  }

  /** Takes a correction back, and all that it taught. */
  deleteMessagesByIdCorrectionsBySubject(id: string, subject: string): Promise<Judgement> {
    return this.call('DELETE', `/api/v1/messages/${encodeURIComponent(id)}/corrections/${encodeURIComponent(subject)}`, {  });
  }

  /** Lists what people corrected, newest first. */
  getCorrections(query: {
      cursor?: string;
      limit?: number;
    } = {}): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: MessageCorrection[];
    }> {
    return this.call('GET', `/api/v1/corrections`, { query });
  }

  /** Lists the caller's views and the shared ones, oldest first. */
  getViews(): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: View[];
    }> {
    return this.call('GET', `/api/v1/views`, {  });
  }

  /** Gives a list of cases a name. */
  postViews(body: ViewDraft, idempotencyKey?: string): Promise<View> {
    return this.call('POST', `/api/v1/views`, { body, idempotencyKey });
  }

  /** Counts the cases of each, no further than 1000; those with words are left out. */
  getViewsCounts(): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: ViewCount[];
    }> {
    return this.call('GET', `/api/v1/views/counts`, {  });
  }

  /** Changes a view of one's own; an administrator changes the shared ones too. */
  putViewsById(id: string, body: ViewDraft, ifMatch: string): Promise<View> {
    return this.call('PUT', `/api/v1/views/${encodeURIComponent(id)}`, { body, ifMatch });
  }

  /** Removes a view. */
  deleteViewsById(id: string): Promise<void> {
    return this.call('DELETE', `/api/v1/views/${encodeURIComponent(id)}`, {  });
  }

  /** Lists the caller's macros and the shared ones, by name. */
  getMacros(): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Macro[];
    }> {
    return this.call('GET', `/api/v1/macros`, {  });
  }

  /** Keeps an answer to use again. */
  postMacros(body: MacroDraft, idempotencyKey?: string): Promise<Macro> {
    return this.call('POST', `/api/v1/macros`, { body, idempotencyKey });
  }

  /** Changes a macro of one's own; an administrator changes the shared ones too. */
  putMacrosById(id: string, body: MacroDraft, ifMatch: string): Promise<Macro> {
    return this.call('PUT', `/api/v1/macros/${encodeURIComponent(id)}`, { body, ifMatch });
  }

  /** Removes a macro. */
  deleteMacrosById(id: string): Promise<void> {
    return this.call('DELETE', `/api/v1/macros/${encodeURIComponent(id)}`, {  });
  }

  /** Reads one's signature, and what the desk keeps for one. */
  getMePreferences(): Promise<Preferences> {
    return this.call('GET', `/api/v1/me/preferences`, {  });
  }

  /** Keeps them; If-Match "0" when there were none. */
  putMePreferences(body: PreferencesDraft, ifMatch: string): Promise<Preferences> {
    return this.call('PUT', `/api/v1/me/preferences`, { body, ifMatch });
  }

  /** Describes this API as OpenAPI 3.1. */
  getOpenapiJson(): Promise<void> {
    return this.call('GET', `/api/v1/openapi.json`, {  });
  }

  /** Says how likely something is done by a moment, and by when nine in ten are. */
  getPromisesChance(query: {
      team?: string;
      kind?: 'reply' | 'callback' | 'delivery' | 'refund' | 'visit' | 'repair' | 'other';
      due?: string;
      promise?: string;
    } = {}): Promise<PromiseChance> {
    return this.call('GET', `/api/v1/promises/chance`, { query });
  }

  /** Holds the chances that were said when promises were made against what came. */
  getPromisesCalibration(): Promise<CalibrationAnswer> {
    return this.call('GET', `/api/v1/promises/calibration`, {  });
  }

  /** Changes up to 100 cases at once; says of each whether it worked, or why not. */
  postCasesChanges(body: CaseMany, idempotencyKey?: string): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: CaseResult[];
    }> {
    return this.call('POST', `/api/v1/cases/changes`, { body, idempotencyKey });
  }

  /** Marks a case as read by the caller, until its customer is heard again, and takes away what he was alerted to in it; twice is once. */
  putCasesByIdRead(id: string): Promise<void> {
    return this.call('PUT', `/api/v1/cases/${encodeURIComponent(id)}/read`, {  });
  }

  /** Marks a case as unread to the caller; twice is once. */
  deleteCasesByIdRead(id: string): Promise<void> {
    return this.call('DELETE', `/api/v1/cases/${encodeURIComponent(id)}/read`, {  });
  }

  /** Lists who has which case open now, and who types. */
  getPresence(query: {
      cursor?: string;
      limit?: number;
    } = {}): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Presence[];
    }> {
    return this.call('GET', `/api/v1/presence`, { query });
  }

  /** Says that the caller has the case open, or types in it; lapses after 30 seconds. */
  putCasesByIdPresence(id: string, body: PresenceSaid): Promise<Presence> {
    return this.call('PUT', `/api/v1/cases/${encodeURIComponent(id)}/presence`, { body });
  }

  /** Says that the caller has the case open no more. */
  deleteCasesByIdPresence(id: string): Promise<void> {
    return this.call('DELETE', `/api/v1/cases/${encodeURIComponent(id)}/presence`, {  });
  }

  /** Says whether the caller's login has a second step. */
  getMeSecondStep(): Promise<SecondStep> {
    return this.call('GET', `/api/v1/me/second-step`, {  });
  }

  /** Draws the secret for an authenticator app (TOTP); it counts once it was confirmed. */
  putMeSecondStep(body: SecondStepBegin): Promise<SecondStepSecret> {
    return this.call('PUT', `/api/v1/me/second-step`, { body });
  }

  /** Switches the second step on with the app's first code; the recovery codes are in this answer and nowhere else. */
  putMeSecondStepConfirmation(body: SecondStepCode): Promise<RecoveryCodes> {
    return this.call('PUT', `/api/v1/me/second-step/confirmation`, { body });
  }

  /** Makes new recovery codes; the earlier ones are worth nothing from then on. */
  putMeSecondStepRecoveryCodes(body: SecondStepProof): Promise<RecoveryCodes> {
    return this.call('PUT', `/api/v1/me/second-step/recovery-codes`, { body });
  }

  /** Switches the second step off. */
  postMeSecondStepRemove(body: SecondStepProof, idempotencyKey?: string): Promise<void> {
    return this.call('POST', `/api/v1/me/second-step/remove`, { body, idempotencyKey });
  }

  /** Takes the second step off a colleague who lost the telephone. */
  deleteUsersByIdSecondStep(id: string): Promise<void> {
    return this.call('DELETE', `/api/v1/users/${encodeURIComponent(id)}/second-step`, {  });
  }

  /** Reads the key with which a browser subscribes to what it will be told. */
  getMePushKey(): Promise<PushKey> {
    return this.call('GET', `/api/v1/me/push-key`, {  });
  }

  /** Lists the browsers in which one is told. */
  getMeDevices(): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Device[];
    }> {
    return this.call('GET', `/api/v1/me/devices`, {  });
  }

  /** Has this browser told, until its session ends; the same endpoint again is the same device. */
  putMeDevices(body: DeviceDraft): Promise<Device> {
    return this.call('PUT', `/api/v1/me/devices`, { body });
  }

  /** Tells nothing more there. */
  deleteMeDevicesById(id: string): Promise<void> {
    return this.call('DELETE', `/api/v1/me/devices/${encodeURIComponent(id)}`, {  });
  }

  /** Reads how the organisation words what it writes, and what is its own. */
  getWording(): Promise<Wording> {
    return this.call('GET', `/api/v1/wording`, {  });
  }

  /** Keeps it; If-Match "0" when there was none. */
  putWording(body: WordingDraft, ifMatch: string): Promise<Wording> {
    return this.call('PUT', `/api/v1/wording`, { body, ifMatch });
  }

  /** Makes two people one, with the face of this one; it can be undone. */
  postPeopleByIdMerges(id: string, body: MergeDraft, idempotencyKey?: string): Promise<PersonMerge> {
    return this.call('POST', `/api/v1/people/${encodeURIComponent(id)}/merges`, { body, idempotencyKey });
  }

  /** Lists with whom a person was made one, undone or not. */
  getPeopleByIdMerges(id: string): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: PersonMerge[];
    }> {
    return this.call('GET', `/api/v1/people/${encodeURIComponent(id)}/merges`, {  });
  }

  /** Undoes a merge, whatever came after it; twice is once. */
  deletePeopleByIdMergesByMerge(id: string, merge: string): Promise<void> {
    return this.call('DELETE', `/api/v1/people/${encodeURIComponent(id)}/merges/${encodeURIComponent(merge)}`, {  });
  }

  /** Lists whom a person belongs to and who belongs to him, in one page. */
  getPeopleByIdRelations(id: string): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Relation[];
    }> {
    return this.call('GET', `/api/v1/people/${encodeURIComponent(id)}/relations`, {  });
  }

  /** Says what a person is to another: contact person, member, representative, family. */
  postPeopleByIdRelations(id: string, body: RelationDraft, idempotencyKey?: string): Promise<Relation> {
    return this.call('POST', `/api/v1/people/${encodeURIComponent(id)}/relations`, { body, idempotencyKey });
  }

  /** Changes its note, its beginning or its end. */
  patchPeopleByIdRelationsByRelation(id: string, relation: string, body: RelationChange): Promise<Relation> {
    return this.call('PATCH', `/api/v1/people/${encodeURIComponent(id)}/relations/${encodeURIComponent(relation)}`, { body });
  }

  /** Takes a relation away; it can be restored. */
  deletePeopleByIdRelationsByRelation(id: string, relation: string): Promise<void> {
    return this.call('DELETE', `/api/v1/people/${encodeURIComponent(id)}/relations/${encodeURIComponent(relation)}`, {  });
  }

  /** Gives back a relation that was removed. */
  postPeopleByIdRelationsByRelationRestore(id: string, relation: string, idempotencyKey?: string): Promise<Relation> {
    return this.call('POST', `/api/v1/people/${encodeURIComponent(id)}/relations/${encodeURIComponent(relation)}/restore`, { idempotencyKey });
  }

  /** Lists what somebody allowed us and what he withdrew, the newest first, in one page. */
  getPeopleByIdConsents(id: string): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Consent[];
    }> {
    return this.call('GET', `/api/v1/people/${encodeURIComponent(id)}/consents`, {  });
  }

  /** Writes down that somebody gave or withdrew his consent for a purpose; the list then. */
  putPeopleByIdConsentsByPurpose(id: string, purpose: string, body: ConsentDraft): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Consent[];
    }> {
    return this.call('PUT', `/api/v1/people/${encodeURIComponent(id)}/consents/${encodeURIComponent(purpose)}`, { body });
  }

  /** Writes down that he withdraws it now; the list then. */
  deletePeopleByIdConsentsByPurpose(id: string, purpose: string): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Consent[];
    }> {
    return this.call('DELETE', `/api/v1/people/${encodeURIComponent(id)}/consents/${encodeURIComponent(purpose)}`, {  });
  }

  /** Makes the case part of another one, which answers to both ids and references from then on; the ETag is that one's. */
  postCasesByIdMerge(id: string, body: CaseMerging, ifMatch: string, idempotencyKey?: string): Promise<CaseMerge> {
    return this.call('POST', `/api/v1/cases/${encodeURIComponent(id)}/merge`, { body, ifMatch, idempotencyKey });
  }

  /** Takes a merge back, at any time: each has what is its own, and what came in for it. */
  deleteCasesByIdMergesByMerge(id: string, merge: string, ifMatch: string): Promise<CaseMerge> {
    return this.call('DELETE', `/api/v1/cases/${encodeURIComponent(id)}/merges/${encodeURIComponent(merge)}`, { ifMatch });
  }

  /** Makes a case of its own of some of a case's messages and notes. */
  postCasesByIdSplit(id: string, body: CaseSplitting, ifMatch: string, idempotencyKey?: string): Promise<CaseMove> {
    return this.call('POST', `/api/v1/cases/${encodeURIComponent(id)}/split`, { body, ifMatch, idempotencyKey });
  }

  /** Puts some of a case's messages and notes into another case. */
  postCasesByIdMoves(id: string, body: CaseMoving, ifMatch: string, idempotencyKey?: string): Promise<CaseMove> {
    return this.call('POST', `/api/v1/cases/${encodeURIComponent(id)}/moves`, { body, ifMatch, idempotencyKey });
  }

  /** Takes a split or a move back, at any time and in any order. */
  deleteCasesByIdMovesByMove(id: string, move: string, ifMatch: string): Promise<CaseMove> {
    return this.call('DELETE', `/api/v1/cases/${encodeURIComponent(id)}/moves/${encodeURIComponent(move)}`, { ifMatch });
  }

  /** Refuses for good that a case is part of another one, or takes that back. */
  putCasesByIdProposalsByProposal(id: string, proposal: string, body: ProposalDecision): Promise<CaseProposal> {
    return this.call('PUT', `/api/v1/cases/${encodeURIComponent(id)}/proposals/${encodeURIComponent(proposal)}`, { body });
  }

  /** Lists who may be one person, surest first. */
  getDuplicates(query: {
      cursor?: string;
      limit?: number;
    } = {}): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Duplicate[];
    }> {
    return this.call('GET', `/api/v1/duplicates`, { query });
  }

  /** Lists who may be the same as this person, surest first, in one page. */
  getPeopleByIdDuplicates(id: string): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Duplicate[];
    }> {
    return this.call('GET', `/api/v1/people/${encodeURIComponent(id)}/duplicates`, {  });
  }

  /** They are one: merges them, for these reasons. */
  postDuplicatesByIdMerges(id: string, body: Acceptance, idempotencyKey?: string): Promise<PersonMerge> {
    return this.call('POST', `/api/v1/duplicates/${encodeURIComponent(id)}/merges`, { body, idempotencyKey });
  }

  /** They aren't one: not proposed again, unless there are new reasons. */
  putDuplicatesByIdRefusal(id: string): Promise<void> {
    return this.call('PUT', `/api/v1/duplicates/${encodeURIComponent(id)}/refusal`, {  });
  }

  /** Proposes them again. */
  deleteDuplicatesByIdRefusal(id: string): Promise<void> {
    return this.call('DELETE', `/api/v1/duplicates/${encodeURIComponent(id)}/refusal`, {  });
  }

  /** Takes what became of a message of ours, as Twilio posts it: a form, signed likewise. */
  postChannelsByIdTwilioByMessage(id: string, message: string): Promise<void> {
    return this.call('POST', `/api/v1/channels/${encodeURIComponent(id)}/twilio/${encodeURIComponent(message)}`, {  });
  }

  /** Lists everything that was said with a person, newest first; the reading is written down. */
  getPeopleByIdSaid(id: string, query: {
      cursor?: string;
      limit?: number;
    } = {}): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Said[];
    }> {
    return this.call('GET', `/api/v1/people/${encodeURIComponent(id)}/said`, { query });
  }

  /** Tells a case as the customer went through it, and what it cost him. */
  getCasesByIdJourney(id: string, query: {
      days?: number;
    } = {}): Promise<Journey> {
    return this.call('GET', `/api/v1/cases/${encodeURIComponent(id)}/journey`, { query });
  }

  /** Says who chats in a case: is he there, does he type, on which page. */
  getCasesByIdVisitor(id: string): Promise<SeenVisitor> {
    return this.call('GET', `/api/v1/cases/${encodeURIComponent(id)}/visitor`, {  });
  }

  /** Shuts out who chats in a case, and if asked whoever comes from his address. */
  postCasesByIdVisitorBlock(id: string, body: ChatBlockDraft, idempotencyKey?: string): Promise<ChatBlock> {
    return this.call('POST', `/api/v1/cases/${encodeURIComponent(id)}/visitor/block`, { body, idempotencyKey });
  }

  /** Lists who may not chat, newest first. */
  getChatBlocks(query: {
      cursor?: string;
      limit?: number;
    } = {}): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: ChatBlock[];
    }> {
    return this.call('GET', `/api/v1/chat-blocks`, { query });
  }

  /** Lets somebody chat again. */
  deleteChatBlocksById(id: string): Promise<void> {
    return this.call('DELETE', `/api/v1/chat-blocks/${encodeURIComponent(id)}`, {  });
  }

  /** Takes people from a CSV of up to 500 lines, and says what became of each line. */
  postPeopleImports(idempotencyKey?: string): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: ImportLine[];
    }> {
    return this.call('POST', `/api/v1/people/imports`, { idempotencyKey });
  }

  /** The same without doing it: shows each line that would be refused, and why. */
  postPeopleImportsTrial(idempotencyKey?: string): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: ImportLine[];
    }> {
    return this.call('POST', `/api/v1/people/imports/trial`, { idempotencyKey });
  }

  /** Lists what one is alerted to, newest first: a case marked as read, or a task looked at, has nothing more to tell. */
  getMeAlerts(): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Alert[];
    }> {
    return this.call('GET', `/api/v1/me/alerts`, {  });
  }

  /** Lists the types of record, by name. */
  getRecordTypes(): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: RecordType[];
    }> {
    return this.call('GET', `/api/v1/record-types`, {  });
  }

  /** Adds a type of record, as order or repair. */
  postRecordTypes(body: RecordTypeDraft, idempotencyKey?: string): Promise<RecordType> {
    return this.call('POST', `/api/v1/record-types`, { body, idempotencyKey });
  }

  /** Reads a type of record. */
  getRecordTypesByType(type: string): Promise<RecordType> {
    return this.call('GET', `/api/v1/record-types/${encodeURIComponent(type)}`, {  });
  }

  /** Changes a type of record, all but its name. */
  putRecordTypesByType(type: string, body: RecordTypeChange, ifMatch: string): Promise<RecordType> {
    return this.call('PUT', `/api/v1/record-types/${encodeURIComponent(type)}`, { body, ifMatch });
  }

  /** Lists records, newest first: all, or of a customer, a type or a key. */
  getRecords(query: {
      person?: string;
      type?: string;
      key?: string;
      cursor?: string;
      limit?: number;
    } = {}): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: StoredRecord[];
    }> {
    return this.call('GET', `/api/v1/records`, { query });
  }

  /** Puts down up to 500 records of a type: all of them, or none when one can't be. */
  putRecordsByType(type: string, body: RecordBulk): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: RecordResult[];
    }> {
    return this.call('PUT', `/api/v1/records/${encodeURIComponent(type)}`, { body });
  }

  /** Reads a record with its history; where its type can be asked for elsewhere, as it is there now. The reading is written down. */
  getRecordsByTypeByKey(type: string, key: string): Promise<StoredRecord> {
    return this.call('GET', `/api/v1/records/${encodeURIComponent(type)}/${encodeURIComponent(key)}`, {  });
  }

  /** Puts down a record as it is now. A new status is told to the customer's open cases. */
  putRecordsByTypeByKey(type: string, key: string, body: RecordDraft): Promise<StoredRecord> {
    return this.call('PUT', `/api/v1/records/${encodeURIComponent(type)}/${encodeURIComponent(key)}`, { body });
  }

  /** Removes a record with its history. */
  deleteRecordsByTypeByKey(type: string, key: string): Promise<void> {
    return this.call('DELETE', `/api/v1/records/${encodeURIComponent(type)}/${encodeURIComponent(key)}`, {  });
  }

  /** Lists how the customer can be answered: each channel with each of his addresses, with what holds there. */
  getCasesByIdWays(id: string): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Way[];
    }> {
    return this.call('GET', `/api/v1/cases/${encodeURIComponent(id)}/ways`, {  });
  }

  /** Makes a link, good for once, from a public conversation into a private chat. */
  postCasesByIdPrivateLinks(id: string, body: PrivateLinkDraft, idempotencyKey?: string): Promise<PrivateLink> {
    return this.call('POST', `/api/v1/cases/${encodeURIComponent(id)}/private-links`, { body, idempotencyKey });
  }

  /** Lists the links of a case, and what became of them, newest first. */
  getCasesByIdPrivateLinks(id: string): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: PrivateLink[];
    }> {
    return this.call('GET', `/api/v1/cases/${encodeURIComponent(id)}/private-links`, {  });
  }

  /** Withdraws a link that wasn't opened yet. */
  deletePrivateLinksById(id: string): Promise<void> {
    return this.call('DELETE', `/api/v1/private-links/${encodeURIComponent(id)}`, {  });
  }

  /** Takes records of a type from a CSV of up to 500 lines, and says what became of each line. */
  postRecordTypesByTypeImports(type: string, idempotencyKey?: string): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: RecordLine[];
    }> {
    return this.call('POST', `/api/v1/record-types/${encodeURIComponent(type)}/imports`, { idempotencyKey });
  }

  /** The same without doing it: shows each line that would be refused, and why. */
  postRecordTypesByTypeImportsTrial(type: string, idempotencyKey?: string): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: RecordLine[];
    }> {
    return this.call('POST', `/api/v1/record-types/${encodeURIComponent(type)}/imports/trial`, { idempotencyKey });
  }

  /** Lists the calendars by name. */
  getCalendars(): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Calendar[];
    }> {
    return this.call('GET', `/api/v1/calendars`, {  });
  }

  /** Adds a calendar: opening hours, holidays and days that differ. */
  postCalendars(body: CalendarDraft, idempotencyKey?: string): Promise<Calendar> {
    return this.call('POST', `/api/v1/calendars`, { body, idempotencyKey });
  }

  /** Reads a calendar. */
  getCalendarsById(id: string): Promise<Calendar> {
    return this.call('GET', `/api/v1/calendars/${encodeURIComponent(id)}`, {  });
  }

  /** Changes a calendar. */
  putCalendarsById(id: string, body: CalendarDraft, ifMatch: string): Promise<Calendar> {
    return this.call('PUT', `/api/v1/calendars/${encodeURIComponent(id)}`, { body, ifMatch });
  }

  /** Removes a calendar; its teams count in the default one. */
  deleteCalendarsById(id: string, ifMatch: string): Promise<void> {
    return this.call('DELETE', `/api/v1/calendars/${encodeURIComponent(id)}`, { ifMatch });
  }

  /** Adds what a calendar file (iCalendar) says: its closed days, and its hours if it has any. */
  postCalendarsByIdImport(id: string, ifMatch: string, idempotencyKey?: string): Promise<Calendar> {
    return this.call('POST', `/api/v1/calendars/${encodeURIComponent(id)}/import`, { ifMatch, idempotencyKey });
  }

  /** Lists the public holidays that a calendar can close on, for a year. */
  getHolidays(query: {
      year?: number;
    } = {}): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Holiday[];
    }> {
    return this.call('GET', `/api/v1/holidays`, { query });
  }

  /** Says whether it's open, when it opens, how long, and when so much work is due. */
  getOpeningHours(query: {
      calendar_id?: string;
      team_id?: string;
      at?: string;
      until?: string;
      work_minutes?: number;
      work_days?: number;
    } = {}): Promise<OpeningHours> {
    return this.call('GET', `/api/v1/opening-hours`, { query });
  }

  /** Lists how a person can be written to first: each channel that can begin with each of his addresses. */
  getPeopleByIdWays(id: string): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Way[];
    }> {
    return this.call('GET', `/api/v1/people/${encodeURIComponent(id)}/ways`, {  });
  }

  /** Lists how an address can be written to first, whether somebody is known by it or not. */
  getWays(query: {
      to: string;
    }): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Way[];
    }> {
    return this.call('GET', `/api/v1/ways`, { query });
  }

  /** Reads a part of a case's timeline, the newest when nothing is said; the reading is written down. */
  getCasesByIdTimeline(id: string, query: {
      before?: string;
      after?: string;
      around?: string;
      limit?: number;
      said?: boolean;
    } = {}): Promise<TimelinePage> {
    return this.call('GET', `/api/v1/cases/${encodeURIComponent(id)}/timeline`, { query });
  }

  /** Lists the promises that are owed, the earliest moment first: broken ones lead. */
  getPromises(query: {
      team?: string;
      owner?: string;
      person?: string;
      until?: string;
      cursor?: string;
      limit?: number;
    } = {}): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: CustomerPromise[];
    }> {
    return this.call('GET', `/api/v1/promises`, { query });
  }

  /** Reads what was promised for a day, and counts what is broken, at risk, and next. */
  getPromisesDay(query: {
      from: string;
      until: string;
      team?: string;
      owner?: string;
    }): Promise<PromiseDay> {
    return this.call('GET', `/api/v1/promises/day`, { query });
  }

  /** Reads a promise. */
  getPromisesById(id: string): Promise<CustomerPromise> {
    return this.call('GET', `/api/v1/promises/${encodeURIComponent(id)}`, {  });
  }

  /** Lists the promises of a case, also what became of them, oldest first. */
  getCasesByIdPromises(id: string): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: CustomerPromise[];
    }> {
    return this.call('GET', `/api/v1/cases/${encodeURIComponent(id)}/promises`, {  });
  }

  /** Writes down what was promised to the customer of a case. */
  postCasesByIdPromises(id: string, body: PromiseDraft, idempotencyKey?: string): Promise<CustomerPromise> {
    return this.call('POST', `/api/v1/cases/${encodeURIComponent(id)}/promises`, { body, idempotencyKey });
  }

  /** Says that a promise was kept. */
  postPromisesByIdKeep(id: string, body: Keeping, ifMatch: string, idempotencyKey?: string): Promise<CustomerPromise> {
    return this.call('POST', `/api/v1/promises/${encodeURIComponent(id)}/keep`, { body, ifMatch, idempotencyKey });
  }

  /** Moves a promise to another moment: the answer is the new one. */
  postPromisesByIdMove(id: string, body: PromiseMove, ifMatch: string, idempotencyKey?: string): Promise<CustomerPromise> {
    return this.call('POST', `/api/v1/promises/${encodeURIComponent(id)}/move`, { body, ifMatch, idempotencyKey });
  }

  /** Withdraws a promise, with a reason. */
  postPromisesByIdWithdraw(id: string, body: Withdrawing, ifMatch: string, idempotencyKey?: string): Promise<CustomerPromise> {
    return this.call('POST', `/api/v1/promises/${encodeURIComponent(id)}/withdraw`, { body, ifMatch, idempotencyKey });
  }

  /** Takes back that a promise was kept or withdrawn: it is owed again. */
  postPromisesByIdReopen(id: string, ifMatch: string, idempotencyKey?: string): Promise<CustomerPromise> {
    return this.call('POST', `/api/v1/promises/${encodeURIComponent(id)}/reopen`, { ifMatch, idempotencyKey });
  }

  /** Lists the kinds of task, by name, those that are retired too. */
  getTaskKinds(): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: TaskKind[];
    }> {
    return this.call('GET', `/api/v1/task-kinds`, {  });
  }

  /** Adds a kind of task. */
  postTaskKinds(body: TaskKindDraft, idempotencyKey?: string): Promise<TaskKind> {
    return this.call('POST', `/api/v1/task-kinds`, { body, idempotencyKey });
  }

  /** Reads a kind of task. */
  getTaskKindsById(id: string): Promise<TaskKind> {
    return this.call('GET', `/api/v1/task-kinds/${encodeURIComponent(id)}`, {  });
  }

  /** Changes a kind of task; the tasks that are there stay as they are. */
  putTaskKindsById(id: string, body: TaskKindDraft, ifMatch: string): Promise<TaskKind> {
    return this.call('PUT', `/api/v1/task-kinds/${encodeURIComponent(id)}`, { body, ifMatch });
  }

  /** Removes a kind of task that no task is of. */
  deleteTaskKindsById(id: string): Promise<void> {
    return this.call('DELETE', `/api/v1/task-kinds/${encodeURIComponent(id)}`, {  });
  }

  /** Lists tasks: what came back first, then by their moment, so that late ones lead; what is done comes last, the newest first. */
  getTasks(query: {
      state?: 'open' | 'new' | 'taken' | 'waiting_customer' | 'waiting_other' | 'returned' | 'done' | 'all';
      team?: string;
      assignee?: string;
      kind?: string;
      case?: string;
      promise?: string;
      late?: boolean;
      until?: string;
      cursor?: string;
      limit?: number;
    } = {}): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Task[];
    }> {
    return this.call('GET', `/api/v1/tasks`, { query });
  }

  /** Gives a task to a team or a colleague. */
  postTasks(body: TaskDraft, idempotencyKey?: string): Promise<Task> {
    return this.call('POST', `/api/v1/tasks`, { body, idempotencyKey });
  }

  /** Counts the open tasks of who asks and of each team. */
  getTasksWorkload(): Promise<TaskLoad> {
    return this.call('GET', `/api/v1/tasks/workload`, {  });
  }

  /** Reads a task, with who watches it and its history. */
  getTasksById(id: string): Promise<Task> {
    return this.call('GET', `/api/v1/tasks/${encodeURIComponent(id)}`, {  });
  }

  /** Changes a task; another team or colleague has it anew. */
  patchTasksById(id: string, body: TaskChange, ifMatch: string): Promise<Task> {
    return this.call('PATCH', `/api/v1/tasks/${encodeURIComponent(id)}`, { body, ifMatch });
  }

  /** Lists the tasks of a case, those that are done too, in the order of all lists. */
  getCasesByIdTasks(id: string): Promise<{
      /** cursor of the next page */
      next: string | null;
      items: Task[];
    }> {
    return this.call('GET', `/api/v1/cases/${encodeURIComponent(id)}/tasks`, {  });
  }

  /** Takes a task: who asks does it, also what waited or came back. */
  postTasksByIdTake(id: string, ifMatch: string, idempotencyKey?: string): Promise<Task> {
    return this.call('POST', `/api/v1/tasks/${encodeURIComponent(id)}/take`, { ifMatch, idempotencyKey });
  }

  /** Says that a task waits for the customer, or for somebody else. */
  postTasksByIdWait(id: string, body: TaskWaiting, ifMatch: string, idempotencyKey?: string): Promise<Task> {
    return this.call('POST', `/api/v1/tasks/${encodeURIComponent(id)}/wait`, { body, ifMatch, idempotencyKey });
  }

  /** Returns a task to who gave it, with a reason. */
  postTasksByIdReturn(id: string, body: TaskReturning, ifMatch: string, idempotencyKey?: string): Promise<Task> {
    return this.call('POST', `/api/v1/tasks/${encodeURIComponent(id)}/return`, { body, ifMatch, idempotencyKey });
  }

  /** Says that a task is done, and what came of it. */
  postTasksByIdFinish(id: string, body: TaskFinishing, ifMatch: string, idempotencyKey?: string): Promise<Task> {
    return this.call('POST', `/api/v1/tasks/${encodeURIComponent(id)}/finish`, { body, ifMatch, idempotencyKey });
  }

  /** Opens a task again that is done. */
  postTasksByIdReopen(id: string, ifMatch: string, idempotencyKey?: string): Promise<Task> {
    return this.call('POST', `/api/v1/tasks/${encodeURIComponent(id)}/reopen`, { ifMatch, idempotencyKey });
  }

  /** Takes away what the caller was alerted to in a task; twice is once. */
  putTasksByIdSeen(id: string): Promise<void> {
    return this.call('PUT', `/api/v1/tasks/${encodeURIComponent(id)}/seen`, {  });
  }

  /** Tells a colleague from now on what becomes of a task; twice is once. */
  putTasksByIdWatchersByUser(id: string, user: string): Promise<void> {
    return this.call('PUT', `/api/v1/tasks/${encodeURIComponent(id)}/watchers/${encodeURIComponent(user)}`, {  });
  }

  /** Tells a colleague no more what becomes of a task. */
  deleteTasksByIdWatchersByUser(id: string, user: string): Promise<void> {
    return this.call('DELETE', `/api/v1/tasks/${encodeURIComponent(id)}/watchers/${encodeURIComponent(user)}`, {  });
  }
}

/** What is fetched otherwise than by a call: streams and files. */
export const addresses = {
  getChannelsByIdOutgoingByMessageFilesByFile: (id: string, message: string, file: string) => `/api/v1/channels/${encodeURIComponent(id)}/outgoing/${encodeURIComponent(message)}/files/${encodeURIComponent(file)}`,
  getFilesByIdContent: (id: string) => `/api/v1/files/${encodeURIComponent(id)}/content`,
  getEnvelopesByIdRaw: (id: string) => `/api/v1/envelopes/${encodeURIComponent(id)}/raw`,
  getEvents: () => `/api/v1/events`,
  postChannelsByIdKannelBySecret: (id: string, secret: string) => `/api/v1/channels/${encodeURIComponent(id)}/kannel/${encodeURIComponent(secret)}`,
  getChannelsByIdKannelBySecretByMessage: (id: string, secret: string, message: string) => `/api/v1/channels/${encodeURIComponent(id)}/kannel/${encodeURIComponent(secret)}/${encodeURIComponent(message)}`,
  postChannelsByIdTwilio: (id: string) => `/api/v1/channels/${encodeURIComponent(id)}/twilio`,
  getMessagesByIdHtml: (id: string) => `/api/v1/messages/${encodeURIComponent(id)}/html`,
  getMessagesByIdPicturesByNumber: (id: string, number: string) => `/api/v1/messages/${encodeURIComponent(id)}/pictures/${encodeURIComponent(number)}`,
  getExportsPeople: () => `/api/v1/exports/people`,
  getExportsRecordsByType: (type: string) => `/api/v1/exports/records/${encodeURIComponent(type)}`,
  getCalendarsByIdExport: (id: string) => `/api/v1/calendars/${encodeURIComponent(id)}/export`,
};
