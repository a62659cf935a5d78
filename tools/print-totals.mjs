// Adds up vitest's JSON reports and prints one line: "N passed, N failed, N skipped".
import { readFileSync } from "node:fs";

const reports = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, "utf8")));
const total = (count) => reports.reduce((sum, report) => sum + report[count], 0);
const skipped = total("numPendingTests") + total("numTodoTests");

console.log(
  `${total("numPassedTests")} passed, ${total("numFailedTests")} failed, ${skipped} skipped`,
);
