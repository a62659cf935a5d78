import { calculateJwkThumbprint, importJWK } from "jose";
import { readOwn } from "../json-object.js";
import { fail, type Result, succeed } from "../result.js";
import { canonicalAlgorithm, type SignatureAlgorithm } from "../signature-algorithm.js";
import type { KeyFailure } from "./key-failure.js";
import type { KeyQuery, VerificationKey } from "./key-source.js";
import { readUsableKey, type UsableKey } from "./usable-key.js";

/** The usable keys of an issuer at one moment, imported. Never changed, only replaced as a whole. */
export interface KeySet {
  /** Finds the key a token's header asks for. */
  find(query: KeyQuery): VerificationKey | undefined;
}

/** Which keys of a set are wanted. */
export interface KeySetRules {
  /** What the keys must be able to verify. */
  readonly algorithms: readonly SignatureAlgorithm[];
  /** The most entries a set may have. */
  readonly maximumKeys: number;
}

/**
 * Reads a key set (RFC 7517 §5) and imports its usable keys. What is not usable is dropped, and of keys
 * that share one `kid` all are; a set with nothing left is a failure.
 */
export async function readKeySet(
  document: unknown,
  rules: KeySetRules,
): Promise<Result<KeySet, KeyFailure>> {
  const usable = readUsableKeys(document, rules);
  if (!usable.ok) {
    return usable;
  }
  const imported = await Promise.all(usable.value.map(importKey));
  const keys = imported.filter((key) => key !== undefined);
  return keys.length === 0 ? fail(noUsableKey([])) : succeed(createKeySet(keys));
}

/** The judging half of {@link readKeySet}, without the import. */
export function readUsableKeys(
  document: unknown,
  { algorithms, maximumKeys }: KeySetRules,
): Result<readonly UsableKey[], KeyFailure> {
  const entries = readOwn(document, "keys");
  if (!Array.isArray(entries)) {
    return fail({ code: "key_set_invalid", message: "the key set has no list `keys`" });
  }
  if (entries.length > maximumKeys) {
    const message = `the key set has ${entries.length} keys, more than ${maximumKeys}`;
    return fail({ code: "key_set_invalid", message });
  }
  const judged = entries.map((entry: unknown) => readUsableKey(entry, algorithms));
  const usable = dropDuplicates(judged.flatMap((key) => (key.ok ? [key.value] : [])));
  const obstacles = judged.flatMap((key, index) => (key.ok ? [] : [`key ${index} ${key.error}`]));
  return usable.length === 0 ? fail(noUsableKey(obstacles)) : succeed(usable);
}

/** SECURITY: which of two keys a shared `kid` means can not be known, so it means neither. */
function dropDuplicates(keys: readonly UsableKey[]): readonly UsableKey[] {
  const occurrences = new Map<string, number>();
  for (const { kid } of keys) {
    if (kid !== undefined) {
      occurrences.set(kid, (occurrences.get(kid) ?? 0) + 1);
    }
  }
  return keys.filter(({ kid }) => kid === undefined || occurrences.get(kid) === 1);
}

function noUsableKey(obstacles: readonly string[]): KeyFailure {
  const reasons = obstacles.slice(0, 3).join(", ");
  return {
    code: "no_usable_key",
    message: `the key set has no usable key${reasons === "" ? "" : `: ${reasons}`}`,
  };
}

interface ImportedKey {
  readonly kid?: string;
  readonly byAlgorithm: ReadonlyMap<SignatureAlgorithm, VerificationKey>;
}

async function importKey({ kid, jwk, algorithms }: UsableKey): Promise<ImportedKey | undefined> {
  const id = kid === undefined ? {} : { kid };
  try {
    const thumbprint = await calculateJwkThumbprint({ ...jwk }, "sha256");
    const imported = await Promise.all(
      algorithms.map(async (algorithm) => {
        const cryptoKey = await importJWK({ ...jwk }, algorithm);
        return [algorithm, cryptoKey] as const;
      }),
    );
    const byAlgorithm = new Map<SignatureAlgorithm, VerificationKey>();
    for (const [algorithm, cryptoKey] of imported) {
      // Only a secret key would come as bytes, and its kind is not among those that are read.
      if (!(cryptoKey instanceof Uint8Array)) {
        byAlgorithm.set(
          canonicalAlgorithm(algorithm),
          Object.freeze({ ...id, thumbprint, cryptoKey }),
        );
      }
    }
    return { ...id, byAlgorithm };
  } catch {
    // Well-formed members that make no key, such as a point beside its curve.
    return undefined;
  }
}

function createKeySet(keys: readonly ImportedKey[]): KeySet {
  const byId = new Map(keys.flatMap((key) => (key.kid === undefined ? [] : [[key.kid, key]])));
  const only = keys.length === 1 ? keys[0] : undefined;
  return {
    find: ({ kid, alg }) => {
      const key = kid === undefined ? only : byId.get(kid);
      return key?.byAlgorithm.get(canonicalAlgorithm(alg));
    },
  };
}
