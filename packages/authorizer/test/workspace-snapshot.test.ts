import { compileSnapshot } from "@byot/authorizer";
import { defaultWorkspaceSettings, type WorkspaceConfiguration } from "@byot/storage";
import { describe, expect, test } from "vitest";
import { configuration, stored } from "./support/configuration.js";

describe("a snapshot", () => {
  test("holds everything of one revision", () => {
    const snapshot = compileSnapshot(configuration({ revision: 42 }));

    expect(snapshot).toMatchObject({
      workspaceId: "acme",
      revision: 42,
      settings: { checksRequireApiKey: false },
      trust: { workspaceId: "acme", revision: 42 },
    });
    expect([...snapshot.claimMappings.keys()]).toEqual(["acme-idp"]);
    expect(snapshot.actionsByResource).toEqual(new Map([["orders", new Set(["approve"])]]));
  });

  test("is not changed by what becomes of the configuration it was made from", () => {
    const settings = { ...defaultWorkspaceSettings, checksRequireApiKey: true };
    const actions = ["approve"];
    const { workspace, ...rest } = configuration({ resources: { orders: actions } });
    const snapshot = compileSnapshot({ ...rest, workspace: { ...workspace, settings } });

    settings.checksRequireApiKey = false;
    actions.push("delete");

    expect(snapshot.settings).toMatchObject({ checksRequireApiKey: true });
    expect(snapshot.actionsByResource.get("orders")).toEqual(new Set(["approve"]));
  });

  const acme = configuration();
  const globex = configuration({ workspaceId: "globex" });
  const foreign = "the configuration of workspace `acme` holds something of workspace `globex`";

  test.each<[string, Partial<WorkspaceConfiguration>, string]>([
    ["a policy of another workspace", { policies: globex.policies }, foreign],
    ["a resource of another workspace", { resources: globex.resources }, foreign],
    ["a permission of another workspace", { permissions: globex.permissions }, foreign],
    [
      "a provider of another workspace",
      { providers: globex.providers },
      "provider `acme-idp` belongs to workspace `globex`, not to `acme`",
    ],
    [
      "two resources of one name",
      { resources: [...acme.resources, ...acme.resources] },
      "two resources have the same name",
    ],
    [
      "two policies of one name",
      { policies: [...acme.policies, ...acme.policies] },
      "two policies have the same id",
    ],
    [
      "a permission for a policy that is not there",
      { policies: [] },
      "a permission names the unknown policy `allow_all`",
    ],
    [
      "a mapping that is not a valid one",
      {
        providers: acme.providers.map((provider) => ({
          ...provider,
          claimMappings: [{ attribute: "external_subject.", jwtPath: "sub" }],
        })),
      },
      "invalid claim mappings: 0.attribute: must be 1–63 characters of `a-z 0-9 _`, a letter first",
    ],
  ])("is not made of %s", (_, part, message) => {
    expect(() => compileSnapshot({ ...acme, ...part })).toThrow(new TypeError(message));
  });

  test("is made of an empty workspace too", () => {
    const empty = { ...acme, providers: [], policies: [], resources: [], permissions: [] };

    expect(
      compileSnapshot({ ...empty, workspace: { ...acme.workspace, ...stored("acme") } }),
    ).toMatchObject({
      workspaceId: "acme",
    });
  });
});
