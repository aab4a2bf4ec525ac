export { contradiction as invalidCombination, invalidValue as invalid } from "../refusals";
