import { stdout } from "node:process";

/** Prints what an experiment measured, for whoever reads the run. */
export function reportFigure(figure: string): void {
  stdout.write(`[figure] ${figure}\n`);
}
