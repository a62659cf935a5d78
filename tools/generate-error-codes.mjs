// Writes docs/error-codes.md from the catalogue of problems. With --check it writes nothing, and fails when it is stale.
import { problemCatalogue } from "../packages/api-contract/dist/index.js";
import { writePage } from "./written-page.mjs";

const meanings = {
  400: "The request cannot be read",
  401: "A credential is missing or not good",
  403: "The credential does not reach that far",
  404: "There is no such thing",
  405: "The path is right and the method is not",
  409: "The state of things is against it",
  412: "Somebody else came first",
  413: "Too large",
  415: "Not JSON",
  422: "Readable, and still wrong",
  428: "A version is needed",
  429: "Too many requests",
  500: "A fault of the service",
  503: "Not now",
};

const problems = Object.entries(problemCatalogue);
const statuses = [...new Set(problems.map(([, { status }]) => status))].toSorted((a, b) => a - b);

const unnamed = statuses.filter((status) => !Object.hasOwn(meanings, status));
if (unnamed.length > 0) {
  throw new Error(`no meaning for the status ${unnamed.join(", ")}`);
}

function cell(text) {
  return text.replaceAll("|", "\\|");
}

function row([code, { title, fix, retryAfterSeconds }]) {
  const again = retryAfterSeconds === undefined ? "" : " The answer has `Retry-After`.";
  return `| <a id="${code}"></a>\`${code}\` | ${cell(title)} | ${cell(fix)}${again} |`;
}

function section(status) {
  return [
    `## ${status} — ${meanings[status]}`,
    "",
    "| code | what it is | what to do |",
    "| --- | --- | --- |",
    ...problems.filter(([, kind]) => kind.status === status).map(row),
  ].join("\n");
}

const introduction = `# Error codes

<!-- Made by \`pnpm run docs\` from the catalogue of problems in packages/api-contract: change that. -->

Whatever goes wrong is answered as \`application/problem+json\` (RFC 9457):

\`\`\`json
{
  "type": "urn:byot:problem:request_invalid",
  "title": "${problemCatalogue.request_invalid.title}",
  "status": 400,
  "detail": "\`/resource\`: is required",
  "code": "request_invalid",
  "fix": "${problemCatalogue.request_invalid.fix}",
  "requestId": "checkout-7f3a",
  "errors": [{ "path": "/resource", "code": "invalid_type", "message": "is required" }]
}
\`\`\`

Switch on \`code\`: it is stable, and new ones may come. \`detail\` says what was wrong this time and never holds a token or
a key. \`errors\` lists each mistake with its place as a JSON Pointer (RFC 6901) where there is more to say. \`requestId\` is
what the answer carries as \`X-Request-Id\`.

A Deny is no error: it is answered with status 200 and a reason. No answer but a 200 with \`"allowed": true\` is a reason to
let anybody in.`;

await writePage("docs/error-codes.md", [introduction, ...statuses.map(section)].join("\n\n"));
