package export

import (
	"cmp"

	"github.com/xuri/excelize/v2"
)

// formats are how numbers of each kind are shown. Times and durations pass 24
// hours instead of beginning anew.
var formats = [kinds]string{
	text: "General", symbol: "General", date: "yyyy-mm-dd", moment: "yyyy-mm-dd hh:mm:ss", clock: "hh:mm", length: "[h]:mm",
	number: "0", days: "General", degrees: "0.000000",
}

// fills are the backgrounds of tones.
var fills = [tones]string{rest: "E7E7E7", holiday: "C6E0B4", alarm: "F8B4B4", warn: "FFE699", notice: "BDD7EE", doubt: "E4CCF2"}

// headFills are the backgrounds of headings: those of weekends and public
// holidays have their own.
var headFills = [tones]string{plain: "D9E2F3", rest: "BFBFBF", holiday: "A9D08E"}

// styles are a workbook's numbers for what its cells look like.
type styles struct {
	cell [kinds][tones]int
	head [tones]int
}

// newStyles adds the styles to a workbook. The numbers are the same in each: they
// are added in one order.
func newStyles(f *excelize.File) (s styles, err error) {
	for k := range s.cell {
		for t := range s.cell[k] {
			style := framed(fills[t])
			switch kind(k) {
			case symbol:
				style.Alignment.Horizontal = "center"
			case clock:
				style.Alignment.Horizontal = "right" // texts as well
			}
			if format := formats[k]; format != "" {
				style.CustomNumFmt = &format
			}
			if s.cell[k][t], err = f.NewStyle(style); err != nil {
				return s, err
			}
		}
	}
	for t := range s.head {
		style := framed(cmp.Or(headFills[t], headFills[plain]))
		style.Font = &excelize.Font{Bold: true}
		style.Alignment = &excelize.Alignment{WrapText: true, Horizontal: "center", Vertical: "center"}
		if s.head[t], err = f.NewStyle(style); err != nil {
			return s, err
		}
	}
	return s, nil
}

// framed is a cell with thin lines around it.
func framed(fill string) *excelize.Style {
	s := &excelize.Style{Alignment: &excelize.Alignment{Vertical: "center"}}
	for _, side := range []string{"left", "right", "top", "bottom"} {
		s.Border = append(s.Border, excelize.Border{Type: side, Color: "C8C8C8", Style: 1})
	}
	if fill != "" {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fill}}
	}
	return s
}
