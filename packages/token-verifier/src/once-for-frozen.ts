/**
 * Makes something of an object once, and the same again whenever it is asked for, as long as the object can
 * not change. Of an object that can change it is made anew every time.
 */
export function onceForFrozen<Source extends object, Made>(
  make: (source: Source) => Made,
): (source: Source) => Made {
  const known = new WeakMap<Source, Made>();
  return (source) => {
    const before = known.get(source);
    if (before !== undefined) {
      return before;
    }
    const made = make(source);
    if (Object.isFrozen(source)) {
      known.set(source, made);
    }
    return made;
  };
}
