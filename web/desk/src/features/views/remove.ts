// remove.ts — takes a saved view away, with a way back.
import type { View as SavedView } from '@gestand/sdk';
import type { Desk } from '../../app/desk.svelte';
import { t } from '../../app/text.svelte';
import { draftOf, filterOf } from './savedviews.svelte';

/** One's own, and the shared ones as an administrator. */
export function mayRemove(desk: Desk, view: SavedView): boolean {
  return view.user_id === desk.session.me?.user.id || desk.session.can('organisation:write');
}

/** Who brings it back gets the same list, as his own. */
export async function removeView(desk: Desk, view: SavedView) {
  if (!(await desk.attempt(desk.saved.remove(view)))) return;
  if (desk.router.place.view === view.id) desk.router.go({ view: 'ours', reference: null });
  const bringBack = async () => {
    const made = await desk.saved.save(draftOf(view.name, view.is_shared, filterOf(view)));
    desk.router.go({ view: made.id, reference: null });
  };
  desk.toasts.say(t('views.removed', { name: view.name }), {
    label: t('undo'),
    run: () => void desk.attempt(bringBack()),
  });
}
