import type { Construct } from "constructs";
import { stackName, type StageConfig } from "../schema";
import { configureBackend } from "./backend";
import { Bastion } from "./bastion/bastion";
import { Cluster } from "./compute/cluster";
import { Services } from "./compute/services";
import { Backups } from "./data/backup/backups";
import { DataServices } from "./data/data-services";
import { addDataProtectionOutput } from "./data-protection";
import { Discovery } from "./discovery/discovery";
import { applyPermissionsBoundary } from "./identity/permissions-boundary";
import { createIngress } from "./ingress/ingress";
import { Network } from "./network/network";
import { Monitoring } from "./monitoring/monitoring";
import { configureAwsProvider } from "./provider";
import { ReadableStack } from "./readable-stack";

/** Everything one stage runs in one region. */
export class StageStack extends ReadableStack {
  /** @default - the stage is not watched */
  public readonly monitoring: Monitoring | undefined;

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
    const ingress = createIngress(this, "ingress", { stage, network, dataServices });
    const { targets } = ingress;
    const services = new Services(this, "services", { stage, network, dataServices, cluster, discovery, targets });
    const { backup } = stage.data;
    if (backup !== undefined) {
      new Backups(this, "backups", { stage, backup, dataServices: [...dataServices.backedUp, ...services.backedUp] });
    }
    const { monitoring } = stage;
    if (monitoring !== undefined) {
      const monitored = { network, ingress, services, dataServices };
      this.monitoring = new Monitoring(this, "monitoring", { stage, monitoring, cluster, ...monitored });
    }
  }
}
