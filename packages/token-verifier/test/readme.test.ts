import { readFile } from "node:fs/promises";
import { runInThisContext } from "node:vm";
import {
  createKeySources,
  createTokenVerifier,
  createWorkspaceTrust,
  defaultLimits,
  keyFailureCodes,
  tokenRefusalCodes,
  trustedIssuerProblemCodes,
} from "@byot/token-verifier";
import { createNodeFetcher } from "@byot/token-verifier/node";
import { expect, test } from "vitest";
import { acmeKey, adaClaims } from "./support/acme.js";
import { startKeyServer } from "./support/key-server.js";
import { signToken } from "./support/signing-key.js";

const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");

test("the example runs", async () => {
  const server = await startKeyServer();
  const issuer = server.origin;
  server.serve({
    "/.well-known/openid-configuration": { issuer, jwks_uri: `${issuer}/keys` },
    "/keys": { keys: [acmeKey.jwk] },
  });
  const inAnHour = Math.floor(Date.now() / 1000) + 3600;
  const token = signToken({ iss: issuer, aud: adaClaims.aud, sub: "ada", exp: inAnHour }, acmeKey);
  const printed: string[] = [];

  await runExample(issuer, {
    createKeySources,
    createTokenVerifier,
    createWorkspaceTrust,
    createNodeFetcher: () => createNodeFetcher({ allowLoopbackHttp: true }),
    token,
    console: { log: (line: string) => printed.push(line) },
  });
  await server.close();

  expect(printed).toEqual(["this is ada"]);
});

test("every code and every limit has its place", () => {
  const names = [
    ...tokenRefusalCodes,
    ...keyFailureCodes,
    ...trustedIssuerProblemCodes,
    ...Object.keys(defaultLimits),
  ];

  expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});

/** Runs the code of the page, with its imports handed in and its issuer on this machine. */
async function runExample(issuer: string, names: Readonly<Record<string, unknown>>): Promise<void> {
  const code = /```js\n(?:import [^;]*;\n)+(.*?)```/s.exec(readme)?.[1] ?? "";
  const body = code.replace("https://login.acme.example", issuer);
  const run: unknown = runInThisContext(`async ({ ${Object.keys(names).join()} }) => {${body}}`);
  expect(run).toBeTypeOf("function");
  if (typeof run === "function") {
    await Reflect.apply(run, undefined, [names]);
  }
}
