import type {
  Authorizer,
  CheckOrigin,
  CheckQuestion,
  CheckRefusal,
  Result,
  SubjectDecision,
} from "@byot/authorizer";
import { type Span, SpanStatusCode, type Tracer } from "@opentelemetry/api";

/**
 * Makes a span for each check. It tells the workspace, what was asked for and what came of it: never the token, nothing
 * that it says, and nobody's name or address.
 */
export function tracedAuthorizer(authorizer: Authorizer, tracer: Tracer): Authorizer {
  return {
    check: (request) =>
      tracer.startActiveSpan("byot.check", { attributes: asked(request) }, (span) =>
        within(span, authorizer.check(request), (decision) => {
          span.setAttributes(decided(decision));
        }),
      ),
    checkSubject: (request) =>
      tracer.startActiveSpan("byot.check", { attributes: asked(request) }, (span) =>
        within(span, authorizer.checkSubject(request), (decision) => {
          span.setAttributes(decided(decision));
        }),
      ),
    checkBatch: (request) =>
      tracer.startActiveSpan("byot.check_batch", { attributes: askedIn(request) }, (span) =>
        within(span, authorizer.checkBatch(request), ({ decisions }) => {
          for (const [place, decision] of decisions.entries()) {
            const question = request.checks[place];
            const about = question === undefined ? {} : askedFor(question);
            span.addEvent("byot.decision", { ...about, ...decided(decision) });
          }
        }),
      ),
    simulate: (request) => authorizer.simulate(request),
  };
}

async function within<Value>(
  span: Span,
  work: Promise<Result<Value, CheckRefusal>>,
  describe: (value: Value) => void,
): Promise<Result<Value, CheckRefusal>> {
  try {
    const result = await work;
    if (result.ok) {
      describe(result.value);
    } else {
      describeRefusal(span, result.error);
    }
    return result;
  } catch (error) {
    // Without its message, in which anything may be.
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}

type Attributes = Readonly<Record<string, string | number>>;
type Question = Pick<CheckQuestion, "resource" | "action">;
type Place = Pick<CheckOrigin, "workspaceId">;

function asked(request: Question & Place): Attributes {
  return { ...askedIn(request), ...askedFor(request) };
}

function askedIn({ workspaceId }: Place): Attributes {
  return { "byot.workspace": workspaceId };
}

function askedFor({ resource, action }: Question): Attributes {
  return { "byot.resource": resource, "byot.action": action };
}

function decided({ decision, reason, decisionId, revision }: SubjectDecision): Attributes {
  return {
    "byot.decision": decision,
    "byot.reason": reason,
    "byot.decision_id": decisionId,
    "byot.revision": revision,
  };
}

// A refused token is its sender's business; what kept the server from deciding is the operator's.
const failures: ReadonlySet<CheckRefusal["code"]> = new Set([
  "audit_unavailable",
  "configuration_stale",
  "jwks_unavailable",
  "revision_not_reached",
]);

function describeRefusal(span: Span, { code }: CheckRefusal): void {
  span.setAttribute("byot.refusal", code);
  if (failures.has(code)) {
    span.setStatus({ code: SpanStatusCode.ERROR, message: code });
  }
}
