export { bearable } from "./bearable";
export { dangerous } from "./dangerous";
export { withoutEffect } from "./withoutEffect";
