import {
  authzenEvaluationSchema,
  authzenEvaluationsSchema,
  authzenRoutes,
} from "@byot/api-contract";
import { describe, expect, test } from "vitest";

const evaluation = {
  subject: { type: "jwt", id: "header.payload.signature" },
  action: { name: "approve" },
  resource: { type: "orders", id: "order-1" },
};

function mistakes(body: unknown): readonly string[] {
  const read = authzenEvaluationSchema.safeParse(body);
  return read.success ? [] : read.error.issues.map(({ path }) => path.join("."));
}

describe("a question of AuthZEN", () => {
  test("has a subject, an action and a resource, and perhaps a context", () => {
    expect(authzenEvaluationSchema.parse(evaluation)).toEqual({ ...evaluation, context: {} });
    expect(
      authzenEvaluationSchema.parse({ ...evaluation, context: { time: "18:03" } }),
    ).toMatchObject({ context: { time: "18:03" } });
  });

  test("keeps the properties of each of them", () => {
    const body = {
      subject: { ...evaluation.subject, properties: { role: "admin" } },
      action: { ...evaluation.action, properties: { soft: true } },
      resource: { ...evaluation.resource, properties: { status: "archived" } },
      context: {},
    };

    expect(authzenEvaluationSchema.parse(body)).toEqual(body);
  });

  test("may have fields that nobody knows yet, everywhere", () => {
    const body = {
      ...evaluation,
      subject: { ...evaluation.subject, trust: "high" },
      futureField: { nested: true },
    };

    expect(authzenEvaluationSchema.parse(body)).toEqual({ ...evaluation, context: {} });
  });

  test.each([
    ["no subject", { subject: undefined }, ["subject"]],
    ["no action", { action: undefined }, ["action"]],
    ["no resource", { resource: undefined }, ["resource"]],
    ["a subject of no type", { subject: { id: "alice" } }, ["subject.type"]],
    ["a subject of no id", { subject: { type: "user" } }, ["subject.id"]],
    ["an action of no name", { action: {} }, ["action.name"]],
    ["a resource of no type", { resource: { id: "order-1" } }, ["resource.type"]],
    ["a resource of no id", { resource: { type: "orders" } }, ["resource.id"]],
    ["a subject as text", { subject: "alice" }, ["subject"]],
    ["a name as a number", { action: { name: 123 } }, ["action.name"]],
    ["properties in a list", { action: { name: "read", properties: [] } }, ["action.properties"]],
    ["a context as text", { context: "{}" }, ["context"]],
    ["a context that is null", { context: null }, ["context"]],
  ])("is refused with %s", (_name, change, where) => {
    expect(mistakes({ ...evaluation, ...change })).toEqual(where);
  });
});

describe("several questions of AuthZEN", () => {
  test("are all answered unless told otherwise", () => {
    expect(authzenEvaluationsSchema.parse({ evaluations: [evaluation] })).toEqual({
      evaluations: [evaluation],
      options: { evaluations_semantic: "execute_all" },
    });
  });

  test("may be none: then the request is a question itself", () => {
    const { options: _, ...read } = authzenEvaluationsSchema.parse(evaluation);

    expect(read).toEqual({ ...evaluation, evaluations: [] });
  });

  test("are not read one by one: a part that is not used may be wrong", () => {
    const body = { subject: "nobody", resource: { type: "orders" }, evaluations: [{}, evaluation] };

    expect(authzenEvaluationsSchema.parse(body)).toMatchObject(body);
  });

  test.each(["execute_all", "deny_on_first_deny", "permit_on_first_permit"])(
    "may be answered by `%s`",
    (semantic) => {
      const options = { evaluations_semantic: semantic, another_option: "value" };

      expect(authzenEvaluationsSchema.parse({ ...evaluation, options })).toMatchObject({
        options: { evaluations_semantic: semantic },
      });
    },
  );

  test.each([
    ["an unknown semantic", { options: { evaluations_semantic: "deny_all" } }],
    ["options as text", { options: "execute_all" }],
    ["a question as text", { evaluations: ["alice"] }],
    ["a question that is null", { evaluations: [null] }],
    ["questions by name", { evaluations: { first: evaluation } }],
    ["101 questions", { evaluations: Array.from({ length: 101 }, () => evaluation) }],
  ])("are refused with %s", (_name, change) => {
    expect(authzenEvaluationsSchema.safeParse({ ...evaluation, ...change }).success).toBe(false);
  });
});

describe("the routes of AuthZEN", () => {
  test("are these", () => {
    const routes = Object.values({ ...authzenRoutes });

    expect(routes.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "post /authzen/:workspace/access/v1/evaluation",
      "post /authzen/:workspace/access/v1/evaluations",
      "get /.well-known/authzen-configuration/authzen/:workspace",
    ]);
  });

  test("answer as the specification wants it, without an envelope", () => {
    const { evaluation: one, evaluations: several, metadata } = authzenRoutes;
    const base = "https://authz.acme.com/authzen/acme";
    const places = {
      policy_decision_point: base,
      access_evaluation_endpoint: `${base}/access/v1/evaluation`,
      access_evaluations_endpoint: `${base}/access/v1/evaluations`,
    };

    expect(one.answer.parse({ decision: true })).toEqual({ decision: true });
    expect(several.answer.parse({ decision: false, context: { reason: "x" } })).toEqual({
      decision: false,
      context: { reason: "x" },
    });
    expect(several.answer.parse({ evaluations: [{ decision: true }] })).toEqual({
      evaluations: [{ decision: true }],
    });
    expect(metadata.answer.parse(places)).toEqual(places);
    expect(one.answer.safeParse({ data: { decision: true } }).success).toBe(false);
  });
});
