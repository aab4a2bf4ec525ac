import type { Difference } from "./difference";
import type { Part } from "./parts";

const accountPrefix = "account-";

/** What a person reads in the log of the job: the stacks and what is done to them, and what no job does. */
export function report(parts: readonly Part[], difference: Difference): string {
  const isStage = (name: string) => !name.startsWith(accountPrefix);
  const work = parts.flatMap((part) => part.work);
  const accounts = difference.changed.filter((name) => !isStage(name));
  return [
    work.length === 0
      ? "No stack is affected."
      : `${counted(work.length, "stack")} in ${counted(parts.length, "part")}:`,
    ...work.map(({ stack, steps }) => `  ${stack.name}: ${steps.join(", ")}`),
    ...difference.removed
      .filter(isStage)
      .map((name) => `${name} has no stage file any more, and still exists: destroy it on the commit before.`),
    ...accounts.map((name) => `${name} differs: an administrator runs npm run bootstrap -- ${name}.`),
  ].join("\n");
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
