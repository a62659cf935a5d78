/** The name most like a mistyped one; `undefined` when none is close enough to be meant. */
export function nearestName(mistyped: string, names: readonly string[]): string | undefined {
  const longest = Math.max(0, ...names.map((name) => name.length));
  if (mistyped.length > 2 * longest) {
    return undefined;
  }
  const ranked = names
    .map((name) => ({ name, distance: editDistance(mistyped, name) }))
    .filter(({ name, distance }) => distance <= Math.max(1, Math.floor(name.length / 3)))
    .toSorted((a, b) => a.distance - b.distance);
  return ranked[0]?.name;
}

/** The part of a problem that says what was probably meant, if anything was. */
export function suggest(suggestion: string | undefined): { readonly suggestion?: string } {
  return suggestion === undefined ? {} : { suggestion };
}

// Insertions, deletions and replacements (Levenshtein), one row of the table at a time.
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let index = 0; index < from.length; index += 1) {
    const next = [index + 1];
    for (let column = 0; column < to.length; column += 1) {
      const replaced = at(row, column) + (from[index] === to[column] ? 0 : 1);
      next.push(Math.min(replaced, at(row, column + 1) + 1, at(next, column) + 1));
    }
    row = next;
  }
  return at(row, to.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
