package qyapi_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/server"
	"github.com/dakahq/daka/internal/store"
	"github.com/dakahq/daka/internal/store/storetest"
	"github.com/dakahq/daka/wecom"
)

const (
	uploadPath = "/cgi-bin/media/upload"
	mediaPath  = "/cgi-bin/media/get"
)

// form returns a multipart body with one file, as documented (90253), and its type.
func form(field, name string, content []byte) (body *bytes.Buffer, contentType string) {
	body = &bytes.Buffer{}
	w := multipart.NewWriter(body)
	_ = w.WriteField("note", "a part that comes before")
	h := textproto.MIMEHeader{}
	h.Set("Content-Disposition", fmt.Sprintf(`form-data; name=%q;filename=%q; filelength=%d`, field, name, len(content)))
	h.Set("Content-Type", "application/octet-stream")
	part, _ := w.CreatePart(h)
	_, _ = part.Write(content)
	_ = w.Close()
	return body, w.FormDataContentType()
}

// upload sends a file and returns the whole answer.
func (f *fixture) upload(mediaType, name string, content []byte) (wecom.Code, map[string]string) {
	f.t.Helper()
	body, contentType := form("media", name, content)
	return f.post(mediaType, contentType, body)
}

func (f *fixture) post(mediaType, contentType string, body io.Reader) (wecom.Code, map[string]string) {
	f.t.Helper()
	query := url.Values{"access_token": {f.token(app.CheckinApp)}, "type": {mediaType}}
	req, err := http.NewRequestWithContext(f.t.Context(), http.MethodPost, f.url+uploadPath+"?"+query.Encode(), body)
	must(f.t, err)
	req.Header.Set("Content-Type", contentType)
	resp, err := http.DefaultClient.Do(req)
	must(f.t, err)
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	must(f.t, err)
	code, _, raw := opened(f.t, text)
	answer := map[string]string{}
	for name, value := range raw {
		answer[name] = string(value)
	}
	return code, answer
}

// fetch gets a file, or a range of it.
func (f *fixture) fetch(kind app.AppKind, id, within string) (*http.Response, []byte) {
	f.t.Helper()
	query := url.Values{"access_token": {f.token(kind)}, "media_id": {id}}
	req, err := http.NewRequestWithContext(f.t.Context(), http.MethodGet, f.url+mediaPath+"?"+query.Encode(), nil)
	must(f.t, err)
	if within != "" {
		req.Header.Set("Range", within)
	}
	resp, err := http.DefaultClient.Do(req)
	must(f.t, err)
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	must(f.t, err)
	return resp, text
}

// noise returns n bytes that are not the same again.
func noise(n int) []byte {
	b := make([]byte, n)
	r := rand.NewChaCha8([32]byte{1})
	_, _ = r.Read(b)
	return b
}

// stored returns the ids of all files, those that are not complete included.
func (f *fixture) stored(db *store.DB) (ids []string) {
	f.t.Helper()
	must(f.t, db.Read(f.t.Context(), func(tx *store.Tx) (err error) {
		ids, err = tx.ExpiredMedia(f.corp.ID, 1<<60, 1000)
		return err
	}))
	return ids
}

