import { Construct } from "constructs";
import { stackName, type StageConfig } from "../config";
import { keepState } from "./backend";
import { Cluster } from "./compute/cluster";
import { FargateService } from "./compute/fargate-service";
import { NetworkLoadBalancer } from "./ingress/network-load-balancer";
import { RestApi } from "./ingress/rest-api";
import { ServiceTarget } from "./ingress/service-target";
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
    const loadBalancer = new NetworkLoadBalancer(this, "load-balancer", { stage, network });

    const targets = new Map<string, ServiceTarget>();
    const targetScope = new Construct(this, "targets");
    const serviceScope = new Construct(this, "services");
    for (const [name, service] of Object.entries(stage.services)) {
      const target = new ServiceTarget(targetScope, name, { stage, name, service, network, loadBalancer });
      new FargateService(serviceScope, name, { stage, name, service, network, cluster, target });
      targets.set(name, target);
    }

    new RestApi(this, "api", { stage, loadBalancer, targets });
  }
}
