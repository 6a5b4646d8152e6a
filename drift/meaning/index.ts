export { meansTheSame } from "./meansTheSame";
