import type { Handlers } from "../../proxy/gap";

const sizeInGb = "8";

/**
 * moto does not take the size of a root volume from its image, and has no detailed monitoring; shown by `root_block_device`
 * and `monitoring` of `aws_instance`.
 */
export function instances(): Handlers {
  return {
    RunInstances: (request, forward) => {
      const form = new URLSearchParams(request.form);
      for (const key of request.form.keys()) {
        const device = /^BlockDeviceMapping\.\d+\.Ebs\./.exec(key)?.[0];
        if (device === undefined || form.has(`${device}SnapshotId`) || form.has(`${device}VolumeSize`)) continue;
        form.set(`${device}VolumeSize`, sizeInGb);
      }
      return forward({ body: form.toString() });
    },
  };
}
