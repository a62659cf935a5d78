import { KeyObject, sign } from "node:crypto";
import { acmeIdp, acmeKey, noon } from "./identity-provider.js";

const key = KeyObject.from(acmeKey.privateKey);

/** Noon, in seconds since 1970. */
export const noonSeconds = noon.getTime() / 1000;

/** What a good token of Acme says. */
export const goodClaims = {
  iss: acmeIdp.issuer,
  aud: acmeIdp.audience,
  sub: "ada",
  iat: noonSeconds - 60,
  exp: noonSeconds + 540,
};

/** Signs anything with Acme's key; `undefined` takes a member away. */
export function signToken(
  claims: Readonly<Record<string, unknown>> = {},
  header: Readonly<Record<string, unknown>> = {},
): string {
  const parts = [
    { alg: "RS256", typ: "JWT", kid: acmeKey.kid, ...header },
    { ...goodClaims, ...claims },
  ];
  const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
  const text = signed.join(".");
  return `${text}.${sign("sha256", Buffer.from(text), key).toString("base64url")}`;
}
