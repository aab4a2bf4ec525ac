import { element, type Element } from "./xml";

/** The values of a list in a Query or EC2 form: "Names.member.1", "Names.1" or "Names.Name.1", in order. */
export function formList(form: URLSearchParams, name: string): readonly string[] {
  const pattern = new RegExp(`^${escaped(name)}\\.(?:[A-Za-z]+\\.)?(\\d+)$`);
  return numbered(form, pattern).map(([, value]) => value);
}

/** The structures of a list in a Query or EC2 form, each as its own form. */
export function formObjects(form: URLSearchParams, name: string): readonly URLSearchParams[] {
  const pattern = new RegExp(`^${escaped(name)}\\.(?:[A-Za-z]+\\.)?(\\d+)\\.(.+)$`);
  const entries = new Map<number, URLSearchParams>();
  for (const [key, value] of form) {
    const [, index, field] = pattern.exec(key) ?? [];
    if (index === undefined || field === undefined) continue;
    const entry = entries.get(Number(index)) ?? new URLSearchParams();
    entry.set(field, value);
    entries.set(Number(index), entry);
  }
  return [...entries].sort(([a], [b]) => a - b).map(([, entry]) => entry);
}

/** The structure below a name in a form, as its own form. */
export function formObject(form: URLSearchParams, name: string): URLSearchParams {
  const below = new URLSearchParams();
  for (const [key, value] of form) if (key.startsWith(`${name}.`)) below.set(key.slice(name.length + 1), value);
  return below;
}

/** A form with the fields of another: a list or structure that both have is replaced as a whole. */
export function mergeForms(before: URLSearchParams, sent: URLSearchParams): URLSearchParams {
  const replaced = new Set([...sent.keys()].map(topLevel));
  const merged = new URLSearchParams();
  for (const [key, value] of before) if (!replaced.has(topLevel(key))) merged.append(key, value);
  for (const [key, value] of sent) merged.append(key, value);
  return merged;
}

/** A form with one list of strings. */
export function listForm(name: string, values: readonly string[]): URLSearchParams {
  const form = new URLSearchParams();
  values.forEach((value, index) => {
    form.set(`${name}.member.${index + 1}`, value);
  });
  return form;
}

/** The named fields of a form as elements, without those that are not set. */
export function formElements(form: URLSearchParams, ...names: readonly string[]): Element[] {
  return names.flatMap((name) => {
    const value = form.get(name);
    return value === null ? [] : [element(name, value)];
  });
}

function topLevel(key: string): string {
  return key.split(".")[0] ?? key;
}

function numbered(form: URLSearchParams, pattern: RegExp): readonly [number, string][] {
  const values = [...form].flatMap(([key, value]): [number, string][] => {
    const index = pattern.exec(key)?.[1];
    return index === undefined ? [] : [[Number(index), value]];
  });
  return values.sort(([a], [b]) => a - b);
}

function escaped(name: string): string {
  return name.replaceAll(".", "\\.");
}
