import { createLocalIdp, demoPeople, generateSigningKey } from "@byot/local-idp";
import { createLocalJWKSet, jwtVerify } from "jose";

const idp = createLocalIdp({
  issuer: "https://idp.acme.test",
  audience: "acme-api",
  people: demoPeople,
  key: await generateSigningKey(),
  clock: () => new Date(),
});

const issued = await idp.issueToken("ada");
const token = issued.ok ? issued.value : "";

const keys = createLocalJWKSet({ keys: [...idp.jwks().keys] });
const { issuer, audience } = idp;
export const { payload } = await jwtVerify(token, keys, { issuer, audience });
// payload.metadata is { plan: "premium" }, payload.role is "manager"
