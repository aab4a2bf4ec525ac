const processors: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" };

/** This machine as HashiCorp names it in downloads and provider folders, for example `linux_amd64`. */
export function platform(system: string = process.platform, processor: string = process.arch): string {
  return `${system}_${processors[processor] ?? processor}`;
}
