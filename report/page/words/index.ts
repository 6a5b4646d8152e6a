export { wordsOf } from "./wordsOf";
export { languages, type Language, type Words } from "./words";
