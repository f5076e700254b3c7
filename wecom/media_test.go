package wecom_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/dakahq/daka/dakatest"
	"github.com/dakahq/daka/wecom"
)

func picture(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	must(t, png.Encode(&out, image.NewGray(image.Rect(0, 0, 3, 3))))
	return out.Bytes()
}

// What goes up comes down again, whatever it is and is called.
func TestMediaRoundTrip(t *testing.T) {
	t.Parallel()
	srv := dakatest.NewServer(t)
	everyByte := make([]byte, 256)
	for i := range everyByte {
		everyByte[i] = byte(i)
	}
	for _, tt := range []struct {
		kind wecom.MediaType
		file wecom.File
		want wecom.File
	}{
		{wecom.MediaImage, wecom.File{Name: "face.png", ContentType: "image/png", Data: picture(t)}, wecom.File{Name: "face.png", ContentType: "image/png"}},
		{wecom.MediaFile, wecom.File{Name: "考勤 1.txt", ContentType: "text/plain", Data: []byte("plain text")}, wecom.File{Name: "考勤 1.txt", ContentType: "application/octet-stream"}},
		{wecom.MediaFile, wecom.File{Name: "a.json", Data: []byte(`{"errcode":40007}`)}, wecom.File{Name: "a.json", ContentType: "application/octet-stream"}},
		{wecom.MediaFile, wecom.File{Data: bytes.Repeat(everyByte, 40_000)}, wecom.File{Name: "media", ContentType: "application/octet-stream"}},
	} {
		up, err := srv.WeCom.UploadMedia(t.Context(), tt.kind, tt.file)
		if err != nil {
			t.Errorf("%q: %v", tt.file.Name, err)
			continue
		}
		if up.Type != tt.kind || up.MediaID == "" || len(up.CreatedAt) != 10 {
			t.Errorf("%q: %+v", tt.file.Name, up)
		}
		down, err := srv.WeCom.Media(t.Context(), up.MediaID)
		if err != nil || down.Name != tt.want.Name || down.ContentType != tt.want.ContentType || !bytes.Equal(down.Data, tt.file.Data) {
			t.Errorf("%q came back as %q, %q, %d bytes: %v", tt.file.Name, down.Name, down.ContentType, len(down.Data), err)
		}
	}
}

