package sample

import (
	"testing"

	"github.com/dakahq/daka/checkin"
)

// The rules are such as add_checkin_option takes (document 98041).
func TestRulesAreValid(t *testing.T) {
	t.Parallel()
	for name, r := range map[string]*checkin.RuleWrite{"office": officeRule(), "workshop": workshopRule(), "market": marketRule()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r.Range = &checkin.Range{PartyID: checkin.List[string]{"2"}}
			if err := r.Validate(); err != nil {
				t.Error(err)
			}
		})
	}
}
