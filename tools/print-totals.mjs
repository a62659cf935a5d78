// Adds up the JSON reports of vitest in a folder and prints one line: "N passed, N failed, N skipped".
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.argv[2];
const reports = readdirSync(folder).map((file) =>
  JSON.parse(readFileSync(join(folder, file), "utf8")),
);
const total = (count) => reports.reduce((sum, report) => sum + report[count], 0);
const skipped = total("numPendingTests") + total("numTodoTests");

console.log(
  `${total("numPassedTests")} passed, ${total("numFailedTests")} failed, ${skipped} skipped`,
);
