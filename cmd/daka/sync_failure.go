package main

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/mirror"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/wecom"
	"github.com/spf13/cobra"
)

// knock asks for a token. With --every a server that is silent is waited for.
func (o *syncOptions) knock(cmd *cobra.Command, w *wecom.Client) error {
	for {
		_, err := w.Token(cmd.Context())
		if err == nil || o.every == 0 || !passing(err) || cmd.Context().Err() != nil {
			return err
		}
		o.brokeOff(cmd, err)
		if err := (machineClock{}).Sleep(cmd.Context(), time.Duration(o.every)); err != nil {
			return err
		}
	}
}

// brokeOff tells of a round that failed and will be followed by another.
func (o *syncOptions) brokeOff(cmd *cobra.Command, err error) {
	if err != nil {
		text := errorText(langOf(cmd), o.failed(cmd, err))
		fmt.Fprintln(cmd.ErrOrStderr(), say(cmd, "it broke off and will be resumed: %s", text))
	}
}

// failed says of a failure of a sync what to do.
func (o *syncOptions) failed(cmd *cobra.Command, err error) error {
	switch {
	case err == nil:
		return nil
	case cmd.Context().Err() != nil && o.every != 0:
		return errPlanned // it was told to end
	case cmd.Context().Err() != nil:
		return failf("interrupted; run it again and it goes on where it was")
	case errors.Is(err, app.ErrMirroring):
		return failf("another sync of %s is running", o.remote.corpID)
	case errors.Is(err, app.ErrShrunk):
		return failf("%w: if that is so, say --accept-fewer-members", err)
	case mirror.Final(err):
		return failf("%w: \"daka doctor\" says what to do", err)
	}
	return err
}

// passing reports whether a failure may be gone by the next time: that of a
// server, or what it told, and of a database that others use.
func passing(err error) bool {
	if mirror.Final(err) {
		return false
	}
	for _, kind := range []error{store.ErrFull, store.ErrReadOnly, store.ErrClosed, store.ErrNewerSchema} {
		if errors.Is(err, kind) {
			return false
		}
	}
	for _, kind := range []error{store.ErrBusy, app.ErrMirroring, app.ErrShrunk, app.ErrBadInput, attendance.ErrUnknownUser} {
		if errors.Is(err, kind) {
			return true
		}
	}
	_, refused := errors.AsType[*wecom.Error](err)
	_, silent := errors.AsType[*wecom.TransportError](err)
	return refused || silent
}

// refusedText is what it means that the app may not read a kind of facts.
type refusedText struct{ kind, text string }

var refusedTexts = []refusedText{
	{"directory", "the app may not list members and departments: nobody is known, and nothing can be copied"},
	{"rules", "the app may not read which rules members are under: no day can be judged"},
	{"records", "the app may not read punches: reports will show everybody absent"},
	{"days", "the app may not read WeCom's day reports: our reports cannot be compared with them, and what they tell of requests and rules is missing"},
	{"devices", "the app may not read what terminals recorded: punches that are uploaded late may be missing"},
	{"schedules", "the app may not read shifts: members of shift rules have rest days only"},
	{"months", "the app may not read WeCom's month reports: only days can be compared"},
	{"requests", "the app may not read approval forms: leave, trips and overtime are made of what the day reports tell, without those that are pending or were refused"},
	{"corrections", "the app may not read approval forms: corrections are missing, and days that were corrected are judged as if they were not"},
}

// vitalKinds are those without which reports are wrong for everybody.
var vitalKinds = []string{"directory", "rules", "records", "days"}

// tellRefused says on stderr what the app may not read. It fails where reports
// cannot be made without.
func tellRefused(cmd *cobra.Command, report *mirror.Report) error {
	vital, any := false, false
	for _, r := range refusedTexts {
		at := slices.IndexFunc(report.Kinds, func(k mirror.KindReport) bool { return k.Kind == r.kind && k.Refused != 0 })
		if at < 0 {
			continue
		}
		any, vital = true, vital || slices.Contains(vitalKinds, r.kind)
		fmt.Fprintln(cmd.ErrOrStderr(), say(cmd, "%s: refused with errcode %d: %s", kindText(cmd, r.kind), int64(report.Kinds[at].Refused), say(cmd, r.text)))
	}
	switch {
	case vital:
		return serverError{failf("the app lacks rights without which reports are wrong: \"daka doctor\" says what to do")}
	case any:
		fmt.Fprintln(cmd.ErrOrStderr(), say(cmd, "\"daka doctor\" says how to get the rights"))
	}
	return nil
}
