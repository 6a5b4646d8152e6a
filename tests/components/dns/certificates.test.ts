import { Certificates } from "../../../components/dns/certificates";
import { codesIn, seoul, tokyo } from "../../support/componentParts";
import { record } from "../../support/pulumiMocks";

const names = ["*.duplex.example", "*.internal.duplex.example"];
const args = { zoneId: "Z1", names, sites: [seoul, tokyo] };

describe("Certificates", () => {
  it("asks for one in each region, and proves each name once", async () => {
    const made = await record(() => new Certificates("certificates", args));
    for (const { name, region } of [seoul, tokyo]) {
      expect(made.one("aws:acm/certificate:Certificate", `certificates-${name}`).inputs).toMatchObject({
        region,
        domainName: "*.duplex.example",
        subjectAlternativeNames: names,
        validationMethod: "DNS",
      });
    }
    const proofs = made.ofType("aws:route53/record:Record");
    expect(proofs.map(({ inputs }) => [inputs["name"], inputs["type"], inputs["records"]]).sort()).toEqual([
      ["_proof.duplex.example.", "CNAME", ["_value.acm-validations.example."]],
      ["_proof.internal.duplex.example.", "CNAME", ["_value.acm-validations.example."]],
    ]);
  });

  it("gives an ARN only once the certificate is issued", async () => {
    let given: unknown;
    const made = await record(() => {
      new Certificates("certificates", args).arns["tokyo"]?.apply((arn) => (given = arn));
    });
    const validation = made.one("aws:acm/certificateValidation:CertificateValidation", "certificates-tokyo");
    expect(validation.inputs).toMatchObject({
      region: "ap-northeast-1",
      certificateArn: "arn:certificates-tokyo",
      validationRecordFqdns: ["_proof.duplex.example.", "_proof.internal.duplex.example."],
    });
    expect(given).toBe("arn:certificates-tokyo");
  });

  it.each([
    [{ names: [] }, ["DPX231"]],
    [{ names: Array.from({ length: 10 }, (_, index) => `a${index}.example`) }, []],
    [{ names: Array.from({ length: 11 }, (_, index) => `a${index}.example`) }, ["DPX231"]],
    [{ sites: [] }, ["DPX231"]],
  ])("takes or refuses %j", async (more, codes) => {
    let refused: readonly string[] = [];
    const made = await record(() => {
      try {
        new Certificates("certificates", { ...args, ...more });
      } catch (error) {
        refused = codesIn(error);
      }
    });
    expect(refused).toEqual(codes);
    expect(made.resources.length > 0).toBe(codes.length === 0);
  });
});
