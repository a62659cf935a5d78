import { createChainWriter, type LoggedAttribute } from "@byot/storage";
import { describe, expect, test } from "vitest";
import { countingWriter, sha256 } from "./support/chain-store.js";
import { decisionId, sampleDecision } from "./support/sample-decision.js";

const head = { writerId: "writer-0", sequence: 3, hash: sha256("head") };

function erasureOf(...numbers: readonly number[]) {
  return {
    erasureId: "erasure-1",
    at: new Date("2026-04-01T00:00:00Z"),
    by: { kind: "api_key", id: "byot_root" },
    decisionIds: numbers.map(decisionId),
  } as const;
}

describe("a chain", () => {
  test("starts with a segment that binds the heads of others", () => {
    const writer = countingWriter();

    const { segment } = writer.sealDecisions("acme", [sampleDecision(1)], [head]);

    expect(segment).toMatchObject({
      workspaceId: "acme",
      writerId: "writer-1",
      sequence: 1,
      previousHash: null,
      boundHeads: [head],
      content: "decisions",
    });
  });

  test("goes on from the segment before, and binds nothing more", () => {
    const writer = countingWriter();
    const { segment: first } = writer.sealDecisions("acme", [sampleDecision(1)], [head]);
    writer.committed([first]);

    const { segment } = writer.sealDecisions("acme", [sampleDecision(2)], [head]);

    expect(segment).toMatchObject({ sequence: 2, previousHash: first.hash, boundHeads: [] });
  });

  test("does not go on from what was not committed", () => {
    const writer = countingWriter();
    writer.sealDecisions("acme", [sampleDecision(1)], []);

    expect(writer.isFirst("acme")).toBe(true);
    expect(writer.sealDecisions("acme", [sampleDecision(2)], []).segment.sequence).toBe(1);
  });

  test("of one workspace is not that of another", () => {
    const writer = countingWriter();
    writer.committed([writer.sealDecisions("acme", [sampleDecision(1)], []).segment]);

    expect(writer.isFirst("acme")).toBe(false);
    expect(writer.isFirst("globex")).toBe(true);
  });

  test("begins anew under another name after a restart", () => {
    const writer = countingWriter();
    writer.committed([writer.sealDecisions("acme", [sampleDecision(1)], []).segment]);
    writer.restart();

    expect(writer.isFirst("acme")).toBe(true);
    expect(writer.sealDecisions("acme", [sampleDecision(2)], []).segment).toMatchObject({
      writerId: "writer-2",
      sequence: 1,
      previousHash: null,
    });
  });
});

describe("a segment", () => {
  test("tells how much is in it, and of which time", () => {
    const late = sampleDecision(2, { at: sampleDecision(9).at });

    const { segment } = countingWriter().sealDecisions(
      "acme",
      [sampleDecision(1), late, sampleDecision(3)],
      [],
    );

    expect(segment).toMatchObject({
      count: 3,
      firstId: decisionId(1),
      lastId: decisionId(3),
      firstAt: sampleDecision(1).at,
      lastAt: late.at,
    });
  });

  test("of an erasure tells which decisions it names, at its own time", () => {
    const segment = countingWriter().sealErasure("acme", erasureOf(2, 4), []);

    expect(segment).toMatchObject({
      content: "erasure",
      count: 2,
      firstId: decisionId(2),
      lastId: decisionId(4),
      firstAt: new Date("2026-04-01T00:00:00Z"),
      lastAt: new Date("2026-04-01T00:00:00Z"),
    });
  });

  test("cannot be empty", () => {
    const writer = countingWriter();
    expect(() => writer.sealDecisions("acme", [], [])).toThrow(TypeError);
    expect(() => writer.sealErasure("acme", erasureOf(), [])).toThrow(TypeError);
  });

  test("takes no decision without its personal fields", () => {
    const { personal: _personal, ...rest } = sampleDecision(1);
    expect(() => countingWriter().sealDecisions("acme", [rest], [])).toThrow(
      `decision \`${decisionId(1)}\` comes without its personal fields`,
    );
  });
});

