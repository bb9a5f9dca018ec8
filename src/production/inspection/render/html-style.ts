/** Style of the printed page: A4, black on white, colour only where it means something. */
export const PAGE_STYLE = `
@page { size: A4; margin: 14mm 14mm 16mm; }
* { box-sizing: border-box; }
html { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body {
  margin: 0 auto; padding: 24px 20px 40px; max-width: 900px; background: #fff; color: #1c2430;
  font: 14px/1.5 "Be Vietnam Pro", "Noto Sans", "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
}
h1, h2 { margin: 0; line-height: 1.35; }
h1 { font-size: 15px; font-weight: 600; letter-spacing: 0.01em; }
h2 { font-size: 15px; font-weight: 650; margin: 28px 0 6px; padding-bottom: 4px; border-bottom: 1.5px solid #1c2430; display: flex; align-items: baseline; gap: 8px; }
h2 .count { margin-left: auto; font-size: 12px; font-weight: 500; color: #5a6675; font-variant-numeric: tabular-nums; }
.en { color: #5a6675; font-weight: 400; }
.small { font-size: 12px; }
.mono { font-family: "DejaVu Sans Mono", "Noto Sans Mono", Consolas, monospace; font-size: 11px; overflow-wrap: anywhere; }
header.top { display: flex; justify-content: space-between; gap: 16px; align-items: baseline; margin-bottom: 12px; }
.verdict { display: grid; grid-template-columns: 1fr auto; gap: 24px; border: 2px solid; border-left-width: 10px; border-radius: 6px; padding: 18px 20px; }
.verdict.good { border-color: #1a7f4b; background: #f1f9f4; }
.verdict.refused { border-color: #b42318; background: #fdf3f2; }
.verdict .word { display: flex; align-items: center; gap: 12px; font-size: 30px; line-height: 1.2; font-weight: 750; }
.verdict .word .en { font-size: 15px; font-weight: 500; letter-spacing: 0.04em; }
.good .word { color: #14633a; } .refused .word { color: #93190f; }
.verdict p { margin: 10px 0 0; font-size: 17px; font-weight: 550; max-width: 52ch; }
.verdict p.en { margin-top: 2px; font-size: 14px; font-weight: 400; }
.portrait { width: 108px; text-align: center; margin: 0; }
.portrait img, .portrait .none { width: 108px; height: 144px; object-fit: cover; border: 1px solid #97a1ad; border-radius: 3px; background: #eef1f4; }
.portrait .none { display: flex; align-items: center; justify-content: center; padding: 6px; font-size: 11px; color: #5a6675; }
.portrait figcaption { font-size: 10.5px; line-height: 1.35; color: #5a6675; margin-top: 4px; }
dl.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(196px, 1fr)); gap: 10px 20px; margin: 16px 0 0; }
dl.facts div { min-width: 0; } dl.facts .wide { grid-column: 1 / -1; }
dt { font-size: 11.5px; color: #5a6675; } dd { margin: 0; font-weight: 550; overflow-wrap: anywhere; }
dd.mrz { font-family: "OCR-B", "OCRB", "DejaVu Sans Mono", monospace; font-weight: 400; font-size: 13px; white-space: pre; letter-spacing: 0.06em; line-height: 1.45; overflow-x: auto; }
table.fields { margin: 6px 0 2px; font-size: 12.5px; table-layout: fixed; }
table.fields td, table.fields th { padding: 3px 10px 3px 0; border-bottom: 1px solid #eadfde; }
table.fields tr:last-child td { border-bottom: 0; }
td > .en::before, th > .en::before { content: '· '; }
.samples { display: flex; flex-wrap: wrap; gap: 14px 18px; margin-top: 10px; }
.sample { margin: 0; width: 132px; break-inside: avoid; }
.sample img, .sample .none { width: 132px; height: 132px; object-fit: contain; border: 1px solid #97a1ad; border-radius: 3px; background: #eef1f4; }
.sample .none { display: flex; align-items: center; justify-content: center; padding: 6px; font-size: 11px; text-align: center; color: #5a6675; }
.sample figcaption { font-size: 10.5px; line-height: 1.35; color: #39434f; margin-top: 4px; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; }
td, th { padding: 6px 8px 6px 0; vertical-align: top; text-align: left; border-bottom: 1px solid #dde2e7; }
th { font-size: 11.5px; font-weight: 500; color: #5a6675; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tr { break-inside: avoid; }
tr.pass td { padding-top: 4px; padding-bottom: 4px; }
table.checks td:first-child { width: 92px; white-space: nowrap; }
table.checks td.where { width: 164px; text-align: right; font-size: 10.5px; line-height: 1.4; overflow-wrap: anywhere; color: #5a6675; padding-right: 0; }
.mark { display: inline-block; width: 18px; height: 18px; border-radius: 50%; text-align: center; line-height: 18px; font-size: 12px; font-weight: 700; margin-right: 6px; }
.pass .mark { color: #14633a; } .pass .says { color: #5a6675; }
.note .mark { color: #1c4f8a; border: 1px solid #1c4f8a; line-height: 16px; }
.warning .mark { background: #b25e00; color: #fff; } .warning .says { color: #8a4800; font-weight: 600; }
.fail .mark { background: #b42318; color: #fff; } .fail .says { color: #93190f; font-weight: 700; }
.not-checked .mark { color: #4c5866; border: 1px dashed #4c5866; line-height: 16px; }
tr.fail td { background: #fdf3f2; } tr.warning td { background: #fdf7ee; }
tr.fail td:first-child, tr.warning td:first-child { padding-left: 8px; width: 112px; }
table.checks table.fields tr td:first-child, table.fields th:first-child { width: 42%; padding-left: 0; white-space: normal; overflow-wrap: anywhere; }
.file { font-weight: 650; margin-right: 4px; }
.reason { margin-top: 3px; font-weight: 550; } .reason .en { display: block; font-weight: 400; }
.evidence { margin: 3px 0 0; font-size: 12px; color: #39434f; }
.evidence .mono { color: #1c2430; }
.pass .evidence { margin-top: 0; color: #5a6675; }
.item { white-space: nowrap; margin-right: 10px; } .item b { font-weight: 600; color: #39434f; }
.lines .item { display: block; white-space: normal; margin: 0; font-size: 9px; }
.not-checked .says { white-space: normal; }
dt .en::before, h1 .en::before { content: '/ '; }
footer { margin-top: 34px; display: flex; justify-content: space-between; gap: 24px; font-size: 12px; color: #5a6675; break-inside: avoid; }
.sign { border-top: 1px solid #1c2430; padding-top: 4px; min-width: 240px; text-align: center; color: #1c2430; }
@media (max-width: 640px) {
  .verdict { grid-template-columns: 1fr; } table.checks td.where { display: none; }
  header.top, footer { flex-direction: column; gap: 4px; }
}
@media print { body { padding: 0; max-width: none; font-size: 9.5pt; } h2 { break-after: avoid; margin-top: 18px; } td, th { padding-top: 4px; padding-bottom: 4px; } }
`;
