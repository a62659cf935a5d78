import { expect, test } from "vitest";

test("the package exports these values and no others", async () => {
  expect(Object.keys(await import("@byot/authorizer")).toSorted()).toEqual([
    "compileSnapshot",
    "createAuthorizer",
    "createDecisionRecorder",
    "createRefusalRecorder",
    "createStaticSnapshots",
    "createWorkspaceSnapshots",
    "diagnoseToken",
    "diagnosisSteps",
    "explainDecision",
    "isReservedResource",
    "plainSubjectIssuer",
    "systemResources",
  ]);
});
