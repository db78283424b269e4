/** What a report of an experiment has beyond a board's sheet. */
export const REPORT_STYLE = `
main.report{max-width:1320px;--faint:var(--soft)}
.report section{margin-top:8px}
.report p,.report li{max-width:85ch}
.report ul{padding-left:20px;display:grid;gap:8px;margin:12px 0}
.report a{color:var(--accent);text-decoration:none}
.report a:hover{text-decoration:underline}
.report .caption,.report summary,.report figcaption{color:var(--soft);font-size:13px;margin:18px 0 8px;max-width:95ch}
.report summary{cursor:pointer;margin:10px 0}
.report .wide{overflow-x:auto;border:1px solid var(--line);border-radius:8px}
.report .wide:focus-visible{outline:2px solid var(--accent)}
.report table{display:table}
.report thead{display:table-header-group;position:static;width:auto;height:auto;clip-path:none}
.report tbody{display:table-row-group}
.report tr{display:table-row;border:0;padding:0}
.report th,.report td{display:table-cell;height:34px;padding:4px 10px;border-bottom:1px solid var(--line);white-space:nowrap;text-align:right;vertical-align:middle}
.report tbody tr:last-child>*{border-bottom:0}
.report th.text,.report td.text{text-align:left}
.report tbody th{font-size:inherit;font-weight:500;color:var(--ink);text-align:left}
.report tbody th{position:sticky;left:0;background:var(--ground)}
.report td.depth{background:color-mix(in srgb,var(--accent) calc(var(--depth)*45%),transparent)}
.report td.depth a{color:var(--ink)}
.report .drawing{max-width:760px;margin-top:18px}
.report .pictures{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(210px,1fr));gap:16px}
.report .pictures div{display:flex;gap:6px}
.report .pictures img{image-rendering:pixelated;border-radius:4px;background:var(--raised);object-fit:contain}
.report .pictures small{display:block;margin-top:4px;color:var(--soft)}
@media(max-width:600px){.report th,.report td{padding:4px 7px}.report tbody th,.report td.text{white-space:normal;min-width:84px;overflow-wrap:anywhere}}
@media print{.report details>*{display:revert}.report .wide{overflow:visible;border:0}.report td,.report th{white-space:normal;padding:3px 6px}}
`;
