export { notJudged } from "./not-judged";
export { placementProof } from "./placement-proof";
