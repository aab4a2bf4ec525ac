import fc from "fast-check";

/** Texts of known injection attacks and common mistakes. */
const attacks = [
  // Terraform templates, and what looks like them
  "${aws_iam_role.admin.arn}",
  "$${var.secret}",
  "%{ if true }yes%{ endif }",
  "%%{for}",
  '${file("/etc/passwd")}',
  "costs 5 $ or 5 %",
  "{x} $ {x} % {x}",
  // CDKTF tokens
  "${TfToken[TOKEN.0]}",
  "#{TfToken[TOKEN.0]}",
  "&{TfToken[TOKEN.0]}",
  // delimiters of JSON, HCL, a shell or HTML
  '"}],"privileged":true,"x":[{"y":"',
  '\\"}]',
  "\\",
  "\\u0000\\n",
  "'; DROP TABLE users; --",
  "$(reboot) `reboot` && reboot",
  "<<EOT\nEOT",
  "</script><!-- # // /* */",
  // control characters and confusable letters
  "\u0000",
  "a\u001b[31mred\u0007",
  "line\r\nline\ttab",
  "\u007f\u0085\u2028\u2029",
  "\u202egnp.exe",
  "\ud800 alone",
  "\u00e9\u{1f600}\u0301 \u4f60",
  " ",
  "",
  // whole ranges and everything
  "*",
  "**/*",
  "arn:aws:iam::*:role/*",
  "0.0.0.0/0",
  "10.0.0.1/16",
  "10.0.128.0/17",
  "::/0",
  // reserved names of JavaScript
  "__proto__",
  "constructor",
  "../../etc/passwd",
];

const lengths = [65, 257, 1025, 4097, 70000];

/** A hostile text: a known attack, alone or within words; any characters; or an excessive length. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...attacks) },
  { weight: 3, arbitrary: fc.constantFrom(...attacks).map((attack) => `before ${attack} after`) },
  { weight: 3, arbitrary: fc.string({ unit: "binary", minLength: 1, maxLength: 40 }) },
  { weight: 3, arbitrary: fc.string({ minLength: 1, maxLength: 60 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...lengths).map((length) => "long ".repeat(length / 5 + 1).slice(0, length)),
  },
);
