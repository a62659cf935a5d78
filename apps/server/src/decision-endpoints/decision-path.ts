/** What a request's target says about a decision. */
export interface DecisionTarget {
  /** The workspace in the path, as it is written there. */
  readonly workspace: string;
  /** What follows `?`; empty when there is nothing. */
  readonly search: string;
}

/** Finds out whether a request's target has a certain path; `undefined` when it has another. */
export type DecisionPath = (target: string) => DecisionTarget | undefined;

const parameter = ":workspace";
// RFC 9112 §3.2: what a proxy is asked for begins with a scheme and a host; nobody should send a fragment.
const unusualTarget = /^(?:https?:\/\/[^/?#]*)?(?<path>\/[^?#]*)(?:\?(?<search>[^#]*))?/i;

/**
 * Reads targets with one path, which must match to the letter.
 *
 * @param pattern - The path, with one `:workspace` in it.
 */
export function createDecisionPath(pattern: string): DecisionPath {
  const [before = "", after = ""] = pattern.split(parameter);
  const shortest = before.length + 1 + after.length;

  function read(path: string, search: string): DecisionTarget | undefined {
    if (path.length < shortest || !path.startsWith(before) || !path.endsWith(after)) {
      return undefined;
    }
    const workspace = path.slice(before.length, path.length - after.length);
    return workspace.includes("/") ? undefined : { workspace, search };
  }

  return (target) => {
    if (target.startsWith("/") && !target.includes("?") && !target.includes("#")) {
      return read(target, "");
    }
    const { path = "", search = "" } = unusualTarget.exec(target)?.groups ?? {};
    return read(path, search);
  };
}
