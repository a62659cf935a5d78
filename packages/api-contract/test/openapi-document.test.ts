import { createOpenApiDocument, namedRoutes, problemCatalogue } from "@byot/api-contract";
import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, test } from "vitest";
import { codesOf, document, operationOf, operations, schemas } from "./support/openapi-parts.js";

const text = JSON.stringify(document);

function withKey(scopes: readonly string[]): readonly Readonly<Record<string, unknown>>[] {
  return [{ apiKey: scopes }, { session: scopes }];
}

describe("the OpenAPI document", () => {
  test("is one, by the schema of OpenAPI 3.1", async () => {
    const validator = new Validator();

    expect(await validator.validate(structuredClone(document))).toEqual({ valid: true });
    expect(validator.version).toBe("3.1");
  });

  test("is plain JSON, and the same each time", () => {
    expect(JSON.parse(text)).toEqual(document);
    expect(JSON.stringify(createOpenApiDocument({ version: "1.2.3" }))).toBe(text);
  });

  test("says which version answers, and where", () => {
    const placed = createOpenApiDocument({ version: "1.2.3", serverUrl: "https://authz.acme.com" });

    expect(document).toMatchObject({ info: { version: "1.2.3" }, servers: [{ url: "/" }] });
    expect(placed).toMatchObject({ servers: [{ url: "https://authz.acme.com" }] });
  });

  test("has every route and nothing else", () => {
    const routes = namedRoutes.map(({ route }) => `${route.method} ${route.path}`);
    const described = operations.map(
      ({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ":$1")}`,
    );

    expect(described.toSorted()).toEqual(routes.toSorted());
  });

  test("calls no two operations alike", () => {
    const ids = operations.map(({ operationId }) => operationId);

    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z][A-Za-z]+$/.test(id))).toEqual([]);
  });

  test("refers to nothing that is not there, and keeps nothing that is not referred to", () => {
    const referred = new Set(
      [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name = ""]) => name),
    );

    expect([...referred].toSorted()).toEqual(Object.keys(schemas).toSorted());
    expect(text).not.toContain("urn:byot:schema");
  });

  test("gives every schema a name for people", () => {
    expect(Object.keys(schemas).filter((name) => !/^[A-Z][A-Za-z]+$/.test(name))).toEqual([]);
  });

  test("describes every schema and each of its properties", () => {
    // The policy engine names parts of a condition that it describes on a page of its own.
    const own = Object.entries(schemas).filter(
      ([name]) => !/^Policy(?:Condition|Attribute|Metadata|On|Quant|Value|Time)/.test(name),
    );
    const silent = own.flatMap(([name, { description, properties = {} }]) => [
      ...(description === undefined ? [name] : []),
      ...Object.entries(properties)
        .filter(([, property]) => property.description === undefined)
        .map(([property]) => `${name}.${property}`),
    ]);

    expect(silent).toEqual([]);
  });

  test("knows conditions within conditions", () => {
    expect(JSON.stringify(schemas["PolicyCondition"])).toContain(
      "#/components/schemas/PolicyCondition",
    );
    expect(JSON.stringify(schemas["PolicySpecification"])).toContain(
      "#/components/schemas/PolicyCondition",
    );
    expect(JSON.stringify(schemas["NewPolicyBody"])).toContain(
      "#/components/schemas/PolicySpecification",
    );
  });

  test("refuses unknown fields in requests and expects more of them in answers", () => {
    for (const name of ["AuthorizeRequest", "NewPolicyBody", "ConfigDocument", "NewApiKeyBody"]) {
      expect([name, schemas[name]?.["additionalProperties"]]).toEqual([name, false]);
    }
    for (const name of ["Decision", "PolicyAnswer", "ConfigDocumentOutput", "Problem"]) {
      expect([name, schemas[name]?.["additionalProperties"]]).toEqual([name, undefined]);
    }
    expect(schemas["AuthzenEvaluation"]?.["additionalProperties"]).toBeUndefined();
  });
});

describe("an operation", () => {
  test("asks for `If-Match` exactly where a version is required", () => {
    const asking = operations.filter(({ parameters }) =>
      JSON.stringify(parameters).includes("#/components/parameters/IfMatch"),
    );
    const versioned = namedRoutes.filter(({ route }) => route.requiresVersion);

    expect(asking.map(({ summary }) => `${summary}.`).toSorted()).toEqual(
      versioned.map(({ route }) => route.summary).toSorted(),
    );
    expect(codesOf(operationOf("policiesReplace"))).toMatchObject({
      412: ["version_stale"],
      428: ["version_required"],
    });
  });

  test("says which key it needs", () => {
    expect(operationOf("policiesList").security).toEqual(withKey(["config:read"]));
    expect(operationOf("auditErase").security).toEqual(withKey(["audit:write"]));
    expect(operationOf("presetsList").security).toEqual(withKey([]));
    expect(operationOf("sessionCreate").security).toEqual([]);
    expect(operationOf("decisionsAuthorize").security).toEqual([{}, ...withKey([])]);
  });

  test("describes its parameters as they are written in a URL", () => {
    const { parameters } = operationOf("auditDecisions");
    const byName = new Map(
      parameters.map((each) => ["name" in each ? each.name : each.$ref, each]),
    );

    expect(byName.get("limit")).toMatchObject({
      in: "query",
      description: "The most items to answer, 1–200. Default: `50`.",
      schema: { type: "integer", minimum: 1, maximum: 200, default: 50 },
    });
    expect(byName.get("from")).toMatchObject({ schema: { type: "string", format: "date-time" } });
    expect(byName.get("workspace")).toMatchObject({ in: "path", required: true });
    expect([...byName.keys()]).toEqual(
      expect.arrayContaining(["reason", "issuer", "provider", "policy", "rule", "until", "cursor"]),
    );
  });

  test("streams lines where the route does", () => {
    const { responses } = operationOf("auditExportDecisions");

    expect(responses["200"]?.content).toMatchObject({
      "application/x-ndjson": {
        schema: { $ref: "#/components/schemas/LoggedDecision" },
        example: { decision: "Allow" },
      },
    });
  });

  test("carries an `ETag` where it answers a thing that can be changed", () => {
    const carrying = operations.filter(({ responses }) =>
      Object.entries(responses).some(
        ([status, { headers }]) => status.startsWith("2") && Object.hasOwn(headers, "ETag"),
      ),
    );
    const collections = ["workspaces", "providers", "policies", "resources", "permissions"];

    expect(carrying.map(({ operationId }) => operationId).toSorted()).toEqual(
      [
        ...collections.flatMap((each) => [`${each}Create`, `${each}Read`, `${each}Replace`]),
        "policiesRollback",
        "configurationRead",
        "configurationApply",
      ].toSorted(),
    );
  });
});

describe("the problems of an operation", () => {
  const answered = operations.flatMap((operation) =>
    Object.entries(codesOf(operation)).map(([status, codes]) => ({
      status: Number(status),
      codes,
      headers: Object.keys(operation.responses[status]?.headers ?? {}),
    })),
  );

  test("have the status that the catalogue gives them", () => {
    const statusByCode = new Map<string, number>(
      Object.entries(problemCatalogue).map(([code, { status }]) => [code, status]),
    );

    for (const { status, codes } of answered) {
      expect(codes.map((code) => statusByCode.get(code))).toEqual(codes.map(() => status));
    }
  });

  test("are all those of the catalogue that a route can answer", () => {
    const codes = new Set(answered.flatMap((each) => each.codes));

    expect(Object.keys(problemCatalogue).filter((code) => !codes.has(code))).toEqual([
      "method_not_allowed",
    ]);
  });

  test("say when to try again where that can help", () => {
    for (const { status, headers } of answered) {
      const expected = status === 429 || status === 503;

      expect([status, headers.includes("Retry-After")]).toEqual([status, expected]);
    }
  });

  test("can be a wrong content type, but in AuthZEN, where that is a bad request", () => {
    expect(codesOf(operationOf("decisionsAuthorize"))["415"]).toEqual(["content_type_unsupported"]);
    expect(codesOf(operationOf("authzenEvaluation"))["415"]).toBeUndefined();
  });
});
