package qyapi

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/dakahq/daka/checkin"
	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/wecom"
)

// maxMediaBody limits the body of media/upload, in bytes.
const maxMediaBody = 22 << 20

// mediaUploaded is the answer of media/upload.
type mediaUploaded struct {
	wecom.Envelope
	Type      string `json:"type,omitzero"`
	MediaID   string `json:"media_id,omitzero"`
	CreatedAt string `json:"created_at,omitzero"` // Unix seconds, as a string
}

// mediaUpload answers media/upload (document 90253). What it does not read of a
// body that is refused is never taken in.
func mediaUpload(x *exchange) (wecom.Answer, error) {
	answer := &mediaUploaded{}
	if err := x.requireToken(); err != nil {
		return answer, err
	}
	m, err := x.storeMedia(app.MediaType(x.r.URL.Query().Get("type")))
	if err != nil {
		x.closing = true
		return answer, err
	}
	answer.Type, answer.MediaID, answer.CreatedAt = string(m.Type), m.ID, strconv.FormatInt(m.Created, 10)
	return answer, nil
}

func (x *exchange) storeMedia(t app.MediaType) (*app.Media, error) {
	if x.r.Method != http.MethodPost {
		return nil, wecom.CodeEmptyMedia
	}
	tooLarge := wecom.Errorf(wecom.CodeInvalidParameter, "body exceed max length %d. invalid Request Parameter", x.limit)
	if x.r.ContentLength > x.limit {
		return nil, tooLarge
	}
	body := &watched{ReadCloser: http.MaxBytesReader(nil, x.r.Body, x.limit)}
	x.r.Body = body
	name, part, err := x.mediaPart()
	var m *app.Media
	if err == nil {
		m, err = x.api.app.AddMedia(x.r.Context(), x.caller, t, name, part)
	}
	if _, over := errors.AsType[*http.MaxBytesError](body.err); over {
		return nil, tooLarge
	}
	if body.err != nil || part != nil && part.err != nil {
		return nil, wecom.Errorf(wecom.CodeInvalidParameter, "body broke off. invalid Request Parameter")
	}
	return m, err
}

// mediaPart finds the part named media.
func (x *exchange) mediaPart() (name string, part *watched, err error) {
	parts, err := x.r.MultipartReader()
	if err != nil {
		return "", nil, wecom.Errorf(wecom.CodeInvalidParameter, "the body is no multipart/form-data. invalid Request Parameter")
	}
	for {
		p, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return "", nil, wecom.CodeEmptyMedia
		}
		if err != nil {
			return "", nil, wecom.Errorf(wecom.CodeInvalidParameter, "the body is no well-formed multipart/form-data. invalid Request Parameter")
		}
		if p.FormName() == "media" {
			return p.FileName(), &watched{ReadCloser: p}, nil
		}
	}
}

// watched remembers why it could not be read on.
type watched struct {
	io.ReadCloser
	err error
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.ReadCloser.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		w.err = err
	}
	return n, err
}

// mediaGet answers media/get (document 90254): the file as it is, or a part of
// it, and JSON when there is none.
func mediaGet(x *exchange) (wecom.Answer, error) {
	answer := &checkin.EmptyResponse{}
	if err := x.requireToken(); err != nil {
		return answer, err
	}
	id := x.r.URL.Query().Get("media_id")
	if id == "" {
		return answer, wecom.CodeMissingMediaID
	}
	f, err := x.api.app.OpenMedia(x.r.Context(), x.caller.Corp, id)
	if err != nil {
		return answer, err
	}
	x.raw = func(w http.ResponseWriter) {
		h := w.Header()
		h.Set("Content-Type", f.ContentType)
		h.Set("Content-Disposition", attachment(f.Name))
		h.Set("X-Content-Type-Options", "nosniff")
		http.ServeContent(w, x.r, "", time.Unix(f.Created, 0), f)
	}
	return answer, nil
}

// attachment is the Content-Disposition of a file: its name in ASCII in quotes,
// and in full beside it where that is not all.
func attachment(name string) string {
	if name == "" {
		name = "media"
	}
	plain := headerText(name)
	text := `attachment; filename="` + plain + `"`
	if plain != name {
		text += "; filename*=UTF-8''" + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
	}
	return text
}
