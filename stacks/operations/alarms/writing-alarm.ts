/** An alarm that writes messages. */
export interface WritingAlarm {
  readonly name: string;
  readonly arn: string;
}

export function writing({ alarmName: name, arn }: { readonly alarmName: string; readonly arn: string }): WritingAlarm {
  return { name, arn };
}
