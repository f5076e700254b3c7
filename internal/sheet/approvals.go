package sheet

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/dakahq/daka/internal/attendance"
)

// Approvals are tables of requests.
const Approvals Kind = "approvals"

// The fields of requests, beside those of other tables.
const (
	Request  Field = "kind"
	Vacation Field = "vacation"
	From     Field = "from"
	To       Field = "to"
	Number   Field = "number"
	Status   Field = "status"
	Length   Field = "duration"
)

// Approval is a row of a table of requests.
type Approval struct {
	Spot
	User attendance.UserID // "" = known by the name
	Name string            // as the table has it
	attendance.Approval
	Status attendance.ApprovalStatus
	// How long the table says that it is, in one of the two; nil = it does not.
	Days, Hours *float64
}

// requestWords are what people call the kinds of requests.
var requestWords = map[attendance.ApprovalKind]string{
	attendance.LeaveApproval: "leave|请假|休假|假期", attendance.TripApproval: "trip|businesstrip|出差",
	attendance.OutingApproval: "outing|外出|公出|外勤", attendance.OvertimeApproval: "overtime|ot|加班",
}

// ParseRequest reads what people call a kind of request, such as 请假 or trip;
// ok is false for what is none.
func ParseRequest(text string) (kind attendance.ApprovalKind, ok bool) {
	word := plainHead(text)
	for _, end := range []string{"单", "申请", "审批"} {
		word = strings.TrimSuffix(word, end)
	}
	for kind, words := range requestWords {
		if slices.Contains(strings.Split(words, "|"), word) {
			return kind, true
		}
	}
	return 0, false
}

var statusWords = map[attendance.ApprovalStatus]string{
	attendance.Pending: "pending|审批中|待审批|审批", attendance.Passed: "passed|approved|已通过|通过|已同意|同意|审批通过|已批准",
	attendance.Refuse: "refused|rejected|已驳回|驳回|已拒绝|拒绝|审批驳回|不同意", attendance.Withdrawn: "withdrawn|cancelled|canceled|已撤销|撤销|已撤回|撤回|已取消",
	attendance.Revoked: "revoked|通过后撤销|通过后已撤销", attendance.Removed: "deleted|removed|已删除|删除", attendance.Paid: "paid|已支付",
}

// ParseStatus reads what people call a state of a request, or WeCom's number
// for it; ok is false for what is none.
func ParseStatus(text string) (status attendance.ApprovalStatus, ok bool) {
	word := plainHead(text)
	for status, words := range statusWords {
		if strconv.Itoa(int(status)) == word || slices.Contains(strings.Split(words, "|"), word) {
			return status, true
		}
	}
	return 0, false
}

// ParseVacation reads a kind of leave: an id, a name, or both as 9=育儿假.
func ParseVacation(text string) attendance.Vacation {
	number, name, both := strings.Cut(text, "=")
	id, err := strconv.ParseInt(fold(number), 10, 64)
	switch {
	case err != nil || id <= 0:
		return attendance.Vacation{Name: trim(text)}
	case both:
		return attendance.Vacation{ID: id, Name: trim(name)}
	}
	return attendance.Vacation{ID: id}
}

// end is an end of a request: a day, half of one, or a moment.
type end struct {
	day   attendance.Day
	half  string // "" = the whole day
	timed bool
	zero  bool  // a day to which a midnight was written, as spreadsheets do
	at    int64 // Unix seconds, of a moment
}

var halfDay = regexp.MustCompile(`(?i)^(.*?)[\s_-]*[(]?(上午|下午|am|pm)[)]?$`)

func parseEnd(text string, zone *attendance.Zone, date1904 bool) (e end, err error) {
	plain := fold(text)
	if m := halfDay.FindStringSubmatch(plain); m != nil {
		if e.day, err = parseDay(m[1], date1904); err == nil {
			e.half = "am"
			if word := strings.ToLower(m[2]); word == "下午" || word == "pm" {
				e.half = "pm"
			}
			return e, nil
		}
	}
	if e.day, err = parseDay(plain, date1904); err == nil {
		e.zero = midnight.MatchString(plain)
		return e, nil
	}
	e.at, err = parseMoment(text, zone, date1904)
	if why, ok := errors.AsType[Reason](err); ok && why.Format == pastMidnight {
		return e, err
	}
	if err != nil {
		return e, because("%q is not a day or a time like 2026-10-08, 2026-10-08 上午 or 2026-10-08 08:30", text)
	}
	e.timed = true
	return e, nil
}

var dayEnd = regexp.MustCompile(`^(.*?)[ T]*24:00(?::00)?$`)

