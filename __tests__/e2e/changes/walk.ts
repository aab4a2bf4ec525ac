import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RouteReport } from "emulated-aws";
import { deletionsOf } from "../../../cli/commands/guard/data/deletions";
import { planOf, type Plan } from "../../../cli/commands/guard/plan";
import { clientsOf, type Clients } from "../aws/clients";
import { applyPlanned, expectNoChanges, planFile, plannedChanges } from "../plan";
import type { Sandbox } from "../sandbox";
import type { Content } from "./content";

/** What a function of a step gets. */
export interface StepContext {
  readonly sandbox: Sandbox;
  readonly stack: string;
  readonly aws: Clients;
}

/** What must hold of one change of a stage. */
export interface Expected {
  /**
   * `served`: every route that exists before and after the change is served at every moment. `other-address`: no route
   * keeps its address. `outage`: at least one route is not served for a while, with this reason; when it is served, the
   * step fails, so that a repaired outage is noticed. @default "served"
   */
  readonly outcome?: "served" | "other-address" | { readonly outage: RegExp };
  /** Addresses that may be replaced, beside task definitions and deployments of APIs, whose replacement is a new revision. */
  readonly replaced?: readonly RegExp[];
  /** Addresses of the resources with data that the guard reports: exactly these. @default - none */
  readonly losses?: readonly string[];
  /**
   * Changes that AWS makes in the next maintenance window, such as `update aws_db_instance.data_postgres_server`: until
   * then exactly these are planned again, and the window is opened after that. @default - the plan is empty at once
   */
  readonly pending?: readonly string[];
  /** Runs before the change is planned. */
  readonly prepare?: (context: StepContext) => Promise<void>;
  /** Further expectations, once the change is applied and its plan is empty. */
  readonly expect?: (context: StepContext) => Promise<void>;
  /** Why the step is known to fail; the test then fails as soon as it holds. @default - it holds */
  readonly failing?: string;
}

/** One change of a running stage. */
export interface Step extends Expected {
  /** The row or rows of docs/changes.md that it shows, as the name of its test. */
  readonly name: string;
  /** The whole stage file after the change. */
  readonly content: Content;
}

/** A stage, and the changes that it walks through. */
export interface Walk {
  readonly stage: string;
  readonly first: Content;
  readonly steps: readonly Step[];
  /** What must hold of the way back from the last content to the first. @default - as a step of which nothing is said */
  readonly back?: Expected;
  /** Variables of Terraform. @default - none */
  readonly variables?: Readonly<Record<string, string>>;
}

/** The name of the step that applies the first content again. */
export const wayBack = "and back to the first stage file";

const region = "us-east-1";
const newRevisions = /^aws_(ecs_task_definition|api_gateway_deployment|apigatewayv2_deployment)\./;
const terraform = { apply: ["apply", "-auto-approve", "-input=false"], plan: ["plan", "-input=false"] };

/** A stage in a sandbox that is deployed once, changed step by step and destroyed. */
export class StageWalk {
  private readonly stack: string;

  /** @param sandbox records calls and routes */
  constructor(
    private readonly sandbox: Sandbox,
    private readonly walk: Walk,
  ) {
    this.stack = `${walk.stage}-${region}`;
  }

  /** Deploys the first content; resolves to the problems. */
  public deploy(): Promise<readonly string[]> {
    return this.problemsOf(async (add) => {
      await this.write(this.walk.first);
      await this.sandbox.deploy(this.stack, this.walk.variables);
      await add(() => this.expectNoChanges());
    });
  }

  /** Makes one change; resolves to the problems. */
  public make(step: Step): Promise<readonly string[]> {
    return this.problemsOf(async (add) => {
      await step.prepare?.(this.context);
      await this.write(step.content);
      const plan = await this.plan();
      await add(() => {
        checkPlan(plan, step);
      });
      const apply = async () => {
        await add(() => this.apply(step));
        await add(() => this.expectPending(step));
      };
      // A maintenance window is one of the whole emulated AWS, and would make the pending changes of another stage.
      await (step.pending === undefined ? apply() : inTurn(windows, this.sandbox, apply));
      await add(() => this.expectNoChanges());
      await add(() => step.expect?.(this.context));
    });
  }

  /** Destroys the stage; resolves to the problems. */
  public destroy(): Promise<readonly string[]> {
    return this.problemsOf(async () => {
      await this.sandbox.terraform(this.stack, ["destroy", "-auto-approve", "-input=false"], this.walk.variables);
      await this.sandbox.stopProvider(this.stack);
    });
  }

