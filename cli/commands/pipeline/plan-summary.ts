import { durationOf } from "../guard/availability/outage";
import type { Loss } from "../guard/data/loss";
import type { GuardResult } from "../guard/forecast";
import { nameOf, type Plan, type ResourceChange } from "../guard/plan";

/** Number of resource changes by action; a replaced resource is created and deleted. */
export interface Counts {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
}

/** A plan and the guard's result. */
export interface Summarized {
  readonly stack: string;
  readonly commit: string;
  readonly plan: Plan;
  readonly guard: GuardResult;
}

/** Counts as the widget of GitLab's merge requests shows them. https://docs.gitlab.com/ci/yaml/artifacts_reports/#artifactsreportsterraform */
export function countsOf(plan: Pick<Plan, "resource_changes">): Counts {
  const count = (action: keyof Counts) =>
    plan.resource_changes.filter(({ change }) => change.actions.includes(action)).length;
  return { create: count("create"), update: count("update"), delete: count("delete") };
}

/** A plan in Markdown: the counts, the guard's forecast, and what is replaced and deleted, in bold where data is lost. */
export function summaryOf({ stack, commit, plan, guard }: Summarized): string {
  const { create, update, delete: deleted } = countsOf(plan);
  const gone = plan.resource_changes.filter(isGone);
  const losses = lossesByName(guard);
  const line = (change: ResourceChange) => losses.get(nameOf(change)) ?? `\`${nameOf(change)}\``;
  const isReplaced = ({ change }: ResourceChange) => change.actions.includes("create");
  const names = new Set(gone.map(nameOf));
  const blocks = [
    `### Plan of ${stack}`,
    `${create} to create, ${update} to change, ${deleted} to delete, from commit ${commit.slice(0, 8)}.`,
    ...list(
      "Changed with a loss of data",
      [...losses].filter(([name]) => !names.has(name)).map(([, text]) => text),
    ),
    ...list("Replaced", gone.filter(isReplaced).map(line)),
    ...list("Deleted", gone.filter((change) => !isReplaced(change)).map(line)),
    ...forecastOf(guard),
    ...(guard.data.refused.length > 0
      ? [
          `**Refused by the guard: it is not applied.** Undo what causes it, or plan with \`--allow ${stack}:<address>\`.`,
        ]
      : []),
  ];
  return `${blocks.join("\n\n")}\n`;
}

/** The lost data by the name of the resource. */
function lossesByName({ data }: GuardResult): ReadonlyMap<string, string> {
  const { refused, overridden, unprotected, withService } = data;
  const texts = new Map<string, string>();
  const add = (losses: readonly Loss[], consent: string) => {
    for (const { name, effect, cause, data: lost } of losses) {
      const reason = cause === undefined ? "" : `, as it ${escaped(cause)}`;
      const text = `**\`${name}\` ${escaped(effect)}${reason}: loses ${lost}**${consent}`;
      const former = texts.get(name);
      texts.set(name, former === undefined ? text : `${former}; ${text}`);
    }
  };
  add(refused, "");
  add(overridden, ", which was allowed");
  add(unprotected, ", which this stage may lose");
  add(withService, ", together with its service");
  return texts;
}

function forecastOf({ availability, access, addresses }: GuardResult): string[] {
  return [
    ...list(
      "Outages",
      availability.map((outage) => {
        const { name, what, from, until, reason } = outage;
        const end = until === undefined ? "" : `, until ${until}`;
        return `\`${name}\`: ${escaped(what)}, ${durationOf(outage)}: from ${escaped(from)}${escaped(end)} (${escaped(reason)})`;
      }),
    ),
    ...list(
      "Opened access",
      access.openings.map(({ name, what }) => `\`${name}\`: ${escaped(what)}`),
    ),
    ...list(
      "Changed addresses",
      addresses.map(({ name, meaning, before = "new", after = "(removed)" }) => {
        return `\`${name}\` (${meaning}): ${escaped(`${before} → ${after}`)}`;
      }),
    ),
  ];
}

function list(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`${title}:`, items.map((item) => `- ${item}`).join("\n")];
}

const isGone = ({ change }: ResourceChange) => change.actions.includes("delete") || change.actions.includes("forget");

const escaped = (text: string) => text.replace(/[\\`*_<>[\]]/g, "\\$&");
