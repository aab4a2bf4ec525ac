import { startEmulator, type Emulator } from "emulated-aws";
import { motoServer } from "../../cli/lib/emulator";
import { AwsCli, type Outcome } from "./ordinary-mistakes/aws-cli";
import type { Mistake } from "./ordinary-mistakes/mistake";
import { operatingMistakes } from "./ordinary-mistakes/operating";
import { preparation, values } from "./ordinary-mistakes/preparation";
import { servingMistakes } from "./ordinary-mistakes/serving";
import { storingMistakes } from "./ordinary-mistakes/storing";

// Each of some 150 commands takes a second of one core to start.
jest.setTimeout(600_000);

const all: readonly Mistake[] = [...servingMistakes, ...storingMistakes, ...operatingMistakes];
const mistakes = all.map(([what, command, code]) => ({ what, command, code }));
const legalVariants = all.flatMap(([what, , , legal]) => (legal === undefined ? [] : [{ what, legal }]));

describe("an ordinary mistake with the AWS CLI", () => {
  let emulator: Emulator | undefined;
  let outcomes: ReadonlyMap<string, Outcome>;
  let failedVariants: readonly string[];

  beforeAll(async () => {
    emulator = await startEmulator({
      accountId: "123456789012",
      motoServer: await motoServer(),
      // On a busy machine more than AWS's 60 seconds pass between the deletion of a queue and its second creation.
      time: { queueNameReuseSeconds: 600 },
    });
    const cli = new AwsCli(emulator, values);
    for (const step of preparation) await Promise.all(step.map(({ command, value }) => cli.prepare(command, value)));

    // A refused command changes nothing, so that the order of the mistakes does not matter.
    const runs = mistakes.map(async ({ what, command }) => [what, await cli.run(command)] as const);
    outcomes = new Map(await Promise.all(runs));

    const variants = legalVariants.map(async ({ what, legal }) => ({ what, ...(await cli.run(legal)) }));
    failedVariants = (await Promise.all(variants))
      .filter(({ succeeded }) => !succeeded)
      .map(({ what, errors }) => `${what}: ${errors}`);
  });

  afterAll(() => emulator?.stop());

  it.each(mistakes)("is refused: $what", ({ what, code }) => {
    const outcome = outcomes.get(what);
    expect(outcome?.succeeded).toBe(false);
    expect(outcome?.errors).toContain(`An error occurred (${code})`);
  });

  it("is one of sixty-four", () => {
    expect(outcomes.size).toBe(64);
  });

  it("is the only reason of the refusal: the same command without it succeeds", () => {
    expect(legalVariants.length).toBeGreaterThanOrEqual(mistakes.length / 3);
    expect(failedVariants).toEqual([]);
  });
});
