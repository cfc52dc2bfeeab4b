import type { ErrorCode } from "yaml";
import type { Text } from "./say.ts";

/** What is wrong with a YAML file and what to do, by the parser's code: its own words are English and of its inside. */
const FAULTS: Partial<Record<ErrorCode, Text>> = {
  BAD_INDENT: {
    zh: "缩进对不齐，或前面有括号没有闭合",
    en: "lines are not indented alike, or a bracket before it is not closed",
  },
  TAB_AS_INDENT: { zh: "缩进要用空格，不能用 Tab", en: "indent with spaces, not with tabs" },
  DUPLICATE_KEY: { zh: "这个设置写了两次，删掉一个", en: "the same setting twice: remove one" },
  MISSING_CHAR: { zh: "少了引号、括号或冒号", en: "a quote, bracket or colon is missing" },
  BLOCK_AS_IMPLICIT_KEY: {
    zh: "一行里有两个冒号，或缩进多了；值里有冒号时加引号",
    en: "two colons in one line, or indented too far; put a value with a colon in quotes",
  },
  MULTILINE_IMPLICIT_KEY: {
    zh: "这一行没有“: ”：冒号要用半角，后面空一格",
    en: "this line has no “: ”: write the colon as : with a blank behind it",
  },
  BAD_SCALAR_START: {
    zh: "值不能用这个符号开头，给它加引号",
    en: "no value begins with this sign: put it in quotes",
  },
  BAD_DQ_ESCAPE: {
    zh: "双引号里的反斜杠看不懂，换成单引号",
    en: "a backslash in double quotes: use single quotes",
  },
  MULTIPLE_DOCS: { zh: "文件里有两份设置（---），只留一份", en: "two documents (---): keep one" },
  BAD_ALIAS: { zh: "* 开头的值要加引号", en: "put a value that begins with * in quotes" },
  MULTIPLE_ANCHORS: { zh: "& 开头的值要加引号", en: "put a value that begins with & in quotes" },
};

export function yamlFault(code: ErrorCode): Text {
  return (
    FAULTS[code] ?? {
      zh: "写法不对，看看这里的缩进、括号和引号",
      en: "not written as YAML: look at the indentation, brackets and quotes here",
    }
  );
}