  private get context(): StepContext {
    return { sandbox: this.sandbox, stack: this.stack, aws: clientsOf(this.sandbox.emulator.endpoint, region) };
  }

  private async apply({ outcome = "served" }: Step): Promise<void> {
    const kept = await this.sandbox.keptRoutes(async () => {
      try {
        await applyPlanned(this.sandbox, this.stack);
      } catch (error) {
        // A second apply often completes what the first could not, and then the next steps are still worth a try.
        await this.sandbox.tryTerraform(this.stack, terraform.apply, this.walk.variables);
        throw error;
      }
    });
    const state = await this.sandbox.terraform(this.stack, ["show", "-json"]);
    checkRoutes(
      kept.filter(({ route }) => state.includes(hostOf(route))),
      outcome,
    );
  }

  /** The stages of one sandbox are written one after the other, as each synthesis reads all stage files. */
  private write(content: Content): Promise<void> {
    const { stage } = this.walk;
    const text = JSON.stringify({ ...content, stage, region });
    return inTurn(writes, this.sandbox, async () => {
      this.sandbox.write(`config/${content.environment}/${stage}/${region}-${stage}.ts`, `export default ${text};\n`);
      await this.sandbox.synthesize([this.stack]);
    });
  }

  private async plan(): Promise<Plan> {
    await this.sandbox.terraform(this.stack, [...terraform.plan, `-out=${planFile}`], this.walk.variables);
    const json = await this.sandbox.terraform(this.stack, ["show", "-json", planFile]);
    writeFileSync(join(this.sandbox.stackFolder(this.stack), "plan.json"), json);
    return planOf(JSON.parse(json), planFile);
  }

  private expectNoChanges(): Promise<void> {
    return expectNoChanges(this.sandbox, this.stack, this.walk.variables);
  }

  private async expectPending({ pending }: Step): Promise<void> {
    if (pending === undefined) return;
    const planned = await plannedChanges(this.sandbox, this.stack, this.walk.variables);
    await this.sandbox.emulator.openMaintenanceWindow();
    expect(planned).toEqual([...pending].sort());
  }

  /** Runs something that adds what fails to a list; what it throws itself ends it. */
  private async problemsOf(
    run: (add: (check: () => unknown) => Promise<void>) => Promise<void>,
  ): Promise<readonly string[]> {
    const problems: string[] = [];
    const add = async (check: () => unknown): Promise<void> => {
      try {
        await check();
      } catch (error) {
        problems.push(error instanceof Error ? error.message : String(error));
      }
    };
    await add(() => run(add));
    return problems;
  }
}

type Turns = WeakMap<Sandbox, Promise<void>>;

const writes: Turns = new WeakMap();
const windows: Turns = new WeakMap();

function inTurn(turns: Turns, sandbox: Sandbox, run: () => Promise<void>): Promise<void> {
  const turn = (turns.get(sandbox) ?? Promise.resolve()).then(run);
  turns.set(
    sandbox,
    turn.catch(() => undefined),
  );
  return turn;
}

function checkPlan(plan: Plan, { replaced = [], losses = [] }: Expected): void {
  const changed = plan.resource_changes.filter(({ change }) => !/^(no-op|read)$/.test(change.actions.join()));
  if (changed.length === 0) throw new Error("the plan has no changes: the step must change something");
  const wrong = changed
    .filter(({ change: { actions } }) => actions.includes("create") && actions.includes("delete"))
    .map(({ address }) => address)
    .filter((address) => ![newRevisions, ...replaced].some((pattern) => pattern.test(address)));
  if (wrong.length > 0) throw new Error(`the plan replaces ${wrong.join(", ")}`);
  const lost = deletionsOf(plan).map(({ address }) => address);
  expect(lost.toSorted()).toEqual([...losses].sort());
}

function checkRoutes(kept: readonly RouteReport[], outcome: NonNullable<Expected["outcome"]>): void {
  if (outcome === "other-address") {
    expect(kept).toEqual([]);
    return;
  }
  if (kept.length === 0) throw new Error("no route exists before and after the change");
  const interrupted = kept.filter(({ outages }) => outages.length > 0);
  if (outcome === "served") {
    expect(interrupted).toEqual([]);
    return;
  }
  const reasons = interrupted.flatMap(({ outages }) => outages.flatMap((outage) => outage.reasons));
  if (reasons.length === 0) throw new Error("every route is served, although the step declares an outage");
  expect(reasons.join("\n")).toMatch(outcome.outage);
}

/** The host of a route such as `GET https://api.example.com/orders`. */
function hostOf(route: string): string {
  return /\/\/([^/]+)/.exec(route)?.[1] ?? route;
}
