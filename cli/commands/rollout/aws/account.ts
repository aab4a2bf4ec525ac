import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { stackName, type StageConfig } from "../../../../schema";
import { ToolError } from "../../../lib/tool-error";
import type { Clients } from "./clients";
import { asked } from "./problem";

/**
 * Makes sure that the credentials are of the stage's account, as Terraform does.
 *
 * @throws ToolError when they are of another one, or when there are none
 */
export async function checkAccount({ sts }: Pick<Clients, "sts">, stage: StageConfig): Promise<void> {
  const { Account } = await asked("sts:GetCallerIdentity", sts.send(new GetCallerIdentityCommand()));
  if (Account === stage.accountId) return;
  throw new ToolError(
    `the AWS credentials are of account ${Account ?? "unknown"}, and ${stackName(stage)} is in ${stage.accountId}; ` +
      `use credentials of ${stage.accountId}`,
  );
}
