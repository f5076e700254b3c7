package wecom

import (
	"bytes"
	"context"
	"fmt"
	"mime"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
)

// MediaType says what an uploaded file is.
type MediaType string

// The types of files, each of more than 5 bytes (document 90253).
const (
	MediaImage MediaType = "image" // JPG or PNG, 10 MB
	MediaVoice MediaType = "voice" // AMR, 2 MB and 60 s
	MediaVideo MediaType = "video" // MP4, 10 MB
	MediaFile  MediaType = "file"  // anything, 20 MB
)

const (
	uploadPath = "/cgi-bin/media/upload"
	mediaPath  = "/cgi-bin/media/get"
)

// MediaUpload is the answer of media/upload.
type MediaUpload struct {
	Envelope
	Type      MediaType `json:"type"`
	MediaID   string    `json:"media_id"`   // for the whole corp, for three days
	CreatedAt string    `json:"created_at"` // Unix seconds, in decimal
}

// UploadMedia uploads a file for three days (document 90253). Its Name, "" for
// one of no interest, and its ContentType, "" for application/octet-stream, go
// along. It fails with CodeInvalidTypeParam for another kind, with
// CodeInvalidMediaType for a file that is not of its kind, and with
// CodeEmptyMedia, CodeInvalidFileSize or CodeMediaTooLarge.
func (c *Client) UploadMedia(ctx context.Context, kind MediaType, file File) (*MediaUpload, error) {
	body, err := mediaBody(&file)
	if err != nil {
		return nil, fmt.Errorf("%s: encode the file: %w", uploadPath, err)
	}
	var answer MediaUpload
	err = c.Call(ctx, Request{
		Path: uploadPath, Query: url.Values{"type": {string(kind)}}, Body: body,
		// A second upload is a file that nobody names, gone after three days.
		Repeatable: true,
	}, &answer)
	if err != nil {
		return nil, err
	}
	if answer.MediaID == "" {
		return nil, &TransportError{Endpoint: uploadPath, Status: http.StatusOK, Reason: "the answer has no media_id"}
	}
	return &answer, nil
}

// mediaBody writes a file as the part "media".
func mediaBody(file *File) (rawBody, error) {
	name, contentType := file.Name, file.ContentType
	if name == "" {
		name = "media" // WeCom wants one
	}
	if contentType == "" {
		contentType = "application/octet-stream"
	}
	if _, _, err := mime.ParseMediaType(contentType); err != nil {
		return rawBody{}, fmt.Errorf("content type: %w", err)
	}
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, err := w.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {fmt.Sprintf("%s; filelength=%d", multipart.FileContentDisposition("media", name), len(file.Data))},
		"Content-Type":        {contentType},
	})
	if err == nil {
		_, err = part.Write(file.Data)
	}
	if err == nil {
		err = w.Close()
	}
	return rawBody{w.FormDataContentType(), body.Bytes()}, err
}

// Media returns a file that was uploaded, by whatever app of the corp, in the
// last three days (document 90254). It fails with CodeInvalidMediaID.
func (c *Client) Media(ctx context.Context, mediaID string) (*File, error) {
	var file File
	if err := c.Get(ctx, mediaPath, url.Values{"media_id": {mediaID}}, &file); err != nil {
		return nil, err
	}
	return &file, nil
}
