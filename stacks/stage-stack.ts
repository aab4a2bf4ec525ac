import { Construct } from "constructs";
import { stackName, type StageConfig } from "../config";
import { keepState } from "./backend";
import { Cluster } from "./compute/cluster";
import { FargateService } from "./compute/fargate-service";
import { createWayIn } from "./ingress/way-in";
import { Network } from "./network/network";
import { useAws } from "./provider";
import { ReadableStack } from "./readable-stack";

/** Everything one stage runs in one region. */
export class StageStack extends ReadableStack {
  constructor(scope: Construct, stage: StageConfig) {
    super(scope, stackName(stage));
    keepState(this, stage);
    useAws(this, stage);

    const network = new Network(this, "network", { stage });
    const cluster = new Cluster(this, "cluster", { stage });
    const { targets } = createWayIn(this, "ingress", { stage, network });

    const serviceScope = new Construct(this, "services");
    for (const { name, service, target } of targets) {
      new FargateService(serviceScope, name, { stage, name, service, network, cluster, target });
    }
  }
}
