import { done, type Outcome, refused } from "../operations/outcome.js";

const strongTag = /^"(\d{1,15})"$/;

/** A version as an entity tag (RFC 9110 §8.8.3). */
export function entityTag(version: number): string {
  return `"${version}"`;
}

/** The version that `If-Match` names. */
export function expectedVersion(ifMatch: string | undefined): Outcome<number> {
  if (ifMatch === undefined) {
    return refused({ code: "version_required", detail: "`If-Match` is missing" });
  }
  const [, digits] = strongTag.exec(ifMatch.trim()) ?? [];
  return digits === undefined
    ? refused({
        code: "request_invalid",
        detail: '`If-Match` must be one strong entity tag as it was answered, such as `"12"`',
      })
    : done(Number(digits));
}
