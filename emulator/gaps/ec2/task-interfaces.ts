import type { Handlers } from "../../proxy/gap";
import { editXml } from "../../wire/reply";
import { element, findAll, setChild, textOf } from "../../wire/xml";
import type { ServiceTasks } from "../ecs/service-tasks";

/** AWS's own range for documentation, of which no address is routed. */
const publicIp = "203.0.113.1";

/**
 * The network interfaces of ECS tasks: they belong to ECS, and are deleted when their task has ended.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/requester-managed-eni.html
 */
export function taskInterfaces(tasks: ServiceTasks): Handlers {
  return {
    DescribeNetworkInterfaces: async (request, forward) => {
      await tasks.release(request, forward);
      const own = new Map(
        tasks.all(request).flatMap(({ networkInterface }) => {
          return networkInterface ? [[networkInterface.id, networkInterface] as const] : [];
        }),
      );
      return editXml(await forward(), (root) => {
        for (const item of findAll(root, "networkInterfaceSet", "item")) {
          const found = own.get(textOf(item, "networkInterfaceId"));
          if (!found) continue;
          setChild(item, element("requesterManaged", "true"));
          setChild(item, element("status", "in-use"));
          if (found.isPublic) setChild(item, element("association", [element("publicIp", publicIp)]));
        }
      });
    },
  };
}
