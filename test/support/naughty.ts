/**
 * Strings that break pages, written for this project: each is a name or a message that somebody could have. None may
 * run, hide what is beside it, or push the page wider than the screen.
 */
export const NAUGHTY: readonly string[] = [
  "<script>alert('名')</script>",
  "\"><img src=x onerror=alert('群')>",
  "'><svg onload=alert(1)>",
  "</title></textarea></style><script>alert(2)</script>",
  "javascript:alert(3)",
  "&lt;b&gt;已经转义过&lt;/b&gt; &amp;amp;",
  "\u0024{alert(4)} {{constructor.constructor('alert(5)')()}} <%= 7*7 %>",
  '=HYPERLINK("http://example.invalid","点我")',
  "+86;@SUM(1+1)*cmd|' /C calc'!A0",
  "\u202e卖家反着写\u202c end",
  "مرحبا بكم في المجموعة שלום",
  "零\u200b宽\u200d空\ufeff格\u2060里",
  "z\u0351\u0367\u035d\u0308a\u0321\u0336\u0346l\u0327\u0301\u0325g\u0330\u0363o\u0347\u0309",
  "👩‍👩‍👧‍👦🏳️‍🌈👍🏿🇨🇳 全家",
  "\u001b[31m红字\u001b[0m\u0007",
  "一".repeat(120),
  "W".repeat(160),
  `https://example.invalid/${"very-long-path/".repeat(12)}`,
  "𠮷野家 ﷽ 𝕱𝖚𝖕𝖆𝖓 ①②③",
  "null",
  "undefined",
  "NaN",
  "0",
  "　全角　空格　",
  "..\\..\\..\\etc\\passwd",
  "' or 1=1; drop table members; --",
  "\ud83d\ude00\u0000尾巴",
];
