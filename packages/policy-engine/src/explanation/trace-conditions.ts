import { attributeLabel } from "../conditions/attribute-reference.js";
import type { Atom, CompiledCondition } from "../conditions/compiled-condition.js";
import { attributeOrigin } from "./attribute-origin.js";
import type { Retold } from "./build-trace.js";
import type { TraceNode } from "./trace-node.js";

/** Retells conditions, each with its own answer, whether or not the others made it matter. */
export function traceConditions(
  retold: Pick<Retold, "request" | "revealValues">,
  conditions: readonly CompiledCondition[],
  path: string,
): TraceNode[] {
  return conditions.map((condition, index): TraceNode => {
    const id = `${path}/${index}`;
    return condition.kind === "leaf"
      ? traceLeaf(retold, condition, id)
      : {
          kind: "group",
          id,
          function: condition.source.function,
          value: condition.evaluate(retold.request),
          children: traceConditions(retold, condition.members, `${id}/conditions`),
        };
  });
}

function traceLeaf(
  { request, revealValues }: Pick<Retold, "request" | "revealValues">,
  atom: Atom,
  id: string,
): TraceNode {
  const { source } = atom;
  const codes = new Set(atom.explainErrors(request).map(({ code }) => code));
  return {
    kind: "condition",
    id,
    function: source.function,
    value: atom.evaluate(request),
    attribute: attributeLabel(source),
    origin: attributeOrigin(source.attribute),
    ...(revealValues ? known(atom.readOperands(request)) : {}),
    ...(codes.size === 0 ? {} : { because: [...codes].join(", ") }),
  };
}

function known({ actual, expected }: ReturnType<Atom["readOperands"]>): Partial<TraceNode> {
  return {
    ...(actual === undefined ? {} : { actual }),
    ...(expected === undefined ? {} : { expected }),
  };
}
