package wecom

import (
	"mime"
	"net/http"
)

// File is a file that is uploaded, or an answer that is no JSON.
type File struct {
	Name        string // "" where the answer names none
	ContentType string
	Data        []byte
}

func newFile(resp *http.Response, data []byte) File {
	f := File{ContentType: resp.Header.Get("Content-Type"), Data: data}
	if _, params, err := mime.ParseMediaType(resp.Header.Get("Content-Disposition")); err == nil {
		f.Name = params["filename"]
	}
	return f
}
