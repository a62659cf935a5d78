import type { IncomingHttpHeaders } from "node:http";
import type { NoParameters, Route, RouteCall, WorkspacePath } from "@byot/api-contract";
import type { RawFields } from "../http/header-fields.js";
import { jsonText } from "../http/json-text.js";
import { problemReply } from "../http/problem-reply.js";
import type { Reply } from "../http/reply.js";
import { validate } from "../http/validate.js";
import type { Answered, Invocation, Operation } from "../operations/operation.js";
import { done, type Outcome, type OperationProblem } from "../operations/outcome.js";
import { createDecisionPath, type DecisionPath } from "./decision-path.js";

/** A question, with its body as JSON. */
export type Question = Invocation<WorkspacePath, NoParameters, unknown>;

/** One way to ask for decisions, whatever its bodies and answers look like. */
export interface DecisionEndpoint {
  /** How it is called. */
  readonly route: Pick<
    RouteCall<WorkspacePath, NoParameters, unknown>,
    "method" | "path" | "access" | "parameters" | "query" | "bodyLimitBytes"
  >;
  /** Recognizes its path. */
  readonly readTarget: DecisionPath;
  /** What is wrong with the form of a body, as its headers describe it. @defaultValue what JSON bodies must be */
  readonly contentProblem?:
    ((headers: IncomingHttpHeaders) => OperationProblem | undefined) | undefined;
  /** Decides, or says why nothing was decided. */
  decide(question: Question): Promise<Outcome<Answered<unknown>>>;
  /** Puts what was decided into words. */
  reply(answered: Answered<unknown>): Reply;
  /** Puts into words why nothing was decided. */
  refuse(problem: OperationProblem, requestId: string): Reply;
}

/** What an endpoint is made from. */
export interface DecisionEndpointParts<Body, Answer> {
  /** How it is called, and what it answers. */
  readonly route: Route<WorkspacePath, NoParameters, Body, Answer>;
  /** What decides. */
  readonly operation: Operation<WorkspacePath, NoParameters, Body, Answer>;
  /** Reads a body. @defaultValue by the route's schema */
  readonly readBody?: (question: Question) => Outcome<Body>;
  /**
   * Reads what bodies usually look like at less cost, and gives `undefined` for any other.
   * @defaultValue every body is read alike
   */
  readonly readPlainBody?: (json: unknown) => Body | undefined;
  /** Says what is wrong with the form of a body. @defaultValue it is what every JSON body must be */
  readonly contentProblem?: DecisionEndpoint["contentProblem"];
  /** Puts a problem into words. @defaultValue as `application/problem+json` */
  readonly refuse?: DecisionEndpoint["refuse"];
}

const answerFields: RawFields = [
  "Cache-Control",
  "no-store",
  "Content-Type",
  "application/json; charset=utf-8",
];

/** Makes an endpoint. */
export function createDecisionEndpoint<Body, Answer>(
  parts: DecisionEndpointParts<Body, Answer>,
): DecisionEndpoint {
  const { route, operation, readPlainBody, contentProblem, refuse = problemReply } = parts;
  const readFully = parts.readBody ?? (({ body }) => validate(route.body, body));
  const readBody: typeof readFully = (question) => {
    const plain = readPlainBody?.(question.body);
    return plain === undefined ? readFully(question) : done(plain);
  };
  return {
    route,
    readTarget: createDecisionPath(route.path),
    contentProblem,
    decide(question) {
      const body = readBody(question);
      return body.ok ? operation({ ...question, body: body.value }) : Promise.resolve(body);
    },
    reply: ({ answer }) => ({
      status: route.status,
      fields: answerFields,
      text: jsonText(answer),
    }),
    refuse,
  };
}
