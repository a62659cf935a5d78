// For browsers: hands what came out back to the server of the page.
import { probeSdk } from "./probe.mjs";

const outcomes = await probeSdk(location.origin, "chromium").catch((error) => String(error));
await fetch("/result", { method: "POST", body: JSON.stringify(outcomes) });
