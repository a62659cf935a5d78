import { generateSigningKey } from "@byot/local-idp";
import { describe, expect, test } from "vitest";
import { allowAll, configuration, policy } from "./support/configuration.js";
import { acmeIdp, acmeKey, identityProvider, issueToken } from "./support/identity-provider.js";
import { startAuthorizer } from "./support/start-authorizer.js";

// Both trust one issuer by name, for one audience, under one provider id; only the keys differ.
const globexIdp = identityProvider(await generateSigningKey());
const denyAll = policy("deny_all", { rules: [{ rule_id: "everything", effect: "Deny" }] });
const acme = configuration({ workspaceId: "acme", idp: acmeIdp, policies: [allowAll] });
const globex = configuration({ workspaceId: "globex", idp: globexIdp, policies: [denyAll] });

const acmeToken = await issueToken("ada", {}, acmeIdp);
const globexToken = await issueToken("ada", {}, globexIdp);

describe("two workspaces that trust the same issuer", () => {
  test("each answer with their own keys and their own policies", async () => {
    const { check } = startAuthorizer([acme, globex]);

    const inAcme = await check({ workspaceId: "acme", token: acmeToken });
    const inGlobex = await check({ workspaceId: "globex", token: globexToken });

    expect(inAcme).toMatchObject({ ok: true, value: { allowed: true, reason: "allowed_by_rule" } });
    expect(inGlobex).toMatchObject({
      ok: true,
      value: { allowed: false, reason: "denied_by_rule" },
    });
  });

  test("refuse each other's tokens, in whatever order the keys became known", async () => {
    const { check, decisions } = startAuthorizer([acme, globex]);
    await check({ workspaceId: "acme", token: acmeToken });
    await check({ workspaceId: "globex", token: globexToken });

    const crossed = [
      await check({ workspaceId: "globex", token: acmeToken }),
      await check({ workspaceId: "acme", token: globexToken }),
    ];

    expect(crossed).toMatchObject([
      { ok: false, error: { code: "token_key_unknown" } },
      { ok: false, error: { code: "token_key_unknown" } },
    ]);
    expect(decisions.map(({ workspaceId }) => workspaceId)).toEqual(["acme", "globex"]);
  });

  test("refuse each other's tokens even when the keys have one name", async () => {
    const [acmePublic] = acmeIdp.jwks().keys;
    const keys = globexIdp.jwks().keys.map((key) => ({ ...key, kid: acmePublic?.kid }));
    const imposter = configuration({
      workspaceId: "globex",
      policies: [allowAll],
      provider: { keys: { inline: { keys } } },
    });
    const { check } = startAuthorizer([acme, imposter]);
    await check({ workspaceId: "acme", token: acmeToken });

    const checked = await check({ workspaceId: "globex", token: acmeToken });

    expect(checked).toMatchObject({ ok: false, error: { code: "token_signature_invalid" } });
  });

  test("judge one token, good for both, by the policies and mappings of the one that was asked", async () => {
    const claimMappings = [{ attribute: "tier", jwtPath: "metadata.plan" }];
    const tierPolicy = policy("tier", {
      rules: [
        {
          rule_id: "premium-tier",
          effect: "Allow",
          conditions: [{ function: "string_equal", attribute: "ext_tier", value: "premium" }],
        },
      ],
    });
    const first = configuration({ policies: [tierPolicy], provider: { claimMappings } });
    const second = configuration({
      workspaceId: "globex",
      idp: identityProvider(acmeKey),
      policies: [tierPolicy],
    });
    const { check, decisions } = startAuthorizer([first, second]);

    const answers = await Promise.all(
      ["acme", "globex"].map((workspaceId) => check({ workspaceId, token: acmeToken })),
    );

    expect(answers).toMatchObject([
      { ok: true, value: { allowed: true, reason: "allowed_by_rule" } },
      { ok: true, value: { allowed: false, reason: "undetermined", missing: ["ext_tier"] } },
    ]);
    expect(decisions.map(({ workspaceId, decision }) => [workspaceId, decision])).toEqual([
      ["acme", "Allow"],
      ["globex", "Deny"],
    ]);
  });
});
