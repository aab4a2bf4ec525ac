import {
  Aspects,
  TerraformOutput,
  TerraformStack,
  type IAspect,
  type ITerraformAddressable,
  type TerraformElement,
} from "cdktf";
import type { Construct, IConstruct, Node } from "constructs";
import { TerraformAddresses } from "./terraform-address";

/** A stack whose Terraform addresses are construct paths, such as `aws_ecs_service.services_orders`. */
export abstract class ReadableStack extends TerraformStack {
  private addresses: TerraformAddresses | undefined;
  private rendering: unknown;

  /** The stack's Terraform as it will be written: what is checked is rendered once, and not again to be written. */
  public render(): unknown {
    if (this.rendering === undefined) {
      // cdktf invokes them only when it writes the stack, which is after the policy has read it.
      invokeAspects(this, []);
      this.rendering = super.toTerraform();
    }
    return this.rendering;
  }

  public override toTerraform(): unknown {
    return this.rendering ?? super.toTerraform();
  }

  protected override allocateLogicalId(element: TerraformElement | Node): string {
    this.addresses ??= new TerraformAddresses(this);
    return this.addresses.nameOf(element);
  }
}

/** Visits a construct and those below it, the outermost aspects first, as cdktf does. */
function invokeAspects(construct: IConstruct, inherited: readonly IAspect[]): void {
  const aspects = [...inherited, ...Aspects.of(construct).all];
  for (const aspect of new Set(aspects)) aspect.visit(construct);
  for (const child of construct.node.children) invokeAspects(child, aspects);
}

/** Adds an output under exactly `name`, wherever in the tree it is made. */
export function addOutput(
  scope: Construct,
  name: string,
  output: { readonly value: string | ITerraformAddressable; readonly description: string },
): void {
  new TerraformOutput(scope, `output-${name.replaceAll("_", "-")}`, output).overrideLogicalId(name);
}
