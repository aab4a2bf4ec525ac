import type { EmulatedResource } from "emulated-aws";

/** The resources of one type. */
export interface ResourceType {
  readonly service: string;
  readonly type: string;
  readonly names: readonly string[];
}

/** Groups resources by service and type, in alphabetical order. */
export function byType(resources: readonly EmulatedResource[]): ResourceType[] {
  const groups = new Map<string, ResourceType & { names: string[] }>();
  for (const { service, type, name } of resources) {
    const key = `${service} ${type}`;
    const group = groups.get(key) ?? { service, type, names: [] };
    group.names.push(shortName(name));
    groups.set(key, group);
  }
  return [...groups.entries()].sort(([a], [b]) => a.localeCompare(b)).map(([, group]) => group);
}

/** The part of an ARN that tells resources apart. */
function shortName(name: string): string {
  return name.startsWith("arn:") ? name.split(":").slice(5).join(":") : name;
}
