/** Names that pages must bear: none of them may break a layout, run a script or be lost. At most 120 characters each. */
export const HOSTILE_NAMES = [
  'A name that goes on and on, since somebody wrote the whole abstract into the field for the name of the run, twice',
  `${'x'.repeat(119)}y`,
  '<img src=x onerror="document.title=\'broken\'">',
  '"><script>document.title="broken"</script>',
  '<b>bold</b> &amp; <i>not</i>',
  'تجربة التعرف على المشاعر من صور الوجوه',
  'ניסוי זיהוי רגשות, גרסה 2 (final)',
  'run \u202Egnp.exe\u202C after an override',
  '👩‍🔬🧪🏳️‍🌈 experiment 🎉🎉🎉',
  '実験番号その一：表情認識モデルの比較と復元処理の効果について',
  'การทดลองที่หนึ่ง',
  'Z̷̢̛͙a̸͎͒l̵̰̈́g̶̙̚o̷̗͝ t̴̬̂e̷͚͐x̸̣́t̶̮̉',
  "Robert'); DROP TABLE run;--",
  '{{7*7}} ${7*7} #{7*7} %{7*7}',
  '../../../etc/passwd',
  '=HYPERLINK("http://127.0.0.1/","open")',
  'null',
  '0',
  'https://example.org/a/very/long/address/without/blanks/that/can/not/be/broken/anywhere?and=parameters&too=many',
  'tab\tand\u00a0no-break space\u200bzero-width',
] as const;

/** Markdown that would do harm where it is shown as it comes. */
export const HOSTILE_PROSE = [
  '# <script>document.title="broken"</script>',
  '',
  '[a link](javascript:document.title="broken") and ![an image](https://example.invalid/tracker.png)',
  '',
  '<iframe src="javascript:document.title=1"></iframe><style>*{display:none}</style>',
  '',
  '| a | table |\n|---|---|\n| that | is fine |',
  '',
  'العربية في وسط النص, then English again, '.repeat(20),
].join('\n');
