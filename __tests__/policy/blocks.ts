import { ReadStack } from "../../policy/read-stack";

/** Resources and data sources by type (`data.` before a data source's) and id; `terraform` holds its settings. */
export type Blocks = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What keeps a rule, and what breaks it. */
export interface Fixture {
  readonly good: Blocks;
  readonly bad: Blocks;
}

/** A stack of production that holds the blocks and nothing else. */
export function stackOf(blocks: Blocks): ReadStack {
  const kinds = { resource: {}, data: {}, terraform: {} };
  for (const [type, all] of Object.entries(blocks)) {
    if (type === "terraform") Object.assign(kinds.terraform, all);
    else if (type.startsWith("data.")) Object.assign(kinds.data, { [type.slice(5)]: all });
    else Object.assign(kinds.resource, { [type]: all });
  }
  const provider = { aws: [{ region: "us-east-1", default_tags: [{ tags: { environment: "prod" } }] }] };
  return new ReadStack("prod01-us-east-1", { provider, ...kinds });
}

/** A fixture of one resource: attributes that keep a rule, and those that break it. */
export function one(type: string, good: object, bad: object): Fixture {
  return { good: { [type]: { it: good } }, bad: { [type]: { it: bad } } };
}

/** A reference to an attribute of the one resource of a type in a fixture. */
export function ref(type: string, attribute = "id"): string {
  return `\${${type}.it.${attribute}}`;
}
