package main

import (
	"regexp"
	"strconv"
	"strings"
)

// chineseNumber is a number up to 99 in Chinese before what is counted in dates.
var chineseNumber = regexp.MustCompile(`([一二三四五六七八九]?)(十?)([一二三四五六七八九]?)(月|日|号|天)`)

// inFigures writes the numbers of a Chinese date in figures: 十月二十一日 is 10月21日.
func inFigures(text string) string {
	return chineseNumber.ReplaceAllStringFunc(text, func(found string) string {
		m := chineseNumber.FindStringSubmatch(found)
		tens, ten, ones, of := m[1], m[2], m[3], m[4]
		switch {
		case ten != "" && tens != "":
			return strconv.Itoa(10*chineseDigit(tens)+chineseDigit(ones)) + of
		case ten != "":
			return strconv.Itoa(10+chineseDigit(ones)) + of
		case tens != "" && ones == "":
			return strconv.Itoa(chineseDigit(tens)) + of
		}
		return found
	})
}

// chineseDigit is the value of a figure from 一 to 九; 0 for none.
func chineseDigit(figure string) int {
	return strings.Index("零一二三四五六七八九", figure) / len("零")
}
