package wire

import (
	"errors"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// ruleDoc is what CompileRule reads of a rule document of either form.
// Members that matter only to clients are not in it.
type ruleDoc struct {
	GroupID            number       `json:"groupid"`
	GroupType          number       `json:"grouptype"`
	GroupName          text         `json:"groupname"`
	CheckinDate        []workdayDoc `json:"checkindate"`
	SpeWorkdays        []specialDoc `json:"spe_workdays"`
	SpeOffdays         []specialDoc `json:"spe_offdays"`
	ScheduleList       []shiftDoc   `json:"schedulelist"`
	Range              rangeDoc     `json:"range"`
	WhiteUsers         []text       `json:"white_users"`
	SyncHolidays       truth        `json:"sync_holidays"`
	AllowRestDay       truth        `json:"allow_checkin_offworkday"`
	OptionOutRange     number       `json:"option_out_range"`
	SyncOutCheckin     truth        `json:"sync_out_checkin"`
	Method             number       `json:"checkin_method_type"`
	MethodSlip         number       `json:"group.checkin_method_type"`
	OffInterval        number       `json:"offwork_interval_time"`
	SpanDayTime        number       `json:"span_day_time"`
	StandardDuration   number       `json:"standard_work_duration"`
	AllowCorrections   truth        `json:"allow_apply_offworkday"`
	CorrectionCount    number       `json:"allow_apply_bk_cnt"`
	CorrectionDayLimit number       `json:"allow_apply_bk_day_limit"`
	CorrectionMonth    number       `json:"buka_limit_next_month"`
	CorrectionClosed   bits         `json:"buka_restriction"`
	OtInfo             oldOtDoc     `json:"ot_info"`
	OtInfoV2           otDoc        `json:"ot_info_v2"`
}

// dayDoc is what checkindate items and shifts have in common.
type dayDoc struct {
	LimitAhead number      `json:"limit_aheadtime"` // milliseconds
	LimitOff   number      `json:"limit_offtime"`   // seconds
	NoNeedOff  truth       `json:"noneed_offwork"`
	AllowFlex  truth       `json:"allow_flex"`
	FlexTime   number      `json:"flex_time"` // milliseconds
	FlexOn     number      `json:"flex_on_duty_time"`
	FlexOff    number      `json:"flex_off_duty_time"`
	MaxEarly   number      `json:"max_allow_arrive_early"`
	MaxLate    number      `json:"max_allow_arrive_late"`
	LateRule   lateRuleDoc `json:"late_rule"`
}

type workdayDoc struct {
	dayDoc
	Workdays    []number  `json:"workdays"`
	CheckinTime []sectDoc `json:"checkintime"`
	Biweekly    struct {
		Enabled truth    `json:"enable_weekday_recurrence"`
		Odd     []number `json:"odd_workdays"`
		Even    []number `json:"even_workdays"`
	} `json:"biweekly"`
}

type shiftDoc struct {
	dayDoc
	ID          number    `json:"schedule_id"`
	Name        text      `json:"schedule_name"`
	TimeSection []sectDoc `json:"time_section"`
}

type lateRuleDoc struct {
	Allow     truth      `json:"allow_offwork_after_time"`
	After     number     `json:"offwork_after_time"`
	OnFlex    number     `json:"onwork_flex_time"`
	TimeRules []lateStep `json:"timerules"`
}

type lateStep struct {
	After  number `json:"offwork_after_time"`
	OnFlex number `json:"onwork_flex_time"`
}

type sectDoc struct {
	ID          number    `json:"time_id"`
	Work        number    `json:"work_sec"`
	Off         number    `json:"off_work_sec"`
	RemindWork  number    `json:"remind_work_sec"`
	RemindOff   number    `json:"remind_off_work_sec"`
	EarliestOn  number    `json:"earliest_work_sec"`
	LatestOn    number    `json:"latest_work_sec"`
	EarliestOff number    `json:"earliest_off_work_sec"`
	LatestOff   number    `json:"latest_off_work_sec"`
	AllowRest   truth     `json:"allow_rest"`
	RestBegin   number    `json:"rest_begin_time"`
	RestEnd     number    `json:"rest_end_time"`
	RestTimes   []restDoc `json:"rest_times"`
	NoNeedOn    truth     `json:"no_need_checkon"`
	NoNeedOff   truth     `json:"no_need_checkoff"`
}

type restDoc struct {
	Begin number `json:"rest_begin_time"`
	End   number `json:"rest_end_time"`
}

type specialDoc struct {
	Type        number    `json:"type"`
	Timestamp   number    `json:"timestamp"`
	BegTime     number    `json:"begtime"`
	BeginTime   number    `json:"begintime"` // another spelling
	EndTime     number    `json:"endtime"`
	Notes       text      `json:"notes"`
	CheckinTime []sectDoc `json:"checkintime"`
}

// rangeDoc is a range, written as one object or as an array of objects.
type rangeDoc struct {
	Party    []number `json:"party_id"`
	PartyAlt []number `json:"partyid"` // another spelling
	Users    []text   `json:"userid"`
	Tags     []number `json:"tagid"`
}

func (r *rangeDoc) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	type plain rangeDoc
	if dec.PeekKind() != jsontext.KindBeginArray {
		return json.UnmarshalDecode(dec, (*plain)(r))
	}
	var parts []plain
	if err := json.UnmarshalDecode(dec, &parts); err != nil {
		return err
	}
	*r = rangeDoc{}
	for _, p := range parts {
		r.Party = append(r.Party, p.Party...)
		r.PartyAlt = append(r.PartyAlt, p.PartyAlt...)
		r.Users = append(r.Users, p.Users...)
		r.Tags = append(r.Tags, p.Tags...)
	}
	return nil
}

// decode reads doc into v; of a member given twice the later one counts. An
// error names the member by its path.
func decode(doc []byte, v any) error {
	err := json.Unmarshal(doc, v, jsontext.AllowDuplicateNames(true))
	if err == nil {
		return nil
	}
	if bad, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		return fmt.Errorf("not JSON at byte %d: %w", bad.ByteOffset, bad.Err)
	}
	bad, ok := errors.AsType[*json.SemanticError](err)
	if !ok {
		return fmt.Errorf("not JSON: %w", err)
	}
	path := memberPath(bad.JSONPointer)
	if bad.Err != nil {
		return fmt.Errorf("%s: %w", path, bad.Err)
	}
	return fmt.Errorf("%s: a JSON %s has no meaning here", path, kindName(bad.JSONKind))
}

func kindName(k jsontext.Kind) string {
	switch k {
	case jsontext.KindBeginObject:
		return "object"
	case jsontext.KindBeginArray:
		return "array"
	}
	return k.String()
}

// memberPath writes a JSON pointer as paths are written here: a.b[0].c.
func memberPath(p jsontext.Pointer) string {
	var b strings.Builder
	for token := range p.Tokens() {
		switch {
		case token != "" && strings.Trim(token, "0123456789") == "":
			fmt.Fprintf(&b, "[%s]", token)
		case b.Len() > 0:
			b.WriteString("." + token)
		default:
			b.WriteString(token)
		}
	}
	if b.Len() == 0 {
		return "the document"
	}
	return b.String()
}
