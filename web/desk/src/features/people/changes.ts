// changes.ts — what is done to a person, each with its way back.
import type { Duplicate, Identity, Person, PersonMerge, Relation } from '@gestand/sdk';

import type { Desk } from '../../app/desk.svelte';
import { t } from '../../app/text.svelte';

/** Where a person is shown: who it is, and how to read him anew. */
export interface Shown {
  readonly now: { id: string } | null;
  readAgain(): Promise<unknown>;
}

/** Does it, reads the person anew, and says so with the way back; false when it was refused. */
async function change(
  desk: Desk,
  file: Shown,
  work: () => Promise<unknown>,
  said = '',
  back?: () => Promise<unknown>,
): Promise<boolean> {
  if (!(await desk.attempt(work()))) return false;
  await desk.attempt(file.readAgain());
  desk.inbox.refresh();
  const run = () => void (back && change(desk, file, back));
  if (said) desk.toasts.say(said, back && { label: t('undo'), run });
  return true;
}

export type Member = NonNullable<Person['members']>[number];
export type AddressDraft = { kind: Identity['kind']; value: string; is_shared: boolean };

export function addAddress(desk: Desk, file: Shown, draft: AddressDraft): Promise<boolean> {
  const id = file.now?.id ?? '';
  return change(desk, file, () => desk.api.postPeopleByIdIdentities(id, draft));
}

export function removeAddress(desk: Desk, file: Shown, identity: Identity): Promise<boolean> {
  const id = file.now?.id ?? '';
  return change(
    desk,
    file,
    () => desk.api.deletePeopleByIdIdentitiesByIdentity(id, identity.id),
    t('address.removed', { address: identity.label ?? identity.value }),
    () => desk.api.postPeopleByIdIdentitiesByIdentityRestore(id, identity.id),
  );
}

export function setState(
  desk: Desk,
  file: Shown,
  identity: Identity,
  state: Identity['state'],
): Promise<boolean> {
  const id = file.now?.id ?? '';
  return change(desk, file, () =>
    desk.api.patchPeopleByIdIdentitiesByIdentity(id, identity.id, { state }),
  );
}

export function makeMain(desk: Desk, file: Shown, identity: Identity): Promise<boolean> {
  const id = file.now?.id ?? '';
  return change(desk, file, () =>
    desk.api.patchPeopleByIdIdentitiesByIdentity(id, identity.id, { is_main: true }),
  );
}

/** For that purpose, or, when it was already, for it no more. */
export function prefer(
  desk: Desk,
  file: Shown,
  identity: Identity,
  purpose: string,
): Promise<boolean> {
  const id = file.now?.id ?? '';
  const isAlready = identity.preferred_for?.includes(purpose);
  return change(desk, file, () =>
    isAlready
      ? desk.api.deletePeopleByIdPreferencesByPurpose(id, purpose)
      : desk.api.putPeopleByIdPreferencesByPurpose(id, purpose, { identity_id: identity.id }),
  );
}

/** Both are one person from now on, with the face of the one that is open. */
export async function accept(desk: Desk, file: Shown, proposal: Duplicate): Promise<void> {
  const id = file.now?.id ?? '';
  const name = proposal.other_name;
  let merge = '';
  await change(
    desk,
    file,
    async () => {
      merge = (await desk.api.postDuplicatesByIdMerges(proposal.id, { person_id: id })).id;
    },
    t('person.merged', { name }),
    () => desk.api.deletePeopleByIdMergesByMerge(id, merge),
  );
}

export async function refuse(desk: Desk, file: Shown, proposal: Duplicate): Promise<void> {
  await change(
    desk,
    file,
    () => desk.api.putDuplicatesByIdRefusal(proposal.id),
    t('person.refused', { name: proposal.other_name }),
    () => desk.api.deleteDuplicatesByIdRefusal(proposal.id),
  );
}

export async function part(desk: Desk, file: Shown, member: Member): Promise<void> {
  const id = file.now?.id ?? '';
  await change(
    desk,
    file,
    () => desk.api.deletePeopleByIdMergesByMerge(id, member.merge_id),
    t('person.parted', { name: member.name }),
    () => desk.api.postPeopleByIdMerges(id, { person_id: member.person_id }),
  );
}

/** Nobody proposed it: somebody knows. Both have the face of the one that is open. */
export async function mergeWith(desk: Desk, file: Shown, other: Person): Promise<void> {
  const id = file.now?.id ?? '';
  let merge = '';
  await change(
    desk,
    file,
    async () => {
      merge = (await desk.api.postPeopleByIdMerges(id, { person_id: other.id })).id;
    },
    t('person.merged', { name: other.name }),
    () => desk.api.deletePeopleByIdMergesByMerge(id, merge),
  );
}

/** From the history: whatever came after it. */
export async function undoMerge(desk: Desk, file: Shown, merge: PersonMerge): Promise<void> {
  const id = file.now?.id ?? '';
  await change(
    desk,
    file,
    () => desk.api.deletePeopleByIdMergesByMerge(id, merge.id),
    t('person.parted', { name: merge.loser_name }),
  );
}

/** Two who were proposed, wherever they're listed; false when it was refused. */
export async function mergeProposed(
  desk: Desk,
  proposal: Duplicate,
  readAgain: () => Promise<unknown>,
): Promise<boolean> {
  let merge = '';
  const work = async () => {
    merge = (await desk.api.postDuplicatesByIdMerges(proposal.id, {})).id;
  };
  const back = () => desk.api.deletePeopleByIdMergesByMerge(proposal.person_id, merge);
  const list = { now: null, readAgain };
  return change(desk, list, work, t('person.merged', { name: proposal.other_name }), back);
}

export async function refuseProposed(
  desk: Desk,
  proposal: Duplicate,
  readAgain: () => Promise<unknown>,
): Promise<boolean> {
  const work = () => desk.api.putDuplicatesByIdRefusal(proposal.id);
  const back = () => desk.api.deleteDuplicatesByIdRefusal(proposal.id);
  const list = { now: null, readAgain };
  return change(desk, list, work, t('person.refused', { name: proposal.other_name }), back);
}

export type RelationKind = Relation['kind'];

export function addRelation(
  desk: Desk,
  file: Shown,
  draft: { kind: RelationKind; other_id: string; note: string },
): Promise<boolean> {
  const id = file.now?.id ?? '';
  let made = '';
  return change(
    desk,
    file,
    async () => {
      made = (await desk.api.postPeopleByIdRelations(id, draft)).id;
    },
    t('relation.added'),
    () => desk.api.deletePeopleByIdRelationsByRelation(id, made),
  );
}

export async function endRelation(desk: Desk, file: Shown, relation: Relation): Promise<void> {
  const id = file.now?.id ?? '';
  await change(
    desk,
    file,
    () => desk.api.deletePeopleByIdRelationsByRelation(id, relation.id),
    t('relation.removed'),
    () => desk.api.postPeopleByIdRelationsByRelationRestore(id, relation.id),
  );
}
