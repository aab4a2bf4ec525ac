import type { Forward } from "../../proxy/gap";
import { parseXml, type Element } from "../../wire/xml";

const version = "2016-11-15";

/** The reply of an operation that describes resources. */
export async function describe(forward: Forward, action: string, parameters: Record<string, string>): Promise<Element> {
  return parseXml((await call(forward, action, parameters)).body);
}

/** Calls another operation of EC2. */
export function call(forward: Forward, action: string, parameters: Record<string, string>): ReturnType<Forward> {
  return forward({ body: new URLSearchParams({ Action: action, Version: version, ...parameters }).toString() });
}
