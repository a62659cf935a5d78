import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  acmeKey,
  acmeProvider,
  adaClaims,
  createVerifier,
  noonSeconds,
  outcome,
  trustIn,
} from "./support/acme.js";
import { base64url, createRsaKey, signToken } from "./support/signing-key.js";

/** Genuine tokens, whose parts are known to the attacker. */
const genuine = [
  signToken(adaClaims, acmeKey),
  signToken({ ...adaClaims, sub: "eve", plan: "free", aud: ["acme-api", "web"] }, acmeKey),
  signToken({ ...adaClaims, exp: noonSeconds - 3600 }, acmeKey, { typ: "at+jwt" }),
];
const malloryToken = signToken(adaClaims, createRsaKey("acme-2026"));
const parts = [...genuine, malloryToken].map((token) => token.split("."));
const [honest = ""] = genuine;

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const names = "none HS256 RS256 rs256 RS512 PS256 ES256 EdDSA JWT at+jwt acme-2026 __proto__".split(
  " ",
);
const numbers = [0, 1, -1, 1e308, noonSeconds, noonSeconds + 1e6];
const others = [
  "acme-api",
  "root",
  adaClaims.iss,
  "",
  true,
  false,
  null,
  [],
  {},
  ["acme-api"],
  [[]],
];
const values: readonly unknown[] = [...names, ...numbers, ...others];
const value = fc.oneof(fc.constantFrom(...values), fc.string({ maxLength: 12 }), fc.double());

const headerNames = "alg typ kid crit b64 zip enc jwk jku x5c cty p2c __proto__".split(" ");
const headerName = fc.constantFrom(...headerNames);

const claimNames = "iss aud sub exp nbf iat azp client_id plan roles constructor".split(" ");
const claimName = fc.constantFrom(...claimNames);

/** Changes the text of a JSON object; what comes out need not be one. */
type TextEdit = (text: string) => string;

function textEdit(name: fc.Arbitrary<string>): fc.Arbitrary<TextEdit> {
  return fc.oneof(
    fc.tuple(name, value).map(
      ([member, changed]): TextEdit =>
        (text) =>
          JSON.stringify({ ...readObject(text), [member]: changed }),
    ),
    name.map(
      (member): TextEdit =>
        (text) =>
          JSON.stringify({ ...readObject(text), [member]: undefined }),
    ),
    fc.tuple(name, value, fc.boolean()).map(([member, changed, first]): TextEdit => (text) => {
      const twin = `${JSON.stringify(member)}:${JSON.stringify(changed)}`;
      return first ? text.replace("{", `{${twin},`) : text.replace(/\}$/, `,${twin}}`);
    }),
    fc.constantFrom<TextEdit>(
      (text) => text.replace("{", "{ "),
      (text) => `${text}\n`,
      (text) => ` ${text}`,
      (text) => `\uFEFF${text}`,
      (text) => `[${text}]`,
      (text) => JSON.stringify(text),
      (text) => text.replace('"a', '"\\u0061'),
      (text) => text.replace("}", ",}"),
      (text) => text.slice(0, -1),
      (text) => JSON.stringify(Object.fromEntries(Object.entries(readObject(text)).toReversed())),
    ),
  );
}

function readObject(text: string): object {
  return JSON.parse(text);
}

/** Changes one part of a token, in base64url. */
type PartEdit = (part: string) => string;

