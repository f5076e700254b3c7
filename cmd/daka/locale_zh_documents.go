package main

// chineseDocuments are what is said of files in JSON and YAML.
var chineseDocuments = map[string]string{
	"a JSON %s has no place there":          "这里不能是 JSON %s",
	"%s: a JSON %s has no place there":      "%s：这里不能是 JSON %s",
	"%s: there is no such member":           "%s：没有这个成员",
	"line %s: a YAML %s has no place there": "第 %s 行：这里不能是 YAML %s",
	"not JSON at byte %d":                   "第 %d 字节处不是 JSON",
	"array":                                 "数组",
	"boolean":                               "布尔值",
	"null":                                  "null",
	"number":                                "数字",
	"object":                                "对象",
	"string":                                "字符串",
	"rule file %s: a name of a member is not a text": "规则文件 %s：成员的名称须为文本",
}

// chineseValues are kinds of values among what errors of other packages hold.
var chineseValues = map[string]string{
	"a boolean":  "布尔值",
	"a list":     "列表",
	"a number":   "数字",
	"a string":   "文本",
	"an array":   "数组",
	"an integer": "整数",
	"an object":  "对象",
}

// chineseReaders are the errors of the readers of JSON, YAML and CSV that are texts
// alone, and ours of values that stand where they may not.
var chineseReaders = map[string]string{
	"a JSON array has no meaning here":  "这里不能是 JSON 数组",
	"a JSON bool has no meaning here":   "这里不能是 JSON 布尔值",
	"a JSON false has no meaning here":  "这里不能是 JSON false",
	"a JSON null has no meaning here":   "这里不能是 JSON null",
	"a JSON number has no meaning here": "这里不能是 JSON 数字",
	"a JSON object has no meaning here": "这里不能是 JSON 对象",
	"a JSON string has no meaning here": "这里不能是 JSON 字符串",
	"a JSON true has no meaning here":   "这里不能是 JSON true",

	// encoding/json
	"unexpected end of JSON input":                                    "JSON 不完整",
	"exceeded max depth":                                              "嵌套过深",
	"unknown field %q":                                                "没有字段 %q",
	"invalid character %q looking for beginning of value":             "应有值的地方不能是字符 %q",
	"invalid character %q looking for beginning of object key string": "应有名称（用双引号）的地方不能是字符 %q",
	"invalid character %q after object key":                           "名称之后应有冒号，而非字符 %q",
	"invalid character %q after object key:value pair":                "成员之后应有逗号或 }，而非字符 %q",
	"invalid character %q after array element":                        "元素之后应有逗号或 ]，而非字符 %q",
	"invalid character %q after top-level value":                      "内容结束之后不能还有字符 %q",
	"invalid character %q in string literal":                          "字符串中不能有字符 %q",
	"invalid character %q in string escape code":                      "字符串中不能这样转义：字符 %q",
	"invalid character %q in \\u hexadecimal character escape":        "\\u 之后应为 4 位十六进制数字，而非字符 %q",
	"invalid character %q in numeric literal":                         "数字中不能有字符 %q",
	"invalid character %q after decimal point in numeric literal":     "小数点之后应为数字，而非字符 %q",
	"invalid character %q in exponent of numeric literal":             "指数应为数字，而非字符 %q",
	"invalid character %q in literal true (expecting %q)":             "不是 true：不应有字符 %q，应为 %q",
	"invalid character %q in literal false (expecting %q)":            "不是 false：不应有字符 %q，应为 %q",
	"invalid character %q in literal null (expecting %q)":             "不是 null：不应有字符 %q，应为 %q",

	// go.yaml.in/yaml
	"line %d":                                                      "第 %d 行",
	"field %s not found":                                           "没有字段 %s",
	"cannot unmarshal %s":                                          "这里不能是 %s",
	"invalid map key":                                              "不能用作名称",
	"control characters are not allowed":                           "不能有控制字符",
	"unknown anchor %s referenced":                                 "没有锚点 %s",
	"anchor %s value contains itself":                              "锚点 %s 的内容包含它自己",
	"document contains excessive aliasing":                         "引用过多",
	"cannot decode !!str %s as a %s":                               "文本 %s 不能读作 %s",
	"!!binary value contains invalid base64 data":                  "!!binary 的值不是 base64",
	"mapping key %q already defined at line %d":                    "名称 %q 已在第 %d 行给出",
	"mapping values are not allowed in this context":               "这里不能有冒号和值：请检查缩进，值中有冒号时加引号",
	"mapping keys are not allowed in this context":                 "这里不能有名称：请检查缩进",
	"block sequence entries are not allowed in this context":       "这里不能有以 - 开头的项：请检查缩进",
	"could not find expected ':'":                                  "缺少冒号",
	"did not find expected key":                                    "应有名称：请检查缩进",
	"did not find expected node content":                           "应有内容",
	"did not find expected '-' indicator":                          "应有以 - 开头的项：请检查缩进",
	"did not find expected ',' or ']'":                             "应有逗号或 ]",
	"did not find expected ',' or '}'":                             "应有逗号或 }",
	"did not find expected <document start>":                       "内容之前应有 ---",
	"did not find expected alphabetic or numeric character":        "& 或 * 之后应有字母或数字",
	"did not find expected comment or line break":                  "应有注释或换行",
	"did not find expected whitespace or line break":               "应有空格或换行",
	"found a tab character that violates indentation":              "缩进不能用制表符：请用空格",
	"found a tab character where an indentation space is expected": "缩进不能用制表符：请用空格",
	"found character that cannot start any token":                  "不能以这个字符开头：缩进请用空格而非制表符，特殊字符请加引号",
	"found unexpected end of stream":                               "引号没有结束",
	"found unexpected document indicator":                          "引号之内不能有 --- 或 ...",
	"found unknown escape character":                               "不能这样转义",
	"found undefined tag handle":                                   "没有这个标签",
	"invalid leading UTF-8 octet":                                  "不是 UTF-8 文本：请另存为 UTF-8",
	"invalid trailing UTF-8 octet":                                 "不是 UTF-8 文本：请另存为 UTF-8",
	"incomplete UTF-8 octet sequence":                              "不是完整的 UTF-8 文本：请另存为 UTF-8",

	// encoding/csv
	"bare \" in non-quoted-field":              "没有引号的字段中有双引号",
	"extraneous or missing \" in quoted-field": "有引号的字段缺少或多了双引号",
}
