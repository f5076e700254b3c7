package scenario

import (
	"encoding/json"
	"fmt"
	"io"

	jsonv2 "github.com/go-json-experiment/json"

	"github.com/dakahq/daka/internal/attendance"
)

// Schema is the value of "schema" that Load understands.
const Schema = "wecom-attendance-scenarios/1"

// PolicyArea is the area whose scenarios ask a PolicyQuestion.
const PolicyArea = "correction-policy"

// loader is what the scenarios of a file share.
type loader struct {
	zones    map[string]*attendance.Zone
	zone     *attendance.Zone
	options  json.RawMessage
	calendar *attendance.Calendar
	rules    map[string]object
	dir      directory
}

// Load reads a scenario file. It is strict: an unknown or repeated key, a time
// or date that is none, or a reference to nothing is an error that names its
// place, such as
//
//	scenarios[3](P01).punches[0].foo: unknown key
func Load(r io.Reader) (*File, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("reading scenarios: %w", err)
	}
	var doc any
	if err := jsonv2.Unmarshal(data, &doc); err != nil {
		return nil, fmt.Errorf("reading scenarios: %w", err)
	}
	walk := &reading{}
	f := file(node{r: walk, value: doc, present: true})
	if walk.err != nil {
		return nil, walk.err
	}
	return f, nil
}

func file(n node) *File {
	top := n.object("schema", "doc", "tz", "as_of_default", "options", "lib", "scenarios")
	if schema := top.at("schema"); schema.str() != Schema {
		schema.fail("want %q", Schema)
	}
	lib := top.at("lib").object("rules", "directory", "calendar")
	l := &loader{zones: map[string]*attendance.Zone{}, rules: map[string]object{}}
	l.zone = l.loadZone(top.at("tz"))
	l.options = optionsOf(top.at("options"))
	l.calendar = calendar(lib.at("calendar"))
	l.dir = newDirectory(lib.at("directory"))
	rules := lib.at("rules").anyObject()
	for _, name := range rules.names() {
		l.rules[name] = rules.at(name).object(ruleKeys...)
		if n.r.err == nil {
			l.version(name, l.rules[name], 1, l.zone)
		}
	}
	f := &File{Zone: l.zone, Options: l.options}
	seen := map[string]bool{}
	for _, s := range top.at("scenarios").list() {
		if n.r.err != nil {
			return nil
		}
		scenario := l.scenario(s)
		if seen[scenario.ID] {
			s.fail("there is another scenario %q", scenario.ID)
		}
		seen[scenario.ID] = true
		f.Scenarios = append(f.Scenarios, scenario)
	}
	return f
}

var (
	headKeys  = []string{"id", "area", "basis", "mixed", "title", "src", "note", "notes", "via"}
	storyKeys = append([]string{
		"tz", "date", "period", "as_of", "rules", "punches", "corrections", "approvals",
		"schedule", "directory", "expect",
	}, headKeys...)
	policyKeys = append([]string{"policy", "request", "expect"}, headKeys...)
)

// scenario reads one story. From here on its errors carry its id.
func (l *loader) scenario(n node) Scenario {
	o := n.anyObject()
	id := o.at("id").str()
	n.path += "(" + id + ")"
	keys := storyKeys
	if o.at("area").str() == PolicyArea {
		keys = policyKeys
	}
	o = n.object(keys...)
	s := Scenario{
		ID: id, Area: o.at("area").str(), Title: o.at("title").str(), Note: o.at("note").strOr(""),
		Basis: o.at("basis").strOr(""), Mixed: o.at("mixed").boolOr(false), Sources: o.at("src").strs(),
		Options: l.options, Zone: l.zone,
	}
	if id == "" {
		o.at("id").fail("empty")
	}
	if s.Area == PolicyArea {
		s.Policy = policyQuestion(o)
		return s
	}
	if o.at("tz").present {
		s.Zone = l.loadZone(o.at("tz"))
	}
	if n.r.err == nil {
		l.story(&s, o)
	}
	return s
}

// story reads the facts and the expectations of a scenario.
func (l *loader) story(s *Scenario, o object) {
	date, period := o.at("date"), o.at("period")
	switch {
	case date.present == period.present:
		o.fail("want either date or period")
		return
	case date.present:
		s.First = date.day()
		s.Last = s.First
	default:
		a, b := period.pair()
		s.First, s.Last = a.day(), b.day()
		if s.Last < s.First {
			period.fail("ends before it begins")
		}
	}
	s.AsOf = s.Zone.At(s.Last+3, noon)
	if asOf := o.at("as_of"); asOf.present {
		s.AsOf = asOf.moment(s.First).unix(s.Zone)
	}
	s.Calendar = l.calendar
	s.Depts = l.dir.departments
	s.People = l.dir.people(o.at("directory").object("users").at("users"))
	for i, r := range o.at("rules").list() {
		s.addRule(l, r, int64(i+1))
	}
	p := s.Person()
	p.Schedule = s.schedule(o.at("schedule"))
	for _, n := range o.at("punches").list() {
		p.Punches = append(p.Punches, s.punch(n))
	}
	attendance.SortPunches(p.Punches)
	for _, n := range o.at("corrections").list() {
		p.Corrections = append(p.Corrections, s.correction(n))
	}
	for _, n := range o.at("approvals").list() {
		s.Approvals = append(s.Approvals, s.approval(n))
	}
	s.expectations(o.at("expect"))
}

const noon = attendance.SecondsPerDay / 2

func (l *loader) loadZone(n node) *attendance.Zone {
	name := n.strOr(attendance.DefaultZone)
	z := l.zones[name]
	if z == nil {
		var err error
		if z, err = attendance.LoadZone(name); err != nil {
			n.fail("%v", err)
			z = l.zone
		}
		l.zones[name] = z
	}
	return z
}

// optionsOf returns the options as they are: their meaning is the engine's.
func optionsOf(n node) json.RawMessage {
	if !n.present {
		return json.RawMessage("{}")
	}
	values, _ := get[map[string]any](n, "an object")
	data, err := json.Marshal(values)
	if err != nil {
		n.fail("%v", err)
	}
	return data
}

func calendar(n node) *attendance.Calendar {
	var days []attendance.Holiday
	o := n.anyObject()
	for _, date := range o.names() {
		m := o.at(date).object("off", "statutory", "name")
		d, err := attendance.ParseDay(date)
		if err != nil {
			m.fail("%v", err)
		}
		days = append(days, attendance.Holiday{
			Day: d, Off: m.at("off").bool(), Statutory: m.at("statutory").boolOr(false), Name: m.at("name").strOr(""),
		})
	}
	return attendance.NewCalendar(days)
}