// The codes of documents 90253 and 90254, and a file after its three days.
func TestMediaErrors(t *testing.T) {
	t.Parallel()
	noon := time.Date(2025, 9, 11, 12, 0, 0, 0, time.UTC)
	srv := dakatest.NewServer(t, dakatest.At(noon))
	upload := func(kind wecom.MediaType, data []byte) (*wecom.MediaUpload, error) {
		return srv.WeCom.UploadMedia(t.Context(), kind, wecom.File{Name: "x", Data: data})
	}
	for _, tt := range []struct {
		name string
		kind wecom.MediaType
		data []byte
		want wecom.Code
	}{
		{"an unknown kind", "picture", picture(t), wecom.CodeInvalidTypeParam},
		{"an image as voice", wecom.MediaVoice, picture(t), wecom.CodeInvalidMediaType},
		{"nothing", wecom.MediaFile, nil, wecom.CodeEmptyMedia},
		{"five bytes", wecom.MediaFile, []byte("12345"), wecom.CodeInvalidFileSize},
		{"over 2 MiB of voice", wecom.MediaVoice, append([]byte("#!AMR\n"), make([]byte, 2<<20)...), wecom.CodeMediaTooLarge},
	} {
		if up, err := upload(tt.kind, tt.data); !errors.Is(err, tt.want) || up != nil {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
	if _, err := srv.WeCom.UploadMedia(t.Context(), wecom.MediaFile, wecom.File{ContentType: "text/plain\r\nX: y", Data: []byte("123456")}); err == nil {
		t.Error("a content type of two lines is sent")
	}
	if f, err := srv.WeCom.Media(t.Context(), "none"); !errors.Is(err, wecom.CodeInvalidMediaID) || f != nil {
		t.Errorf("%v", err)
	}
	up, err := upload(wecom.MediaFile, []byte("123456"))
	must(t, err)
	srv.Clock.Advance(3*24*time.Hour - time.Second)
	if _, err := srv.WeCom.Media(t.Context(), up.MediaID); err != nil {
		t.Errorf("within three days: %v", err)
	}
	srv.Clock.Advance(time.Second)
	if _, err := srv.WeCom.Media(t.Context(), up.MediaID); !errors.Is(err, wecom.CodeInvalidMediaID) {
		t.Errorf("after three days: %v", err)
	}
}

// An upload whose token is dead is sent again whole.
func TestMediaAfterRevocation(t *testing.T) {
	t.Parallel()
	srv := dakatest.NewServer(t)
	data := bytes.Repeat([]byte("0123456789"), 50_000)
	for range 2 {
		srv.Revoke()
		up, err := srv.WeCom.UploadMedia(t.Context(), wecom.MediaFile, wecom.File{Data: data})
		must(t, err)
		srv.Revoke()
		if f, err := srv.WeCom.Media(t.Context(), up.MediaID); err != nil || !bytes.Equal(f.Data, data) {
			t.Error(err)
		}
	}
}

// The parts of the form as document 90253 shows them, and answers that daka
// does not give.
func TestMediaOnTheWire(t *testing.T) {
	t.Parallel()
	var disposition, contentType, sent, answerType, answer string
	h := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			_, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
			part, err := multipart.NewReader(r.Body, params["boundary"]).NextPart()
			if err != nil || r.URL.Query().Get("type") != "image" {
				t.Errorf("%s: %v", r.URL.RawQuery, err)
				return
			}
			data, _ := io.ReadAll(part) // compared below
			disposition, contentType, sent = part.Header.Get("Content-Disposition"), part.Header.Get("Content-Type"), string(data)
		}
		if strings.HasPrefix(answerType, "attachment") {
			w.Header().Set("Content-Disposition", answerType)
			w.Header().Set("Content-Type", "text/plain")
		} else {
			w.Header().Set("Content-Type", answerType)
		}
		fmt.Fprint(w, answer)
	}))
	t.Cleanup(h.Close)
	c, err := wecom.New(wecom.StaticToken(wecom.NewToken("token")), wecom.WithBaseURL(h.URL))
	must(t, err)

	answerType, answer = "application/json", `{"errcode":0,"errmsg":"","type":"image","media_id":"1G6nr","created_at":"1380000000"}`
	up, err := c.UploadMedia(t.Context(), wecom.MediaImage, wecom.File{Name: "a.jpg", ContentType: "image/jpeg", Data: []byte("image")})
	if err != nil || up.MediaID != "1G6nr" || up.CreatedAt != "1380000000" || up.Type != wecom.MediaImage {
		t.Errorf("%+v, %v", up, err)
	}
	if disposition != `form-data; name="media"; filename="a.jpg"; filelength=5` || contentType != "image/jpeg" || sent != "image" {
		t.Errorf("%s as %s: %q", disposition, contentType, sent)
	}
	answer = `{"errcode":0,"errmsg":"ok"}`
	if _, err := c.UploadMedia(context.Background(), wecom.MediaImage, wecom.File{}); err == nil {
		t.Error("an answer without media_id is taken")
	}
	for _, tt := range []struct {
		header, body, name string
		want               wecom.Code
	}{
		{`attachment; filename="a.txt"`, "plain text", "a.txt", 0},
		{`attachment; filename="a.json"`, `{"errcode":40007}`, "a.json", 0},
		{"image/png", "\x89PNG", "", 0},
		{"application/json; charset=UTF-8", `{"errcode":40007,"errmsg":"invalid media_id"}`, "", wecom.CodeInvalidMediaID},
		{"text/plain", `{"errcode":40007,"errmsg":"invalid media_id"}`, "", wecom.CodeInvalidMediaID},
	} {
		answerType, answer = tt.header, tt.body
		f, err := c.Media(t.Context(), "m")
		if tt.want == 0 && (err != nil || string(f.Data) != tt.body || f.Name != tt.name) || tt.want != 0 && !errors.Is(err, tt.want) {
			t.Errorf("%s: %+v, %v", tt.header, f, err)
		}
	}
}
