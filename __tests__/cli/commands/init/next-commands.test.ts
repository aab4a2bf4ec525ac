import { nextCommands } from "../../../../cli/commands/init/next-commands";
import { answersWith, configurationFor, testing } from "./answers";

describe("the commands after npm run init", () => {
  const configuration = configurationFor(answersWith());
  const commands = (folder?: string) => nextCommands(testing, configuration, folder).map(([command]) => command);

  it("are those of config/, which they read by default", () => {
    expect(commands()).toEqual([
      "npm test",
      "npm run demo -- --stack test01-eu-central-1",
      "npm run bootstrap -- account-shop-test-eu-central-1",
    ]);
  });

  it("name another folder, which npm test does not check", () => {
    expect(commands("my config")).toEqual([
      "npm run synth -- --app 'node cli/run.mjs main.ts '\\''my config'\\'''",
      "npm run demo -- --stack test01-eu-central-1 --config 'my config'",
      "npm run bootstrap -- account-shop-test-eu-central-1 --config 'my config'",
    ]);
  });
});
