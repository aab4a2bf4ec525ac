// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

interface Field {
  readonly minimum: number;
  readonly maximum: number;
  /** Names of the values from 1 on. */
  readonly names?: readonly string[];
  /** What only this field has, beside values, ranges and increments. */
  readonly special?: RegExp;
}

const fields: readonly Field[] = [
  { minimum: 0, maximum: 59 },
  { minimum: 0, maximum: 23 },
  { minimum: 1, maximum: 31, special: /^(L|LW|L-([1-9]|[12]\d|30)|([1-9]|[12]\d|3[01])W)$/ },
  { minimum: 1, maximum: 12, names: months },
  { minimum: 1, maximum: 7, names: days, special: /^(L|([1-7]|[A-Z]{3})L|([1-7]|[A-Z]{3})#[1-5])$/ },
  { minimum: 1970, maximum: 2199 },
];
const dayOfMonth = 2;
const dayOfWeek = 4;

/** Whether a text is what AWS has inside of `cron()`: six fields, one of the two days `?`. */
export function isCron(expression: string): boolean {
  const parts = expression.trim().toUpperCase().split(/\s+/);
  if (parts.length !== fields.length) return false;
  if ((parts[dayOfMonth] === "?") === (parts[dayOfWeek] === "?")) return false;
  return fields.every((field, index) => {
    const part = parts[index] ?? "";
    return (part === "?" && (index === dayOfMonth || index === dayOfWeek)) || isField(part, field);
  });
}

function isField(part: string, field: Field): boolean {
  if (field.special?.test(part)) return !/[A-Z]{3}/.test(part) || days.includes(part.slice(0, 3));
  // EventBridge ignores a comma at the end: https://github.com/aws/aws-sdk/issues/161
  const items = part.replace(/,$/, "").split(",");
  return items.every((item) => isItem(item, field));
}

/** A value, `*` or a range, with an increment or without. */
function isItem(item: string, field: Field): boolean {
  const [values = "", increment, ...more] = item.split("/");
  if (more.length > 0) return false;
  if (increment !== undefined && !(/^\d{1,4}$/.test(increment) && Number(increment) > 0)) return false;
  if (values === "*" || (values === "" && increment !== undefined)) return true;
  const ends = values.split("-");
  return ends.length <= 2 && ends.every((end) => isValue(end, field));
}

function isValue(value: string, { minimum, maximum, names = [] }: Field): boolean {
  return names.includes(value) || (/^\d{1,4}$/.test(value) && Number(value) >= minimum && Number(value) <= maximum);
}
