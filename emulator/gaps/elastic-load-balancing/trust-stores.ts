import type { Handlers } from "../../proxy/gap";
import { queryError, queryReply } from "../../wire/reply";
import { element } from "../../wire/xml";

/** moto lacks trust stores, so that there are none; affects readers of all load balancing, such as inventories. */
export function trustStores(): Handlers {
  return {
    DescribeTrustStores: ({ form }) => {
      const isNamed = [...form.keys()].some((key) => /^(Names|TrustStoreArns)\.member\./.test(key));
      return isNamed
        ? queryError("TrustStoreNotFound", "One or more trust stores not found")
        : queryReply("DescribeTrustStores", [element("TrustStores", [])]);
    },
  };
}
