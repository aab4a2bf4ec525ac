/** The lines with which bash takes an environment over. */
export function shellLines(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.entries(environment).map(([name, value]) =>
    value === undefined ? `unset ${name}` : `export ${name}='${value.replaceAll("'", `'\\''`)}'`,
  );
}
