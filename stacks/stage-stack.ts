import type { Construct } from "constructs";
import { stackName, type StageConfig } from "../schema";
import { configureBackend } from "./backend";
import { Bastion } from "./bastion/bastion";
import { Cluster } from "./compute/cluster";
import { Services } from "./compute/services";
import { Backups } from "./data/backups";
import { DataServices } from "./data/data-services";
import { Discovery } from "./discovery/discovery";
import { applyPermissionsBoundary } from "./identity/service-role";
import { Ingress } from "./ingress/ingress";
import { Monitoring } from "./monitoring/monitoring";
import { Network } from "./network/network";
import { dataProtectionOutput } from "./naming";
import { configureAwsProvider } from "./provider";
import { addOutput, ReadableStack } from "./readable-stack";

/** Everything that one stage deploys to one region. */
export class StageStack extends ReadableStack {
  /** @default - the stage has no monitoring */
  public readonly monitoring: Monitoring | undefined;
  public readonly ingress: Ingress;

  constructor(scope: Construct, stage: StageConfig) {
    super(scope, stackName(stage));
    configureBackend(this, stage);
    configureAwsProvider(this, stage);
    applyPermissionsBoundary(this, stage);
    addDataProtectionOutput(this, stage);

    const network = new Network(this, "network", { stage });
    const dataServices = new DataServices(this, "data", { stage, network });
    const { bastion } = stage;
    if (bastion !== undefined) new Bastion(this, "bastion", { stage, bastion, network, dataServices });
    const cluster = new Cluster(this, "compute", { stage });
    const discovery = new Discovery(this, "discovery", { stage, network });
    const ingress = new Ingress(this, "ingress", { stage, network, dataServices });
    this.ingress = ingress;
    const { targets } = ingress;
    const services = new Services(this, "services", { stage, network, dataServices, cluster, discovery, targets });
    ingress.recordsAfter(services.webServices);
    const { backup } = stage.data;
    if (backup !== undefined) {
      new Backups(this, "backups", {
        stage,
        backup,
        resources: [...dataServices.backupResources, ...services.backupResources],
      });
    }
    const { monitoring } = stage;
    if (monitoring !== undefined) {
      const monitored = { network, ingress, services, dataServices };
      this.monitoring = new Monitoring(this, "monitoring", { stage, monitoring, cluster, ...monitored });
    }
  }
}

/** Records in the state that the plan guard lets the stage lose data. */
function addDataProtectionOutput(scope: Construct, { allowDataLoss }: Pick<StageConfig, "allowDataLoss">): void {
  if (!allowDataLoss) return;
  addOutput(scope, dataProtectionOutput, { value: "off", description: "Whether the guard stops the loss of data" });
}
