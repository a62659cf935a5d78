// Writes the version of the SDK's package.json into its sources, after `changeset version` has raised it.
import { readFile, writeFile } from "node:fs/promises";

const sdk = new URL("../apps/sdk/", import.meta.url);
const { version } = JSON.parse(await readFile(new URL("package.json", sdk), "utf8"));
const file = new URL("src/version.ts", sdk);
const source = await readFile(file, "utf8");
await writeFile(file, source.replace(/"[^"]*";/, `${JSON.stringify(version)};`));
