import { shellQuote } from "../../lib/shell";
import type { AccessForecast } from "./access/access";
import type { AddressChange } from "./addresses/changes";
import { allowanceText } from "./allowances";
import { durationOf, type Outage } from "./availability/outage";
import type { DataForecast } from "./data/data";
import type { Loss } from "./data/loss";
import type { GuardResult } from "./forecast";
import { filled } from "./wrap";

const indent = "  ";
const deeper = "    ";

/**
 * The result as text: data, availability, access and addresses, and whether the plan may be applied.
 *
 * @param stack of the plan, which the proposed allowances name. @default - not known
 */
export function guardReport({ data, availability, access, addresses }: GuardResult, stack?: string): string {
  const groups = [
    dataGroup(data),
    group(`Availability: ${counted(availability.length, "outage")} forecast`, availability.map(outageLines)),
    accessGroup(access),
    group(
      `Addresses: ${counted(addresses.length, "address")} that others use ${addresses.length === 1 ? "changes" : "change"}`,
      addresses.map(addressLines),
    ),
  ];
  const warnings = data.unused.map((allowance) =>
    filled(`Warning: --allow ${allowanceText(allowance)} names no loss of this plan.`),
  );
  return [...groups.filter((lines) => lines.length > 0), warnings, conclusion(data, stack)]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.flat().join("\n"))
    .join("\n\n");
}

function dataGroup(data: DataForecast): readonly string[] {
  const { refused, overridden, unprotected, withService, protections } = data;
  const entries = [
    ...refused.map((loss) => lossLines("Refused", loss)),
    ...overridden.map((loss) => lossLines("Allowed by --allow", loss)),
    ...unprotected.map((loss) => lossLines("Allowed on this stage", loss)),
    ...protections.map((loss) => lossLines("Less protected", loss, "from now on")),
    ...withService.map((loss) => lossLines("Removed with its service", loss)),
  ];
  const lost = refused.length + overridden.length + unprotected.length;
  const title =
    refused.length > 0
      ? `Data: the plan would lose data of ${counted(resourcesOf(refused), "resource")}`
      : lost > 0
        ? "Data: the plan loses data, which is allowed"
        : "Data: nothing is lost that is in use";
  return group(title, entries);
}

function lossLines(state: string, { name, effect, cause, data, notes }: Loss, label = "lost"): string[] {
  return [
    ...filled(`${state}: ${name} ${effect}${cause === undefined ? "" : `, as it ${cause}`}.`, indent, deeper),
    ...filled(`${label}: ${data}`, deeper, `${deeper}  `),
    ...notes.flatMap((note) => filled(`note: ${note}`, deeper, `${deeper}  `)),
  ];
}

function outageLines(outage: Outage): string[] {
  const { name, what, from, until, reason } = outage;
  return [
    ...filled(`${name}: ${reason}.`, indent, deeper),
    ...filled(`not available: ${what}, ${durationOf(outage)}`, deeper, `${deeper}  `),
    ...filled(`from: ${from}`, deeper, `${deeper}  `),
    ...(until === undefined ? [] : filled(`until: ${until}`, deeper, `${deeper}  `)),
  ];
}

function accessGroup({ openings, unknown }: AccessForecast): readonly string[] {
  const entries = openings.map(({ name, what }) => filled(`${name}: ${what}.`, indent, deeper));
  const remark =
    unknown.length === 0
      ? []
      : [filled(`Not compared, as the policy is known after the apply: ${unknown.join(", ")}`, indent, deeper)];
  const title =
    openings.length === 0
      ? "Access: policies that cannot be compared"
      : `Access: ${counted(openings.length, "change")} that ${openings.length === 1 ? "opens" : "open"} access`;
  return group(title, [...entries, ...remark]);
}

function addressLines({ name, meaning, before, after }: AddressChange): string[] {
  const change = before === undefined ? `new: ${after ?? ""}` : `${before} -> ${after ?? "(removed)"}`;
  return [...filled(`${name}: ${meaning}`, indent, deeper), ...filled(change, deeper, `${deeper}  `)];
}

function conclusion(
  { refused, overridden, unprotected, withService }: DataForecast,
  stack: string | undefined,
): readonly string[] {
  if (refused.length === 0) {
    if (overridden.length + unprotected.length > 0) return ["The plan may be applied: the loss of data is allowed."];
    return [`The plan may be applied: it loses no data${withService.length > 0 ? " that is in use" : ""}.`];
  }
  const allow = [...new Set(refused.map(({ address }) => address))].map(
    (address) => `  --allow ${shellQuote(stack === undefined ? address : `${stack}:${address}`)}`,
  );
  return [
    "If the loss is not intended, undo the change that causes it, and plan again.",
    "If it is intended, save the data (a snapshot, an export), and run the guard again with:",
    ...allow,
    "Or set allowDataLoss: true in the stage file, and deploy that change first.",
    "",
    `Refused: the plan may not be applied, as it would lose data of ${counted(resourcesOf(refused), "resource")}.`,
  ];
}

function group(title: string, entries: readonly (readonly string[])[]): readonly string[] {
  return entries.length === 0 ? [] : [title, ...entries.flat()];
}

/** A resource may lose data by several values. */
function resourcesOf(losses: readonly Loss[]): number {
  return new Set(losses.map(({ name }) => name)).size;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : noun.endsWith("s") ? "es" : "s"}`;
}
