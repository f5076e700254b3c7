package qyapi_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/wecom"
)

const facePath = "/cgi-bin/checkin/addcheckinuserface"

// pngOf returns a picture of one colour.
func pngOf(width, height int, grey uint8) []byte {
	m := image.NewGray(image.Rect(0, 0, width, height))
	for i := range m.Pix {
		m.Pix[i] = grey
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func jpegOf(width, height int) []byte {
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	m.Set(1, 1, color.White)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func gifOf() []byte {
	var b bytes.Buffer
	if err := gif.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8)), nil); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// pngChunk returns a chunk of a PNG.
func pngChunk(kind string, data []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	b = append(append(b, kind...), data...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// pngClaiming returns the head of a PNG that says how large it is, and nothing else.
func pngClaiming(width, height uint32) []byte {
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, width), height)
	head = append(head, 8, 0, 0, 0, 0) // 8 bits of grey
	return append([]byte("\x89PNG\r\n\x1a\n"), pngChunk("IHDR", head)...)
}

// pngWith returns a picture with a text beside its pixels.
func pngWith(text []byte, grey uint8) []byte {
	const head = 8 + 25 // signature and IHDR
	return slices.Insert(pngOf(16, 16, grey), head, pngChunk("tEXt", append([]byte("Comment\x00"), text...))...)
}

// face returns the body that stores a face.
func face(user string, picture []byte) string {
	return fmt.Sprintf(`{"userid":%q,"userface":%q}`, user, base64.StdEncoding.EncodeToString(picture))
}

// What is kept of a face, and that a later one takes its place.
func TestFace(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, true)
		kept := func() []app.Face {
			t.Helper()
			faces, err := f.app.Faces(t.Context(), f.corp)
			must(t, err)
			for i := range faces {
				if len(faces[i].SHA256) != 64 {
					t.Errorf("hash %q", faces[i].SHA256)
				}
				faces[i].SHA256 = ""
			}
			return faces
		}
		first := jpegOf(40, 30)
		_, err := f.checkin().AddFace(t.Context(), checkin.FaceRequest{UserID: "ALICE", UserFace: base64.StdEncoding.EncodeToString(first)})
		must(t, err)
		want := []app.Face{{User: "alice", Format: "jpeg", Width: 40, Height: 30, Size: int64(len(first)), Agent: 1000002, StoredAt: stamp(5, 8, 0)}}
		if diff := cmp.Diff(want, kept()); diff != "" {
			t.Errorf("a JPEG (-want +got):\n%s", diff)
		}
		f.clock.Add(60)
		second := pngOf(5, 7, 3)
		text := base64.StdEncoding.EncodeToString(second)
		if code, errmsg, _ := f.raw(facePath, `{"userid":"alice","userface":"`+text[:40]+`\r\n`+text[40:]+`\n"}`); code != 0 || errmsg != "ok" {
			t.Errorf("in lines: %d %s", code, errmsg)
		}
		want[0] = app.Face{User: "alice", Format: "png", Width: 5, Height: 7, Size: int64(len(second)), Agent: 1000002, StoredAt: stamp(5, 8, 1)}
		if diff := cmp.Diff(want, kept()); diff != "" {
			t.Errorf("a PNG over it (-want +got):\n%s", diff)
		}
		// The same picture again is the member's own; another's is told and kept.
		for _, tt := range []struct {
			user string
			want wecom.Code
		}{{"alice", 0}, {"bob", 301071}, {"alice", 301071}, {"carol", 301071}} {
			if code, errmsg, _ := f.raw(facePath, face(tt.user, second)); code != tt.want {
				t.Errorf("%s: %d %s, want %d", tt.user, code, errmsg, tt.want)
			}
		}
		if n := len(kept()); n != 3 {
			t.Errorf("%d faces are kept, want 3", n)
		}
		must(t, f.client(app.ContactApp).DeleteUser(t.Context(), "bob"))
		must(t, f.client(app.ContactApp).CreateUser(t.Context(), wecom.UserEdit{UserID: "bob", Name: new("鲍勃")}))
		if n := len(kept()); n != 2 {
			t.Errorf("after bob was deleted and created again: %d faces, want 2", n)
		}
	})
}

