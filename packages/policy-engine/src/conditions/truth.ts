/** The answer of a condition: true, false, or an error because it could not be evaluated. */
export type Truth = "T" | "F" | "E";

/** Asks one member of a group. */
export type Ask<Member> = (member: Member) => Truth;

/** False as soon as one is false, whatever the others are; otherwise an error outweighs true. */
export function allOf<Member>(members: readonly Member[], ask: Ask<Member>): Truth {
  let answer: Truth = "T";
  for (const member of members) {
    const truth = ask(member);
    if (truth === "F") {
      return "F";
    }
    answer = truth === "E" ? "E" : answer;
  }
  return answer;
}

/** True as soon as one is true, whatever the others are; otherwise an error outweighs false. */
export function anyOf<Member>(members: readonly Member[], ask: Ask<Member>): Truth {
  let answer: Truth = "F";
  for (const member of members) {
    const truth = ask(member);
    if (truth === "T") {
      return "T";
    }
    answer = truth === "E" ? "E" : answer;
  }
  return answer;
}

/** True as soon as `count` are true, false as soon as too few can still be, otherwise an error. */
export function atLeast<Member>(
  count: number,
  members: readonly Member[],
  ask: Ask<Member>,
): Truth {
  let certain = 0;
  let possible = members.length;
  for (const member of members) {
    if (certain >= count || possible < count) {
      break;
    }
    const truth = ask(member);
    certain += truth === "T" ? 1 : 0;
    possible -= truth === "F" ? 1 : 0;
  }
  if (certain >= count) {
    return "T";
  }
  return possible < count ? "F" : "E";
}

const negations = { T: "F", F: "T", E: "E" } as const satisfies Record<Truth, Truth>;

/** Not all of them, which for a single member is plain negation. An error stays an error. */
export function notAllOf<Member>(members: readonly Member[], ask: Ask<Member>): Truth {
  return negations[allOf(members, ask)];
}

/** Not any of them. An error stays an error unless one is true. */
export function noneOf<Member>(members: readonly Member[], ask: Ask<Member>): Truth {
  return negations[anyOf(members, ask)];
}
