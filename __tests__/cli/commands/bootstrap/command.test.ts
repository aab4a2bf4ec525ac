import { projectFolder } from "../../../../cli/lib/project";
import { run } from "../../../../cli/lib/run";
import { fixtureConfig } from "../../../fixtures/config";

/** Runs the command without AWS credentials. */
function bootstrap(name: string) {
  const inherited = Object.keys(process.env).filter((variable) => variable.startsWith("AWS_"));
  const env = {
    ...Object.fromEntries(inherited.map((variable) => [variable, undefined])),
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    CI: "true",
  };
  return run(process.execPath, ["cli/run.mjs", "cli/commands/bootstrap.ts", name, "--config", fixtureConfig], {
    cwd: projectFolder,
    env,
  });
}

describe("npm run bootstrap", () => {
  it("refuses an unknown account stack in one line, with the known ones", async () => {
    const { exitCode, tail } = await bootstrap("account-nowhere");
    expect(exitCode).toBe(1);
    expect(tail).toEqual([
      'there is no account stack "account-nowhere"; choose one of account-appname-dev-us-east-1, account-appname-prod-us-east-1',
    ]);
  });

  it("names the variables to set when there are no credentials", async () => {
    const { exitCode, tail } = await bootstrap("account-appname-dev-us-east-1");
    expect(exitCode).toBe(1);
    expect(tail.at(-1)).toMatch(/^there are no AWS credentials; .*AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY/);
    expect(tail.join("\n")).not.toMatch(/^\s+at /m);
  });
});
