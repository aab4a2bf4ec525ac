import { randomUUID } from "node:crypto";
import type { Handlers } from "../../proxy/gap";
import { jsonReply } from "../../wire/edit";
import { omit, parseJson, text, type JsonObject } from "../../wire/json";
import { Memory } from "../../wire/memory";

/** moto has no saved queries of Logs Insights; shown by `aws_cloudwatch_query_definition`. */
export function queryDefinitions(): Handlers {
  const definitions = new Memory<JsonObject>();
  return {
    PutQueryDefinition: (request) => {
      const sent = omit(parseJson(request.body), ["clientToken"]);
      const queryDefinitionId = text(sent.queryDefinitionId) || randomUUID();
      definitions.of(request).set(queryDefinitionId, { ...sent, queryDefinitionId, lastModified: Date.now() });
      return jsonReply({ queryDefinitionId });
    },
    DescribeQueryDefinitions: (request) => {
      const prefix = text(parseJson(request.body).queryDefinitionNamePrefix);
      const all = [...definitions.of(request).values()];
      return jsonReply({ queryDefinitions: all.filter(({ name }) => text(name).startsWith(prefix)) });
    },
    DeleteQueryDefinition: (request) => {
      const success = definitions.of(request).delete(text(parseJson(request.body).queryDefinitionId));
      return jsonReply({ success });
    },
  };
}
