import type { SignatureAlgorithm, TrustedIssuer } from "@byot/token-verifier";
import { signatureKeysOf } from "@byot/token-verifier/testing";
import { expectTypeOf } from "vitest";
import { acmeProvider } from "./support/acme.js";

expectTypeOf(acmeProvider()).toExtend<TrustedIssuer>();

// @ts-expect-error a provider without audience would admit nobody
acmeProvider({ allowedAudiences: [] });

// @ts-expect-error a shared secret is no public key
acmeProvider({ algorithms: ["HS256"] });

// @ts-expect-error a token without signature proves nothing
acmeProvider({ algorithms: ["none"] });

// @ts-expect-error discovery is on or another source is named
acmeProvider({ keys: { discovery: false } });

// @ts-expect-error the weaker twin of a listed algorithm is not on the list
acmeProvider({ algorithms: ["RS1"] });

// @ts-expect-error names of algorithms are case-sensitive
acmeProvider({ algorithms: ["rs256"] });

// @ts-expect-error a shared secret proves nothing in the signature layer either
signatureKeysOf({ keys: [] }, { algorithms: ["HS512"] });

expectTypeOf<"EdDSA" | "Ed25519">().toExtend<SignatureAlgorithm>();
expectTypeOf<Extract<SignatureAlgorithm, "none" | `HS${string}`>>().toBeNever();