const partEdit: fc.Arbitrary<PartEdit> = fc.oneof(
  fc.tuple(fc.nat(), fc.nat({ max: 63 })).map(
    ([at, digit]): PartEdit =>
      (part) =>
        splice(part, [at % part.length, 1], alphabet.charAt(digit)),
  ),
  fc.tuple(fc.nat(), fc.nat({ max: 7 })).map(([at, bit]): PartEdit => (part) => {
    const bytes = Buffer.from(part, "base64url");
    const index = at % bytes.length;
    bytes[index] = (bytes[index] ?? 0) ^ (1 << bit);
    return bytes.toString("base64url");
  }),
  fc
    .tuple(fc.nat(), fc.nat({ max: 4 }), fc.constantFrom("", "A", "AAAA", "=", ".", " ", "%2e"))
    .map(
      ([at, removed, inserted]): PartEdit =>
        (part) =>
          splice(part, [at % part.length, removed], inserted),
    ),
  fc.constantFrom<PartEdit>(
    () => "",
    (part) => `${part}=`,
    (part) => `${part}A`,
    (part) => `${part}AAAA`,
    (part) => `AAAA${part}`,
    (part) => part + part,
    (part) => part.toLowerCase(),
    (part) => Array.from(part).toReversed().join(""),
    (part) => "A".repeat(part.length),
    (part) => "_".repeat(part.length),
    (part) => base64url(part),
    (part) => Buffer.from(part, "base64url").toString("base64"),
  ),
);

function splice(text: string, [at, removed]: readonly [number, number], inserted: string): string {
  return `${text.slice(0, at)}${inserted}${text.slice(at + removed)}`;
}

/** Puts a token together from changed parts of genuine and forged ones. */
const mutant: fc.Arbitrary<string> = fc.oneof(
  editedText(0, headerName),
  editedText(1, claimName),
  fc
    .tuple(fc.nat({ max: 2 }), partEdit)
    .map(([index, edit]) =>
      join(honestParts().map((part, at) => (at === index ? edit(part) : part))),
    ),
  fc
    .tuple(partIndex(), partIndex(), partIndex(), fc.option(partEdit, { freq: 4 }))
    .map(([header, payload, signature, edit]) =>
      join([partOf(header, 0), partOf(payload, 1), (edit ?? same)(partOf(signature, 2))]),
    ),
  fc
    .array(fc.tuple(partIndex(), fc.nat({ max: 2 })), { minLength: 0, maxLength: 6 })
    .map((choice) => join(choice.map(([token, part]) => partOf(token, part)))),
);

function editedText(index: number, name: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(textEdit(name), partIndex()).map(([edit, signature]) => {
    const text = Buffer.from(honestParts()[index] ?? "", "base64url").toString();
    const edited = honestParts().map((part, at) => (at === index ? base64url(edit(text)) : part));
    return join([...edited.slice(0, 2), partOf(signature, 2)]);
  });
}

function partIndex(): fc.Arbitrary<number> {
  return fc.nat({ max: parts.length - 1 });
}

function partOf(token: number, index: number): string {
  return parts[token]?.[index] ?? "";
}

function honestParts(): readonly string[] {
  return honest.split(".");
}

function join(texts: readonly string[]): string {
  return texts.join(".");
}

function same(part: string): string {
  return part;
}

describe("of 10,000 mutants of a token", () => {
  const accepted = new Set(genuine);
  const mutants = [
    ...new Set(
      fc.sample(mutant, { numRuns: 24_000, seed: 7 }).filter((text) => !accepted.has(text)),
    ),
  ].slice(0, 10_000);

  test("none is accepted, although the genuine tokens are known to the verifier", async () => {
    const verifier = createVerifier();
    const trust = trustIn(acmeProvider());
    await expect(outcome(verifier.verify(trust, honest))).resolves.toBe("accepted");

    const survivors: string[] = [];
    const codes = new Set<string>();
    for (const text of mutants) {
      const code = await outcome(verifier.verify(trust, text));
      codes.add(code);
      if (code === "accepted") {
        survivors.push(text);
      }
    }

    expect(mutants).toHaveLength(10_000);
    expect(survivors).toEqual([]);
    // They get far: a good part of them is only stopped by the signature.
    expect([...codes]).toEqual(
      expect.arrayContaining([
        "token_signature_invalid",
        "token_malformed",
        "token_alg_not_allowed",
        "token_issuer_unknown",
        "token_audience_mismatch",
        "token_key_unknown",
        "token_header_not_supported",
        "token_type_not_allowed",
      ]),
    );
  }, 60_000);
});