// A file comes back as it went in, to every app of the corporation and to none
// of another, for three days.
func TestMedia(t *testing.T) {
	t.Parallel()
	const piece = 1 << 20
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f, other := newCorp(t, db, "ww1", false), newCorp(t, db, "ww2", false)
		amr := append([]byte("#!AMR\n"), noise(2<<20-6)...) // the largest voice
		video := append([]byte("\x00\x00\x00\x18ftypmp42"), noise(100)...)
		for _, tt := range []struct {
			mediaType, name string
			content         []byte
			contentType     string
			disposition     string
		}{
			{"image", "face.png", pngOf(9, 9, 1), "image/png", `attachment; filename="face.png"`},
			{"image", "照片 1.jpg", jpegOf(9, 9), "image/jpeg", `attachment; filename="?? 1.jpg"; filename*=UTF-8''%E7%85%A7%E7%89%87%201.jpg`},
			{"voice", "a.amr", amr, "audio/amr", `attachment; filename="a.amr"`},
			{"video", "", video, "video/mp4", `attachment; filename="media"`},
			{"file", "six.html", []byte("<html>"), "application/octet-stream", `attachment; filename="six.html"`},
			{"file", "one piece", noise(piece), "application/octet-stream", `attachment; filename="one piece"`},
			{"file", "one more", noise(piece + 1), "application/octet-stream", `attachment; filename="one more"`},
			{"file", "the largest", noise(20 << 20), "application/octet-stream", `attachment; filename="the largest"`},
		} {
			if testing.Short() && len(tt.content) > 2<<20 {
				continue
			}
			code, answer := f.upload(tt.mediaType, tt.name, tt.content)
			id := strings.Trim(answer["media_id"], `"`)
			want := map[string]string{
				"errcode": "0", "errmsg": `"ok"`, "type": fmt.Sprintf("%q", tt.mediaType),
				"media_id": fmt.Sprintf("%q", id), "created_at": fmt.Sprintf(`"%d"`, stamp(5, 8, 0)),
			}
			if diff := cmp.Diff(want, answer); code != 0 || diff != "" || len(id) != 44 {
				t.Errorf("%s: %s", tt.name, diff)
				continue
			}
			for _, kind := range []app.AppKind{app.CheckinApp, app.ContactApp, app.AdminApp} {
				resp, text := f.fetch(kind, id, "")
				if resp.StatusCode != 200 || !bytes.Equal(text, tt.content) || resp.ContentLength != int64(len(tt.content)) {
					t.Errorf("%s: status %d, %d bytes of %d", tt.name, resp.StatusCode, len(text), len(tt.content))
				}
				if h := resp.Header; h.Get("Content-Type") != tt.contentType || h.Get("Content-Disposition") != tt.disposition ||
					h.Get("X-Content-Type-Options") != "nosniff" {
					t.Errorf("%s: %v", tt.name, h)
				}
			}
			if _, text := other.fetch(app.CheckinApp, id, ""); !strings.Contains(string(text), `"errcode":40007`) {
				t.Errorf("%s for another corporation: %.100s", tt.name, text)
			}
		}
	})
}

// Ranges, in one piece of what is stored and over its ends.
func TestMediaRanges(t *testing.T) {
	t.Parallel()
	const piece, size = 1 << 20, 2<<20 + 1234
	content := noise(size)
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		_, answer := f.upload("file", "a", content)
		id := strings.Trim(answer["media_id"], `"`)
		for _, tt := range []struct {
			within   string
			from, to int // to is not included; 0, 0 = a 416
		}{
			{"bytes=0-0", 0, 1},
			{"bytes=100-299", 100, 300},
			{fmt.Sprintf("bytes=%d-%d", piece-1, piece), piece - 1, piece + 1},
			{fmt.Sprintf("bytes=%d-%d", piece, piece), piece, piece + 1},
			{fmt.Sprintf("bytes=%d-", 2*piece-5), 2*piece - 5, size},
			{"bytes=-1234", 2 * piece, size},
			{fmt.Sprintf("bytes=5-%d", 9*piece), 5, size},
			{fmt.Sprintf("bytes=%d-", size), 0, 0},
		} {
			resp, text := f.fetch(app.CheckinApp, id, tt.within)
			if tt.to == 0 {
				if resp.StatusCode != http.StatusRequestedRangeNotSatisfiable {
					t.Errorf("%s: status %d", tt.within, resp.StatusCode)
				}
				continue
			}
			want := fmt.Sprintf("bytes %d-%d/%d", tt.from, tt.to-1, size)
			if got := resp.Header.Get("Content-Range"); resp.StatusCode != 206 || got != want || !bytes.Equal(text, content[tt.from:tt.to]) {
				t.Errorf("%s: status %d, %s, %d bytes; want %s", tt.within, resp.StatusCode, got, len(text), want)
			}
		}
	})
}

