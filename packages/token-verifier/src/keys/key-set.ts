import { readOwn } from "../json-object.js";
import { fail, type Result, succeed } from "../result.js";
import { canonicalAlgorithm, type SignatureAlgorithm } from "../signature-algorithm.js";
import { type ImportedKey, importKey } from "./import-key.js";
import type { KeyFailure } from "./key-failure.js";
import type { KeyQuery, VerificationKey } from "./key-source.js";
import type { DroppedKey, ServedKey } from "./key-source-status.js";
import { readUsableKey, type UsableKey } from "./usable-key.js";

/** The usable keys of an issuer at one moment, imported. Never changed, only replaced as a whole. */
export interface KeySet {
  /** Finds the key a token's header asks for. */
  find(query: KeyQuery): VerificationKey | undefined;
  /** The keys that can be found. */
  readonly served: readonly ServedKey[];
  /** The keys of the document that can not be found. */
  readonly dropped: readonly DroppedKey[];
}

/** Which keys of a set are wanted. */
export interface KeySetRules {
  /** What the keys must be able to verify. */
  readonly algorithms: readonly SignatureAlgorithm[];
  /** The most entries a set may have. */
  readonly maximumKeys: number;
}

/** The entries of a set, judged but not imported. */
interface JudgedKeys {
  readonly usable: readonly JudgedKey[];
  readonly dropped: readonly DroppedKey[];
}

interface JudgedKey {
  readonly index: number;
  readonly key: UsableKey;
}

/**
 * Reads a key set (RFC 7517 §5) and imports its usable keys. What is not usable is dropped, and of keys
 * that share one `kid` all are; a set with nothing left is a failure.
 */
export async function readKeySet(
  document: unknown,
  rules: KeySetRules,
): Promise<Result<KeySet, KeyFailure>> {
  const judged = judgeKeys(document, rules);
  if (!judged.ok) {
    return judged;
  }
  const { usable, dropped } = judged.value;
  const keys: ImportedKey[] = [];
  const refused: DroppedKey[] = [...dropped];
  for (const { index, key, imported } of await Promise.all(usable.map(importJudged))) {
    if (imported === undefined) {
      refused.push(describeDropped(index, key.kid, "has members that make no key"));
    } else {
      keys.push(imported);
    }
  }
  return keys.length === 0 ? fail(noUsableKey(refused)) : succeed(createKeySet(keys, refused));
}

/** The judging half of {@link readKeySet}, without the import. */
export function readUsableKeys(
  document: unknown,
  rules: KeySetRules,
): Result<readonly UsableKey[], KeyFailure> {
  const judged = judgeKeys(document, rules);
  return judged.ok ? succeed(judged.value.usable.map(({ key }) => key)) : judged;
}

function judgeKeys(
  document: unknown,
  { algorithms, maximumKeys }: KeySetRules,
): Result<JudgedKeys, KeyFailure> {
  const entries = readOwn(document, "keys");
  if (!Array.isArray(entries)) {
    return fail({ code: "key_set_invalid", message: "the key set has no list `keys`" });
  }
  if (entries.length > maximumKeys) {
    const message = `the key set has ${entries.length} keys, more than ${maximumKeys}`;
    return fail({ code: "key_set_invalid", message });
  }
  const good: JudgedKey[] = [];
  const dropped: DroppedKey[] = [];
  for (const [index, entry] of entries.entries()) {
    const read = readUsableKey(entry, algorithms);
    if (read.ok) {
      good.push({ index, key: read.value });
    } else {
      dropped.push(describeDropped(index, readOwn(entry, "kid"), read.error));
    }
  }
  const judged = dropDuplicates(good, dropped);
  return judged.usable.length === 0 ? fail(noUsableKey(judged.dropped)) : succeed(judged);
}

/** SECURITY: which of two keys a shared `kid` means can not be known, so it means neither. */
function dropDuplicates(good: readonly JudgedKey[], dropped: readonly DroppedKey[]): JudgedKeys {
  const occurrences = new Map<string, number>();
  for (const { key } of good) {
    if (key.kid !== undefined) {
      occurrences.set(key.kid, (occurrences.get(key.kid) ?? 0) + 1);
    }
  }
  const isShared = ({ key: { kid } }: JudgedKey): boolean =>
    kid !== undefined && occurrences.get(kid) !== 1;
  const shared = good
    .filter(isShared)
    .map(({ index, key }) => describeDropped(index, key.kid, "shares its `kid` with another key"));
  return {
    usable: good.filter((judged) => !isShared(judged)),
    dropped: [...dropped, ...shared],
  };
}

async function importJudged(
  judged: JudgedKey,
): Promise<JudgedKey & { readonly imported: ImportedKey | undefined }> {
  return { ...judged, imported: await importKey(judged.key) };
}

/** What a `kid` is cut to: it comes from outside and is shown to people. */
const shownCharacters = 256;

function describeDropped(index: number, kid: unknown, reason: string): DroppedKey {
  return typeof kid === "string"
    ? { index, kid: kid.slice(0, shownCharacters), reason }
    : { index, reason };
}

function noUsableKey(dropped: readonly DroppedKey[]): KeyFailure {
  const reasons = dropped
    .slice(0, 3)
    .map(({ index, reason }) => `key ${index} ${reason}`)
    .join(", ");
  return {
    code: "no_usable_key",
    message: `the key set has no usable key${reasons === "" ? "" : `: ${reasons}`}`,
  };
}

function createKeySet(keys: readonly ImportedKey[], dropped: readonly DroppedKey[]): KeySet {
  const byId = new Map(keys.flatMap((key) => (key.kid === undefined ? [] : [[key.kid, key]])));
  const only = keys.length === 1 ? keys[0] : undefined;
  return {
    find: ({ kid, alg }) => {
      const key = kid === undefined ? only : byId.get(kid);
      return key?.byAlgorithm.get(canonicalAlgorithm(alg));
    },
    served: keys.map(({ kid, thumbprint, byAlgorithm }) => ({
      ...(kid === undefined ? {} : { kid }),
      thumbprint,
      algorithms: [...byAlgorithm.keys()],
    })),
    dropped,
  };
}
