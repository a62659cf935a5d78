/** A start that cannot go on, for a reason that the operator can mend; the message says which. */
export class StartProblem extends Error {
  override readonly name: string = "StartProblem";
}
