import { Construct } from "constructs";
import { stackName, type AccountConfig, type Refs, type StageConfig } from "../../schema";
import type { TypedStage } from "../account-stack";
import { pipelineRoleName, roleName, terraformName } from "../naming";
import { addOutput } from "../readable-stack";
import { deployCommands, planCommands } from "./actions/commands";
import type { Boundaries } from "./boundaries";
import type { Gitlab } from "./gitlab";
import { PipelineRole, type PipelineRoleProps } from "./pipeline-role";
import { partitionOf, type Place } from "./place";
import { readState, writeState } from "./state-access";
import { deploying, roleStatements, statementsFor, type Statement } from "./statements";

export interface PipelineRolesProps {
  readonly account: AccountConfig;
  readonly gitlab: Gitlab;
  readonly boundaries: Boundaries;
  readonly served: readonly TypedStage[];
}

const changing = Object.values(deployCommands).flat();

/** One role that plans, and one for each stage that deploys it. */
export class PipelineRoles extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: PipelineRolesProps,
  ) {
    super(scope, id);
    const { account, gitlab } = props;
    this.role("plan", "plan_role", {
      name: pipelineRoleName(account, "plan"),
      description: `Reads what plans of ${account.app} read, for jobs on any branch`,
      trust: gitlab.trustIn({ branches: ["*"], tags: [] }),
      statements: this.planning(),
    });
    for (const { stage, types } of props.served) {
      const place = this.place(stage);
      this.role(stackName(stage), terraformName("deploy_role", stackName(stage)), {
        name: roleName(stage, "deploy"),
        description: `Deploys ${stackName(stage)}`,
        trust: gitlab.trustIn(this.refsOf(stage)),
        statements: [
          ...statementsFor(types, place, [stage.region], deploying, changing),
          ...roleStatements(types, place, changing),
          ...writeState(place, stage),
        ],
      });
    }
    this.alias();
  }

  private alias(): void {
    const { account, served } = this.props;
    const { aliasRole, app } = account;
    if (aliasRole === undefined) return;
    const place = this.place({ stage: "*", region: "*" });
    this.role("alias", "alias_role", {
      name: aliasRole.name,
      path: "/",
      description: `Deploys every stage of ${app}`,
      trust: { actions: ["sts:AssumeRole"], principals: [{ type: "AWS", identifiers: aliasRole.trustedRoleArns }] },
      statements: [
        ...statementsFor(this.types(), place, this.regions(), deploying, changing),
        ...roleStatements(this.types(), place, changing),
        ...merged(served.flatMap(({ stage }) => writeState(place, stage))),
      ],
    });
  }

  private planning(): Statement[] {
    const place = this.place({ stage: "*", region: "*" });
    const buckets = this.props.served.flatMap(({ stage: { state } }) => (state.backend === "s3" ? state.bucket : []));
    return [
      ...statementsFor(this.types(), place, this.regions(), ["read"], Object.values(planCommands).flat()),
      ...[...new Set(buckets)].flatMap((bucket) => readState(place, bucket)),
    ];
  }

  private role(id: string, output: string, props: Omit<PipelineRoleProps, "boundaryArn">): void {
    const { arn } = new PipelineRole(this, id, { ...props, boundaryArn: this.props.boundaries.pipelineArn });
    addOutput(this, output, { value: arn, description: props.description });
  }

  private refsOf({ environment }: StageConfig): Refs {
    return this.props.account.deploysFrom[environment] ?? { branches: ["main"], tags: [] };
  }

  private place(where: { readonly stage: string; readonly region: string }): Place {
    const { app, accountId, region } = this.props.account;
    return { app, accountId, partition: partitionOf(region), stage: where.stage, region: where.region };
  }

  private types(): string[] {
    return [...new Set(this.props.served.flatMap(({ types }) => types))].sort();
  }

  private regions(): string[] {
    return [...new Set(this.props.served.map(({ stage: { region } }) => region))].sort();
  }
}

/** Statements of several stages that are the same, once. */
function merged(statements: readonly Statement[]): Statement[] {
  return [...new Map(statements.map((statement) => [JSON.stringify(statement), statement])).values()];
}
