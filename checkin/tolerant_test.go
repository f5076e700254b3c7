package checkin_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"testing"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/wecom"
	"github.com/google/go-cmp/cmp"
)

// fill puts something into every field of a value: numbers that are all
// different, and two elements into every list.
func fill(v reflect.Value, n *int64) {
	switch v.Kind() {
	case reflect.Int64:
		*n++
		v.SetInt(*n)
	case reflect.Uint64:
		*n++
		v.SetUint(uint64(*n))
	case reflect.Bool:
		*n++
		v.SetBool(*n%2 == 0)
	case reflect.String:
		v.SetString("text")
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), n)
		fill(v.Index(1), n)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).Name != "Envelope" {
				fill(v.Field(i), n)
			}
		}
	default:
		panic(v.Kind())
	}
}

// oddly writes a document with each number in quotes and each boolean as 0 or 1.
func oddly(t *testing.T, v any) (text []byte, numbers int) {
	t.Helper()
	plain, err := json.Marshal(v)
	must(t, err)
	var change func(any) any
	change = func(v any) any {
		switch v := v.(type) {
		case map[string]any:
			for name := range v {
				v[name] = change(v[name])
			}
		case []any:
			for i := range v {
				v[i] = change(v[i])
			}
		case float64:
			numbers++
			return fmt.Sprintf("%.0f", v)
		case bool:
			return map[bool]int{true: 1}[v]
		}
		return v
	}
	text, err = json.Marshal(change(decoded(t, plain)))
	must(t, err)
	return text, numbers
}

// Every number of every answer may come in quotes, errcode too, and every
// boolean as 0 or 1: the tables of the documents have some of them so. The least
// numbers of each answer are counted in those tables.
func TestNumbersInQuotes(t *testing.T) {
	t.Parallel()
	f := checkin.Fetch{Users: []string{"text"}, From: date("2025-01-01"), To: date("2025-01-01")}
	list := func(v any, err error) (any, error) { return v, err }
	for _, tt := range []struct {
		answer  any
		numbers int
		call    func(context.Context, *checkin.Client) (any, error)
		fetch   string // of Fetch's methods; "" = none
	}{
		{&checkin.RecordsResponse{}, 2 * 7, func(ctx context.Context, c *checkin.Client) (any, error) {
			return list(c.Records(ctx, checkin.RecordsRequest{}))
		}, "getcheckindata"},
		{&checkin.OptionsResponse{}, 2 * 20, func(ctx context.Context, c *checkin.Client) (any, error) {
			return list(c.Options(ctx, checkin.OptionsRequest{}))
		}, "getcheckinoption"},
		{&checkin.DayDataResponse{}, 2 * 28, func(ctx context.Context, c *checkin.Client) (any, error) {
			return list(c.DayData(ctx, checkin.DayDataRequest{}))
		}, "getcheckin_daydata"},
		{&checkin.MonthDataResponse{}, 2 * 25, func(ctx context.Context, c *checkin.Client) (any, error) {
			return list(c.MonthData(ctx, checkin.MonthDataRequest{}))
		}, "getcheckin_monthdata"},
		{&checkin.ScheduleListResponse{}, 2 * 9, func(ctx context.Context, c *checkin.Client) (any, error) {
			return list(c.ScheduleList(ctx, checkin.ScheduleListRequest{}))
		}, "getcheckinschedulist"},
		{&checkin.CorpOptionsResponse{}, 2 * 30, func(ctx context.Context, c *checkin.Client) (any, error) {
			return list(c.CorpOptions(ctx, checkin.CorpOptionsRequest{}))
		}, ""},
		{&checkin.HardwareResponse{}, 2, func(ctx context.Context, c *checkin.Client) (any, error) {
			return list(c.Hardware(ctx, checkin.HardwareRequest{}))
		}, "get_hardware_checkin_data"},
		{&checkin.EmptyResponse{}, 1, func(ctx context.Context, c *checkin.Client) (any, error) {
			return list(c.Correct(ctx, checkin.CorrectionRequest{}))
		}, ""},
	} {
		t.Run(reflect.TypeOf(tt.answer).Elem().Name(), func(t *testing.T) {
			t.Parallel()
			fill(reflect.ValueOf(tt.answer).Elem(), new(int64))
			text, numbers := oddly(t, tt.answer)
			if numbers < tt.numbers {
				t.Errorf("%d numbers are in the answer, want %d", numbers, tt.numbers)
			}
			c := checkin.NewClient(serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write(text) })))
			got, err := tt.call(t.Context(), c)
			must(t, err)
			if diff := cmp.Diff(tt.answer, got); diff != "" {
				t.Error(diff)
			}
			if tt.fetch == "" {
				return
			}
			f := f
			f.Client = c
			all, err := collect(methods[tt.fetch](f, t.Context()))
			must(t, err)
			want := reflect.ValueOf(tt.answer).Elem().Field(1) // the list after the envelope
			if len(all) != want.Len() {
				t.Fatalf("%d elements, want %d", len(all), want.Len())
			}
			for i := range all {
				element := reflect.ValueOf(all[i])
				if place := element.Type(); place != want.Type().Elem() { // what a Fetch adds to it is the first
					element = element.Field(element.NumField() - 1)
				}
				if diff := cmp.Diff(want.Index(i).Interface(), element.Interface()); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

// A refusal is one whatever the form of its errcode.
func TestRefusalInQuotes(t *testing.T) {
	t.Parallel()
	w := serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"datas":[],"errcode":"301021","errmsg":"no"}`)
	}))
	f := checkin.Fetch{Client: checkin.NewClient(w), Users: []string{"a"}, From: date("2025-01-01"), To: date("2025-01-01")}
	_, err := f.Client.DayData(t.Context(), checkin.DayDataRequest{})
	_, streamed := collect(f.DayReports(t.Context()))
	for _, err := range []error{err, streamed} {
		if !errors.Is(err, wecom.CodeCheckinUser) {
			t.Errorf("got %v", err)
		}
	}
}
