/**
 * The parameter group family of an engine version, such as "postgres16"; undefined for the engines whose families have
 * other names.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBParameterGroup.html
 */
export function familyOf(engine: string, version: string): string | undefined {
  const numbers = version.split(".");
  if (numbers[0] === undefined || numbers[0] === "") return undefined;
  if (engine === "postgres" || engine === "aurora-postgresql") return `${engine}${numbers[0]}`;
  if (!["mysql", "mariadb", "aurora-mysql"].includes(engine) || numbers[1] === undefined) return undefined;
  return `${engine}${numbers[0]}.${numbers[1]}`;
}

/** Whether a version is older than another. */
export function isOlder(version: string, than: string): boolean {
  const [wanted, current] = [numbersOf(version), numbersOf(than)];
  for (const [index, number] of wanted.entries()) {
    const other = current[index] ?? 0;
    if (number !== other) return number < other;
  }
  return false;
}

/** Whether an engine version belongs to another major version, so that its parameter groups have another family. */
export function isMajorChange(engine: string, from: string, to: string): boolean {
  const [before, after] = [familyOf(engine, from), familyOf(engine, to)];
  return before !== undefined && after !== undefined && before !== after;
}

function numbersOf(version: string): readonly number[] {
  return version
    .split(/\D+/)
    .filter((part) => part !== "")
    .map(Number);
}
