import { PolicyStack } from "../../policy/rule";

/** Resources and data sources by type (`data.` before a data source's) and id; `terraform` has its settings. */
export type Blocks = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Blocks that comply with a rule, and blocks that violate it. */
export interface Fixture {
  readonly good: Blocks;
  readonly bad: Blocks;
}

/** A production stack with the blocks and nothing else. */
export function stackOf(blocks: Blocks): PolicyStack {
  const kinds = { resource: {}, data: {}, terraform: {} };
  for (const [type, all] of Object.entries(blocks)) {
    if (type === "terraform") Object.assign(kinds.terraform, all);
    else if (type.startsWith("data.")) Object.assign(kinds.data, { [type.slice(5)]: all });
    else Object.assign(kinds.resource, { [type]: all });
  }
  const provider = { aws: [{ region: "us-east-1", default_tags: [{ tags: {} }] }] };
  return new PolicyStack({ provider, ...kinds });
}

/** A fixture of one resource: attributes that comply with a rule, and attributes that violate it. */
export function one(type: string, good: object, bad: object): Fixture {
  return { good: { [type]: { it: good } }, bad: { [type]: { it: bad } } };
}

/** A reference to an attribute of the one resource of a type in a fixture. */
export function ref(type: string, attribute = "id"): string {
  return `\${${type}.it.${attribute}}`;
}
