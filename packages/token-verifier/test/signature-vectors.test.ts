import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { JWK, JWKSet, SignatureAlgorithm } from "@byot/token-verifier";
import { signatureAlgorithms } from "@byot/token-verifier";
import { nodeSignatures } from "@byot/token-verifier/node";
import { parseJws, signatureKeysOf, verifySignature } from "@byot/token-verifier/testing";
import { describe, expect, test } from "vitest";

const vectors = new URL("../../../../shared/conformance/jose/", import.meta.url);
const isThere = existsSync(vectors);
const whyNot = isThere ? "" : " (skipped: the published vectors are not on this machine)";

/** Vectors that contradict the specification or themselves; none is RS256. */
const defective: ReadonlySet<number> = new Set([346, 347, 350, 351, 367, 370, 372, 373]);

const engines = { jose: undefined, node: nodeSignatures() } as const;
const everyAlgorithm = signatureAlgorithms;

interface Vector {
  readonly tcId: number;
  readonly comment: string;
  readonly jws: string;
  readonly result: "valid" | "invalid";
}

interface VectorGroup {
  readonly comment: string;
  readonly private: JWK | JWKSet;
  readonly public?: JWK | JWKSet;
  readonly tests: readonly Vector[];
}

/** `accepted` or the code of the refusal, by both engines, which have to agree. */
async function prove(
  jws: unknown,
  keys: JWKSet,
  algorithms: readonly SignatureAlgorithm[] = ["RS256"],
): Promise<string> {
  const outcomes = await Promise.all(
    Object.values(engines).map(async (engine) => {
      const parsed = parseJws(jws);
      if (!parsed.ok) {
        return parsed.error.code;
      }
      const profile = { algorithms, ...(engine === undefined ? {} : { engine }) };
      const proven = await verifySignature(parsed.value, signatureKeysOf(keys, profile));
      return proven.ok ? "accepted" : proven.error.code;
    }),
  );
  expect(new Set(outcomes).size).toBe(1);
  return outcomes[0] ?? "";
}

interface CookbookExample {
  readonly input: { readonly key: JWK | readonly JWK[] };
  readonly output: Readonly<Record<"compact" | "json" | "json_flat", unknown>>;
}

function readGroups(file: string): readonly VectorGroup[] {
  return isThere ? readVectors(file).testGroups : [];
}

function readVectors(file: string): { readonly testGroups: readonly VectorGroup[] } {
  return JSON.parse(readFileSync(new URL(file, vectors), "utf8"));
}

function readExample(file: string): CookbookExample {
  return JSON.parse(readFileSync(new URL(`cookbook/${file}`, vectors), "utf8"));
}

function readHeader(jws: string): { readonly alg: SignatureAlgorithm } {
  return JSON.parse(Buffer.from(jws.split(".")[0] ?? "", "base64url").toString());
}

/** The public halves of a group's keys; a secret key stays as it is, for the filter to refuse. */
function publicKeys(group: VectorGroup): JWKSet {
  const material = group.public ?? group.private;
  const keys: readonly JWK[] = Array.isArray(material["keys"]) ? material["keys"] : [material];
  return { keys: keys.map(publicHalf) };
}

function publicHalf({ d: _d, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, ...key }: JWK): JWK {
  return key;
}

async function disagreements(
  groups: readonly VectorGroup[],
  algorithms: readonly SignatureAlgorithm[],
): Promise<readonly string[]> {
  const cases = groups.flatMap((group) =>
    group.tests.map((vector) => ({ vector, keys: publicKeys(group) })),
  );
  const found = await Promise.all(
    cases.map(async ({ vector, keys }) => {
      const outcome = await prove(vector.jws, keys, algorithms);
      const isRight = (outcome === "accepted") === mayPass(vector, keys, algorithms);
      return isRight ? [] : [`${vector.tcId} ${vector.comment}: ${outcome}`];
    }),
  );
  return found.flat();
}

