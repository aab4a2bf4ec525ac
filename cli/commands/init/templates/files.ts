import { accountFileText, accountsOf } from "./account-file";
import { defaultsFile } from "./defaults-file";
import { stageFileText } from "./stage-file";
import type { Answers } from "../answers";

/** The configuration files for the answers, by their path in the configuration folder; not yet formatted. */
export function configurationFiles(answers: Answers): ReadonlyMap<string, string> {
  const { environments, regions } = answers;
  const stages = environments.flatMap((environment) => regions.map((region) => ({ environment, region })));
  const files = [
    ...environments.map((each) => [`${each.name}/defaults.ts`, defaultsFile(answers, each)] as const),
    ...stages.map(({ environment, region }, index) => {
      const { name, stage } = environment;
      return [`${name}/${stage}/${region}-${stage}.ts`, stageFileText(answers, environment, region, index)] as const;
    }),
    ...accountsOf(answers).map(
      (account) => [`accounts/${account.alias}/${regions[0]}.ts`, accountFileText(answers, account)] as const,
    ),
  ];
  // A part of a template that is empty leaves a line of spaces.
  return new Map(files.map(([path, text]) => [path, text.replace(/^ +\n/gm, "")]));
}
