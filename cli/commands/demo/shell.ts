/** The lines that give a POSIX shell an environment; variables that already have the value are left out. */
export function exportLines(
  wanted: Readonly<Record<string, string | undefined>>,
  current: Readonly<Record<string, string | undefined>>,
): string[] {
  return Object.entries(wanted)
    .filter(([name, value]) => current[name] !== value)
    .map(([name, value]) => (value === undefined ? `unset ${name}` : `export ${name}=${quoted(value)}`));
}

function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
