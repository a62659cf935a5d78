// What every runtime has to answer alike: the examples of all condition functions, and decisions and
// explanations over many policies and requests, as one number. Plain JavaScript, without any runtime's own API.
import {
  compilePolicies,
  conditionFunctions,
  parsePolicy,
} from "../../packages/policy-engine/dist/index.js";

/** Throws at the first example that fails; otherwise tells how much was asked, and what came out. */
export function probeEngine() {
  return { examples: checkExamples(), ...digestDecisions() };
}

function checkExamples() {
  let count = 0;
  for (const { name, example } of conditionFunctions) {
    const plan = planOf([
      { rules: [{ rule_id: "rule", effect: "Allow", conditions: [example.condition] }] },
    ]);
    const whenTrue = plan.decide(requestOf(example.trueFor));
    const whenFalse = plan.decide(requestOf(example.falseFor));
    if (!whenTrue.allowed || whenFalse.allowed || whenFalse.decision === "Indeterminate") {
      throw new Error(`the example of ${name} does not hold`);
    }
    count += 2;
  }
  return count;
}

function digestDecisions() {
  const random = generator(7);
  let digest = 0x811c9dc5;
  let decisions = 0;
  for (let policies = 0; policies < 500; policies += 1) {
    const plan = planOf(Array.from({ length: 1 + random(3) }, () => randomSpecification(random)));
    for (let requests = 0; requests < 10; requests += 1) {
      const options = { explain: true, revealValues: true, leaveOpen: random(2) === 0 };
      const result = plan.decide(requestOf(randomAttributes(random)), options);
      digest = hash(digest, JSON.stringify(result));
      decisions += 1;
    }
  }
  return { decisions, digest: (digest >>> 0).toString(16) };
}

function randomSpecification(random) {
  const pick = (list) => list[random(list.length)];
  const leaf = () => pick(conditionFunctions).example.condition;
  const condition = () =>
    random(4) === 0
      ? { function: pick(["all_of", "any_of", "none_of"]), conditions: [leaf(), leaf()] }
      : leaf();
  const effect = () => pick(["Allow", "Allow", "Deny"]);
  return {
    combining: pick([
      "deny_overrides",
      "allow_overrides",
      "first_applicable",
      "deny_unless_allow",
      "allow_unless_deny",
    ]),
    ...(random(3) === 0 ? { target: [condition()] } : {}),
    ...(random(2) === 0 ? { default: { effect: effect() } } : {}),
    rules: Array.from({ length: random(5) }, (_, index) => ({
      rule_id: `rule-${index}`,
      effect: effect(),
      conditions: Array.from({ length: 1 + random(2) }, condition),
      obligations: [{ id: "notify", on: effect() }],
    })),
  };
}

function randomAttributes(random) {
  const examples = conditionFunctions.map(({ example }) => example);
  const chosen = Array.from({ length: random(6) }, () => {
    const { trueFor, falseFor } = examples[random(examples.length)];
    return random(2) === 0 ? trueFor : falseFor;
  });
  return Object.assign({}, ...chosen);
}

function planOf(specifications) {
  const policies = specifications.map((specification, index) => {
    const parsed = parsePolicy({ name: "policy", specification });
    if (!parsed.ok) {
      throw new Error(parsed.error.map(({ path, message }) => `${path}: ${message}`).join("\n"));
    }
    return { id: `policy-${index}`, version: 1, document: parsed.value };
  });
  const permissions = policies.map(({ id }, index) => ({
    resource: "orders",
    actions: ["approve"],
    priority: index % 2,
    policyId: id,
  }));
  return compilePolicies(permissions, policies);
}

function requestOf({ request_metadata: metadata = {}, ...named }) {
  return {
    resource: "orders",
    action: "approve",
    named: new Map(Object.entries(named)),
    metadata,
  };
}

// Numerical Recipes' linear congruential generator: the same numbers everywhere.
function generator(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

// FNV-1a.
function hash(start, text) {
  let value = start;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value;
}