/** A valid vector may pass when its algorithm is one of those allowed. */
function mayPass(
  { jws, result }: Vector,
  { keys }: JWKSet,
  algorithms: readonly SignatureAlgorithm[],
): boolean {
  if (result === "invalid" || keys.some(({ kty }) => kty === "oct")) {
    return false;
  }
  return algorithms.includes(readHeader(jws).alg);
}

describe(`the signature vectors of Wycheproof${whyNot}`, () => {
  const all = readGroups("json_web_signature_test.json");
  const groups = all.map((group) => ({
    ...group,
    tests: group.tests.filter(({ tcId }) => !defective.has(tcId)),
  }));

  test.skipIf(!isThere)("are all there", () => {
    expect(all.flatMap(({ tests }) => tests)).toHaveLength(401);
  });

  test.skipIf(!isThere)("of RS256 pass when valid, and nothing else passes", async () => {
    const valid = groups.flatMap((group) =>
      group.tests.filter((vector) => mayPass(vector, publicKeys(group), ["RS256"])),
    );

    expect(valid.length).toBeGreaterThan(0);
    await expect(disagreements(groups, ["RS256"])).resolves.toEqual([]);
  });

  test.skipIf(!isThere)(
    "of every algorithm that can be listed pass when valid, and nothing else passes",
    async () => {
      await expect(disagreements(groups, everyAlgorithm)).resolves.toEqual([]);
    },
  );
});

describe(`the key vectors of Wycheproof${whyNot}`, () => {
  const groups = readGroups("json_web_key_test.json");

  test.skipIf(!isThere)("are all there", () => {
    expect(groups.flatMap(({ tests }) => tests)).toHaveLength(26);
  });

  test.skipIf(!isThere)("pass with a sound RS256 key alone", async () => {
    await expect(disagreements(groups, ["RS256"])).resolves.toEqual([]);
    await expect(disagreements(groups, everyAlgorithm)).resolves.toEqual([]);
  });
});

describe(`the examples of RFC 7520 §4${whyNot}`, () => {
  const folder = new URL("cookbook/", vectors);
  const files = isThere ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];

  test.skipIf(!isThere)("are all there", () => {
    expect(files).toHaveLength(8);
  });

  test.skipIf(!isThere)(
    "pass in section 4.1, RS256 in compact form, and nowhere else",
    async () => {
      const outcomes = await Promise.all(
        files.map(async (file) => {
          const { input, output } = readExample(file);
          const keys = { keys: [input.key].flat().map(publicHalf) };
          const forms = [output.compact, output.json, output.json_flat].filter(
            (form) => form !== undefined,
          );
          const accepted = await Promise.all(
            forms.flatMap((form) => [form, JSON.stringify(form)]).map((jws) => prove(jws, keys)),
          );
          return [file, accepted.filter((outcome) => outcome === "accepted").length];
        }),
      );

      expect(outcomes.filter(([, accepted]) => accepted !== 0)).toEqual([
        ["4_1.rsa_v15_signature.json", 1],
      ]);
    },
  );
});

describe("the example of RFC 7515 A.2", () => {
  const jws =
    "eyJhbGciOiJSUzI1NiJ9" +
    ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ" +
    ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujG" +
    "bds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0" +
    "GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6Lb" +
    "gGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
  const key = {
    kty: "RSA",
    n:
      "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4Ql" +
      "L-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUs" +
      "LA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoud" +
      "F8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ",
    e: "AQAB",
  };

  test("passes", async () => {
    await expect(prove(jws, { keys: [key] })).resolves.toBe("accepted");
  });

  test("does not pass with another signature, nor without RS256", async () => {
    await expect(prove(jws.replace(".cC4h", ".cC4i"), { keys: [key] })).resolves.toBe(
      "token_signature_invalid",
    );
    await expect(prove(jws, { keys: [key] }, ["RS384", "PS256"])).resolves.toBe(
      "token_alg_not_allowed",
    );
  });
});
