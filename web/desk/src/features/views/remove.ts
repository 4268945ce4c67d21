// remove.ts — what is done with a saved view: changed, put elsewhere, taken away with a way back.
import type { MenuItem } from '@gestand/kit';
import type { View as SavedView } from '@gestand/sdk';
import type { Desk } from '../../app/desk.svelte';
import { settings } from '../../app/settings.svelte';
import { t } from '../../app/text.svelte';
import { draftOf, filterOf } from './savedviews.svelte';

/** One's own, and the shared ones as an administrator. */
export function mayRemove(desk: Desk, view: SavedView): boolean {
  return view.user_id === desk.session.me?.user.id || desk.session.can('organisation:write');
}

/** Its order is everybody's own. */
export function viewMenuOf(desk: Desk, view: SavedView): MenuItem[] {
  const { all } = desk.saved;
  const may = mayRemove(desk, view);
  const at = all.indexOf(view);
  return [
    ...(may ? [{ label: t('views.edit'), run: () => (desk.editing = view) }] : []),
    ...(at > 0 ? [{ label: t('views.up'), run: () => desk.saved.move(view, -1) }] : []),
    ...(at < all.length - 1
      ? [{ label: t('views.down'), run: () => desk.saved.move(view, 1) }]
      : []),
    ...(may
      ? [{ label: t('views.remove', { name: view.name }), run: () => void removeView(desk, view) }]
      : []),
  ];
}

/** Who has a list before him that a colleague took away reads why he sees another one. */
export function tellGone(desk: Desk, view: SavedView) {
  const { place } = desk.router;
  if (place.view !== view.id) return;
  desk.router.replace({ ...place, view: 'ours' });
  desk.toasts.say(t('views.gone', { name: view.name }));
}

/** Who brings it back gets the same list, as his own. */
export async function removeView(desk: Desk, view: SavedView) {
  const order = desk.saved.all.map(({ id }) => id).join(',');
  if (!(await desk.attempt(desk.saved.remove(view)))) return;
  if (desk.router.place.view === view.id) desk.router.go({ view: 'ours', reference: null });
  const bringBack = async () => {
    const made = await desk.saved.save(draftOf(view.name, view.is_shared, filterOf(view)));
    settings.views = order.replace(view.id, made.id);
    desk.router.go({ view: made.id, reference: null });
  };
  desk.toasts.say(t('views.removed', { name: view.name }), {
    label: t('undo'),
    run: () => void desk.attempt(bringBack()),
  });
}
