package app_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"testing"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/internal/wire"
)

// placed is a rule of no app with one location.
const placed = `{"grouptype":3,"groupname":"placed","range":{"userid":["ZhangSan"]},
	"loc_infos":[{"lat":30547030,"lng":104062890,"loc_title":"Gate","loc_detail":"Gate 1","distance":300}],
	"checkindate":[{"workdays":[1,2,3,4,5]}]}`

// What a change of a rule would come to is told before it is made, and who can
// open the database may change the rules of all apps.
func TestCheckRules(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f, ctx := newFixture(t, db), context.Background()
		group := f.install(t, placed)
		local := &app.Caller{Corp: f.corp}
		other := &app.Caller{Corp: f.corp, Agent: f.caller.Agent + 1}
		spec := func(doc string) app.RuleSpec { return app.RuleSpec{Doc: []byte(doc), Form: wire.FormWrite} }
		update := func(c *app.Caller, doc string) error { return f.CheckUpdateRule(ctx, c, group, []byte(doc), nil) }
		for name, tt := range map[string]struct{ got, want error }{
			"a new rule":          {f.CheckNewRule(ctx, f.corp, spec(`{"grouptype":3,"groupname":"new","range":{"userid":["night1"]}}`)), nil},
			"a range that is had": {f.CheckNewRule(ctx, f.corp, spec(`{"grouptype":3,"groupname":"new","range":{"userid":["zhangsan"]}}`)), attendance.ErrRangeConflict},
			"a stranger":          {f.CheckNewRule(ctx, f.corp, spec(`{"grouptype":3,"groupname":"new","range":{"userid":["zed"]}}`)), attendance.ErrOutOfScope},
			"a name":              {update(local, `{"groupname":"other"}`), nil},
			"of the app's own":    {update(f.caller, `{"groupname":"other"}`), nil},
			"of another app":      {update(other, `{"groupname":"other"}`), attendance.ErrForeignRule},
			"a wrong range":       {update(local, `{"range":{"userid":["zed"]}}`), attendance.ErrOutOfScope},
			"no such rule":        {f.CheckUpdateRule(ctx, local, 99, []byte(`{}`), nil), attendance.ErrUnknownGroup},
			"special days":        {f.CheckClearRule(ctx, local, group, []app.RuleArray{app.SpecialOffdays}), nil},
			"the last place":      {f.CheckClearRule(ctx, local, group, []app.RuleArray{app.Locations}), app.ErrNoPlace},
			"delete another's":    {f.DeleteRule(ctx, other, group, true), attendance.ErrForeignRule},
		} {
			if !errors.Is(tt.got, tt.want) {
				t.Errorf("%s: %v, want %v", name, tt.got, tt.want)
			}
		}
		if _, bad := errors.AsType[*app.RuleError](f.CheckNewRule(ctx, f.corp, spec(`{"grouptype":9}`))); !bad {
			t.Error("a rule without meaning is found good")
		}
		rules := func() int {
			docs, err := f.CorpRules(ctx, f.corp)
			must(t, err)
			return len(docs)
		}
		if n := rules(); n != 2 {
			t.Errorf("%d rules after the checks, want the fixture's and ours", n)
		}
		must(t, f.DeleteRule(ctx, local, group, true))
		if n := rules(); n != 1 {
			t.Errorf("%d rules, want the fixture's", n)
		}
	})
}

// CheckFace says what would be kept, and keeps nothing.
func TestCheckFace(t *testing.T) {
	t.Parallel()
	var picture bytes.Buffer
	must(t, png.Encode(&picture, image.NewGray(image.Rect(0, 0, 30, 20))))
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f, ctx := newFixture(t, db), context.Background()
		face, err := f.CheckFace(ctx, f.caller, "zhangsan", picture.Bytes())
		must(t, err)
		if len(face.SHA256) != 64 {
			t.Errorf("hash %q", face.SHA256)
		}
		face.SHA256 = ""
		if want := (app.Face{User: "ZhangSan", Format: "png", Width: 30, Height: 20, Size: int64(picture.Len()), Agent: f.caller.Agent}); face != want {
			t.Errorf("got %+v, want %+v", face, want)
		}
		if _, err := f.CheckFace(ctx, f.caller, "zed", picture.Bytes()); !errors.Is(err, attendance.ErrUnknownUser) {
			t.Errorf("a stranger: %v", err)
		}
		if _, err := f.CheckFace(ctx, f.caller, "zhangsan", picture.Bytes()[:20]); !errors.Is(err, app.ErrFaceImage) {
			t.Errorf("half a picture: %v", err)
		}
		faces, err := f.Faces(ctx, f.corp)
		if len(faces) != 0 || err != nil {
			t.Errorf("%d faces are kept, %v", len(faces), err)
		}
	})
}
