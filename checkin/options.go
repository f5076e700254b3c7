package checkin

import "github.com/dakahq/daka/wecom"

// OptionsRequest asks which rule members are under on a day (document 90263).
type OptionsRequest struct {
	DateTime   int64    `json:"datetime"`   // second at which the day begins
	UserIDList []string `json:"useridlist"` // 1 to 100
}

// OptionsResponse holds the rules of the members.
type OptionsResponse struct {
	wecom.Envelope
	Info wecom.List[MemberOption] `json:"info"`
}

// MemberOption is the rule of one member on the day asked for.
type MemberOption struct {
	UserID string   `json:"userid"`
	Group  RuleRead `json:"group"`
}

// CorpOptionsRequest asks for all rules of the corp (document 93384).
type CorpOptionsRequest struct{}

// CorpOptionsResponse holds every rule.
type CorpOptionsResponse struct {
	wecom.Envelope
	Group wecom.List[RuleRead] `json:"group"`
}

// AddOptionRequest makes a rule (document 98041). The answer does not name
// it: find it by its name among the rules of the corp.
type AddOptionRequest struct {
	Group        RuleWrite `json:"group"` // its groupid is ignored
	EffectiveNow bool      `json:"effective_now,omitzero"`
}

// UpdateOptionRequest changes a rule (document 98041). Members of Group that
// are absent stay as they are, arrays that are empty as well; the others
// replace the old ones whole.
type UpdateOptionRequest struct {
	Group        RuleWrite `json:"group"` // with its groupid
	EffectiveNow bool      `json:"effective_now,omitzero"`
}

// ClearOptionRequest empties arrays of a rule (document 98041).
type ClearOptionRequest struct {
	GroupID      int64   `json:"groupid"`
	ClearField   []int64 `json:"clear_field"` // ClearSpeWorkdays and its kind
	EffectiveNow bool    `json:"effective_now,omitzero"`
}

// DeleteOptionRequest deletes a rule (document 98041).
type DeleteOptionRequest struct {
	GroupID      int64 `json:"groupid"`
	EffectiveNow bool  `json:"effective_now,omitzero"`
}
