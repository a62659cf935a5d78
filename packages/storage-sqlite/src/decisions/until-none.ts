/** Repeats what is done in parts, until a part was empty. @returns How much was done in all. */
export async function untilNone(doPart: () => Promise<number>): Promise<number> {
  let done = 0;
  let part: number;
  do {
    // oxlint-disable-next-line no-await-in-loop -- what is left depends on what was done
    part = await doPart();
    done += part;
  } while (part > 0);
  return done;
}
