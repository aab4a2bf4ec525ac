import { App, Testing } from "cdktf";
import { z } from "zod";
import { accountSchema, type AccountConfig, type AccountInput } from "../../../schema/account";
import type { StageInput } from "../../../schema";
import { typesOf } from "../../../stacks/account/types-of";
import { AccountStack } from "../../../stacks/account-stack";
import { StageStack } from "../../../stacks/stage-stack";
import { stageWith } from "../../fixtures/stage";

const statementShape = z.object({
  sid: z.string().optional(),
  effect: z.string().default("Allow"),
  actions: z.array(z.string()).default([]),
  not_actions: z.array(z.string()).default([]),
  resources: z.array(z.string()).default([]),
  principals: z.array(z.object({ type: z.string(), identifiers: z.array(z.string()) })).default([]),
  condition: z.array(z.object({ test: z.string(), variable: z.string(), values: z.array(z.string()) })).default([]),
});

/** One statement of a policy, as it is synthesized. */
export type Statement = z.output<typeof statementShape>;

const stackShape = z.object({
  resource: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))),
  data: z.object({
    aws_iam_policy_document: z.record(z.string(), z.object({ statement: z.array(statementShape) })),
  }),
  terraform: z.unknown(),
  provider: z.unknown(),
  output: z.record(z.string(), z.unknown()),
});

/** The smallest account file. */
export const minimalAccount = {
  app: "shop",
  alias: "shop-dev",
  region: "us-east-1",
  accountId: "111122223333",
  owner: "team",
  stateBucket: "shop-state",
  gitlab: { project: "group/shop" },
} satisfies AccountInput;

/** The boundary that the smallest account requires of its stages. */
export const workloadBoundaryArn = "arn:aws:iam::111122223333:policy/pipeline/shop-workload-boundary-us-east-1";

/** A valid account: the smallest one, with whole fields replaced. */
export function accountWith(fields: Partial<AccountInput> = {}): AccountConfig {
  return accountSchema.parse({ ...minimalAccount, ...fields });
}

/** An account's stack, as Terraform reads it. */
export class SynthesizedAccount {
  public readonly json: z.output<typeof stackShape>;

  constructor(account: AccountConfig, ...stages: readonly Partial<StageInput>[]) {
    const state = { backend: "s3", bucket: "shop-state", region: "us-east-1" } as const;
    const typed = stages.map((fields) => {
      const stage = stageWith({ state, permissionsBoundaryArn: workloadBoundaryArn, ...fields });
      return { stage, types: typesOf(new StageStack(new App(), stage)) };
    });
    this.json = stackShape.parse(JSON.parse(Testing.synth(new AccountStack(new App(), account, typed))));
  }

  /** The statements of a policy document, by its address. */
  public statements(id: string): Statement[] {
    return this.json.data.aws_iam_policy_document[id]?.statement ?? [];
  }

  /** The statements of all policies of a role. */
  public permissions(role: string): Statement[] {
    return Object.entries(this.json.data.aws_iam_policy_document)
      .filter(([id]) => id.startsWith(`pipeline_${role}_`) && id.endsWith("_permissions"))
      .flatMap(([, { statement }]) => statement);
  }
}
