import { lossCandidates } from "../../survival";
import { cloud, estate, facility } from "../support/estateBuilder";

describe("loss candidates", () => {
  it("are the estate's domains of those kinds, sorted", () => {
    const built = estate([cloud("seoul", 2), facility("pangyo")], []);
    expect(lossCandidates(built, ["zone", "facility"])).toEqual([
      "facility:pangyo",
      "zone:seoul-az1",
      "zone:seoul-az2",
    ]);
    expect(lossCandidates(built, [])).toEqual([]);
  });
});
