/** An alarm that writes messages. */
export interface WritingAlarm {
  /** The name, by a reference that makes Terraform wait for the alarm. */
  readonly name: string;
  /** The name, as people read it. */
  readonly title: string;
  readonly arn: string;
}

interface Made {
  readonly alarmName: string;
  readonly alarmNameInput?: string | undefined;
  readonly arn: string;
}

export function writing({ alarmName: name, alarmNameInput: title = name, arn }: Made): WritingAlarm {
  return { name, title, arn };
}
