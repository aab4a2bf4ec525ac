import type { Verdict } from "../judge";
import { sectionsOf } from "./sections";
import { outcomeWords } from "./words";

/** The first line of a verdict, such as `orders: rolled back`. */
export const headline = ({ target, outcome }: Verdict) => `${target.name}: ${outcomeWords[outcome]}`;

/** A verdict below its headline as lines of plain text. */
export function textOf(verdict: Verdict): string[] {
  const { summary, diagnosis } = verdict;
  return [
    summary,
    ...(diagnosis === undefined ? [] : [`Look at this first: ${diagnosis}`]),
    ...sectionsOf(verdict).flatMap(({ title, lines }) => ["", title, ...lines.map((line) => `  ${line}`)]),
  ];
}
