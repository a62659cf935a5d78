// For runtimes with a command line: prints what came out, as JSON.
import { probeEngine } from "./probe.mjs";

console.log(JSON.stringify(probeEngine()));
