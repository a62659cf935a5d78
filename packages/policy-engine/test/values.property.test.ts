import { BlockList, isIPv6 } from "node:net";
import type { Condition, LeafFunctionName, ScalarTypeName } from "@byot/policy-engine";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addMonths, parseDate, toCivilDate, toDayNumber } from "../src/values/civil-date.js";
import { compareTexts } from "../src/values/compare-texts.js";
import { isInRange, parseIpAddress, parseIpRange } from "../src/values/ip-address.js";
import { parseLikePattern } from "../src/values/text-pattern.js";
import { findTimeZone } from "../src/values/time-zone.js";
import { truthOf } from "./support/decide.js";

const literals: Readonly<Record<string, fc.Arbitrary<string | number>>> = {
  string: fc
    .oneof(fc.string({ unit: "binary", maxLength: 3 }), fc.constantFrom("a", "\u{1F600}", "\uFF5E"))
    .filter((text) => !text.includes("\0")),
  integer: fc.oneof(
    fc.maxSafeInteger(),
    fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String),
    fc.integer({ min: -2, max: 2 }),
  ),
  double: fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer({ min: -2, max: 2 }),
  ),
  date: fc
    .date({ min: new Date("0000-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
  time: fc
    .nat({ max: 86_399 })
    .map((second) => new Date(second * 1_000).toISOString().slice(11, 19)),
  datetime: fc
    .date({ min: new Date("0001-01-01"), max: new Date("9999-12-30"), noInvalidDate: true })
    .map((date) => date.toISOString()),
};

function holds(name: string, value: unknown, actual: unknown): boolean {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- names are put together
  const condition = { function: name as LeafFunctionName, attribute: "ext_x", value } as Condition;
  const truth = truthOf(condition, { ext_x: actual });
  expect(truth).not.toBe("E");
  return truth === "T";
}

describe.each(Object.entries(literals))("the order of %s", (type, literal) => {
  test("is total, and every function tells it alike", () => {
    fc.assert(
      fc.property(literal, literal, (a, b) => {
        const less = holds(`${type}_less_than`, b, a);
        const equal = holds(`${type}_equal`, b, a);
        const greater = holds(`${type}_greater_than`, b, a);

        expect([less, equal, greater].filter(Boolean)).toHaveLength(1);
        expect(holds(`${type}_less_equal`, b, a)).toBe(less || equal);
        expect(holds(`${type}_greater_equal`, b, a)).toBe(greater || equal);
        expect(holds(`${type}_not_equal`, b, a)).toBe(!equal);
        expect(holds(`${type}_less_than`, a, b)).toBe(greater);
        expect(holds(`${type}_between`, [a, b], a)).toBe(less || equal);
        expect(holds(`${type}_in`, [b], a)).toBe(equal);
        expect(holds(`${type}_not_in`, [b], a)).toBe(!equal);
      }),
    );
  });
});

function points(text: string): number[] {
  return Array.from(text, (point) => point.codePointAt(0) ?? 0);
}

describe("texts", () => {
  test("are in the order of their code points", () => {
    const text = fc.string({ unit: "binary" });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const [left, right] = [points(a), points(b)];
        const index = left.findIndex((point, place) => point !== right[place]);
        const expected =
          index === -1 ? left.length - right.length : (left[index] ?? 0) - (right[index] ?? -1);

        expect(Math.sign(compareTexts(a, b))).toBe(Math.sign(expected));
      }),
      { numRuns: 2_000 },
    );
  });

  test("match wildcards as a regular expression says", () => {
    const pattern = fc.string({
      unit: fc.constantFrom("a", "b", "*", "?", "\u{1F600}"),
      maxLength: 8,
    });
    const text = fc.string({ unit: fc.constantFrom("a", "b", "\u{1F600}"), maxLength: 8 });
    fc.assert(
      fc.property(pattern, text, (like, subject) => {
        const source = like.replaceAll(/\*+/g, ".*").replaceAll("?", ".");

        expect(parseLikePattern(like)?.(subject)).toBe(
          new RegExp(`^${source}$`, "su").test(subject),
        );
      }),
      { numRuns: 5_000 },
    );
  });
});

