package sheet

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/dakahq/daka/internal/attendance"
)

var (
	dateLook  = regexp.MustCompile(`[年月]|\d[-/]\w|\d\.\d{1,2}\.\d`)
	clockLook = regexp.MustCompile(`\d:\d\d|[时点]`)
	noDigit   = regexp.MustCompile(`\D+`)
)

// asDate writes a number that a workbook shows as a date, a time or both in the
// form in which people are told of it; ok is false for any other number. A time
// behind a date counts where it is hidden, too, and a length of a day or more is not
// taken for a time: 26 hours stay 26:00:00.
func asDate(stored, shown string, date1904 bool) (text string, ok bool) {
	isDate, isClock := dateLook.MatchString(shown), clockLook.MatchString(shown)
	n, err := strconv.ParseFloat(stored, 64)
	if err != nil || !isDate && !isClock || strings.Trim(stored, "0123456789.") != "" {
		return "", false
	}
	if whole, _, _ := strings.Cut(stored, "."); isDate && len(whole) > 1 && strings.Contains(noDigit.ReplaceAllString(shown, ""), whole) {
		return "", false // a number in groups, or with a fraction
	}
	if day, clock, ok := serial(stored, date1904); ok {
		if clock == 0 && !isClock {
			return day.String(), true
		}
		return day.String() + " " + clockForm(int64(clock)), true
	}
	seconds := int64(math.Round(n * attendance.SecondsPerDay))
	if isDate || n >= 2 || n < 1 && seconds == attendance.SecondsPerDay {
		return "", false
	}
	return clockForm(seconds), true
}

func clockForm(seconds int64) string {
	return fmt.Sprintf("%02d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60)
}
