/**
 * Whether the item of an entry may not be named: hours before a move stay with the entry's project, while the key that is shown is the
 * item's present one. Pure.
 *
 * @param itemProject the one that the item is in now, where that is known
 */
export function isKeyHidden(hidden: ReadonlySet<string>, project: string, itemProject: string | undefined): boolean {
  return hidden.has(project) || (itemProject !== undefined && hidden.has(itemProject));
}
