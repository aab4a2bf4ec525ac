import type { Environment } from "./run";

/** A text as one argument in a POSIX shell; plain words need no quotes. */
export function shellQuote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * The lines that set variables in a POSIX shell; undefined unsets one.
 *
 * @param current variables of the shell: those with the same value are left out. @default - all variables are set
 */
export function exportLines(variables: Environment, current?: Environment): string[] {
  return Object.entries(variables)
    .filter(([name, value]) => current === undefined || current[name] !== value)
    .map(([name, value]) => (value === undefined ? `unset ${name}` : `export ${name}=${shellQuote(value)}`));
}
