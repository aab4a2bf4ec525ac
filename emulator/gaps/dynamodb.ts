import type { AwsRequest, Gap, Handler, Reply } from "../proxy/gap";
import { object, parseJson, text, type JsonObject, type JsonValue } from "../wire/json";
import { editJson, isSuccess } from "../wire/reply";
import { Overlay } from "./overlay";

/**
 * moto loses the class of a table and the limits of its on-demand throughput; affects `table_class` and
 * `on_demand_throughput` of `aws_dynamodb_table`.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html
 */
export function dynamoDb(): Gap {
  const tables = new Overlay();
  const complete = (request: AwsRequest, reply: Reply, member: string): Reply =>
    editJson(reply, (body) => {
      const table = object(body[member]);
      return { ...body, [member]: tables.apply(request, text(table.TableName), table) };
    });
  const write: Handler = async (request, forward) => {
    const reply = await forward();
    if (!isSuccess(reply)) return reply;
    const name = text(object(parseJson(reply.body).TableDescription).TableName);
    tables.set(request, name, lostOf(parseJson(request.body)));
    return complete(request, reply, "TableDescription");
  };
  return {
    service: "dynamodb",
    handlers: {
      CreateTable: write,
      UpdateTable: write,
      DescribeTable: async (request, forward) => complete(request, await forward(), "Table"),
      DeleteTable: async (request, forward) => {
        const reply = complete(request, await forward(), "TableDescription");
        if (isSuccess(reply)) {
          tables.delete(request, text(object(parseJson(reply.body).TableDescription).TableName));
        }
        return reply;
      },
    },
  };
}

function lostOf({ TableClass, OnDemandThroughput }: JsonObject): JsonObject {
  return {
    ...(TableClass !== undefined && { TableClassSummary: { TableClass } }),
    ...(OnDemandThroughput !== undefined && { OnDemandThroughput: limits(OnDemandThroughput) }),
  };
}

/** A limit of -1 is none. */
function limits(sent: JsonValue): JsonObject | undefined {
  const set = Object.entries(object(sent)).filter(([, limit]) => limit !== -1);
  return set.length > 0 ? Object.fromEntries(set) : undefined;
}
