package checkin

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/dakahq/daka/wecom"
)

// Range names the members under a rule: members, departments and tags.
//
// It is written as the table of document 93384 has it, with departments as
// strings under party_id. It is read in all the forms that are about: party_id
// or partyid, ids as numbers or strings, null, and an array of such objects,
// whose lists are joined.
type Range struct {
	PartyID wecom.List[string] `json:"party_id"`
	UserID  wecom.List[string] `json:"userid"`
	TagID   wecom.List[int64]  `json:"tagid"`
}

// UnmarshalJSON reads a range in any of its forms.
func (r *Range) UnmarshalJSON(data []byte) error {
	type object struct {
		PartyID  []looseID `json:"party_id"`
		PartyAlt []looseID `json:"partyid"`
		UserID   []looseID `json:"userid"`
		TagID    []looseID `json:"tagid"`
	}
	parts := make([]object, 1)
	var target any = &parts[0]
	if bytes.HasPrefix(bytes.TrimSpace(data), []byte("[")) {
		target = &parts
	}
	if err := json.Unmarshal(data, target); err != nil {
		return fmt.Errorf("range: %w", err)
	}
	*r = Range{}
	for _, p := range parts {
		r.PartyID = append(r.PartyID, idStrings(p.PartyID)...)
		r.PartyID = append(r.PartyID, idStrings(p.PartyAlt)...)
		r.UserID = append(r.UserID, idStrings(p.UserID)...)
		for _, id := range idStrings(p.TagID) {
			tag, err := strconv.ParseInt(id, 10, 64)
			if err != nil {
				return fmt.Errorf("range.tagid: %q is not a number", id)
			}
			r.TagID = append(r.TagID, tag)
		}
	}
	return nil
}

// idStrings returns the ids without those that were null or empty.
func idStrings(ids []looseID) []string {
	var out []string
	for _, id := range ids {
		if id != "" {
			out = append(out, string(id))
		}
	}
	return out
}

// looseID is an id written as a string or as a number.
type looseID string

func (id *looseID) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		return json.Unmarshal(data, (*string)(id))
	}
	var n json.Number
	if err := json.Unmarshal(data, &n); err != nil {
		return err
	}
	*id = looseID(n)
	return nil
}
