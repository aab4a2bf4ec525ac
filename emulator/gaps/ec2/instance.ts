import type { AwsRequest, Handlers, Reply } from "../../proxy/gap";
import { editXml, xmlReply } from "../../wire/edit";
import { formList } from "../../wire/form";
import { Memory } from "../../wire/memory";
import { element, findAll, setChild, textOf } from "../../wire/xml";

const sizeInGb = "8";

/**
 * moto does not take the size of a root volume from its image, and cannot switch detailed monitoring; shown by
 * `root_block_device` and `monitoring` of `aws_instance`.
 */
export function instances(): Handlers {
  const monitoring = new Memory<string>();
  const switchTo =
    (state: string) =>
    (request: AwsRequest): Reply => {
      const ids = formList(request.form, "InstanceId");
      for (const id of ids) monitoring.of(request).set(id, state);
      const items = ids.map((id) =>
        element("item", [element("instanceId", id), element("monitoring", [element("state", state)])]),
      );
      return xmlReply(element(`${request.operation}Response`, [element("instancesSet", items)]));
    };
  return {
    MonitorInstances: switchTo("enabled"),
    UnmonitorInstances: switchTo("disabled"),
    RunInstances: (request, forward) => {
      const form = new URLSearchParams(request.form);
      for (const key of request.form.keys()) {
        const device = /^BlockDeviceMapping\.\d+\.Ebs\./.exec(key)?.[0];
        if (device === undefined || form.has(`${device}SnapshotId`) || form.has(`${device}VolumeSize`)) continue;
        form.set(`${device}VolumeSize`, sizeInGb);
      }
      return forward({ body: form.toString() });
    },
    DescribeInstances: async (request, forward) =>
      editXml(await forward(), (root) => {
        for (const instance of findAll(root, "reservationSet", "item", "instancesSet", "item")) {
          const state = monitoring.of(request).get(textOf(instance, "instanceId"));
          if (state !== undefined) setChild(instance, element("monitoring", [element("state", state)]));
        }
      }),
  };
}
