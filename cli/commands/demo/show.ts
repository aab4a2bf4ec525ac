import type { EmulatedResource } from "../../../emulator";
import { byType } from "./resource-types";
import { printTable } from "./table";
import { heading, paint, print } from "../../lib/terminal";

/** Prints names and values in two columns. */
export function showValues(title: string, values: ReadonlyMap<string, string>): void {
  heading(title);
  const width = Math.max(...[...values.keys()].map((name) => name.length));
  for (const [name, value] of values) print(`  ${paint("dim", name.padEnd(width))}  ${value}`);
}

/** Prints how many resources of each type exist. */
export function showResources(resources: readonly EmulatedResource[]): void {
  const rows = byType(resources).map(({ service, type, names }) => {
    return [service, type, String(names.length), names.join(", ")];
  });
  printTable(["Service", "Type", "Count", "Names"], rows);
}
