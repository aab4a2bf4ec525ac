import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import pLimit from "p-limit";
import which from "which";
import { startEmulator, type Emulator } from "emulated-aws";
import { motoServer } from "../../cli/lib/emulator";
import type { Mistake } from "./ordinary-mistakes/mistake";
import { operatingMistakes } from "./ordinary-mistakes/operating";
import { preparation, values } from "./ordinary-mistakes/preparation";
import { servingMistakes } from "./ordinary-mistakes/serving";
import { storingMistakes } from "./ordinary-mistakes/storing";

// The AWS CLI takes a second to start, and moto loads a service at its first call.
jest.setTimeout(600_000);

interface Outcome {
  readonly succeeded: boolean;
  readonly output: string;
  readonly errors: string;
}

const mistakes: readonly Mistake[] = [...servingMistakes, ...storingMistakes, ...operatingMistakes];
const withLegalVariant = mistakes.flatMap(([what, , , legal]) => (legal === undefined ? [] : [{ what, legal }]));

describe("ordinary mistakes with the AWS CLI", () => {
  const known = new Map(Object.entries(values));
  const limit = pLimit(availableParallelism());
  let outcomes: ReadonlyMap<string, Promise<Outcome>>;
  let emulator: Emulator;

  beforeAll(async () => {
    if (which.sync("aws", { nothrow: true }) === null)
      throw new Error("the AWS CLI is needed: install it so that `aws` is in your PATH");
    emulator = await startEmulator({ accountId: "123456789012", motoServer: await motoServer() });
    for (const step of preparation) {
      const found = await Promise.all(
        step.map(async ({ command, value: [name, query] = [] }) => {
          const { succeeded, output, errors } = await aws(command, query);
          if (!succeeded) throw new Error(`aws ${command}: ${errors}`);
          return [name, output.trim()] as const;
        }),
      );
      for (const [name, value] of found) if (name !== undefined) known.set(name, value);
    }
    // No mistake changes anything when it is refused, so that their order does not matter.
    outcomes = new Map(mistakes.map(([, command]) => [command, aws(command)]));
    await Promise.all(outcomes.values());
  });

  afterAll(() => emulator?.stop());

  it.each(mistakes)("refuses %s", async (_, command, code) => {
    const outcome = await outcomes.get(command);
    expect(outcome?.succeeded).toBe(false);
    expect(outcome?.errors).toContain(`An error occurred (${code})`);
  });

  it("tries sixty-four", () => {
    expect(outcomes.size).toBe(64);
  });

  it("takes the same commands without the mistakes", async () => {
    const variants = withLegalVariant.map(async ({ what, legal }) => {
      const { succeeded, errors } = await aws(legal);
      return succeeded ? [] : [`${what}: ${errors}`];
    });
    expect((await Promise.all(variants)).flat()).toEqual([]);
  });

  function aws(command: string, query?: string): Promise<Outcome> {
    const words = command.split(" ").map((word) => word.replace(/\{(\w+)\}/g, (_, name: string) => valueOf(name)));
    // Version 1 of the CLI calls RDS and SQS at names of AWS when only AWS_ENDPOINT_URL is set.
    const endpoint = ["--endpoint-url", emulator.endpoint];
    const filter = query === undefined ? [] : ["--query", query, "--output", "text"];
    const env = { ...process.env, ...emulator.environment };
    return limit(
      () =>
        new Promise<Outcome>((resolve) => {
          execFile("aws", [...endpoint, ...words, ...filter], { env }, (error, stdout, stderr) => {
            resolve({ succeeded: error === null, output: stdout, errors: stderr });
          });
        }),
    );
  }

  function valueOf(name: string): string {
    const value = known.get(name);
    if (value === undefined) throw new Error(`no preparation has the value ${name}`);
    return value;
  }
});
