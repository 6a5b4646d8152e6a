/** Korean particles follow the sound that a word ends with. */
import { withParticle, type Particle } from "../../../report/page/words/particles";

const cases: readonly (readonly [word: string, particle: Particle, expected: string])[] = [
  ["건물", "object", "건물을"],
  ["서비스", "object", "서비스를"],
  ["판교", "topic", "판교는"],
  ["안양", "topic", "안양은"],
  ["춘천", "subject", "춘천이"],
  ["대기", "subject", "대기가"],
  ["서울", "by", "서울로"],
  ["안산", "by", "안산으로"],
  ["대구", "by", "대구로"],
  ["계정", "with", "계정과"],
  ["통신사", "with", "통신사와"],
  // Figures by their readings: 영 일 이 삼 사 오 육 칠 팔 구, 퍼센트.
  ["apne2-az1", "object", "apne2-az1을"],
  ["apne2-az2", "object", "apne2-az2를"],
  ["az6", "by", "az6으로"],
  ["az8", "by", "az8로"],
  ["10", "subject", "10이"],
  ["200%", "object", "200%를"],
  // Latin letters, where the sound is certain.
  ["pangyo", "object", "pangyo를"],
  ["login", "object", "login을"],
  ["mail", "by", "mail로"],
  ["team", "subject", "team이"],
  ["pay", "topic", "pay는"],
  ["orders", "topic", "orders는"],
  // Where it is not, both are written.
  ["exchange", "object", "exchange을(를)"],
  ["seoul-east", "by", "seoul-east(으)로"],
  ["東京", "topic", "東京은(는)"],
  ["", "subject", "이(가)"],
  // Signs are not read.
  ["판교(1동)", "topic", "판교(1동)은"],
  ['"대구"', "subject", '"대구"가'],
];

test.each(cases)("%s with its particle of %s is %s", (word, particle, expected) => {
  expect(withParticle(word, particle)).toBe(expected);
});
