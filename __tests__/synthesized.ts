import { App, Testing } from "cdktf";
import { z } from "zod";
import type { StageConfig } from "../config/stage-config";
import { StageStack } from "../stacks/stage-stack";

const block = z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown())));
const terraform = z.object({
  resource: block,
  data: block,
  ephemeral: block.optional(),
  output: z.record(z.string(), z.unknown()),
  variable: z.record(z.string(), z.unknown()),
  provider: z.unknown(),
  terraform: z.unknown(),
});

/** A stage's stack as Terraform reads it. */
export class Synthesized {
  public readonly json: z.output<typeof terraform>;

  constructor(stage: StageConfig) {
    const text = Testing.synth(new StageStack(new App(), stage));
    // cdktf's notes to itself stand under "//".
    this.json = terraform.parse(JSON.parse(text, (key, value: unknown) => (key === "//" ? undefined : value)));
  }

  /** Every address, such as `aws_vpc.network_vpc`. */
  public get addresses(): string[] {
    return Object.entries(this.json.resource).flatMap(([type, all]) => Object.keys(all).map((id) => `${type}.${id}`));
  }

  /** The resource at an address, or undefined. */
  public resource(address: string): Readonly<Record<string, unknown>> | undefined {
    const [type = "", id = ""] = address.split(".");
    return this.json.resource[type]?.[id];
  }

  /** All resources of a type, by the second part of their addresses. */
  public all(type: string): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
    return this.json.resource[type] ?? {};
  }
}