// 259,200 seconds after its upload a file is gone, and the next upload clears
// it away.
func TestMediaExpires(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		_, answer := f.upload("file", "a", noise(3<<20))
		id := strings.Trim(answer["media_id"], `"`)
		f.clock.Add(3*86400 - 1)
		if resp, text := f.fetch(app.CheckinApp, id, ""); resp.StatusCode != 200 || len(text) != 3<<20 {
			t.Errorf("in its last second: status %d, %d bytes", resp.StatusCode, len(text))
		}
		f.clock.Add(1)
		resp, text := f.fetch(app.CheckinApp, id, "")
		if code, errmsg, members := opened(t, text); code != wecom.CodeInvalidMediaID || len(members) != 2 || resp.StatusCode != 200 {
			t.Errorf("a second later: %d %s", code, errmsg)
		}
		if ids := f.stored(db); len(ids) != 1 {
			t.Errorf("%d files before the next upload, want 1", len(ids))
		}
		_, answer = f.upload("file", "b", noise(10))
		if ids := f.stored(db); len(ids) != 1 || `"`+ids[0]+`"` != answer["media_id"] {
			t.Errorf("after the next upload: %v", ids)
		}
		must(t, db.Read(t.Context(), func(tx *store.Tx) error {
			if data, err := tx.MediaPiece("ww1", id, 2, nil); err == nil {
				t.Errorf("a piece of %d bytes is left", len(data))
			}
			return nil
		}))
	})
}

// Nothing of a file that is refused is stored.
func TestMediaRefuses(t *testing.T) {
	t.Parallel()
	png := pngOf(4, 4, 1)
	large := func(head []byte, n int) []byte { return append(head, make([]byte, n-len(head))...) }
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		for _, tt := range []struct {
			name, mediaType string
			content         []byte
			want            wecom.Code
		}{
			{"no type", "", png, 40005},
			{"an unknown type", "picture", png, 40005},
			{"nothing", "file", nil, 44001},
			{"5 bytes", "file", []byte("12345"), 40006},
			{"text as an image", "image", []byte("hello world"), 40004},
			{"a GIF as an image", "image", gifOf(), 40004},
			{"an image as voice", "voice", png, 40004},
			{"an image as video", "video", png, 40004},
			{"an image over 10 MiB", "image", large(png, 10<<20+1), 45001},
			{"voice over 2 MiB", "voice", large([]byte("#!AMR\n"), 2<<20+1), 45001},
			{"a video over 10 MiB", "video", large([]byte("\x00\x00\x00\x18ftyp"), 10<<20+1), 45001},
			{"a file over 20 MiB", "file", make([]byte, 20<<20+1), 45001},
		} {
			if testing.Short() && len(tt.content) > 3<<20 {
				continue
			}
			if code, answer := f.upload(tt.mediaType, "a", tt.content); code != tt.want || len(answer) != 2 {
				t.Errorf("%s: %s, want %d", tt.name, answer, tt.want)
			}
		}
		otherPart, contentType := form("file", "a", png)
		cut, _ := form("media", "a", noise(3<<20))
		for _, tt := range []struct {
			name, contentType string
			body              io.Reader
			want              wecom.Code
		}{
			{"no part named media", contentType, otherPart, 44001},
			{"JSON", "application/json", strings.NewReader("{}"), 40058},
			{"no boundary", "multipart/form-data", strings.NewReader("--x"), 40058},
			{"no parts", `multipart/form-data; boundary=x`, strings.NewReader("hello"), 44001},
			{"a part cut off", contentType, bytes.NewReader(cut.Bytes()[:2<<20]), 40058},
		} {
			if tt.name == "a part cut off" {
				boundary, _, _ := strings.Cut(strings.TrimPrefix(cut.String(), "--"), "\r\n")
				tt.contentType = "multipart/form-data; boundary=" + boundary
			}
			if code, answer := f.post("file", tt.contentType, tt.body); code != tt.want {
				t.Errorf("%s: %s, want %d", tt.name, answer, tt.want)
			}
		}
		query := url.Values{"access_token": {f.token(app.CheckinApp)}, "type": {"file"}}
		_, text := f.do(http.MethodGet, uploadPath, query, nil)
		if code, _, _ := opened(t, text); code != wecom.CodeEmptyMedia {
			t.Errorf("a GET: %s", text)
		}
		if ids := f.stored(db); len(ids) != 0 {
			t.Errorf("stored %v", ids)
		}
		for id, want := range map[string]wecom.Code{"": 41006, "none": 40007, "a\x00\xff": 40007, strings.Repeat("a", 5000): 40007} {
			_, text := f.fetch(app.CheckinApp, id, "bytes=0-1")
			if code, errmsg, _ := opened(t, text); code != want || strings.Contains(errmsg, "aaaa") {
				t.Errorf("media_id %.10q: %d %s, want %d", id, code, errmsg, want)
			}
		}
	})
}

