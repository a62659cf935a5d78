import { mountDecisions } from "../support/service.js";

// The suites that ask for decisions, once more by way of Express; by themselves they ask ahead of it.
mountDecisions("express");

await import("../operations/check-authorization.test.js");
await import("../operations/revisions.test.js");
await import("../http/access-log.test.js");
await import("../http/bad-bodies.test.js");
await import("../http/failures.test.js");
await import("../http/frame.test.js");
await import("../http/hostile-values.property.test.js");
await import("../http/json-parsing-suite.test.js");
await import("../http/urls-and-methods.test.js");
