import type { OperationProblem } from "../operations/outcome.js";
import { setFields } from "./header-fields.js";
import type { HttpFrame } from "./http-frame.js";
import { sendProblem } from "./problem-response.js";
import { type Exchange, workspaceOf } from "./read-invocation.js";

/** Answers why nothing was done, or that its caller has failed too often. */
export async function answerRefusal(
  { request, response }: Exchange,
  problem: OperationProblem,
  { clientAddress, rateLimits }: Pick<HttpFrame, "clientAddress" | "rateLimits">,
): Promise<void> {
  const judged = await rateLimits.judgeFailure(problem, {
    client: clientAddress(request),
    workspaceId: workspaceOf(request),
  });
  setFields(response, judged.fields);
  sendProblem(response, judged.problem);
}
