import { followingBlock, zonesOf } from "../regions";
import type { Answers, Environment } from "../answers";

/** A stage file. `index` numbers all stage files. */
export function stageFileText(answers: Answers, environment: Environment, region: string, index: number): string {
  const { app, cidr } = answers;
  const { stage, production, postgres } = environment;
  const imports = ["defaults", ...(postgres ? ["postgres"] : []), "webDefaults"].join(", ");
  const service = postgres
    ? `{ ...webDefaults, uses: ["postgres"], tasks: { migrate: { command: ["node", "dist/migrate.js"] } } }`
    : "webDefaults";
  return `import { defineStage } from "#schema";
import { ${imports} } from "../defaults";

export default defineStage({
  ...defaults,
  stage: ${JSON.stringify(stage)},
  region: ${JSON.stringify(region)},
  network: {
    cidr: ${JSON.stringify(followingBlock(cidr, index))},
    // Accounts differ in their zones: aws ec2 describe-availability-zones --region ${region}
    zones: ${JSON.stringify(zonesOf(region, production ? 3 : 2))},
    // Tasks have no route to the internet; mode "nat-gateway" gives them one.
    egress: { mode: "vpc-endpoints"${production ? "" : ', interfaceEndpoints: "one-zone"'} },
    ${production ? "flowLogRetentionDays: 365," : ""}
  },
  ${postgres ? "data: { postgres }," : ""}
  services: {
    // The image of app/, with every route.
    ${JSON.stringify(app)}: ${service},
  },
});
`;
}
