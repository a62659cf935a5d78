/** Overwrites everything in a record that can be overwritten, at every depth, as a careless caller would. */
export function overwrite(value: unknown): void {
  if (value instanceof Date) {
    value.setTime(0);
    return;
  }
  if (typeof value !== "object" || value === null) {
    return;
  }
  for (const [key, member] of Object.entries(value)) {
    overwrite(member);
    if (typeof member !== "object") {
      Reflect.set(value, key, "overwritten");
    }
  }
}
