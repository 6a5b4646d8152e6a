/** The page in Korean. Words of the field as operators in Korea use them: 이중화, 가용 영역, 전력 계통, 제어 영역. */
import { toldTime, type ToldTime } from "../../figures";
import { withParticle } from "./particles";
import type { Words } from "./words";

/** At most so many names in a sentence. */
const most = 6;

function listOf(names: readonly string[], limit: number): string {
  const shown = names.slice(0, limit).join(", ");
  return names.length > limit ? `${shown} 외 ${names.length - limit}개` : shown;
}

const listed = (names: readonly string[]): string => listOf(names, most);

const units: Readonly<Record<ToldTime["unit"], string>> = { d: "일", h: "시간", min: "분", s: "초" };

function timeOf(seconds: number): string {
  if (seconds === Infinity) return "복구되지 않음";
  const { value, unit } = toldTime(seconds);
  return `${value}${units[unit]}`;
}

const kind: Words["kind"] = {
  ...{ region: "리전", zone: "가용 영역", facility: "건물", power: "전력 계통", operator: "운영사" },
  ...{ carrier: "통신사", vendor: "외부 업체", hazard: "재해 구역", controlPlane: "제어 영역", account: "계정" },
};

const story: Words["story"] = {
  heading: "한 곳을 잃으면 일어나는 일",
  lost: (of, name) => `${kind[of]} ${name}`,
  anyOf: (places) => `${listed(places)} 가운데 하나`,
  down: (place, down, all) =>
    `${withParticle(place, "object")} 잃으면 서비스 ${all}개 중 ${down.length}개가 중단됩니다: ${listed(down)}.`,
  unknown: (place, services) =>
    `${withParticle(place, "object")} 잃었을 때 ${withParticle(listed(services), "subject")} 유지되는지 알 수 없습니다. ` +
    "판단에 필요한 값이 없습니다.",
  degraded: (place, services) =>
    `${withParticle(place, "object")} 잃으면 최대 부하의 일부만 처리합니다: ` +
    `${listed(services.map(([name, share]) => `${name}(${share})`))}.`,
  byThemselves: (services) => `${listed(services)}: 남아서 요청이 닿는 것이 모자랍니다.`,
  because: (services, of) => `${listed(services)}: 함께 사라진 ${withParticle(of, "object")} 필요로 합니다.`,
  harmless: (place, services) =>
    `${withParticle(place, "object")} 잃어도 서비스 ${services}개 모두 최대 부하를 처리합니다.`,
  noHarm: (places, services) =>
    `건물, 가용 영역, 리전 전체를 합한 ${places}곳 가운데 어느 하나를 잃어도 서비스 ${services}개 모두 최대 부하를 처리합니다.`,
  atOnce: "곧바로",
  strongHeading: "핵심 서비스가 유지되는 이유",
  strong: (services, places, peakShare, slowest) =>
    `${withParticle(listed(services), "topic")} ${services.length === 1 ? "" : "각각 "}${places}곳에서 실행되` +
    (peakShare === undefined ? "며, " : `고, 모두 합해 최대 부하의 ${withParticle(peakShare, "object")} 감당합니다. `) +
    `어느 한 곳을 잃어도 ${slowest} 최대 부하를 모두 처리합니다.`,
  accepted: (place, services, by, until) =>
    `${withParticle(by, "subject")} ${until}까지 감수하기로 한 위험: ${withParticle(place, "object")} 잃으면 ` +
    `${withParticle(listed(services), "subject")} 유지되지 않습니다.`,
  noPlaces: "건물, 가용 영역, 리전이 하나도 적혀 있지 않아 한 곳을 잃었을 때의 결과를 알 수 없습니다.",
  otherLosses: (others) =>
    `전력 계통, 통신사, 외부 업체처럼 장소가 아닌 것의 상실 ${others}건도 서비스를 중단시킵니다. 아래 표에 있습니다.`,
};

const heat: Words["heat"] = {
  heading: "서비스와 상실",
  intro: "열마다 하나의 상실이며, 칸마다 그때 서비스에 남는 것, 걸리는 시간, 더 남지 않는 이유가 적혀 있습니다.",
  legend: "✓ 정상 · ▼ 일부만 처리 · ✕ 중단 · ? 알 수 없음",
  caption: (kinds) => `하나를 잃었을 때 각 서비스가 처리하는 몫: ${kinds}`,
  corner: "서비스",
  group: (kinds, columns, down) =>
    `${kinds} ${columns}개: ${down === 0 ? "중단되는 서비스 없음" : `${down}개가 서비스를 중단시킴`}`,
  untouched: (names) => `다음을 잃어도 어떤 서비스도 영향을 받지 않습니다: ${names.join(", ")}.`,
  minor: (rows) => `다른 서비스만 쓰는 부분 ${rows}개`,
  after: (time) => `${time} 뒤`,
  never: "스스로 복구되지 않음",
  data: (time) => `데이터 최대 ${time} 유실`,
  byItself: "남아서 닿는 것이 모자람",
  needs: (service) => `${service} 필요`,
  missing: (property) => `값 없음: ${property}`,
  controlPlane: "제어 영역 필요",
  accepted: (until) => `${until}까지 감수`,
};

