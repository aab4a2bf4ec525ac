import { Command } from "commander";
import { bootstrap } from "./bootstrap/bootstrap";
import { Interruption, interruptions } from "./demo/interruption";
import { paint } from "./demo/terminal";

/** Brings the account up; resolves to the exit code. */
async function main(name: string): Promise<number> {
  const signal = interruptions(() => {
    process.stderr.write("\nStopping; run it again to finish.\n");
  });
  try {
    await bootstrap({ name, signal });
    return 0;
  } catch (error) {
    if (signal.reason instanceof Interruption) return signal.reason.exitCode;
    process.stderr.write(`${paint("red", error instanceof Error ? error.message : String(error))}\n`);
    return 1;
  }
}

// Which Node the project runs on is its own matter, and no part of a bootstrap.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

new Command("npm run bootstrap --")
  .description(
    "Creates what an account needs before its first stage: the state bucket, and the roles of the pipelines.",
  )
  .argument("<name>", "stack of the bootstrap, as cdktf list shows it")
  .action(async (name: string) => {
    process.exitCode = await main(name);
  })
  .parse();