describe("sets", () => {
  const types: readonly ScalarTypeName[] = ["string", "integer", "date"];
  const few: Readonly<Record<string, fc.Arbitrary<string | number>>> = {
    string: fc.constantFrom("a", "b", "c"),
    integer: fc.constantFrom(1, 2, "9007199254740993"),
    date: fc.constantFrom("2024-02-29", "2026-01-01"),
  };

  test.each(types)("of %s keep the laws of sets", (type) => {
    const list = fc.array(few[type] ?? fc.constant(0), { maxLength: 4 });
    fc.assert(
      fc.property(list, list, (actual, expected) => {
        const ask = (relation: string) => holds(`${type}_set_${relation}`, expected, actual);
        const reverse = (relation: string) => holds(`${type}_set_${relation}`, actual, expected);

        expect(ask("contains_none")).toBe(!ask("contains_any"));
        expect(ask("contains_all")).toBe(reverse("subset_of"));
        expect(ask("equals")).toBe(ask("contains_all") && ask("subset_of"));
        expect(ask("equals")).toBe(reverse("equals"));
        expect(ask("contains_any")).toBe(
          expected.some((value) => holds(`${type}_set_contains`, value, actual)),
        );
        expect(holds("set_size_equal", actual.length, actual)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe("addresses", () => {
  const v6 = fc.ipV6();
  const v4 = fc.ipV4();

  test("are ranged as Node ranges them", () => {
    fc.assert(
      fc.property(
        fc.oneof(v4, v6),
        fc.oneof(v4, v6),
        fc.nat({ max: 128 }),
        (network, address, length) => {
          const [family, size] = isIPv6(network)
            ? (["ipv6", 128] as const)
            : (["ipv4", 32] as const);
          const prefix = length % (size + 1);
          const range = parseIpRange(`${network}/${prefix}`);
          const parsed = parseIpAddress(address);
          const sameFamily = isIPv6(address) === isIPv6(network);
          const isMapped = [network, address].some((each) =>
            /^(?:0{1,4}:){5}ffff:|^::ffff:/i.test(each),
          );
          fc.pre(!isMapped);
          const list = new BlockList();
          list.addSubnet(network, prefix, family);

          expect(range).toBeDefined();
          expect(parsed).toBeDefined();
          expect(range !== undefined && parsed !== undefined && isInRange(parsed, range)).toBe(
            sameFamily && list.check(address, family),
          );
        },
      ),
      { numRuns: 3_000 },
    );
  });

  test("that Node does not know are refused, and the others are read", () => {
    const unit = fc.constantFrom("0", "1", "f", ":", "::", ".", "255", "10");
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), (text) => {
        const known = new BlockList();
        const isKnown = (family: "ipv4" | "ipv6") => {
          try {
            known.addAddress(text, family);
            return true;
          } catch {
            return false;
          }
        };

        expect(parseIpAddress(text) !== undefined).toBe(isKnown("ipv4") || isKnown("ipv6"));
      }),
      { numRuns: 5_000 },
    );
  });
});

describe("calendars", () => {
  test("count days as Date does", () => {
    fc.assert(
      fc.property(fc.integer({ min: -719_528, max: 2_932_896 }), (days) => {
        const text = new Date(days * 86_400_000).toISOString().slice(0, 10);

        expect(parseDate(text)).toBe(days);
        expect(toDayNumber(toCivilDate(days))).toBe(days);
      }),
      { numRuns: 3_000 },
    );
  });

  test("keep the day when months are added, or end on the last", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -500_000, max: 500_000 }),
        fc.integer({ min: -600, max: 600 }),
        (days, months) => {
          const [from, to] = [toCivilDate(days), toCivilDate(addMonths(days, months))];
          const next = toCivilDate(addMonths(days, months) + 1);

          expect(to.year * 12 + to.month - (from.year * 12 + from.month)).toBe(months);
          expect(to.day === from.day || (to.day < from.day && next.day === 1)).toBe(true);
        },
      ),
    );
  });

  test("show what the runtime shows, in every zone and on both sides of every change", () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf("timeZone"));
    const instants = fc.integer({ min: Date.UTC(1975, 0) / 1_000, max: Date.UTC(2037, 0) / 1_000 });
    fc.assert(
      fc.property(zones, instants, (zone, seconds) => {
        const local = findTimeZone(zone)?.toLocal(seconds) ?? Number.NaN;
        const shown = new Intl.DateTimeFormat("sv-SE", {
          timeZone: zone,
          dateStyle: "short",
          timeStyle: "medium",
        }).format(seconds * 1_000);

        expect(new Date(local * 1_000).toISOString().slice(0, 19).replace("T", " ")).toBe(shown);
      }),
      { numRuns: 1_500 },
    );
  });

  test.each(["0000-01-01", "1582-10-10", "1883-11-18", "9999-12-31"])(
    "reach back and forth to %s",
    (date) => {
      const days = parseDate(date) ?? Number.NaN;

      expect(findTimeZone("UTC")?.toLocal(days * 86_400)).toBe(days * 86_400);
    },
  );
});