func TestFaceRefuses(t *testing.T) {
	t.Parallel()
	good := pngOf(8, 8, 1)
	photo := jpegOf(64, 64)
	filler := pngWith(bytes.Repeat([]byte{'x'}, checkin.MaxFaceBytes), 1)
	tests := []struct {
		name, body string
		want       wecom.Code
		text       string
	}{
		{"nobody", face("zed", good), 301069, "zed"},
		{"a userid that is none", face("-a", good), 301069, ""},
		{"no member", face("", good), 301021, "userid"},
		{"no image", `{"userid":"alice"}`, 301021, "userface"},
		{"no base64", `{"userid":"alice","userface":"!!"}`, 301072, "base64"},
		{"a data URL", `{"userid":"alice","userface":"data:image/png;base64,QUJD"}`, 301072, "base64"},
		{"text", face("alice", []byte("hello")), 301072, "neither"},
		{"a GIF", face("alice", gifOf()), 301072, "neither"},
		{"a byte over 1 MiB", face("alice", filler[:checkin.MaxFaceBytes+1]), 301072, ""},
		{"a PNG cut off", face("alice", good[:len(good)-20]), 301072, "decoded"},
		{"a PNG's signature", face("alice", good[:8]), 301072, "head"},
		{"a JPEG cut off", face("alice", photo[:len(photo)-20]), 301072, "decoded"},
		{"a JPEG's first bytes", face("alice", photo[:3]), 301072, "head"},
		{"no pixels", face("alice", pngClaiming(0, 8)), 301072, "head"},
		{"a row too many", face("alice", pngClaiming(4096, 3073)), 301072, "pixels"},
		{"a bomb", face("alice", pngClaiming(1<<31-1, 1<<31-1)), 301072, ""},
		{"a bomb of 46000 x 46000", face("alice", pngClaiming(46000, 46000)), 301072, "pixels"},
		{"65 scans", face("alice", append(slices.Clone(photo), bytes.Repeat([]byte{0xff, 0xda}, 64)...)), 301072, "scans"},
		{"a type", `{"userid":"alice","userface":{}}`, 40058, "body.userface"},
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		for _, tt := range tests {
			code, errmsg, _ := f.raw(facePath, tt.body)
			if code != tt.want || !strings.Contains(errmsg, tt.text) {
				t.Errorf("%s: %d %s, want %d with %q", tt.name, code, errmsg, tt.want, tt.text)
			}
		}
		if faces, err := f.app.Faces(t.Context(), f.corp); len(faces) != 0 || err != nil {
			t.Errorf("kept %+v, %v", faces, err)
		}
	})
}

// The largest picture is taken: 4096 x 3072 pixels.
func TestLargestFace(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("12 million pixels take seconds under the race detector")
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		if code, errmsg, _ := f.raw(facePath, face("alice", pngOf(4096, 3072, 0))); code != 0 {
			t.Errorf("%d %s", code, errmsg)
		}
	})
}

// WeCom's examples have a placeholder for the picture: with one in its place
// they are taken as they stand.
func TestDocumentedFace(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(payloads + "addcheckinuserface.request*.json")
	must(t, err)
	if len(files) == 0 {
		t.Skip("no " + payloads + ": WeCom's examples are not here")
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		must(t, f.app.AddMembers(t.Context(), f.corp, []app.Contact{{ID: "james", Name: "詹", Depts: []attendance.DeptID{1}}}))
		for _, file := range files {
			text, err := os.ReadFile(file)
			must(t, err)
			body := strings.Replace(string(text), "PLACE_HOLDER", base64.StdEncoding.EncodeToString(pngOf(4, 4, 9)), 1)
			if code, errmsg, _ := f.raw(facePath, body); code != 0 {
				t.Errorf("%s: %d %s", file, code, errmsg)
			}
		}
		var answer map[string]json.RawMessage
		_, _, answer = f.raw(facePath, face("james", pngOf(4, 4, 9)))
		if len(answer) != 2 {
			t.Errorf("answered %s", answer)
		}
	})
}
