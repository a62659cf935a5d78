// Puts the page script of the API reference into the package, so that whoever installs the server gets that one file and
// not the hundred packages it was built from. The server of this repository reads it from where it is installed.
import { copyFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";

const server = new URL("../apps/server/", import.meta.url);
const { resolve } = createRequire(new URL("package.json", server));
const assets = new URL("assets/", server);

mkdirSync(assets, { recursive: true });
copyFileSync(
  resolve("@scalar/api-reference/browser/standalone.js"),
  new URL("api-reference.js", assets),
);
