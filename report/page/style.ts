/** The page's style sheet. Colours keep a contrast of 4.5 to 1 with their ground, in both schemes (WCAG 2.2, 1.4.3). */
export const styleSheet = `
:root {
  color-scheme: light dark;
  --ink: #1d2433; --soft: #545d70; --ground: #fff; --panel: #f4f6fa; --rule: #c9d0dc; --link: #1a56b8;
  --good-ink: #14532d; --good: #d9f2e1; --warning-ink: #6b3d00; --warning: #fdebc4;
  --bad-ink: #8a1220; --bad: #fcdcdf; --unknown-ink: #423a75; --unknown: #e6e3fa;
  --shade0: #a9c6f0; --shade1: #c5d99a; --shade2: #f1cfa0; --shade3: #d9bfe8; --shade4: #a5dcd6; --shade5: #ecbcc4;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e6eaf2; --soft: #a9b3c6; --ground: #12161f; --panel: #1b2230; --rule: #3b465a; --link: #8ab6ff;
    --good-ink: #a8ecc0; --good: #123a22; --warning-ink: #ffd98a; --warning: #46330a;
    --bad-ink: #ffc2c8; --bad: #561620; --unknown-ink: #d2caff; --unknown: #322b5c;
    --shade0: #2d4f85; --shade1: #4a5f24; --shade2: #74511c; --shade3: #5d3b74; --shade4: #1f5f58; --shade5: #74323f;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, "Noto Sans CJK KR",
  "Apple SD Gothic Neo", "Malgun Gothic", sans-serif; }
main { max-width: 1180px; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.5rem; margin: 0 0 1rem; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; margin: 2.2rem 0 .6rem; }
h3 { font-size: 1rem; margin: 1rem 0 .3rem; overflow-wrap: anywhere; }
p, li { overflow-wrap: anywhere; }
:lang(ko) { word-break: keep-all; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--ground); padding: .5rem; }
.note, small { color: var(--soft); }
.note { font-size: .9rem; }
.verdict { display: inline-block; margin: 0; padding: .35rem .9rem; border-radius: .4rem; font-size: 1.4rem;
  font-weight: 700; }
.good { background: var(--good); color: var(--good-ink); }
.warning { background: var(--warning); color: var(--warning-ink); }
.bad { background: var(--bad); color: var(--bad-ink); }
.unknown { background: var(--unknown); color: var(--unknown-ink); }
.story { list-style: none; padding: 0; }
.story > li { margin: .4rem 0; padding: .5rem .8rem; border-radius: .4rem; border-left: .35rem solid currentColor; }
p.good { padding: .4rem .8rem; border-radius: .4rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; padding: 0; list-style: none; }
summary { cursor: pointer; padding: .3rem 0; font-weight: 600; }
.scroll { overflow-x: auto; max-width: 100%; }
table { border-collapse: collapse; font-size: .88rem; }
caption { text-align: left; white-space: nowrap; padding: .3rem 0; color: var(--soft); }
th, td { border: 1px solid var(--rule); padding: .3rem .5rem; text-align: left; vertical-align: top; }
thead th { background: var(--panel); max-width: 11rem; overflow-wrap: anywhere; }
tbody th { background: var(--panel); font-weight: 600; }
.heat tbody th, .heat thead th:first-child { position: sticky; left: 0; z-index: 1; min-width: 9rem; }
.heat td { min-width: 6rem; font-weight: 600; }
.heat td small { display: block; color: inherit; font-weight: 400; overflow-wrap: anywhere; }
.figures td { text-align: right; font-variant-numeric: tabular-nums; }
td ul { margin: 0; padding-left: 1.1rem; }
.findings > li { margin-bottom: 1.2rem; }
.mark { border-radius: .3rem; padding: .05rem .45rem; font-size: .85rem; font-weight: 600; }
li.bad { border-radius: .3rem; }
figure { margin: 1.2rem 0; }
figcaption { font-weight: 600; }
.chain { display: flex; flex-wrap: wrap; gap: .5rem; list-style: none; padding: 0; margin: .8rem 0; }
.chain li { display: flex; align-items: center; gap: .5rem; }
.box { border: 1px solid var(--rule); border-radius: .4rem; padding: .3rem .7rem; font-weight: 600; }
svg text { fill: var(--ink); font-size: 13px; }
svg .strong { font-weight: 600; }
svg .soft { fill: var(--soft); font-size: 12px; }
svg .inside { font-size: 11px; }
svg .frame { fill: var(--panel); stroke: var(--rule); }
svg .place { fill: var(--ground); stroke: var(--soft); }
svg .tie { stroke: var(--bad-ink); stroke-width: 3; }
svg .tie.weak { stroke: var(--soft); stroke-width: 1.5; stroke-dasharray: 4 3; }
svg .alone { fill: var(--bad-ink); }
svg .several { fill: var(--ground); stroke: var(--soft); stroke-width: 2; }
svg .peak { stroke: var(--bad-ink); stroke-width: 2; }
svg rect[class^="shade"] { stroke: var(--ground); }
svg .shade0 { fill: var(--shade0); } svg .shade1 { fill: var(--shade1); } svg .shade2 { fill: var(--shade2); }
svg .shade3 { fill: var(--shade3); } svg .shade4 { fill: var(--shade4); } svg .shade5 { fill: var(--shade5); }
@media (max-width: 40rem) { main { padding: .8rem; } }
@media print {
  :root { --ground: #fff; --ink: #000; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  nav, .skip { display: none; }
  main { max-width: none; padding: 0; }
  .scroll { overflow: visible; }
  svg { max-width: 100%; height: auto; }
  details::details-content { content-visibility: visible; height: auto; }
  tr, figure, .findings > li { break-inside: avoid; }
}
`;
