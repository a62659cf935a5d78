import type { OperationProblem } from "./outcome.js";

/** The problem of a part, as one of the whole: `path` leads from the whole to the part. */
export function problemWithin(path: string, problem: OperationProblem): OperationProblem {
  const { errors = [] } = problem;
  return errors.length === 0
    ? { ...problem, errors: [{ path, code: problem.code, message: problem.detail }] }
    : { ...problem, errors: errors.map((each) => ({ ...each, path: path + each.path })) };
}