// parseLast is parseEnd of the later end, which may be the 24:00 of its day.
func parseLast(text string, zone *attendance.Zone, date1904 bool) (end, error) {
	if m := dayEnd.FindStringSubmatch(fold(text)); m != nil {
		if d, err := parseDay(m[1], date1904); err == nil {
			return end{timed: true, at: zone.Midnight(d + 1)}, nil
		}
	}
	return parseEnd(text, zone, date1904)
}

// Span reads when a request is for into its ByDay, From and To: by half days
// where the ends are days or halves of them, else from one moment to another. It
// fails with a Reason.
func Span(from, to string, zone *attendance.Zone) (attendance.Approval, error) {
	a, _, err := readSpan(from, to, zone, false)
	return a, err
}

// readSpan also tells which end is wrong.
func readSpan(from, to string, zone *attendance.Zone, date1904 bool) (a attendance.Approval, at Field, err error) {
	first, err := parseEnd(from, zone, date1904)
	if err != nil {
		return a, From, err
	}
	last, err := parseLast(to, zone, date1904)
	if err != nil {
		return a, To, err
	}
	first.timeLike(&last, zone)
	last.timeLike(&first, zone)
	switch {
	case first.timed != last.timed:
		return a, To, because("one end is a day and the other a time: write both alike")
	case first.timed:
		a.From, a.To = first.at, last.at
	default:
		a.ByDay, a.From, a.To = true, zone.Midnight(first.day), zone.Midnight(last.day)
		const noon = attendance.TimeOfDay(attendance.SecondsPerDay / 2)
		if first.half == "pm" {
			a.From = zone.At(first.day, noon)
		}
		if last.half != "am" {
			a.To = zone.At(last.day, noon)
		}
	}
	if a.To < a.From || a.To == a.From && !a.ByDay {
		return a, To, because("the request ends before it begins")
	}
	return a, "", nil
}

// timeLike makes a moment of a day with a midnight where the other end is one.
func (e *end) timeLike(other *end, zone *attendance.Zone) {
	if e.zero && other.timed {
		e.timed, e.at = true, zone.Midnight(e.day)
	}
}

// Approvals returns the requests of a table, on the wall clock of a zone, and
// what is wrong with it.
func (m *Mapping) Approvals(zone *attendance.Zone) ([]Approval, []Problem) {
	r := reader{Mapping: m}
	var all []Approval
	r.each(func() {
		before := len(r.problems)
		row := Approval{Spot: Spot{Row: r.at}, Status: attendance.Passed}
		row.User, row.Name, _ = r.person()
		row.Approval = r.span(zone)
		row.No = fold(r.text(Number))
		if len(row.No) > maxNumber || shortened.MatchString(row.No) {
			r.problem(Number, "a number has up to 64 characters, and Excel must not have cut it down")
		}
		row.Kind, row.Vacation = r.request()
		if text := r.text(Status); text != "" {
			status, ok := ParseStatus(text)
			if row.Status = status; !ok {
				r.problem(Status, "%q is not a state like 审批中, 已通过, 已驳回 or 已撤销", text)
			}
		}
		if row.Kind == attendance.OvertimeApproval && row.ByDay && len(r.problems) == before {
			r.problem(From, "overtime has times, like 2026-10-08 19:00")
		}
		row.Days, row.Hours = r.length(row.ByDay)
		if len(r.problems) == before {
			all = append(all, row)
		}
	})
	return all, r.problems
}

// maxNumber bounds the number of a request in bytes.
const maxNumber = 64

// span reads when a request is for; without an end it is for its day.
func (r *reader) span(zone *attendance.Zone) attendance.Approval {
	from, to := r.end(From), r.end(To)
	if from == "" {
		r.problem(From, "there is no begin")
		return attendance.Approval{}
	}
	if to == "" {
		to = from
	}
	a, at, err := readSpan(from, to, zone, r.Table.date1904)
	if err != nil {
		r.failed(at, err)
	}
	return a
}

// request reads what a row asks for. A kind that is no other is one of leave, and
// where nothing else says the kind, one under the heading of leave is what it is.
func (r *reader) request() (kind attendance.ApprovalKind, v attendance.Vacation) {
	text, leave := r.text(Request), r.text(Vacation)
	kind, ok := ParseRequest(text)
	if !ok && text != "" && leave != "" {
		r.problem(Request, "%q is not leave, trip, outing or overtime", text)
		return 0, v
	}
	if text == "" {
		kind, ok = ParseRequest(leave)
	}
	if !ok {
		kind = attendance.LeaveApproval
		if leave == "" {
			leave = text
		}
	}
	if kind == attendance.LeaveApproval && leave != "" {
		v = ParseVacation(leave)
	}
	return kind, v
}