function planOf(value: unknown): readonly LoggedAttribute[] {
  return [{ name: "ext_plan", origin: "token", value }];
}

describe("what is hashed", () => {
  const readableWriter = createChainWriter({
    createWriterId: () => "writer-1",
    createSalt: () => "salt",
    hash: (text) => `<${text}>`,
  });

  test("is the segment and its records, a line each, with members sorted as in RFC 8785", () => {
    const { segment } = readableWriter.sealDecisions(
      "acme",
      [sampleDecision(1, { errors: [], determining: [] })],
      [],
    );

    expect(segment.hash.split("\n")).toMatchInlineSnapshot(`
      [
        "<{"boundHeads":[],"content":"decisions","count":1,"firstAt":1772442001000,"firstId":"01950000-0000-7000-8000-000000000001","lastAt":1772442001000,"lastId":"01950000-0000-7000-8000-000000000001","previousHash":null,"sequence":1,"workspaceId":"acme","writerId":"writer-1"}",
        "{"action":"read","at":1772442001000,"decision":"Deny","decisionId":"01950000-0000-7000-8000-000000000001","determining":[],"durationMicros":40,"errors":[],"issuer":"https://login.acme.example","personalHash":"<salt\\n{\\"attributes\\":[{\\"name\\":\\"ext_plan\\",\\"origin\\":\\"token\\",\\"value\\":\\"free\\"}],\\"clientIp\\":\\"192.0.2.7\\",\\"subject\\":\\"bob\\",\\"tokenIdHash\\":\\"5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef\\"}>","providerId":"clerk","reason":"rule","requestId":"request-1","resource":"orders","revision":7,"workspaceId":"acme"}>",
      ]
    `);
  });

  test("is an erasure in one line", () => {
    const { hash } = readableWriter.sealErasure("acme", erasureOf(2, 4), []);

    expect(hash.split("\n").at(-1)).toMatchInlineSnapshot(
      `"{"at":1775001600000,"by":{"id":"byot_root","kind":"api_key"},"decisionIds":["01950000-0000-7000-8000-000000000002","01950000-0000-7000-8000-000000000004"],"erasureId":"erasure-1"}>"`,
    );
  });

  test("is the salt before the personal fields", () => {
    const { decisions } = readableWriter.sealDecisions("acme", [sampleDecision(1)], []);

    expect(decisions[0]?.personalHash.split("\n")).toMatchInlineSnapshot(`
      [
        "<salt",
        "{"attributes":[{"name":"ext_plan","origin":"token","value":"free"}],"clientIp":"192.0.2.7","subject":"bob","tokenIdHash":"5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef"}>",
      ]
    `);
  });

  test("is the same whatever the order of members, and without what is beside them", () => {
    const one = sampleDecision(1, {
      personal: { subject: "alice", attributes: planOf({ b: 1, a: [2], "10": 3, "9": 4 }) },
    });
    const other = {
      ...sampleDecision(1),
      personal: {
        attributes: planOf({ "9": 4, a: [2], "10": 3, b: 1 }),
        clientIp: undefined,
        subject: "alice",
        column: 5,
      },
      column: 6,
    };

    const hashes = [one, JSON.parse(JSON.stringify(other))].map((record) =>
      readableWriter.sealDecisions("acme", [{ ...record, at: one.at }], []),
    );

    expect(hashes[0]?.segment.hash).toBe(hashes[1]?.segment.hash);
    expect(hashes[0]?.decisions[0]?.personalHash).toContain('{"10":3,"9":4,"a":[2],"b":1}');
  });
});

test("is another one for every salt, whatever is personal", () => {
  const writer = countingWriter();
  const [first, second] = writer.sealDecisions(
    "acme",
    [sampleDecision(2), sampleDecision(4)],
    [],
  ).decisions;

  expect(first?.personal).toEqual(second?.personal);
  expect(first?.personalHash).not.toBe(second?.personalHash);
});
