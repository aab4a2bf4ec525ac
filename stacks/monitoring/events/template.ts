/**
 * A template of EventBridge. A placeholder that is a value by itself stands without quotes: EventBridge writes it as
 * JSON, so that no quote in a reason can break the message.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function template(value: object): string {
  return JSON.stringify(value).replace(/"(<\w+>)"/g, "$1");
}
