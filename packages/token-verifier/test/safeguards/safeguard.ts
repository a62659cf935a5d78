/** One safeguard, how it is switched off, and which test notices. */
export interface Safeguard {
  /** What it keeps from happening. */
  readonly against: string;
  /** The file that it is in, within `src/`. */
  readonly file: string;
  /** The text that is the safeguard; it is found once in the file. */
  readonly source: string;
  /** What stands there when it is switched off. */
  readonly off: string;
  /** The file of the test, within `test/`, without `.test.ts`. */
  readonly suite: string;
  /** The full title of a test that fails then. */
  readonly test: string;
}
