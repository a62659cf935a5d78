import {
  createLocalIdp,
  demoPeople,
  exportSigningKey,
  generateSigningKey,
  importSigningKey,
  type LocalIdp,
  type SigningKey,
} from "@byot/local-idp";
import { readTextFile, writePrivateFile } from "../process/private-file.js";
import { StartProblem } from "../process/start-problem.js";

/** The issuer of the demo's tokens: a name and no address, so that it stays the same whatever the port is. */
export const demoIssuer = "urn:byot:demo-idp";

/** The audience of the demo's tokens. */
export const demoAudience = "byot-demo";

/** The demo's identity provider. Its signing key is kept in a file, so that a new start trusts what an old one issued. */
export async function openDemoIdentityProvider(
  keyFile: string,
  clock: () => Date,
): Promise<LocalIdp> {
  const key = (await readKey(keyFile)) ?? (await makeKey(keyFile));
  return createLocalIdp({
    issuer: demoIssuer,
    audience: demoAudience,
    people: demoPeople,
    key,
    clock,
  });
}

async function readKey(keyFile: string): Promise<SigningKey | undefined> {
  const text = await readTextFile(keyFile);
  if (text === undefined) {
    return undefined;
  }
  const imported = await importSigningKey(parseJson(text));
  if (!imported.ok) {
    throw new StartProblem(`${keyFile} holds no usable key (${imported.error.message}); delete it`);
  }
  return imported.value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function makeKey(keyFile: string): Promise<SigningKey> {
  const key = await generateSigningKey();
  await writePrivateFile(keyFile, JSON.stringify(await exportSigningKey(key)));
  return key;
}
