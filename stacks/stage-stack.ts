import type { Construct } from "constructs";
import { stackName, type StageConfig } from "../schema";
import { keepState } from "./backend";
import { Bastion } from "./bastion/bastion";
import { Cluster } from "./compute/cluster";
import { Services } from "./compute/services";
import { Backups } from "./data/backup/backups";
import { Stores } from "./data/stores";
import { tellDataProtection } from "./data-protection";
import { Discovery } from "./discovery/discovery";
import { limitRoles } from "./identity/limit-roles";
import { createWayIn } from "./ingress/ingress";
import { Network } from "./network/network";
import { Operations } from "./monitoring/monitoring";
import { useAws } from "./provider";
import { ReadableStack } from "./readable-stack";

/** Everything one stage runs in one region. */
export class StageStack extends ReadableStack {
  /** @default - the stage is not watched */
  public readonly operations: Operations | undefined;

  constructor(scope: Construct, stage: StageConfig) {
    super(scope, stackName(stage));
    keepState(this, stage);
    useAws(this, stage);
    limitRoles(this, stage);
    tellDataProtection(this, stage);

    const network = new Network(this, "network", { stage });
    const stores = new Stores(this, "data", { stage, network });
    const { bastion } = stage;
    if (bastion !== undefined) new Bastion(this, "bastion", { stage, bastion, network, stores });
    const cluster = new Cluster(this, "cluster", { stage });
    const discovery = new Discovery(this, "discovery", { stage, network });
    const wayIn = createWayIn(this, "ingress", { stage, network, stores });
    const { targets } = wayIn;
    const services = new Services(this, "services", { stage, network, stores, cluster, discovery, targets });
    const { backup } = stage.data;
    if (backup !== undefined) {
      new Backups(this, "backups", { stage, backup, stores: [...stores.backedUp, ...services.backedUp] });
    }
    const { operations } = stage;
    if (operations !== undefined) {
      const watched = { network, wayIn, services, stores };
      this.operations = new Operations(this, "operations", { stage, operations, cluster, ...watched });
    }
  }
}
