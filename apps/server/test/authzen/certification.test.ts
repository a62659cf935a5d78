/**
 * The checks of the AuthZEN Authorization API 1.0 certification scenario, with its section numbers: Basic (2), Batch (3)
 * and Discovery (6), each Core and Properties.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CertifiedService, startCertified } from "./certified-workspace.js";

let service: CertifiedService;

beforeAll(async () => {
  service = await startCertified({ publicUrl: "https://authz.acme.com" });
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

const alice = { type: "user", id: "alice" };
const bob = { type: "user", id: "bob" };
const admin = { ...bob, properties: { role: "admin" } };
const record1 = { type: "record", id: "record-1" };
const record2 = { type: "record", id: "record-2" };
const active = { ...record1, properties: { status: "active" } };
const archived = { ...record2, properties: { status: "archived" } };
const [read, write, remove] = ["read", "write", "delete"].map((name) => ({ name }));
const question = { subject: alice, action: read, resource: record1 };

describe("Basic", () => {
  test.each([
    ["2.2.1 permits", question, true],
    ["2.2.2 denies", { subject: bob, action: write, resource: record1 }, false],
    [
      "2.2.3 takes a context",
      { ...question, context: { time: "2025-06-27T18:03-07:00", ip: "192.168.1.1" } },
      true,
    ],
    [
      "2.2.4 denies by the resource's properties",
      { subject: alice, action: write, resource: archived },
      false,
    ],
    [
      "2.2.5 permits by the subject's properties",
      { subject: admin, action: write, resource: archived },
      true,
    ],
    [
      "2.2.6 permits by the action's properties",
      { ...question, action: { ...remove, properties: { soft: true } } },
      true,
    ],
    [
      "2.2.7 denies by the action's properties",
      { ...question, action: { ...remove, properties: { soft: false } } },
      false,
    ],
    [
      "2.2.8 takes properties that no policy reads",
      {
        subject: { ...alice, properties: { department: "Sales", role: "manager" } },
        action: { ...read, properties: { method: "GET" } },
        resource: { ...record1, properties: { status: "active", owner: "bob" } },
      },
      true,
    ],
    [
      "2.2.9 ignores fields that it does not know",
      { ...question, foo: "bar", futureField: { nested: true } },
      true,
    ],
    ["1.4 rule 2: alice writes", { ...question, action: write }, true],
    ["1.4 rule 3: bob reads", { ...question, subject: bob }, true],
  ])("%s", async (_title, body, decision) => {
    const answer = await service.evaluate("evaluation", { body });

    expect(answer).toMatchObject({ status: 200 });
    expect(answer.headers.get("content-type")).toMatch(/^application\/json\b/);
    // 2.3: a decision and nothing else.
    expect(answer.body).toEqual({ decision });
  });

  test.each([
    ["2.4.1 without a subject", { action: read, resource: record1 }],
    ["2.4.1 without an action", { subject: alice, resource: record1 }],
    ["2.4.1 without a resource", { subject: alice, action: read }],
    ["2.4.2 with a subject of no type", { ...question, subject: { id: "alice" } }],
    ["2.4.2 with a subject of no id", { ...question, subject: { type: "user" } }],
    ["2.4.2 with an action of no name", { ...question, action: {} }],
    ["2.4.2 with a resource of no type", { ...question, resource: { id: "record-1" } }],
    ["2.4.2 with a resource of no id", { ...question, resource: { type: "record" } }],
    ["2.4.6 with a subject as text", { ...question, subject: "alice" }],
    ["2.4.6 with a name as a number", { ...question, action: { name: 123 } }],
  ])("refuses a request with 400: %s", async (_title, body) => {
    const answer = await service.evaluate("evaluation", { body });

    expect(answer).toMatchObject({ status: 400, body: { code: "request_invalid" } });
  });

  const text = JSON.stringify(question);

  test.each([
    ["2.4.3 as text", { rawBody: text, headers: { "content-type": "text/plain" } }],
    [
      "2.4.3 as a form",
      { rawBody: text, headers: { "content-type": "application/x-www-form-urlencoded" } },
    ],
    ["2.4.3 in another encoding", { rawBody: text, headers: { "content-encoding": "gzip" } }],
    ["2.4.4 that is no JSON", { rawBody: '{"subject":' }],
    ["2.4.5 that is empty", { rawBody: "" }],
    ["2.4.5 that is not there", {}],
  ])("refuses a body with 400: %s", async (_title, request) => {
    const answer = await service.evaluate("evaluation", request);

    expect(answer.status).toBe(400);
  });

  test("2.4.3 refuses a body that does not say what it is with 400", async () => {
    const key = await service.makeKey();

    const answer = await fetch(`${service.url}/authzen/acme/access/v1/evaluation`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "x-request-id": "order-7" },
      body: new Blob([text]),
    });
    await answer.body?.cancel();

    expect(answer.status).toBe(400);
    expect(answer.headers.get("x-request-id")).toBe("order-7");
  });

  test.each([
    ["a decision", { body: question }, 200],
    ["a refusal", { body: {} }, 400],
  ])("2.5.1 echoes the id of a request with %s", async (_title, request, status) => {
    const headers = { "x-request-id": "bfe9eb29-ab87-4ca3-be83-a1d5d8305716" };

    const answer = await service.evaluate("evaluation", { ...request, headers });

    expect(answer.status).toBe(status);
    expect(answer.headers.get("x-request-id")).toBe(headers["x-request-id"]);
  });

  test("2.6 answers the same question the same way each time", async () => {
    const answers = [];
    for (let times = 0; times < 5; times += 1) {
      answers.push((await service.evaluate("evaluation", { body: question })).body);
    }

    expect(answers).toEqual(Array.from({ length: 5 }, () => ({ decision: true })));
  });
});

/** How many decisions are in the log. */
async function recorded(): Promise<number> {
  const { items } = await service.storage.decisionLog.list("acme", { limit: 200 });
  return items.length;
}

