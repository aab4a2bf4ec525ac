/**
 * A domain name in the form in which Route 53 keeps it: in lower case, with a dot at its end.
 *
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html
 */
export function dnsName(name: string): string {
  return `${name.toLowerCase().replace(/\.$/, "")}.`;
}
