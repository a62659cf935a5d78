// For runtimes with a command line: prints what came out, as JSON.
import process from "node:process";
import { probeSdk } from "./probe.mjs";

const [, , baseUrl, run] = process.argv;
console.log(JSON.stringify(await probeSdk(baseUrl, run)));
