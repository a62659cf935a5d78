import { expect, test } from "vitest";
import { createDecisionPath } from "../../src/decision-endpoints/decision-path.js";

const readTarget = createDecisionPath("/v1/workspaces/:workspace/authorize");

test.each([
  ["/v1/workspaces/acme/authorize", "acme", ""],
  ["/v1/workspaces/a%2Fb/authorize", "a%2Fb", ""],
  ["/v1/workspaces/%/authorize", "%", ""],
  ["/v1/workspaces/authorize/authorize", "authorize", ""],
  ["/v1/workspaces/acme/authorize?", "acme", ""],
  ["/v1/workspaces/acme/authorize?a=1&b", "acme", "a=1&b"],
  [
    "/v1/workspaces/acme/authorize?next=/v1/workspaces/b/authorize",
    "acme",
    "next=/v1/workspaces/b/authorize",
  ],
  ["/v1/workspaces/acme/authorize#a?b", "acme", ""],
  ["/v1/workspaces/acme/authorize?a#b", "acme", "a"],
  ["http://authz.acme.com/v1/workspaces/acme/authorize", "acme", ""],
  ["HTTPS://authz.acme.com:8443/v1/workspaces/acme/authorize?a=1", "acme", "a=1"],
])("finds the workspace in `%s`", (target, workspace, search) => {
  expect(readTarget(target)).toEqual({ workspace, search });
});

test.each([
  ["/v1/workspaces/acme/authorize/"],
  ["/v1/workspaces/acme/authorize/batch"],
  ["/v1/workspaces//authorize"],
  ["/v1/workspaces/authorize"],
  ["/v1/workspaces/a/b/authorize"],
  ["/v1/workspaces/acme/Authorize"],
  ["/V1/workspaces/acme/authorize"],
  ["/v1/workspaces/acme/%61uthorize"],
  ["/v1/workspaces/acme?/authorize"],
  ["/v1/workspaces/acme#/authorize"],
  ["//v1/workspaces/acme/authorize"],
  ["//authz.acme.com/v1/workspaces/acme/authorize"],
  ["ftp://authz.acme.com/v1/workspaces/acme/authorize"],
  ["http:/v1/workspaces/acme/authorize"],
  ["v1/workspaces/acme/authorize"],
  ["*"],
  [""],
])("finds none in `%s`", (target) => {
  expect(readTarget(target)).toBeUndefined();
});
