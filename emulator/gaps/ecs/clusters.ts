import type { Handlers, Reply } from "../../proxy/gap";
import { Store } from "../../store";
import { list, object, parseJson, text } from "../../wire/json";
import { editJson, isSuccess } from "../../wire/reply";

/** moto lists deleted clusters; affects the inventory after a destroy. */
export function clusters(): Handlers {
  const deleted = new Store<true>();
  return {
    CreateCluster: async (request, forward) => {
      const reply = await forward();
      if (isSuccess(reply)) deleted.of(request).delete(clusterIn(reply));
      return reply;
    },
    DeleteCluster: async (request, forward) => {
      const reply = await forward();
      if (isSuccess(reply)) deleted.of(request).set(clusterIn(reply), true);
      return reply;
    },
    ListClusters: async (request, forward) =>
      editJson(await forward(), (body) => ({
        ...body,
        clusterArns: list(body.clusterArns).filter((arn) => !deleted.of(request).has(text(arn))),
      })),
  };
}

function clusterIn({ body }: Reply): string {
  return text(object(parseJson(body).cluster).clusterArn);
}
