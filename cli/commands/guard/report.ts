import type { Loss } from "./losses";
import type { Verdict } from "./verdict";

/** What a person is told about a verdict. */
export function report({ refused, overridden, unprotected }: Verdict): string {
  const allowed = [
    ...overridden.map((loss) => `Overridden by --allow: ${sentence(loss)}`),
    ...unprotected.map((loss) => `Not protected on this stage: ${sentence(loss)}`),
  ];
  if (refused.length === 0) {
    return [...allowed, allowed.length > 0 ? "The plan may be applied." : "The plan loses no data."].join("\n");
  }
  return [
    ...allowed,
    `Refused: the plan would lose data of ${refused.length} resource${refused.length === 1 ? "" : "s"}.`,
    "",
    ...refused.map((loss) => `  ${sentence(loss)}`),
    "",
    "If it is not meant, undo the change that causes it, and plan again.",
    "If it is meant, save what is in there (a snapshot, an export), and run the guard again with:",
    ...[...new Set(refused.map(({ address }) => address))].map((address) => `  --allow '${address}'`),
  ].join("\n");
}

function sentence({ name, what, why, data }: Loss): string {
  return `${name} ${what}, as it ${why}. It holds ${data}.`;
}
