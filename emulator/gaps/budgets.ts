import type { AwsRequest, Gap } from "../proxy/gap";
import { Store, Tags } from "../store";
import { object, objects, parseJson, text, type JsonObject, type JsonValue } from "../wire/json";
import { isSuccess, jsonReply } from "../wire/reply";
import { globally } from "./global";

/**
 * moto cannot update a budget, and lacks its subscribers and tags; affects `aws_budgets_budget`, which reads both.
 */
export function budgets(): Gap {
  const tags = new Tags();
  const subscribers = new Store<JsonValue>();
  const arnOf = ({ account }: AwsRequest, name: JsonValue): string =>
    `arn:aws:budgets::${account}:budget/${text(name)}`;
  const subscribe = (request: AwsRequest, budget: JsonValue, { Notification, Subscribers }: JsonObject): void => {
    subscribers.of(request).set(keyOf(budget, Notification), Subscribers);
  };

  return {
    service: "budgets",
    handlers: globally({
      CreateBudget: async (request, forward) => {
        const reply = await forward();
        const { Budget, NotificationsWithSubscribers, ResourceTags } = parseJson(request.body);
        if (!isSuccess(reply)) return reply;
        const { BudgetName } = object(Budget);
        tags.add(request, arnOf(request, BudgetName), ResourceTags);
        for (const each of objects(NotificationsWithSubscribers)) subscribe(request, BudgetName, each);
        return reply;
      },
      UpdateBudget: async (request, forward) => {
        const { AccountId, NewBudget } = parseJson(request.body);
        const call = async (operation: string, input: JsonObject) =>
          forward({
            headers: { "x-amz-target": `AWSBudgetServiceGateway.${operation}` },
            body: JSON.stringify({ AccountId, ...input }),
          });
        const { BudgetName } = object(NewBudget);
        const { Notifications } = parseJson((await call("DescribeNotificationsForBudget", { BudgetName })).body);
        await call("DeleteBudget", { BudgetName });
        return call("CreateBudget", {
          Budget: NewBudget,
          NotificationsWithSubscribers: objects(Notifications).map((Notification) => ({
            Notification,
            Subscribers: subscribers.of(request).get(keyOf(BudgetName, Notification)) ?? [],
          })),
        });
      },
      CreateNotification: async (request, forward) => {
        const sent = parseJson(request.body);
        subscribe(request, sent.BudgetName, sent);
        return forward();
      },
      DescribeSubscribersForNotification: (request) => {
        const { BudgetName, Notification } = parseJson(request.body);
        return jsonReply({ Subscribers: subscribers.of(request).get(keyOf(BudgetName, Notification)) ?? [] });
      },
      ListTagsForResource: (request) =>
        jsonReply({ ResourceTags: tags.listOf(request, parseJson(request.body).ResourceARN) }),
      TagResource: (request) => {
        const { ResourceARN, ResourceTags } = parseJson(request.body);
        tags.add(request, ResourceARN, ResourceTags);
        return jsonReply({});
      },
      UntagResource: (request) => {
        const { ResourceARN, ResourceTagKeys } = parseJson(request.body);
        tags.remove(request, ResourceARN, ResourceTagKeys);
        return jsonReply({});
      },
    }),
  };
}

function keyOf(budget: JsonValue, notification: JsonValue): string {
  const { NotificationType, ComparisonOperator, Threshold } = object(notification);
  return JSON.stringify([budget, NotificationType, ComparisonOperator, Threshold]);
}
