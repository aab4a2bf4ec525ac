import { randomUUID } from "node:crypto";
import type { Reply } from "../proxy/gap";
import { xmlReply } from "./edit";
import { element, type Element } from "./xml";

/** The values of a list in a Query or EC2 form: "Names.member.1", "Names.1" or "Names.Name.1", in order. */
export function formList(form: URLSearchParams, name: string): readonly string[] {
  const pattern = new RegExp(`^${escaped(name)}\\.(?:[A-Za-z]+\\.)?(\\d+)$`);
  return numbered(form, pattern).map(([, value]) => value);
}

/** The structures of a list in a Query or EC2 form, each as its own form. */
export function formObjects(form: URLSearchParams, name: string): readonly URLSearchParams[] {
  const pattern = new RegExp(`^${escaped(name)}\\.(?:[A-Za-z]+\\.)?(\\d+)\\.(.+)$`);
  const found = new Map<number, URLSearchParams>();
  for (const [key, value] of form) {
    const [, index, field] = pattern.exec(key) ?? [];
    if (index === undefined || field === undefined) continue;
    const entry = found.get(Number(index)) ?? new URLSearchParams();
    entry.set(field, value);
    found.set(Number(index), entry);
  }
  return [...found].sort(([a], [b]) => a - b).map(([, entry]) => entry);
}

/** The structure below a name in a form, as its own form. */
export function formObject(form: URLSearchParams, name: string): URLSearchParams {
  const below = new URLSearchParams();
  for (const [key, value] of form) if (key.startsWith(`${name}.`)) below.set(key.slice(name.length + 1), value);
  return below;
}

/** A form with what another one says: a list or structure that is sent again replaces the one before. */
export function mergeForms(before: URLSearchParams, sent: URLSearchParams): URLSearchParams {
  const replaced = new Set([...sent.keys()].map(topLevel));
  const merged = new URLSearchParams();
  for (const [key, value] of before) if (!replaced.has(topLevel(key))) merged.append(key, value);
  for (const [key, value] of sent) merged.append(key, value);
  return merged;
}

/** A form with one list of texts. */
export function listForm(name: string, values: readonly string[]): URLSearchParams {
  const form = new URLSearchParams();
  values.forEach((value, index) => {
    form.set(`${name}.member.${index + 1}`, value);
  });
  return form;
}

/** The fields of a form that are set, as elements. */
export function formElements(form: URLSearchParams, ...names: readonly string[]): Element[] {
  return names.flatMap((name) => {
    const value = form.get(name);
    return value === null ? [] : [element(name, value)];
  });
}

/** The answer of a Query service to an action: its result in the usual envelope. */
export function queryReply(action: string, result: Element[]): Reply {
  const metadata = element("ResponseMetadata", [element("RequestId", randomUUID())]);
  return xmlReply(element(`${action}Response`, [element(`${action}Result`, result), metadata]));
}

/** An error of a Query service. */
export function queryError(code: string, message: string, status = 400): Reply {
  const error = element("Error", [element("Type", "Sender"), element("Code", code), element("Message", message)]);
  return xmlReply(element("ErrorResponse", [error, element("RequestId", randomUUID())]), status);
}

function topLevel(key: string): string {
  return key.split(".")[0] ?? key;
}

function numbered(form: URLSearchParams, pattern: RegExp): readonly [number, string][] {
  const found = [...form].flatMap(([key, value]): [number, string][] => {
    const index = pattern.exec(key)?.[1];
    return index === undefined ? [] : [[Number(index), value]];
  });
  return found.sort(([a], [b]) => a - b);
}

function escaped(name: string): string {
  return name.replaceAll(".", "\\.");
}
