package terminal

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
)

const (
	maxLine   = 4096 // bytes; no terminal writes a tenth of it
	maxDevice = 64   // bytes
)

// How far from now a terminal's clock may be believed: one that lost its power
// begins again at its factory's date, and none is right to the second.
const (
	earliest    = 946_684_800 // 2000-01-01 UTC
	latestAhead = 86_400
)

// ReadAttlog reads a ZKTeco export (attlog.dat): lines of PIN, date and time on
// the wall clock of zone and, if the terminal writes them, device, state,
// verification and work code, between tabs or spaces. The state is not used:
// people press the wrong key, and a rule's windows know better.
//
// A line that is no punch is kept in the file's Bad with its number and the
// reason; lines of blanks alone are passed over. now, in Unix seconds, bounds
// the times that are believed. The only errors are those of r.
func ReadAttlog(r io.Reader, name string, zone *attendance.Zone, now int64) (app.ImportFile, error) {
	return ReadAttlogOf(r, name, zone, now, func(attendance.UserID) bool { return true })
}

// ReadAttlogOf is ReadAttlog for the punches of those who are known; the lines of
// others are among the file's Bad.
func ReadAttlogOf(r io.Reader, name string, zone *attendance.Zone, now int64, known func(attendance.UserID) bool) (app.ImportFile, error) {
	f := app.ImportFile{Name: name}
	sum := sha256.New()
	lines := bufio.NewReaderSize(io.TeeReader(r, sum), maxLine)
	for number := int64(1); ; number++ {
		line, whole, err := readLine(lines)
		if errors.Is(err, io.EOF) {
			f.SHA256 = hex.EncodeToString(sum.Sum(nil))
			return f, nil
		}
		if err != nil {
			return app.ImportFile{}, fmt.Errorf("read %s: %w", name, err)
		}
		if number == 1 {
			line = bytes.TrimPrefix(line, []byte("\uFEFF"))
		}
		text := string(line)
		if strings.TrimSpace(text) == "" && whole {
			continue
		}
		punch, err := parseLine(text, zone, now)
		if err == nil && !known(punch.User) {
			err = fmt.Errorf("PIN %q is no member", punch.User)
		}
		if !whole {
			err = fmt.Errorf("the line is longer than %d bytes", maxLine)
		}
		if err != nil {
			f.Bad = append(f.Bad, app.BadLine{Number: number, Text: text, Reason: err.Error()})
			continue
		}
		f.Punches = append(f.Punches, punch)
	}
}

// readLine returns the next line without its end, and false when it was cut to
// the reader's size.
func readLine(r *bufio.Reader) (line []byte, whole bool, err error) {
	line, more, err := r.ReadLine()
	if err != nil || !more {
		return line, true, err
	}
	line = bytes.Clone(line)
	for more && err == nil {
		_, more, err = r.ReadLine()
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return line, false, err
}

func parseLine(text string, zone *attendance.Zone, now int64) (p attendance.PunchRecord, err error) {
	if !utf8.ValidString(text) {
		return p, errors.New("the line is not UTF-8 text")
	}
	if strings.ContainsFunc(text, func(r rune) bool { return r != '\t' && unicode.IsControl(r) }) {
		return p, errors.New("the line holds a control character")
	}
	c, err := split(text)
	if err != nil {
		return p, err
	}
	if p.User = attendance.UserID(c.pin); !p.User.Valid() {
		return p, fmt.Errorf("PIN %q cannot be a userid: 1 to 64 letters, digits and _-@., the first a letter or digit", c.pin)
	}
	if len(c.device) > maxDevice {
		return p, fmt.Errorf("the device's column is longer than %d bytes", maxDevice)
	}
	if p.At, err = instant(c.date, c.clock, zone); err != nil {
		return p, err
	}
	if p.At < earliest || p.At > now+latestAhead {
		return p, fmt.Errorf("time %s %s is not between 2000 and tomorrow", c.date, c.clock)
	}
	p.Source, p.Device, p.DeviceName = attendance.SourceDevice, c.device, c.device
	return p, nil
}

// columns are those of a line that are used.
type columns struct{ pin, date, clock, device string }

// split finds the columns of a line. Between tabs a column may be empty, and
// date and time share one; between spaces every word is a column.
func split(text string) (columns, error) {
	words := strings.Fields(text)
	if strings.Contains(text, "\t") {
		words = words[:0]
		for i, cell := range strings.Split(text, "\t") {
			cell = strings.TrimSpace(cell)
			if date, clock, both := strings.Cut(cell, " "); i == 1 && both {
				words = append(words, date, strings.TrimSpace(clock))
				continue
			}
			words = append(words, cell)
		}
	}
	if len(words) < 3 {
		return columns{}, fmt.Errorf("%d columns, want at least PIN, date and time", len(words))
	}
	c := columns{pin: words[0], date: words[1], clock: words[2]}
	if len(words) > 3 {
		c.device = words[3]
	}
	return c, nil
}

// instant reads a date and a time of the wall clock, in Unix seconds.
func instant(date, clock string, zone *attendance.Zone) (int64, error) {
	day, err := attendance.ParseDay(date)
	if err != nil {
		return 0, err
	}
	t, err := time.Parse(time.TimeOnly, clock)
	if err != nil || t.Nanosecond() != 0 {
		return 0, fmt.Errorf("%q is not a time like 08:30:00", clock)
	}
	return zone.At(day, attendance.TimeOfDay(t.Hour()*3600+t.Minute()*60+t.Second())), nil
}
