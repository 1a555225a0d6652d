/** The look of the demo pages, for a page that is read, printed and sent around. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --page: #f5f6fa; --card: #fff; --well: #f0f2f7; --line: #dde1ea; --ink: #1b2130; --soft: #586074;
  --accent: #3f51b5; --accent-well: #eceffb; --good: #1a7346; --good-well: #e4f4ec; --ask: #8a5300;
  --ask-well: #fdf1dc; --hold: #2f5d9b; --hold-well: #e5eefb; --bad: #b3261e; --bad-well: #fcebea; --bar: #7d8bd9;
  --good-bar: #3c9b6c; --bad-bar: #d2665f;
  --round: 14px; --shadow: 0 1px 2px rgb(20 28 50 / 6%), 0 4px 16px rgb(20 28 50 / 5%);
  font: 15px / 1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
  background: var(--page); color: var(--ink);
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #11141c; --card: #191d28; --well: #222735; --line: #323949; --ink: #e9ecf4; --soft: #a3abbe;
    --accent: #9fadff; --accent-well: #242b48; --good: #74d3a0; --good-well: #16342a; --ask: #f2bd6b;
    --ask-well: #3a2c14; --hold: #93bdf6; --hold-well: #1c2d47; --bad: #ff9d95; --bad-well: #3d1f20; --bar: #7080d8;
    --good-bar: #4aa878; --bad-bar: #d4736b;
    --shadow: 0 1px 2px rgb(0 0 0 / 40%);
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { scroll-padding-top: 64px; }
body { margin: 0; -webkit-text-size-adjust: 100%; }
h1, h2, h3, h4, p, ol, ul, dl, dd, figure { margin: 0; padding: 0; }
ol, ul { list-style: none; }
h1 { font-size: 1.9rem; line-height: 1.2; font-weight: 700; letter-spacing: -0.01em; }
h2 { font-size: 1.2rem; line-height: 1.3; font-weight: 650; }
h3 { font-size: 1rem; line-height: 1.35; font-weight: 650; }
h4 { font-size: 0.78rem; font-weight: 600; color: var(--soft); }
a { color: var(--accent); text-underline-offset: 0.15em; }
code { font: 0.85em ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
[hidden] { display: none !important; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 6px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -999px; top: 8px; padding: 8px 14px; border-radius: 8px; background: var(--card); z-index: 3; }
.skip:focus { left: 12px; }
.soft { color: var(--soft); font-size: 0.87rem; }

.top { position: sticky; top: 0; z-index: 2; display: flex; align-items: center; gap: 9px; padding: 9px 24px;
  background: var(--card); border-bottom: 1px solid var(--line); }
.brand svg { display: block; width: 26px; height: 26px; }
.brand-name { font-weight: 700; font-size: 1.05rem; margin-right: 14px; }
nav { min-width: 0; overflow-x: auto; scrollbar-width: none; }
nav ul { display: flex; gap: 2px; }
nav a { display: block; padding: 4px 10px; border-radius: 99px; color: var(--soft); font-size: 0.85rem; text-decoration: none; white-space: nowrap; }
nav a:hover { background: var(--well); color: var(--ink); }
main { max-width: 1180px; margin: 0 auto; padding: 22px 24px 8px; }
.headline { margin: 6px 0 20px; }
.headline .badge { margin-top: 10px; font-size: 0.85rem; padding: 3px 12px; }
.headline .lead { margin-top: 8px; max-width: 46rem; color: var(--soft); }
.facts { display: flex; flex-wrap: wrap; gap: 4px 22px; margin-top: 14px; font-size: 0.85rem; }
.facts div { display: flex; gap: 6px; }
.facts dt { color: var(--soft); }
.facts dd { font-variant-numeric: tabular-nums; }
.card { margin-bottom: 16px; padding: 20px 22px 22px; border: 1px solid var(--line); border-radius: var(--round); background: var(--card); box-shadow: var(--shadow); }
.intro { margin: 5px 0 14px; max-width: 50rem; color: var(--soft); font-size: 0.9rem; }
.card > h2 + :not(.intro) { margin-top: 14px; }
.foot { max-width: 1180px; margin: 0 auto; padding: 8px 24px 30px; color: var(--soft); font-size: 0.82rem; }

.badge { display: inline-block; padding: 1px 9px; border-radius: 99px; font-size: 0.78rem; font-weight: 650; white-space: nowrap; }
.badge-good { background: var(--good-well); color: var(--good); }
.badge-bad { background: var(--bad-well); color: var(--bad); }
.badge-ask { background: var(--ask-well); color: var(--ask); }
.badge-hold { background: var(--hold-well); color: var(--hold); }
.badge-calm { background: var(--well); color: var(--soft); }

.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(158px, 1fr)); gap: 12px; }
.tile { padding: 13px 15px; border-radius: 11px; background: var(--well); }
.tile dt { color: var(--soft); font-size: 0.83rem; line-height: 1.35; }
.tile dt::first-letter { text-transform: uppercase; }
.tile dd { margin-top: 2px; font-size: 1.5rem; font-weight: 680; line-height: 1.25; font-variant-numeric: tabular-nums; }
.tile .soft { margin-top: 1px; font-size: 0.78rem; font-weight: 400; display: block; }
.two { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 330px), 1fr)); gap: 14px 30px; align-items: start; }
.two > * { min-width: 0; }
.two h3 { margin-bottom: 6px; }

.wide { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 0.88rem; }
caption { padding-bottom: 6px; text-align: left; color: var(--soft); font-size: 0.83rem; }
th, td { padding: 6px 10px; border-top: 1px solid var(--line); text-align: left; vertical-align: baseline; font-weight: 400; }
thead th { border-top: 0; color: var(--soft); font-size: 0.8rem; font-weight: 600; }
tr > :first-child { padding-left: 0; }
tr > :last-child { padding-right: 0; }
.figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.words { overflow-wrap: anywhere; }
th code { white-space: nowrap; }
.matrix { width: auto; }
.matrix thead .figure { text-align: center; }
.wide + .wide { margin-top: 18px; }
.matrix .cell { min-width: 64px; text-align: center; font-variant-numeric: tabular-nums; border: 3px solid var(--card); border-radius: 8px; }
.cell-none { color: var(--soft); background: var(--well); }
.cell-same { background: var(--good-well); color: var(--good); font-weight: 650; }
.cell-other { background: var(--bad-well); color: var(--bad); font-weight: 650; }
.matrix-neutral .cell-none { background: none; }
.matrix-neutral .cell-same { background: var(--well); color: var(--soft); font-weight: 400; }
.matrix-neutral .cell-other { background: var(--accent-well); color: var(--accent); font-weight: 700; }

.bar { display: block; width: 100%; height: 10px; border-radius: 5px; }
.bar-rest { fill: var(--bad-bar); }
.bar-part { fill: var(--good-bar); }
.bar-neutral .bar-rest { fill: var(--well); }
.bar-neutral .bar-part { fill: var(--bar); }
.groups td.bar-cell { width: 52%; min-width: 90px; vertical-align: middle; }
.groups th { white-space: nowrap; }

.chart { display: block; width: 100%; max-width: 440px; height: auto; overflow: visible; }
.chart text { font: 11px system-ui, sans-serif; fill: var(--soft); text-anchor: middle; font-variant-numeric: tabular-nums; }
.chart .count { fill: var(--ink); font-weight: 600; }
.chart .tick-side { text-anchor: end; }
.axis { stroke: var(--line); }
.grid { stroke: var(--line); stroke-dasharray: 2 4; }
.ideal { stroke: var(--soft); stroke-dasharray: 5 4; }
.gap { stroke: var(--bad-bar); stroke-width: 2; }
.curve { fill: none; stroke: var(--accent); stroke-width: 2; }
.point { fill: var(--accent); stroke: var(--card); stroke-width: 1.5; }
.column { fill: var(--bar); }
.column-good { fill: var(--good-bar); }
.column-bad { fill: var(--bad-bar); }

.story { padding: 18px 0 4px; border-top: 1px solid var(--line); }
.card > .story:first-of-type { border-top: 0; padding-top: 4px; }
.story-head { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 10px; }
.story-where { display: flex; flex-wrap: wrap; gap: 2px 12px; margin-top: 3px; color: var(--soft); font-size: 0.83rem; }
.why { margin-top: 8px; max-width: 50rem; font-size: 0.9rem; }
.timeline { margin-top: 14px; }
.step { position: relative; padding: 0 0 16px 30px; }
.step::before { content: ""; position: absolute; left: 8px; top: 8px; bottom: -8px; width: 2px; background: var(--line); }
.step:last-child::before { display: none; }
.dot { position: absolute; left: 0; top: 2px; width: 18px; height: 18px; border-radius: 50%; font-size: 0.7rem; line-height: 18px; text-align: center; font-weight: 700; background: var(--well); color: var(--soft); }
.dot-good { background: var(--good-well); color: var(--good); }
.dot-bad { background: var(--bad); color: var(--card); }
.step-head { display: flex; flex-wrap: wrap; align-items: baseline; gap: 3px 10px; font-size: 0.9rem; }
.step-head strong { font-weight: 600; overflow-wrap: anywhere; }
.step time { color: var(--soft); font-size: 0.82rem; font-variant-numeric: tabular-nums; }
.step p { margin-top: 4px; max-width: 56rem; font-size: 0.87rem; overflow-wrap: anywhere; }
.held { color: var(--soft); }
.wrong { margin-top: 9px; border: 1px solid var(--line); border-left: 4px solid var(--bad); border-radius: 8px; overflow: hidden; font-size: 0.87rem; }
.wrong + .wrong { margin-top: 8px; }
.wrong-words { padding: 8px 12px; }
.wrong-words b { font-weight: 650; }
.diff { display: grid; grid-template-columns: 1fr 1fr; border-top: 1px solid var(--line); }
.diff > div { padding: 7px 12px 9px; min-width: 0; }
.diff > div + div { border-left: 1px solid var(--line); }
.diff li { font: 0.82rem / 1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.diff li::before { display: inline-block; width: 1.4em; content: "="; color: var(--soft); }
.diff .lacking, .diff .other { padding: 0 6px; margin-left: -6px; border-radius: 4px; width: fit-content; max-width: 100%; }
.diff .lacking { background: var(--good-well); color: var(--good); }
.diff .other { background: var(--bad-well); color: var(--bad); }
.diff .lacking::before, .diff .other::before { content: "≠"; color: inherit; }
.beside { margin-top: 9px; border: 1px solid var(--line); border-radius: 8px; overflow: hidden; font-size: 0.87rem; }
.beside .diff { border-top: 0; }
.beside dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 10px; margin-top: 3px; }
.beside dt { color: var(--soft); }
.beside dd { min-width: 0; overflow-wrap: anywhere; }
.beside .moved { padding: 0 6px; margin-left: -6px; border-radius: 4px; width: fit-content; max-width: 100%; background: var(--accent-well); color: var(--accent); font-weight: 600; }
.moved-figure { color: var(--accent); font-weight: 650; }
.value { margin: 3px 0 0; font: 0.82rem / 1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.points li { position: relative; padding: 2px 0 2px 1.1em; max-width: 56rem; font-size: 0.9rem; overflow-wrap: anywhere; }
.points li::before { content: "–"; position: absolute; left: 0; color: var(--soft); }
.points { margin-top: 8px; }
.points + .soft { margin-top: 8px; }
.soft + .wide { margin-top: 16px; }
.story > .points:last-child, .story > .beside:last-child { margin-bottom: 14px; }
.spoke { margin-top: 6px; font-size: 0.85rem; }
.spoke li { padding: 2px 0; display: flex; flex-wrap: wrap; gap: 2px 8px; align-items: baseline; }

details > summary { cursor: pointer; }
details > summary:hover { color: var(--accent); }
details.more, .more { margin-top: 8px; font-size: 0.85rem; }
details.more > summary, .more summary { color: var(--accent); width: fit-content; }
.group { margin-top: 16px; }
.group > h3 { display: flex; gap: 10px; align-items: baseline; padding-bottom: 4px; }
.scenario { border-top: 1px solid var(--line); padding: 6px 0; font-size: 0.9rem; }
.scenario > details > summary { display: list-item; }
.scenario .timeline { margin: 12px 0 2px 2px; }
.mark-good { color: var(--good); font-weight: 700; }
.mark-bad { color: var(--bad); font-weight: 700; }
.filter { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 10px; font-size: 0.88rem; }
.filter input { flex: 1 1 220px; max-width: 380px; padding: 7px 11px; border: 1px solid var(--line); border-radius: 9px; background: var(--card); color: inherit; font: inherit; }
.problems li { padding: 8px 0; border-top: 1px solid var(--line); font-size: 0.9rem; }
.problems li:first-child { border-top: 0; }
.problems p { margin-top: 3px; }
.gains { margin-top: 12px; font-size: 0.9rem; }
.story > details > summary .story-head { display: inline-flex; vertical-align: top; max-width: calc(100% - 22px); }
.empty { color: var(--soft); font-size: 0.9rem; }

@media (max-width: 700px) {
  .top { padding: 9px 16px; }
  .brand-name { display: none; }
  main { padding: 16px 12px 4px; }
  h1 { font-size: 1.5rem; }
  .card { padding: 16px 15px 18px; }
  .diff { grid-template-columns: 1fr; }
  .diff > div + div { border-left: 0; border-top: 1px solid var(--line); }
  table { font-size: 0.82rem; }
  th, td { padding: 6px 6px; }
  .matrix .cell { min-width: 40px; padding: 6px 3px; }
  .matrix-neutral thead .figure { white-space: normal; vertical-align: bottom; padding: 6px 3px; }
  .matrix-neutral th.words { min-width: 88px; }
  .groups td.bar-cell { width: 30%; }
  .groups th { white-space: normal; overflow-wrap: anywhere; }
  .tiles { grid-template-columns: repeat(auto-fit, minmax(132px, 1fr)); gap: 9px; }
  .foot { padding: 4px 16px 24px; }
}
@media print {
  :root { --page: #fff; --shadow: none; font-size: 11px; }
  .top, .filter, .skip { display: none; }
  main { max-width: none; padding: 0; }
  .card { border: 0; padding: 0 0 14px; break-inside: auto; }
  .story, .wrong, .beside, .tile, .chart, tr { break-inside: avoid; }
  * { print-color-adjust: exact; }
}
`;
