package engine_test

import (
	"testing"

	"github.com/dakahq/daka/internal/attendance"
)

// A day asked for alone knows what the day before counted: of Saturday's approved
// 00:00 to 03:00 Friday's cards have two hours, so one is left.
func TestOvertimeOnceForADayAlone(t *testing.T) {
	t.Parallel()
	zone := shanghai(t)
	friday := oracleStart + 1
	w := &world{oracle: &oracle{zone: zone, rule: office(), opts: attendance.DefaultOptions(), asOf: zone.Midnight(friday + 5)}}
	w.rule.Overtime.Conf[attendance.Workday] = attendance.OvertimeConf{Allowed: true, By: attendance.ByBoth}
	w.rule.Overtime.Conf[attendance.RestDay] = attendance.OvertimeConf{Allowed: true, By: attendance.ByRequests}
	w.rule.Overtime.Unit = attendance.OvertimeUnit{Method: attendance.RoundHalfUp, Precision: 1}
	w.member = w.person()
	w.punch(friday, 9*hour, 26*hour)
	w.member.Approvals = []attendance.Approval{{
		No: "1", Kind: attendance.OvertimeApproval, From: zone.Midnight(friday + 1), To: zone.At(friday+1, 3*hour),
		States: []attendance.ApprovalState{{Status: attendance.Passed}},
	}}
	days := w.reports(w.corp().NewEvaluator(), friday+1, friday+1)
	if len(days) != 1 {
		t.Fatalf("%d reports", len(days))
	}
	if o := days[0].Overtime; o.Twice != 2*hour || o.Seconds != hour {
		t.Errorf("%d s counted before, %d s are left; want 7200 and 3600", o.Twice, o.Seconds)
	}
}
