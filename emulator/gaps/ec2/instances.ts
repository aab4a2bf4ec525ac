import type { AwsRequest, Forward, Handlers, Reply } from "../../proxy/gap";
import { Store } from "../../store";
import { formList } from "../../wire/form";
import { editXml, isSuccess, xmlReply } from "../../wire/reply";
import { element, find, findAll, parseXml, setChild, textOf, type Element } from "../../wire/xml";
import { call } from "./call";

const defaultVolumeSizeGiB = "8";

/**
 * moto requires the size of a root volume instead of taking it from the image, does not switch detailed monitoring, loses the
 * termination protection of a new instance, and the security groups of one whose network interface is given, as for a public
 * address; affects `root_block_device`, `monitoring`, `disable_api_termination` and `vpc_security_group_ids` of `aws_instance`.
 */
export function instances(): Handlers {
  const monitoring = new Store<string>();
  const setMonitoring =
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
    MonitorInstances: setMonitoring("enabled"),
    UnmonitorInstances: setMonitoring("disabled"),
    RunInstances: async (request, forward) => {
      const form = new URLSearchParams(request.form);
      for (const key of request.form.keys()) {
        const device = /^BlockDeviceMapping\.\d+\.Ebs\./.exec(key)?.[0];
        if (device === undefined || form.has(`${device}SnapshotId`) || form.has(`${device}VolumeSize`)) continue;
        form.set(`${device}VolumeSize`, defaultVolumeSizeGiB);
      }
      const reply = await forward({ body: form.toString() });
      if (isSuccess(reply) && form.get("DisableApiTermination") === "true") await protect(reply, forward);
      return reply;
    },
    DescribeInstances: async (request, forward) =>
      editXml(await forward(), (root) => {
        for (const instance of findAll(root, "reservationSet", "item", "instancesSet", "item")) {
          const state = monitoring.of(request).get(textOf(instance, "instanceId"));
          if (state !== undefined) setChild(instance, element("monitoring", [element("state", state)]));
          addGroups(instance);
        }
      }),
  };
}

/** Sets the termination protection of new instances. */
async function protect(created: Reply, forward: Forward): Promise<void> {
  for (const instance of findAll(parseXml(created.body), "instancesSet", "item")) {
    const InstanceId = textOf(instance, "instanceId");
    await call(forward, "ModifyInstanceAttribute", { InstanceId, "DisableApiTermination.Value": "true" });
  }
}

/** An instance has the security groups of its first network interface. */
function addGroups(instance: Element): void {
  const [networkInterface] = findAll(instance, "networkInterfaceSet", "item");
  const groups = networkInterface && find(networkInterface, "groupSet");
  const own = find(instance, "groupSet");
  if (groups && (!own || own.children.length === 0)) setChild(instance, element("groupSet", groups.children));
}