// A body over 22 MiB is refused, unread where its length is told; one that
// breaks off leaves nothing behind.
func TestMediaBodies(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		const head = "--x\r\nContent-Disposition: form-data; name=\"media\"; filename=\"a\"\r\n\r\n"
		for _, tt := range []struct {
			name, header string
			send         int // bytes of the file, before the connection ends
			part         string
			text         string
		}{
			{"told too long", fmt.Sprintf("Content-Length: %d", 22<<20+1), 0, "", "exceed max length 23068672"},
			{"a part before it is too long", "Connection: keep-alive\r\nContent-Length: %d", 23 << 20, "note", "exceed max length 23068672"},
			{"breaks off in the first piece", "Content-Length: 3000000", 1000, "media", "broke off"},
			{"breaks off in the second piece", "Content-Length: 3000000", 1500000, "media", "broke off"},
		} {
			conn, err := net.Dial("tcp", strings.TrimPrefix(f.url, "http://"))
			must(t, err)
			must(t, conn.SetDeadline(time.Now().Add(20*time.Second)))
			header := tt.header
			if strings.Contains(header, "%d") {
				header = "Transfer-Encoding: chunked"
			}
			fmt.Fprintf(conn, "POST %s?type=file&access_token=%s HTTP/1.1\r\nHost: daka\r\nContent-Type: multipart/form-data; boundary=x\r\n%s\r\n\r\n",
				uploadPath, f.token(app.CheckinApp), header)
			body := strings.Replace(head, `"media"`, fmt.Sprintf("%q", tt.part), 1) + strings.Repeat("y", tt.send)
			done := make(chan struct{})
			go func() {
				defer close(done)
				if tt.send == 0 {
					return
				}
				if strings.HasPrefix(header, "Transfer") {
					fmt.Fprintf(conn, "%x\r\n", len(body))
				}
				_, _ = io.WriteString(conn, body)
				_ = conn.(*net.TCPConn).CloseWrite()
			}()
			answer, err := io.ReadAll(conn)
			conn.Close()
			<-done
			if !strings.Contains(string(answer), `"errcode":40058`) || !strings.Contains(string(answer), tt.text) || !strings.Contains(string(answer), "Connection: close") {
				t.Errorf("%s: %.300s, %v", tt.name, answer, err)
			}
		}
		if ids := f.stored(db); len(ids) != 0 {
			t.Errorf("stored %v", ids)
		}
	})
}

// Behind the compression of the whole server a range is still the file's own
// bytes, and a whole file the same.
func TestMediaBehindCompression(t *testing.T) {
	t.Parallel()
	content := bytes.Repeat([]byte("compressible "), 100_000) // 1.3 MB
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, false)
		s, err := server.New(server.Config{DB: db, Now: func() time.Time { return time.Unix(f.clock.Load(), 0) }})
		must(t, err)
		whole := httptest.NewServer(s)
		t.Cleanup(whole.Close)
		f.url = whole.URL
		_, answer := f.upload("file", "a", content)
		id := strings.Trim(answer["media_id"], `"`)
		if resp, text := f.fetch(app.CheckinApp, id, ""); resp.StatusCode != 200 || !bytes.Equal(text, content) {
			t.Errorf("whole: status %d, %d bytes of %d", resp.StatusCode, len(text), len(content))
		}
		query := url.Values{"access_token": {f.token(app.CheckinApp)}, "media_id": {id}}
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, f.url+mediaPath+"?"+query.Encode(), nil)
		must(t, err)
		req.Header.Set("Range", "bytes=13-9999")
		req.Header.Set("Accept-Encoding", "gzip, zstd")
		resp, err := http.DefaultClient.Do(req)
		must(t, err)
		defer resp.Body.Close()
		text, err := io.ReadAll(resp.Body)
		must(t, err)
		if resp.StatusCode != 206 || resp.Header.Get("Content-Encoding") != "" || !bytes.Equal(text, content[13:10000]) {
			t.Errorf("a range: status %d, %v, %d bytes", resp.StatusCode, resp.Header, len(text))
		}
	})
}
