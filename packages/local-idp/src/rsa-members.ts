import type { Result } from "./result.js";
import type { SigningKeyProblem, SigningKeyProblemCode } from "./signing-key-problem.js";

const memberNames = ["n", "e", "d", "p", "q", "dp", "dq", "qi"] as const;

/** The numbers of an RSA private key in base64url (RFC 7518, section 6.3). */
export type RsaMembers = Readonly<Record<(typeof memberNames)[number], string>>;

type OwnMembers = ReadonlyMap<string, unknown>;

interface Requirement<Subject> {
  readonly code: SigningKeyProblemCode;
  readonly message: string;
  readonly holds: (subject: Subject) => boolean;
}

// RFC 7518, section 3.3, wants 2,048 bits or more; above 4,096 many verifiers leave a key out.
const minimumBits = 2048;
const maximumBits = 4096;

const requirementsOfKind: readonly Requirement<OwnMembers>[] = [
  {
    code: "key_not_private_rsa",
    message: "a signing key must be an RSA key: `kty` must be `RSA`",
    holds: (own) => own.get("kty") === "RSA",
  },
  {
    code: "key_not_private_rsa",
    message: "a signing key must be a private key: `d` is missing",
    holds: (own) => own.has("d"),
  },
  {
    code: "key_not_suitable",
    message: "a signing key must be for signatures: `use` must be `sig` or absent",
    holds: (own) => !own.has("use") || own.get("use") === "sig",
  },
  {
    code: "key_not_suitable",
    message: "a signing key must be for RS256: `alg` must be `RS256` or absent",
    holds: (own) => !own.has("alg") || own.get("alg") === "RS256",
  },
];

const requirementsOfStrength: readonly Requirement<RsaMembers>[] = [
  {
    code: "key_not_suitable",
    message: `a signing key must have ${minimumBits} to ${maximumBits} bits`,
    holds: ({ n }) => {
      const bits = bitLength(n);
      return bits >= minimumBits && bits <= maximumBits;
    },
  },
  {
    // SECURITY: with an exponent of 1 anybody could sign; 65537 is what key generators use.
    code: "key_not_suitable",
    message: "a signing key must have the public exponent 65537: `e` must be `AQAB`",
    holds: ({ e }) => e === "AQAB",
  },
];

/** Reads the numbers of an RSA private key from untrusted JSON; what else is in it is dropped. */
export function readRsaMembers(jwk: unknown): Result<RsaMembers, SigningKeyProblem> {
  if (typeof jwk !== "object" || jwk === null || Array.isArray(jwk)) {
    return refuse("key_malformed", "a signing key must be a JSON object");
  }
  const own: OwnMembers = new Map<string, unknown>(Object.entries(jwk));
  const otherKind = requirementsOfKind.find(({ holds }) => !holds(own));
  if (otherKind !== undefined) {
    return refuse(otherKind.code, otherKind.message);
  }
  const members = Object.fromEntries(memberNames.map((name) => [name, own.get(name)]));
  if (!isRsaMembers(members)) {
    return refuse("key_malformed", `a signing key must have ${memberList} as base64url text`);
  }
  const weakness = requirementsOfStrength.find(({ holds }) => !holds(members));
  return weakness === undefined
    ? { ok: true, value: members }
    : refuse(weakness.code, weakness.message);
}

const memberList = memberNames.map((name) => `\`${name}\``).join(", ");

function isRsaMembers(members: Readonly<Record<string, unknown>>): members is RsaMembers {
  return memberNames.every((name) => isBase64url(members[name]));
}

function isBase64url(value: unknown): boolean {
  return typeof value === "string" && /^[A-Za-z0-9_-]+$/.test(value);
}

/** Leading zero bits do not count, so that padding cannot make a short key look long. */
function bitLength(base64url: string): number {
  const hex = Buffer.from(base64url, "base64url").toString("hex");
  return BigInt(`0x${hex}`).toString(2).length;
}

function refuse(code: SigningKeyProblemCode, message: string): Result<never, SigningKeyProblem> {
  return { ok: false, error: { code, message } };
}
