import { assumeTimeZone } from "../conditions/assume-time-zone.js";
import type { ResolvedRequest, SlotTable } from "../conditions/attribute-slots.js";
import type { LeafCompiler } from "../conditions/compile-condition.js";
import type {
  Atom,
  CompiledLeaf,
  LeafFailure,
  LeafOperands,
} from "../conditions/compiled-condition.js";
import { defaultTimeZone } from "../conditions/local-clock.js";
import { leafFunctions } from "../conditions/leaf-functions.js";
import type { Truth } from "../conditions/truth.js";
import type { LeafCondition } from "../document/policy-document.js";

/**
 * Makes the compiler of one plan: equal conditions become one atom, which a request asks at most once.
 *
 * @param timeZone - Whose clocks count in conditions that name no place. @defaultValue `UTC`
 */
export function internAtoms(slots: SlotTable, timeZone: string = defaultTimeZone): LeafCompiler {
  const known = new Map<string, InternedAtom>();
  return (written) => {
    const condition = assumeTimeZone(written, timeZone);
    const name = nameOf(condition);
    const atom = known.get(name);
    if (atom !== undefined) {
      atom.share();
      return atom;
    }
    const leaf = leafFunctions[condition.function].compile(condition, slots);
    const made = new InternedAtom(known.size, condition, leaf);
    known.set(name, made);
    return made;
  };
}

class InternedAtom implements Atom {
  readonly kind = "leaf";
  readonly index: number;
  readonly source: LeafCondition;
  readonly #leaf: CompiledLeaf;
  #shared = false;

  constructor(index: number, source: LeafCondition, leaf: CompiledLeaf) {
    this.index = index;
    this.source = source;
    this.#leaf = leaf;
  }

  /** Remember answers from now on, because a second rule asks. */
  share(): void {
    this.#shared = true;
  }

  evaluate(request: ResolvedRequest): Truth {
    const known = request.truths[this.index];
    if (known !== undefined) {
      return known;
    }
    const truth = this.#leaf.evaluate(request);
    if (this.#shared) {
      request.truths[this.index] = truth;
    }
    return truth;
  }

  explainErrors(request: ResolvedRequest): readonly LeafFailure[] {
    return this.#leaf.explainErrors(request);
  }

  readOperands(request: ResolvedRequest): LeafOperands {
    return this.#leaf.readOperands(request);
  }
}

// Properties in a fixed order, so that two spellings of one condition meet.
function nameOf(condition: LeafCondition): string {
  const entries = Object.entries(condition);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(entries);
}
