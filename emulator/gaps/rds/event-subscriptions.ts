import type { Handlers } from "../../proxy/gap";
import { mergeForms } from "../../wire/form";
import { isSuccess, queryReply } from "../../wire/reply";
import { find, findAll, parseXml, textOf, type Element } from "../../wire/xml";
import { operationOf, tagParameters } from "./moto-calls";

/** moto cannot modify an event subscription; affects `aws_db_event_subscription`. It deletes and creates it instead. */
export const eventSubscriptionHandlers: Handlers = {
  ModifyEventSubscription: async (request, forward) => {
    const SubscriptionName = request.form.get("SubscriptionName") ?? "";
    const described = await forward(operationOf(request, "DescribeEventSubscriptions", { SubscriptionName }));
    if (!isSuccess(described)) return described;
    const [before] = findAll(
      parseXml(described.body),
      "DescribeEventSubscriptionsResult",
      "EventSubscriptionsList",
      "EventSubscription",
    );
    if (!before) return described;
    const tags = await tagParameters(request, forward, textOf(before, "EventSubscriptionArn"));
    const after = mergeForms(formOf(before), request.form);
    const deleted = await forward(operationOf(request, "DeleteEventSubscription", { SubscriptionName }));
    if (!isSuccess(deleted)) return deleted;
    const parameters = { ...Object.fromEntries(after), ...tags };
    const created = await forward(operationOf(request, "CreateEventSubscription", parameters));
    if (!isSuccess(created)) return created;
    return queryReply(request.operation, find(parseXml(created.body), "CreateEventSubscriptionResult")?.children ?? []);
  },
};

/** The parameters with which a subscription would be created. */
function formOf(subscription: Element): URLSearchParams {
  const form = new URLSearchParams();
  for (const name of ["SnsTopicArn", "SourceType", "Enabled"]) {
    if (textOf(subscription, name) !== "") form.set(name, textOf(subscription, name));
  }
  for (const [list, item, parameter] of [
    ["SourceIdsList", "SourceId", "SourceIds"],
    ["EventCategoriesList", "EventCategory", "EventCategories"],
  ] as const) {
    findAll(subscription, list, item).forEach(({ text = "" }, index) => {
      form.set(`${parameter}.${item}.${index + 1}`, text);
    });
  }
  return form;
}
