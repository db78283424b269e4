/** One sheet, light and dark, for screens, narrow screens and paper. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#16191f;--soft:#5a6372;--faint:#667080;--line:#e3e6eb;--ground:#fff;--raised:#f6f7f9;--accent:#0b62c4;--tint:#c9dff7;--warn:#8a5200;--warn-ground:#fff6e5;--warn-line:#f0d39a;--guide:#b9c0cb}
@media(prefers-color-scheme:dark){:root{--ink:#e8ebf0;--soft:#a4adbb;--faint:#8b95a5;--line:#2b313b;--ground:#12151a;--raised:#1a1e25;--accent:#6db3ff;--tint:#234a73;--warn:#f2c46d;--warn-ground:#2a2213;--warn-line:#57451f;--guide:#4a5361}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;-webkit-text-size-adjust:100%}
main{max-width:1180px;margin:0 auto;padding:40px 24px 64px}
header p,.note{color:var(--soft);margin:0}
h1{font-size:30px;line-height:1.2;letter-spacing:-.015em;margin:0 0 6px;overflow-wrap:anywhere}
h2{font-size:18px;letter-spacing:-.005em;margin:44px 0 12px}
.note{margin-top:14px;white-space:pre-line;overflow-wrap:anywhere;max-width:75ch}
.facts{display:flex;flex-wrap:wrap;gap:6px 28px;margin:22px 0 0;padding:14px 0 0;border-top:1px solid var(--line)}
.facts div{min-width:0}
dt{color:var(--faint);font-size:12px}
dd{margin:0;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.checks{list-style:none;margin:24px 0 0;padding:0;display:grid;gap:8px}
.checks li{padding:10px 14px;border:1px solid var(--line);border-radius:8px;background:var(--raised);color:var(--soft)}
.checks .warning{border-color:var(--warn-line);background:var(--warn-ground);color:var(--ink)}
.checks b{color:var(--warn)}
table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--soft);padding:0 0 14px;max-width:85ch}
th{font-size:12px;font-weight:500;color:var(--faint);text-align:right;padding:6px 12px;border-bottom:1px solid var(--line);white-space:nowrap;vertical-align:bottom}
td{padding:6px 12px;height:52px;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap}
th:first-child,td:first-child{padding-left:0}
th:last-child,td:last-child{padding-right:0}
th.text,td.text{text-align:left}
td.rank{font-weight:600;width:1%}
td.rank small{display:block;font-weight:400;line-height:1.1}
td.entry{white-space:normal;overflow-wrap:anywhere;min-width:160px}
small{color:var(--faint);font-size:12px;line-height:1.35}
td.entry small{display:block}
td.metric{font-weight:600}
td.plot{width:1%}
.interval{display:block;width:190px;height:22px;overflow:visible}
.interval .bar{fill:var(--tint)}
.interval .value{fill:var(--accent)}
.interval .guide{stroke:var(--guide);stroke-dasharray:2 3;vector-effect:non-scaling-stroke}
td.groups{position:relative;padding:0;width:1%;min-width:calc(var(--bars)*8px + 46px)}
.groups div{position:absolute;inset:-1px 8px -1px 12px;display:flex;align-items:stretch;gap:4px}
.groups i{width:4px;flex:none}
.groups i.in{background:var(--accent);opacity:.75}
.groups i.first{margin-top:10px;border-radius:3px 3px 0 0}
.groups i.last{margin-bottom:10px;border-radius:0 0 3px 3px}
.groups i.first.last{border-radius:3px}
.groups span{align-self:center;margin-left:4px;color:var(--soft);font-size:12px;min-width:1.2em;text-align:left}
.front{color:var(--accent);font-weight:600}
.more{color:var(--soft)}
.plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,460px),1fr));gap:24px}
.plots:has(figure:only-child){max-width:720px}
figure{margin:0;min-width:0}
.pareto{display:block;width:100%;height:auto;overflow:visible}
.pareto text{fill:var(--soft);font-size:12px}
.pareto .axis{fill:var(--faint)}
.pareto .name{fill:var(--ink);font-weight:500}
.pareto .grid{stroke:var(--line);fill:none}
.pareto .front{stroke:var(--accent);fill:none;stroke-width:1.5;stroke-dasharray:4 3}
.pareto .point circle{fill:var(--ground);stroke:var(--faint);stroke-width:1.5}
.pareto .point path{stroke:var(--guide);stroke-width:1.5}
.pareto .best circle{fill:var(--accent);stroke:var(--ground)}
.pareto .best path{stroke:var(--accent);opacity:.5}
pre{margin:0;padding:14px 16px;border:1px solid var(--line);border-radius:8px;background:var(--raised);overflow-x:auto;font:12.5px/1.55 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
code{font:12.5px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
a{color:var(--accent)}
.files{margin:32px 0 0;color:var(--soft)}
footer{margin-top:44px;padding-top:16px;border-top:1px solid var(--line);color:var(--faint);font-size:13px}
@media(max-width:760px){
main{padding:24px 16px 48px}
h1{font-size:24px}
.facts{display:grid;grid-template-columns:1fr 1fr;gap:12px 20px}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table,tbody{display:block}
caption{display:block}
tr{display:grid;grid-template-columns:auto minmax(0,1fr) auto;gap:2px 12px;padding:12px 0;border-bottom:1px solid var(--line)}
tr:first-child{border-top:1px solid var(--line)}
td{display:block;height:auto;padding:0;border:0;text-align:left;width:auto}
td.rank{grid-column:1;grid-row:1;min-width:2.2em;width:auto}
td.entry{grid-column:2;grid-row:1;min-width:0}
td.metric{grid-column:3;grid-row:1;text-align:right}
td.plot{grid-column:1/4;width:auto;padding:6px 0 2px}
.interval{width:100%}
td.groups{grid-column:3;grid-row:2;width:auto;min-width:0}
.groups div{position:static;height:20px;justify-content:flex-end}
.groups i{height:20px;margin:0!important;border-radius:3px!important}
td.fact{grid-column:1/4;display:flex;justify-content:space-between;font-size:13px;color:var(--soft)}
td.fact::before{content:attr(data-name);color:var(--faint)}
td.fact:empty{display:none}
figure{overflow-x:auto}
.pareto{min-width:540px}
}
@media print{
:root{--ink:#000;--soft:#333;--faint:#555;--line:#ccc;--ground:#fff;--raised:#fff;--accent:#0b4f9e;--tint:#cfd9e6;--warn:#5c3a00;--warn-ground:#fff;--warn-line:#999;--guide:#999}
body{font-size:11px}
main{max-width:none;padding:0}
td{height:34px}
tr,figure,.checks li,pre{break-inside:avoid}
thead{display:table-header-group}
pre{white-space:pre-wrap}
}
`;
