import { Command } from "commander";
import { startEmulator, type Bucket, type TaskCommands } from ".";
import { exportLines, runCommand, untilStopped } from "./command";
import { accountId, bucketName, moment, taskCommand } from "./flags";
import { createRules } from "./rules";
import { ruleTable } from "./rules/table";
import type { Period } from "./record/outages";
import { readRecord } from "./record/read";
import { periodIn, reportOf } from "./record/report";
import { reportLines } from "./record/text";

interface Flags {
  readonly account: string;
  readonly region: string;
  readonly bucket: readonly string[];
  readonly hostedZone: readonly string[];
  readonly role: readonly string[];
  readonly task: TaskCommands;
  readonly record?: string;
  readonly motoServer: string;
}

/** Starts the emulated AWS, and resolves to the exit code once the command or the request to end has ended it. */
async function emulate([program, ...args]: readonly string[], flags: Flags): Promise<number> {
  const { account, region, bucket, hostedZone, role, task, record, motoServer } = flags;
  const buckets: Bucket[] = bucket.map((name) => ({ name, region }));
  const roles = role.map((arn) => ({ arn }));
  const initial = { buckets, hostedZones: hostedZone, roles };
  const options = { accountId: account, region, ...initial, commands: task, record, motoServer, warn };
  const emulator = await startEmulator(options);
  try {
    if (program !== undefined) return await runCommand(emulator.environment, program, args);
    process.stdout.write(`${exportLines(emulator.environment).join("\n")}\n`);
    process.stderr.write(`\nThe emulated AWS runs at ${emulator.endpoint}; Ctrl-C ends it.\n`);
    return await untilStopped();
  } finally {
    await emulator.stop();
  }
}

function warn(message: string): void {
  process.stderr.write(`emulated-aws: ${message}\n`);
}

interface ReportFlags extends Partial<Period> {
  readonly json?: boolean;
}

function report(file: string, { json = false, from, to }: ReportFlags): number {
  if (from !== undefined && to !== undefined && from > to) throw new Error("--from must not be after --to");
  const record = readRecord(file);
  const found = reportOf(record, periodIn(record, { from, to }));
  process.stdout.write(`${json ? JSON.stringify(found, undefined, 2) : reportLines(found).join("\n")}\n`);
  return 0;
}

const collect = (value: string, previous: readonly string[]): readonly string[] => [...previous, value];

/** Runs the command line, and sets the exit code; an error is one message. */
async function exitWith(run: () => Promise<number> | number): Promise<void> {
  try {
    process.exitCode = await run();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

// The reader of a pipe, such as head, may end before everything is written.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});
const program = new Command("emulated-aws").description("Emulates AWS on this machine.").enablePositionalOptions();
program
  .command("run", { isDefault: true })
  .description(
    "Runs a command against an emulated AWS and exits with its code; without a command, prints the variables for a shell, and runs until Ctrl-C (default).",
  )
  .argument("[command...]", "program and its arguments")
  .option("--account <id>", "account of calls without an assumed role", accountId, "123456789012")
  .option("--region <region>", "region in the environment variables", "us-east-1")
  .option("--bucket <name>", "S3 bucket that exists from the start; can be repeated", bucketName, [])
  .option("--hosted-zone <name>", "public hosted zone that exists from the start; can be repeated", collect, [])
  .option("--role <arn>", "role that exists from the start, with all permissions; can be repeated", collect, [])
  .option(
    "--task <image=command>",
    "command that runs as a local process for the tasks of an image or repository, without quotes; can be repeated",
    taskCommand,
    {},
  )
  .option("--record <file>", "file to which every call and every change of a route is written, for report")
  .option("--moto-server <path>", "path or name of moto_server", "moto_server")
  .passThroughOptions()
  .action((command: string[], flags: Flags) => exitWith(() => emulate(command, flags)));
program
  .command("report")
  .description(
    "Summarizes a record: calls by service, IAM actions by caller, refused calls, deleted data, and when each route was not served.",
  )
  .argument("<file>", "file that --record wrote")
  .option("--json", "everything in JSON, for programs")
  .option("--from <time>", "leave out what was before, such as before a change; UTC without an offset", moment)
  .option("--to <time>", "leave out what was after; UTC without an offset", moment)
  .action((file: string, flags: ReportFlags) => exitWith(() => report(file, flags)));
program
  .command("rules")
  .description("Prints the rules of AWS between requests that the emulated AWS keeps, as a Markdown table.")
  .action(() => {
    process.stdout.write(`${ruleTable(createRules())}\n`);
  });
void program.parseAsync();
