package engine

import (
	"reflect"
	"testing"

	"github.com/dakahq/daka/internal/attendance"
)

// reset must not forget a field: a report filled to the brim reads like a fresh
// one afterwards, but for what reset sets and the capacity of the buffers.
func TestResetForgetsNothing(t *testing.T) {
	t.Parallel()
	c := newCorp(t, fixedRule(), 0)
	e := c.NewEvaluator()
	full := reflect.ValueOf(&e.report).Elem()
	fill(full)
	pl := &plan{kind: c.noRule, to: -1}
	e.reset("u1", monday, pl)
	fresh := attendance.DayReport{User: "u1", Day: monday, Kind: c.noRule}
	for i := range full.NumField() {
		name, got := full.Type().Field(i).Name, full.Field(i)
		want := reflect.ValueOf(fresh).Field(i)
		if name == "RecordType" {
			continue // set when the cards are known
		}
		if got.Kind() == reflect.Slice && got.Len() == 0 {
			continue
		}
		if name == "Overtime" {
			o := got.Interface().(attendance.Overtime)
			if len(o.Short) == 0 {
				o.Short = nil
			}
			got = reflect.ValueOf(o)
		}
		if !reflect.DeepEqual(got.Interface(), want.Interface()) {
			t.Errorf("%s is %v after reset", name, got)
		}
	}
}

// fill gives a value, and all that is in it, something that is not zero.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	case reflect.Array:
		for i := range v.Len() {
			fill(v.Index(i))
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.String:
		v.SetString("x")
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
	default:
		if v.CanInt() {
			v.SetInt(1)
		} else {
			v.SetUint(1)
		}
	}
}
