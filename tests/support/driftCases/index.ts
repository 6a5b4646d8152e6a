export { bearable } from "./bearable";
export { dangerous } from "./dangerous";
export { harmless } from "./harmless";
