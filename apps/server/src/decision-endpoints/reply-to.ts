import { rawFields } from "../http/header-fields.js";
import type { LimitedProblem } from "../http/rate-limits.js";
import { refuseUnread } from "../http/read-body.js";
import type { Reply } from "../http/reply.js";
import type { RouteSupport } from "../http/route-support.js";
import { type ErrorLog, thrownProblem } from "../http/thrown-problem.js";
import type { OperationProblem } from "../operations/outcome.js";
import { decodedWorkspace, type DecisionRequest, readQuestion } from "./read-question.js";

/** What requests are answered with. */
export interface ReplyParts extends RouteSupport {
  /** Where the operator reads what has failed. */
  readonly errors: ErrorLog;
}

/** Answers a request. Never rejects: there is an answer to everything. */
export async function replyTo(asked: DecisionRequest, parts: ReplyParts): Promise<Reply> {
  const { endpoint, requestId } = asked;
  try {
    const limited = await parts.rateLimits.refuseRequest(asked.client);
    if (limited !== undefined) {
      refuseUnread(asked.request, limited.problem);
      return replyRefused(asked, limited);
    }
    const question = await readQuestion(asked, parts.guard);
    const outcome = question.ok ? await endpoint.decide(question.value) : question;
    return outcome.ok ? endpoint.reply(outcome.value) : await refuse(asked, outcome.problem, parts);
  } catch (error) {
    return endpoint.refuse(thrownProblem(error, parts.errors, requestId), requestId);
  }
}

async function refuse(
  asked: DecisionRequest,
  problem: OperationProblem,
  { rateLimits }: Pick<ReplyParts, "rateLimits">,
): Promise<Reply> {
  const workspaceId = decodedWorkspace(asked.target);
  return replyRefused(
    asked,
    await rateLimits.judgeFailure(problem, { client: asked.client, workspaceId }),
  );
}

function replyRefused(
  { endpoint, requestId }: DecisionRequest,
  { problem, fields }: LimitedProblem,
): Reply {
  const allow =
    problem.code === "method_not_allowed" ? ["Allow", endpoint.route.method.toUpperCase()] : [];
  const reply = endpoint.refuse(problem, requestId);
  return { ...reply, fields: [...rawFields(fields), ...allow, ...reply.fields] };
}