describe("Batch", () => {
  test.each([
    [
      "3.2.1 defaults beside the items",
      { subject: alice, action: read, evaluations: [{ resource: record1 }, { resource: record2 }] },
      [true, true],
    ],
    [
      "3.2.2 in the order of the items",
      { subject: bob, resource: record1, evaluations: [{ action: read }, { action: write }] },
      [true, false],
    ],
    [
      "3.2.3 with properties of the resource",
      {
        subject: alice,
        action: write,
        evaluations: [{ resource: active }, { resource: archived }],
      },
      [true, false],
    ],
    [
      "3.2.4 with properties of the subject",
      { action: write, resource: archived, evaluations: [{ subject: alice }, { subject: admin }] },
      [false, true],
    ],
    [
      "3.2.5 without defaults",
      { evaluations: [question, { subject: bob, action: write, resource: record1 }] },
      [true, false],
    ],
    [
      "3.2.6 with a context that is inherited or replaced",
      {
        subject: alice,
        action: read,
        context: { time: "2025-06-27T18:03-07:00" },
        evaluations: [
          { resource: record1 },
          { resource: record2, context: { time: "2025-06-27T19:00-07:00", source: "batch" } },
        ],
      },
      [true, true],
    ],
    [
      "3.2.7 an entity replaces the default whole",
      {
        subject: alice,
        action: write,
        resource: active,
        evaluations: [{}, { resource: archived }],
      },
      [true, false],
    ],
    [
      "3.2.7 properties of a default do not go into an entity that replaces it",
      { subject: alice, action: write, resource: archived, evaluations: [{ resource: record1 }] },
      [true],
    ],
    [
      "3.2.7 a default that is not used may be incomplete",
      {
        subject: "nobody",
        action: {},
        resource: { type: "record" },
        evaluations: [{ subject: alice, action: write, resource: active }],
      },
      [true],
    ],
    [
      "3.4.1 an item that is incomplete is denied by itself",
      {
        subject: alice,
        action: read,
        evaluations: [{ resource: record1 }, {}, { resource: record2 }],
      },
      [true, false, true],
    ],
  ])("%s", async (_title, body, decisions) => {
    const answer = await service.evaluate("evaluations", { body });

    expect(answer).toMatchObject({ status: 200 });
    // 3.3: as many answers as questions, in their order, and no decision beside them.
    expect(answer.body).toEqual({ evaluations: decisions.map((decision) => ({ decision })) });
  });

  test.each([
    ["3.4.2 without items", question, { decision: true }],
    ["3.4.3 with none of them", { ...question, evaluations: [] }, { decision: true }],
    [
      "3.4.3 whatever the options",
      { ...question, subject: bob, action: write, evaluations: [] },
      { decision: false },
    ],
  ])("is a question itself: %s", async (_title, body, expected) => {
    const answer = await service.evaluate("evaluations", { body });

    expect(answer).toMatchObject({ status: 200 });
    expect(answer.body).toEqual(expected);
  });

  test.each([
    ["a question that is incomplete", { subject: alice, action: read }],
    ["a default that is needed and incomplete", { ...question, resource: { type: "record" } }],
    ["items by name", { ...question, evaluations: { first: {} } }],
    [
      "an unknown semantic",
      { ...question, options: { evaluations_semantic: "deny_all" }, evaluations: [{}] },
    ],
    ["101 items", { ...question, evaluations: Array.from({ length: 101 }, () => ({})) }],
  ])("is refused whole with 400 for %s", async (_title, body) => {
    const answer = await service.evaluate("evaluations", { body });

    expect(answer).toMatchObject({ status: 400, body: { code: "request_invalid" } });
  });

  const three = [{ action: read }, { action: remove }, { action: write }];

  test.each([
    ["execute_all", three, [true, false, true]],
    ["deny_on_first_deny", three, [true, false]],
    ["deny_on_first_deny", [{ action: {} }, ...three], [false]],
    ["permit_on_first_permit", three, [true]],
    ["permit_on_first_permit", three.toReversed(), [true]],
    [
      "permit_on_first_permit",
      [{ action: {} }, { action: remove }, ...three],
      [false, false, true],
    ],
    ["permit_on_first_permit", [{ action: remove }], [false]],
  ])("by `%s` stops where the specification says", async (semantic, evaluations, decisions) => {
    const before = await recorded();
    const answer = await service.evaluate("evaluations", {
      body: { ...question, evaluations, options: { evaluations_semantic: semantic } },
    });

    expect(answer.body).toEqual({ evaluations: decisions.map((decision) => ({ decision })) });
    // What was not asked for is not in the log, and neither is what was no question.
    const asked = evaluations
      .slice(0, decisions.length)
      .filter(({ action }) => action !== undefined && "name" in action);
    expect(await recorded()).toBe(before + asked.length);
  });
});

describe("Discovery", () => {
  const path = "/.well-known/authzen-configuration/authzen/acme";

  test("6.2 answers where everything is, by https and below the base URL that was asked for", async () => {
    const answer = await service.send(path);

    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toMatch(/^application\/json\b/);
    expect(answer.body).toEqual({
      policy_decision_point: "https://authz.acme.com/authzen/acme",
      access_evaluation_endpoint: "https://authz.acme.com/authzen/acme/access/v1/evaluation",
      access_evaluations_endpoint: "https://authz.acme.com/authzen/acme/access/v1/evaluations",
    });
  });

  test("6.6 answers nothing for a workspace that does not exist", async () => {
    const answer = await service.send("/.well-known/authzen-configuration/authzen/beta");

    expect(answer).toMatchObject({ status: 404, body: { code: "workspace_unknown" } });
  });

  test.each([[undefined], ["http://authz.acme.com"]])(
    "6.6 answers nothing where the server is reached at %s",
    async (publicUrl) => {
      await using other = await startCertified(publicUrl === undefined ? {} : { publicUrl });

      const answer = await other.send(path);

      expect(answer).toMatchObject({ status: 404, body: { code: "route_unknown" } });
    },
  );
});
