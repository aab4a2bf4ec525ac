import type { EmulatorOptions } from "emulated-aws";
import { Sandbox } from "../sandbox";
import { StageWalk, wayBack, type Step, type Walk } from "./walk";

/** How the walks of one test file run. */
export interface WalkOptions {
  /** Times of the emulated AWS. @default - nothing takes time */
  readonly time?: EmulatorOptions["time"];
  /** Stages that are deployed at the same time. @default 3 */
  readonly parallel?: number;
  /** What is left after all stages are destroyed, such as final snapshots. @default - nothing */
  readonly leftovers?: readonly string[];
}

type Problems = Promise<readonly string[]>;

/**
 * The tests of stages that are deployed once and then changed, side by side in one emulated AWS. Each step is a test:
 * its plan changes something and loses no data, its apply succeeds and serves the routes, and the plan after it is empty.
 * At the end each stage goes back to its first content, and is destroyed.
 */
export function describeWalks(name: string, walks: readonly Walk[], options: WalkOptions = {}): void {
  describe(name, () => {
    const { time, parallel = 3, leftovers = [] } = options;
    const results = new Map(walks.map((walk) => [walk, new Results(walk)]));
    let sandbox: Sandbox;
    let all: Promise<unknown>;

    beforeAll(async () => {
      sandbox = await Sandbox.startWith({ time, records: true }, "dev");
      const waiting = [...results.values()];
      const runner = async () => {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await next.run(sandbox);
      };
      all = Promise.all(Array.from({ length: parallel }, runner));
    });
    afterAll(async () => {
      await all;
      await sandbox.stop();
    });

    describe.each([...results].map(([walk, result]) => [walk.stage, result] as const))("%s", (_, result) => {
      it("is deployed, and plans nothing more", async () => {
        expect(await result.deployed.promise).toEqual([]);
      });
      for (const { step, problems } of result.steps) {
        const test = step.failing === undefined ? it : it.failing;
        test(step.name, async () => {
          expect(await problems.promise).toEqual([]);
        });
      }
      it("is destroyed", async () => {
        expect(await result.destroyed.promise).toEqual([]);
      });
    });

    it("leaves nothing else behind, and sends the emulated AWS no request that it does not support", async () => {
      await all;
      expect((await sandbox.leftovers()).sort()).toEqual([...leftovers].sort());
      expect(sandbox.emulator.unanswered).toEqual([]);
    });
  });
}

/** The results of one walk, which come while it runs. */
class Results {
  public readonly deployed = new Result();
  public readonly destroyed = new Result();
  public readonly steps: readonly { readonly step: Step; readonly problems: Result }[];

  constructor(private readonly walk: Walk) {
    const { first, steps, back = {} } = walk;
    this.steps = [...steps, { ...back, name: wayBack, content: first }].map((step) => {
      return { step, problems: new Result() };
    });
  }

  public async run(sandbox: Sandbox): Promise<void> {
    const stage = new StageWalk(sandbox, this.walk);
    await this.deployed.become(stage.deploy());
    for (const { step, problems } of this.steps) await problems.become(stage.make(step));
    await this.destroyed.become(stage.destroy());
  }
}

class Result {
  public readonly promise: Problems;
  private resolve: (problems: readonly string[]) => void = () => undefined;

  constructor() {
    this.promise = new Promise((resolve) => {
      this.resolve = resolve;
    });
  }

  public async become(problems: Problems): Promise<void> {
    this.resolve(await problems);
  }
}
