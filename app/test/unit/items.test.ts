import { describeItems } from "../contract/items";
import { migratedDatabase } from "../fixtures/api";

describeItems("on the embedded database", migratedDatabase);
