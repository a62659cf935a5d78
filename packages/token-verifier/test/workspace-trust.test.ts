import { createWorkspaceTrust } from "@byot/token-verifier";
import { describe, expect, test } from "vitest";
import { acmeProvider, trustIn } from "./support/acme.js";

const issuer = "https://login.acme.example";

describe("the trust of a workspace", () => {
  test("knows its workspace and revision", () => {
    expect(createWorkspaceTrust("acme", 7, [])).toMatchObject({ workspaceId: "acme", revision: 7 });
  });

  test("offers the enabled providers of an issuer in order of creation", () => {
    const trust = trustIn(
      acmeProvider({ id: "first" }),
      acmeProvider({ id: "off", enabled: false }),
      acmeProvider({ id: "elsewhere", issuer: "https://login.partner.example" }),
      acmeProvider({ id: "second", issuerAliases: [issuer, "accounts.acme.example"] }),
      acmeProvider({ id: "third", issuer: "urn:acme", issuerAliases: [issuer] }),
    );

    const idsOf = (name: string) => trust.candidates(name).map(({ id }) => id);

    expect(idsOf(issuer)).toEqual(["first", "second", "third"]);
    expect(idsOf("accounts.acme.example")).toEqual(["second"]);
    expect(idsOf("__proto__")).toEqual([]);
    expect(idsOf("")).toEqual([]);
  });

  test("does not change with the objects it was made from", () => {
    const provider = { ...acmeProvider(), allowedAudiences: ["acme-api"] as [string] };
    const trust = trustIn(provider);

    provider.issuer = "https://login.mallory.example";
    provider.allowedAudiences.push("mallory-api");

    const [candidate] = trust.candidates(issuer);
    expect(candidate).toMatchObject({ issuer, allowedAudiences: ["acme-api"] });
    expect(Object.isFrozen(candidate)).toBe(true);
    expect(Object.isFrozen(candidate?.allowedAudiences)).toBe(true);
    expect(Object.isFrozen(trust.candidates(issuer))).toBe(true);
  });

  test("refuses a provider of another workspace", () => {
    expect(() => trustIn(acmeProvider({ workspaceId: "globex" }))).toThrow(
      new TypeError("provider `acme-login` belongs to workspace `globex`, not to `acme`"),
    );
  });

  test("refuses an id that occurs twice, enabled or not", () => {
    expect(() => trustIn(acmeProvider(), acmeProvider({ enabled: false }))).toThrow(
      new TypeError("provider id `acme-login` occurs twice"),
    );
  });
});
