/** Things by their workspace, in the order in which they and their workspaces come. */
export function groupByWorkspace<Item extends { readonly workspaceId: string }>(
  items: readonly Item[],
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(item.workspaceId);
    if (group === undefined) {
      groups.set(item.workspaceId, [item]);
    } else {
      group.push(item);
    }
  }
  return groups;
}
