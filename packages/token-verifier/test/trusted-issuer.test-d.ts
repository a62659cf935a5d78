import type { TrustedIssuer } from "@byot/token-verifier";
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
