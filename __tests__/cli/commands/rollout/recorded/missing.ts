import type { AwsError, Sequence } from "./sequence";
import { completed, service } from "./service";
import { before, twoDaysBefore } from "./names";

const noService: AwsError = { __type: "ServiceNotFoundException", message: "Service not found." };
const noCluster: AwsError = { __type: "ClusterNotFoundException", message: "Cluster not found." };

export const serviceMissing: Sequence = {
  polls: [{ serviceDeployment: noService, service: undefined, tasks: [] }],
};

export const serviceDeleted: Sequence = {
  polls: [
    {
      serviceDeployment: noService,
      service: service([completed({ id: before, revision: 41, created: twoDaysBefore })], [], { status: "INACTIVE" }),
      tasks: [],
    },
  ],
};

export const clusterMissing: Sequence = {
  polls: [{ serviceDeployment: noCluster, service: noCluster, tasks: [] }],
};
