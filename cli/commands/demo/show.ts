import type { EmulatedResource } from "emulated-aws";
import type { Exchange } from "./requests";
import { heading, isInteractive, paint, print } from "../../lib/terminal";

/** Columns of a log, and the most that are used of a terminal. */
const maximumWidth = 100;

/** Parts of a stage, and the AWS services of each by their signing names. */
const parts: Readonly<Record<string, readonly string[]>> = {
  network: ["ec2", "elasticloadbalancing"],
  ingress: ["acm", "apigateway", "cognito-identity", "cognito-idp", "route53", "wafv2"],
  compute: ["application-autoscaling", "ecr", "ecs", "scheduler", "servicediscovery"],
  data: ["backup", "dynamodb", "elasticache", "elasticfilesystem", "rds", "s3", "secretsmanager", "sqs"],
  security: ["iam", "kms"],
  monitoring: ["budgets", "ce", "events", "logs", "monitoring", "sns", "ssm"],
};

/** Prints names and values in two columns; a list that is too long continues on the next line. */
export function showValues(title: string, values: ReadonlyMap<string, string>): void {
  heading(title);
  showRows(values);
}

function showRows(values: ReadonlyMap<string, string>): void {
  const width = Math.max(...[...values.keys()].map((name) => name.length));
  const room = Math.min(maximumWidth, isInteractive ? process.stdout.columns : maximumWidth) - width - 4;
  for (const [name, value] of values) {
    const [first = "", ...others] = wrapped(value, room);
    print(`  ${paint("dim", name.padEnd(width))}  ${first}`, ...others.map((line) => " ".repeat(width + 4) + line));
  }
}

/** Prints requests with their answers, and the kinds of what one of them passed. */
export function showExchanges(exchanges: readonly Exchange[]): void {
  const rows = exchanges.map(({ request, status, answer, reason }): [string, string] => [
    request,
    `${status}  ${shortened(reason ?? answer.replaceAll(uuid, "$1..."))}`,
  ]);
  const [longest = []] = exchanges.map(({ path }) => path).toSorted((one, other) => other.length - one.length);
  const kinds = longest.map((hop) => hop.split(":")[0]).join(", ");
  if (rows.length > 0) showRows(new Map([...rows, ["through", kinds]]));
}

/** A UUID, of which the beginning is shown. */
const uuid = /([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Characters of an answer. */
const shownAnswer = 56;

function shortened(text: string): string {
  return text.length <= shownAnswer ? text : `${text.slice(0, shownAnswer - 3)}...`;
}

/** The types of resources in each part of a stage, with their numbers where there are several. */
export function resourceSummary(resources: readonly EmulatedResource[]): ReadonlyMap<string, string> {
  const rows = [...Object.keys(parts), otherPart].map((part): [string, string] => {
    const types = resources.filter(({ service }) => partOf(service) === part).map(({ type }) => type);
    return [part, [...new Set(types)].toSorted().map(counted(types)).join(", ")];
  });
  return new Map(rows.filter(([, types]) => types !== ""));
}

const otherPart = "other";

function partOf(service: string): string {
  return Object.entries(parts).find(([, services]) => services.includes(service))?.[0] ?? otherPart;
}

const counted = (types: readonly string[]) => (type: string) => {
  const count = types.filter((each) => each === type).length;
  return count > 1 ? `${count} × ${type}` : type;
};

/** Outputs that a reader of the demo looks for first. */
const firstOutputs = [/^api_url$/, /^cluster_name$/, /_service_name$/, /_repository_url$/];

const shownOutputs = 4;

/** The most useful outputs, and the names of the others. */
export function outputSummary(outputs: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const rank = (name: string) => {
    const index = firstOutputs.findIndex((pattern) => pattern.test(name));
    return index === -1 ? firstOutputs.length : index;
  };
  const sorted = [...outputs].toSorted(([one], [other]) => rank(one) - rank(other));
  const others = sorted.slice(shownOutputs).map(([name]) => name);
  return new Map([
    ...sorted.slice(0, shownOutputs),
    ...(others.length > 0 ? [[`and ${others.length} more`, others.join(", ")] as const] : []),
  ]);
}

/** Breaks a list at its commas; an item that is longer than a line stays whole. */
function wrapped(text: string, width: number): string[] {
  const lines = [""];
  for (const item of text.split(/(?<=, )/)) {
    const last = lines.at(-1) ?? "";
    if (last === "" || (last + item.trimEnd()).length <= width) lines[lines.length - 1] = last + item;
    else lines.push(item);
  }
  return lines.map((line) => line.trimEnd());
}
