import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Answers, Environment } from "../../../../cli/commands/init/answers";
import { changesIn } from "../../../../cli/commands/init/changes";
import { configurationFiles } from "../../../../cli/commands/init/templates/files";
import { NextConfiguration, type Configuration } from "../../../../cli/commands/init/write";
import { toolsFolder } from "../../../../cli/lib/project";

const environment = {
  postgres: false,
  accountId: "111111111111",
  bucket: "shop-terraform-state-111111111111",
} as const;

export const testing: Environment = { ...environment, name: "test", stage: "test01", production: false };

export const live: Environment = { ...environment, name: "live", stage: "live01", production: true, postgres: true };

/** The same environment in another account. */
export const elsewhere = (each: Environment): Environment => ({
  ...each,
  accountId: "222222222222",
  bucket: "shop-terraform-state-222222222222",
});

/** The same environment with a domain of its own. */
export const withDomain = (each: Environment): Environment => ({
  ...each,
  domain: { name: `api.${each.name}.shop.test`, hostedZone: `${each.name}.shop.test` },
});

/** Two environments in two accounts, with whole fields replaced. */
export function answersWith(fields: Partial<Answers> = {}): Answers {
  return {
    app: "shop",
    owner: "shop-team",
    regions: ["eu-central-1"],
    environments: [testing, elsewhere(live)],
    state: { backend: "s3" },
    gitlabProject: "group/shop",
    ingress: "rest-api",
    cidr: "10.20.0.0/16",
    email: "on-call@shop.test",
    ...fields,
  };
}

/** Loads and checks the files for some answers, as the command does before it writes them; `edit` changes each file first. */
export function configurationFor(answers: Answers, edit = (text: string) => text): Configuration {
  mkdirSync(toolsFolder, { recursive: true });
  const folder = mkdtempSync(join(toolsFolder, "init-test-"));
  const files = new Map([...configurationFiles(answers)].map(([path, text]) => [path, edit(text)]));
  const next = NextConfiguration.create(folder, files, changesIn(folder, files));
  try {
    return next.validate();
  } finally {
    next.dispose();
    rmSync(folder, { recursive: true });
  }
}
