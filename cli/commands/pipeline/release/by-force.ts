import { UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { clusterName, imageVariable, serviceName } from "../../../../stacks/naming";
import { print } from "../../../lib/command-line/terminal";
import { ToolError } from "../../../lib/toolchain";
import { callAws } from "../../../lib/aws";
import { builtServices } from "../images/built";
import { repositoryOf } from "../images/repository";
import { runningImage } from "../images/running";
import type { Session } from "../stack/session";

/**
 * Releases what `latest` is now, by a new deployment of every service that runs it; a job's next start runs it anyway.
 *
 * @throws ToolError when a service runs another tag, which a new deployment would only start again
 */
export async function releaseByForce({ clients, stage, stack }: Session, only?: string): Promise<void> {
  const services: string[] = [];
  for (const { name, users } of builtServices(stage, only)) {
    const latest = `${(await repositoryOf(clients, stage, name)).url}:latest`;
    for (const user of users) {
      if (stage.services[user]?.kind === "job") continue;
      const image = await runningImage(clients, stage, user);
      if (image !== latest) {
        throw new ToolError(
          `${user} of ${stack} runs ${image ?? "nothing"}, not ${latest}, and nothing was released; ` +
            `plan and apply it with TF_VAR_${imageVariable(name)}=${latest}`,
        );
      }
      services.push(serviceName(stage, user));
    }
  }
  for (const service of services) {
    const command = new UpdateServiceCommand({ cluster: clusterName(stage), service, forceNewDeployment: true });
    await callAws("ecs:UpdateService", clients.ecs.send(command));
    print(`${service} rolls out latest`);
  }
}
