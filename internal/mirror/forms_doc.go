package mirror

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/dakahq/daka/wecom"
)

// formAnswer is an answer of getapprovaldetail (document 91983), as far as it is
// used: what else a form says, and in which shape, must not keep it out.
type formAnswer struct {
	wecom.Envelope
	Info *formDoc `json:"info"`
}

type formDoc struct {
	SPStatus     looseNumber     `json:"sp_status"`
	ApplyTime    looseNumber     `json:"apply_time"`
	Applyer      applicants      `json:"applyer"`
	BatchApplyer applicants      `json:"batch_applyer"` // where a form was handed in for several
	SPRecord     json.RawMessage `json:"sp_record"`     // who decided
	ProcessList  json.RawMessage `json:"process_list"`  // the same of newer forms
	ApplyData    struct {
		Contents []formControl `json:"contents"`
	} `json:"apply_data"`
}

// formControl is a field of a form. Its value has members of other controls,
// too, so Control says which of them is meant.
type formControl struct {
	Control string          `json:"control"`
	Value   json.RawMessage `json:"value"`
}

type vacationDoc struct {
	Vacation struct {
		Selector struct {
			Options []struct {
				Key   json.RawMessage      `json:"key"`
				Value []wecom.ApprovalText `json:"value"`
			} `json:"options"`
		} `json:"selector"`
		Attendance spanDoc `json:"attendance"`
	} `json:"vacation"`
}

type attendanceDoc struct {
	Attendance spanDoc `json:"attendance"`
}

type spanDoc struct {
	DateRange struct {
		Type     string      `json:"type"`
		NewBegin looseNumber `json:"new_begin"`
		NewEnd   looseNumber `json:"new_end"`
	} `json:"date_range"`
	Type      looseNumber `json:"type"`
	SliceInfo struct {
		DayItems []struct {
			Daytime  looseNumber `json:"daytime"`
			Duration looseNumber `json:"duration"`
		} `json:"day_items"`
	} `json:"slice_info"`
}

type correctionDoc struct {
	PunchCorrection struct {
		State        string      `json:"state"`
		Time         looseNumber `json:"time"`
		DayMonthYear looseNumber `json:"daymonthyear"`
	} `json:"punch_correction"`
}

// formDetail asks for a form.
func (m *Mirror) formDetail(ctx context.Context, no string) (*formDoc, error) {
	const path = "/cgi-bin/oa/getapprovaldetail"
	var answer formAnswer
	err := m.w.Call(ctx, wecom.Request{
		Path: path, Body: wecom.ApprovalDetailRequest{SPNo: no}, Quota: wecom.Quota{PerMinute: formRate}, Repeatable: true,
	}, &answer)
	if err == nil && answer.Info == nil {
		err = &wecom.TransportError{Endpoint: path, Status: http.StatusOK, Reason: "the answer has no info"}
	}
	return answer.Info, err
}

// looseNumber is a whole number that may come as a text; "" and null are 0.
type looseNumber int64

// UnmarshalJSON reads a number.
func (n *looseNumber) UnmarshalJSON(text []byte) error {
	s := strings.TrimSpace(strings.Trim(string(text), `"`))
	if s == "" || s == "null" {
		*n = 0
		return nil
	}
	v, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return fmt.Errorf("a value of %d bytes is no whole number", len(text))
	}
	*n = looseNumber(v)
	return nil
}

// applicants are userids: of an object, or of each of an array's.
type applicants []string

// UnmarshalJSON reads what has userids; anything else has none.
func (a *applicants) UnmarshalJSON(text []byte) error {
	type one struct {
		UserID string `json:"userid"`
	}
	var list []one
	if json.Unmarshal(text, &list) != nil {
		list = make([]one, 1)
		if json.Unmarshal(text, &list[0]) != nil {
			list = nil
		}
	}
	*a = nil
	for _, x := range list {
		if x.UserID != "" {
			*a = append(*a, x.UserID)
		}
	}
	return nil
}

// decided returns the latest sptime in a document, wherever it stands: when the
// last of those who decide acted; 0 for none.
func decided(doc json.RawMessage) (at int64) {
	var members map[string]json.RawMessage
	var elements []json.RawMessage
	switch {
	case len(doc) == 0:
	case json.Unmarshal(doc, &members) == nil:
		for name, v := range members {
			var n looseNumber
			if name == "sptime" && n.UnmarshalJSON(v) == nil {
				at = max(at, int64(n))
			} else {
				at = max(at, decided(v))
			}
		}
	case json.Unmarshal(doc, &elements) == nil:
		for _, v := range elements {
			at = max(at, decided(v))
		}
	}
	return at
}
