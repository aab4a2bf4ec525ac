import { TerraformElement, TerraformOutput, TerraformStack, type ITerraformAddressable } from "cdktf";
import { invokeAspects } from "cdktf/lib/synthesize/synthesizer";
import type { Construct, Node } from "constructs";

/** A stack whose Terraform addresses are construct paths joined by `_`, such as `aws_ecs_service.services_orders_service`. */
export abstract class ReadableStack extends TerraformStack {
  private rendering: unknown;

  /** The stack's Terraform as it will be written: what is checked is rendered once, and not again to be written. */
  public render(): unknown {
    if (this.rendering === undefined) {
      // cdktf does so only when it writes the stack, which may be later.
      invokeAspects(this);
      this.rendering = super.toTerraform();
    }
    return this.rendering;
  }

  public override toTerraform(): unknown {
    return this.rendering ?? super.toTerraform();
  }

  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : element;
    const ids = node.scopes.slice(node.scopes.indexOf(this) + 1).map(({ node: { id } }) => id);
    const ambiguous = ids.find((id) => !/^[a-z][a-z0-9-]*$/i.test(id));
    if (ambiguous !== undefined) {
      throw new Error(`construct id "${ambiguous}" would make an ambiguous address; write it in kebab-case`);
    }
    return ids.join("_");
  }
}

/** Adds an output under exactly `name`, wherever in the tree it is made. */
export function addOutput(
  scope: Construct,
  name: string,
  output: { readonly value: string | ITerraformAddressable; readonly description: string },
): void {
  new TerraformOutput(scope, `output-${name.replaceAll("_", "-")}`, output).overrideLogicalId(name);
}
