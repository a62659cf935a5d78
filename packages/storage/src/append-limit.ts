import type { DecisionRecord } from "./decision-record.js";

/** The most decisions that are appended at once: as many as a segment of a chain can hold, or an erasure can name. */
export const largestAppend = 512;

/**
 * Checks what is given to {@link DecisionLog.append}, before anything of it is written.
 *
 * @throws TypeError for more than {@link largestAppend} records, or one without `personal`.
 */
export function checkAppend(records: readonly DecisionRecord[]): void {
  if (records.length > largestAppend) {
    throw new TypeError(
      `at most ${largestAppend} decisions are appended at once, not ${records.length}`,
    );
  }
  const impersonal = records.find(({ personal }) => personal === undefined);
  if (impersonal !== undefined) {
    throw new TypeError(`decision \`${impersonal.decisionId}\` comes without its personal fields`);
  }
}
