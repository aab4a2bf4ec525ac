import type { Loss } from "../../guard/losses";
import { nameOf, type Plan, type ResourceChange } from "../../guard/plan";
import type { GuardResult } from "../../guard/guard";
import { countsOf } from "./counts";

/** What a summary tells of. */
export interface Summarized {
  readonly stack: string;
  readonly commit: string;
  readonly plan: Plan;
  readonly verdict: GuardResult;
}

/** What a person should know of a plan, in Markdown: how much, what goes, and in bold what takes data with it. */
export function summaryOf({ stack, commit, plan, verdict }: Summarized): string {
  const { create, update, delete: deleted } = countsOf(plan);
  const { refused, overridden, unprotected } = verdict;
  const losses = new Map([...refused, ...overridden, ...unprotected].map((loss) => [loss.name, loss]));
  const consent = (loss: Loss) => {
    if (refused.includes(loss)) return "";
    return overridden.includes(loss) ? ", which was allowed" : ", which this stage may lose";
  };
  const line = (change: ResourceChange) => {
    const loss = losses.get(nameOf(change));
    if (loss === undefined) return `- \`${nameOf(change)}\``;
    return `- **\`${loss.name}\` ${loss.effect}, as it ${escaped(loss.cause)}: loses ${loss.data}**${consent(loss)}`;
  };
  const list = (title: string, changes: readonly ResourceChange[]) =>
    changes.length === 0 ? [] : [`${title}:`, changes.map(line).join("\n")];
  const gone = plan.resource_changes.filter(isGone);
  const isReplaced = ({ change }: ResourceChange) => change.actions.includes("create");
  return (
    [
      `### Plan of ${stack}`,
      `${create} to create, ${update} to change, ${deleted} to delete, from commit ${commit.slice(0, 8)}.`,
      ...list("Replaced", gone.filter(isReplaced)),
      ...list(
        "Deleted",
        gone.filter((change) => !isReplaced(change)),
      ),
      ...(refused.length > 0
        ? ["**Refused by the guard: it is not applied.** Undo what causes it, or plan with `--allow <address>`."]
        : []),
      "",
    ]
      .join("\n\n")
      .trimEnd() + "\n"
  );
}

const isGone = ({ change }: ResourceChange) => change.actions.includes("delete") || change.actions.includes("forget");

const escaped = (text: string) => text.replace(/[\\`*_<>[\]]/g, "\\$&");