const findings: Words["findings"] = {
  heading: "고칠 것, 심각한 것부터",
  none: "발견된 것이 없습니다.",
  level: { error: "거부", warning: "권고", note: "참고" },
  where: "위치",
  fix: "고치는 법",
  alike: (number) => `같은 원인 ${number}건 더`,
  more: (number) => `그 밖에 ${number}건: \`duplex check --format json\`에 모두 있습니다`,
  exemptions: "감수하기로 한 위험",
  noExemptions: "예외가 없습니다.",
  exemption: ({ subject, expires, expired, covers, owner, ticket }) =>
    `${subject}, ${expired ? `${expires}에 만료됨` : `${expires}까지`}, ${covers}건에 적용 (${owner}, ${ticket})`,
  notJudged: "판정하지 않은 것",
  allJudged: "모든 리소스를 판정했습니다.",
  notes: "입력에 대한 참고",
};

const change: Words["change"] = {
  heading: "변경의 결과",
  since: (base, counts) =>
    `${withParticle(base, "with")} 비교: 새로 ${counts.new}건, 나빠짐 ${counts.worse}건, 나아짐 ${counts.better}건, ` +
    `그대로 ${counts.unchanged}건, 사라짐 ${counts.gone}건.`,
  mark: {
    new: "새로 생김",
    worse: "나빠짐",
    better: "나아짐",
    unchanged: "그대로",
    gone: "사라짐",
    renamed: "이름 바뀜",
  },
  was: (name) => `이전 이름 ${name}`,
  caption: "상실 뒤에 각 서비스가 처리하는 몫, 변경 전과 후",
  columns: ["서비스", "상실", "변경 전", "변경 후"],
  noCells: "어떤 상실 뒤에도 처리하는 몫이 변경 전과 같습니다.",
};

const map: Words["map"] = {
  heading: "배치도",
  intro:
    "위에는 리전별로 각 장소와 그곳에서 실행되는 서비스가 있고, 아래에는 여러 장소가 함께 쓰는 것이 있습니다. " +
    "채워진 점으로 이어진 장소는 함께 무너집니다.",
  picture: "리전별 장소, 각 장소의 서비스, 장소들이 함께 쓰는 것",
  table: "같은 내용의 표",
  columns: ["리전", "장소", "서비스", "다른 장소와 함께 쓰는 것"],
  noRegion: "리전 없음",
  empty: "실행되는 것 없음",
  nothingShared: "장소들이 함께 쓰는 전력 계통, 통신사, 운영사, 재해 구역이 적혀 있지 않습니다.",
  alone: "함께 무너짐",
  oneOfSeveral: "여러 공급원 가운데 하나",
  more: (number) => `외 ${number}개`,
};

const capacity: Words["capacity"] = {
  heading: "상실 전과 후의 처리 용량",
  intro:
    "새로 시작하는 것 없이 각 장소에서 이미 실행되는 용량입니다. 세로선은 최대 부하이며, 거기에 닿지 않는 막대는 " +
    "가장 바쁜 시간에 모두를 처리하지 못합니다. 어떤 이름으로도 닿지 않는 용량도 여기에는 들어 있으며, 실제로 처리하는 " +
    "몫은 서비스와 상실의 표에 있습니다.",
  none: "최대 부하와 단위당 처리량을 함께 적은 서비스가 없습니다.",
  service: (name, peak) => `${name} (최대 부하 초당 ${peak}건)`,
  nothingLost: "상실 없음",
  without: (place) => `${place} 상실`,
  ofPeak: (share) => `최대 부하의 ${share}`,
  peak: "최대 부하",
  lossColumn: "상실",
  totalColumn: "합계",
  untouched: (names) => `다음을 잃어도 용량은 줄지 않습니다: ${names.join(", ")}.`,
  picture: (service) => `${service}의 장소별 용량, 상실 전과 후`,
  table: "같은 내용의 표, 초당 요청 수",
};

const chains: Words["chains"] = {
  heading: "핵심 서비스마다 가장 약한 고리",
  intro: "서비스에서 필요한 것을 거쳐, 가장 큰 피해를 주는 하나의 상실까지 이어집니다.",
  none: "어느 하나를 잃어도 온전히 유지됩니다.",
  noCritical: "핵심 서비스가 없습니다.",
  holds: (service) => `${service}: 감수하기로 한 것을 빼면, 어느 하나를 잃어도 유지됩니다.`,
  strength: (strength) => ({ hard: "없으면 중단", soft: "없으면 저하" })[strength] ?? "시작할 때 필요",
  lost: (of, name) => `${kind[of]} ${name} 상실`,
  fallsWith: "함께 무너짐",
};

export const korean: Words = {
  language: "ko",
  untranslated: "정책의 문장과 리소스 이름은 영어 그대로입니다.",
  title: (source) => `${source}: 한 곳을 잃었을 때 남는 것`,
  standing: {
    ...{ survives: "유지됨", advice: "유지됨, 권고 있음", refused: "거부됨", nothingJudged: "판정할 것이 없음" },
    ...{ known: "알려진 문제가 있으나 거부하지 않음", goesDown: "중단되나 거부하지 않음" },
    notProven: "증명되지 않았으나 거부하지 않음",
  },
  summary: ({ services, mandatory, advisory, notJudged }) =>
    `서비스 ${services}개 판정: 거부 ${mandatory}건, 권고 ${advisory}건, 판정하지 않은 리소스 ${notJudged}개.`,
  simulated: "모의 클라우드의 리소스입니다.",
  madeOf: (source, resources, version) => `duplex ${version}, ${source}, 리소스 ${resources}개.`,
  skip: "판정으로 건너뛰기",
  contents: "차례",
  kind,
  kinds: kind,
  tier: { critical: "핵심", important: "중요", standard: "일반" },
  status: { up: "정상", degraded: "일부", down: "중단", unknown: "알 수 없음" },
  list: listOf,
  time: timeOf,
  ...{ story, heat, findings, change, map, capacity, chains },
};
