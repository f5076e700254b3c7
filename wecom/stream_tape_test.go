package wecom_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/dakahq/daka/wecom"
)

type numberedText struct {
	N    int64  `json:"n"`
	Last *int64 `json:"last"`
	Text string `json:"text"`
}

// streamOf streams the list of an answer that comes in pieces.
func streamOf(t *testing.T, answer string, pieces func(io.Reader) io.Reader) (all []numberedText, err error) {
	t.Helper()
	transport := roundTripper(func(r *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(pieces(strings.NewReader(answer))), Request: r}, nil
	})
	c, err := wecom.New(wecom.StaticToken(wecom.NewToken("static/token")), wecom.WithHTTPClient(&http.Client{Transport: transport}))
	if err != nil {
		t.Fatal(err)
	}
	for v, err := range wecom.Stream[numberedText](t.Context(), c, wecom.Request{Path: "/cgi-bin/x"}, "list") {
		if err != nil {
			return all, err
		}
		all = append(all, v)
	}
	return all, nil
}

// ways are how an answer may come in.
var ways = map[string]func(io.Reader) io.Reader{
	"whole":          func(r io.Reader) io.Reader { return r },
	"byte by byte":   iotest.OneByteReader,
	"half by half":   iotest.HalfReader,
	"with its error": iotest.DataErrReader,
}

// Wherever in an answer a number comes in quotes, of three elements or of 300 of
// up to 300 bytes, each element is there once and whole.
func TestStreamNumbersInQuotes(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	for name, pieces := range ways {
		for _, size := range []int{3, 300} {
			for odd := range 3 {
				spaces := []string{"", " ", "\r\n\t "}[odd%3]
				var b strings.Builder
				b.WriteString(`{"other":{"list":[1]},"list":[`)
				texts := make([]string, size)
				for i := range size {
					texts[i] = strings.Repeat("x", random.IntN(300))
					quote := map[bool]string{true: `"`}[i*3 >= odd*size && random.IntN(2) == 0]
					fmt.Fprintf(&b, `%s{"n":%d,"text":"%s","last":%s%d%s}%s`, spaces, i, texts[i], quote, -i, quote, spaces)
					if i < size-1 {
						b.WriteString(",")
					}
				}
				b.WriteString(`],"more":[{}],"errcode":0}`)
				all, err := streamOf(t, b.String(), pieces)
				if err != nil || len(all) != size {
					t.Fatalf("%s: %d elements of %d, %v", name, len(all), size, err)
				}
				for i, v := range all {
					if v.N != int64(i) || v.Last == nil || *v.Last != int64(-i) || v.Text != texts[i] {
						t.Fatalf("%s: element %d of %d is %d, %v, with a text of %d bytes", name, i, size, v.N, v.Last, len(v.Text))
					}
				}
			}
		}
	}
}

// What is no number is none in quotes either, and the error says where it is,
// not what. The elements before it stand.
func TestStreamMisfits(t *testing.T) {
	t.Parallel()
	for _, value := range []string{`"secret"`, `""`, `" 7"`, `"1.5"`, `1.5`, `"9223372036854775808"`, `{}`, `true`} {
		for before := range 3 {
			answer := `{"list":[` + strings.Repeat(`{"n":"7"},`, before) + `{"n":` + value + `}],"errcode":0}`
			all, err := streamOf(t, answer, iotest.OneByteReader)
			if want := fmt.Sprintf("%q", fmt.Sprintf("/list/%d/n", before)); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "secret") {
				t.Errorf("%s after %d: got %v, want it to name %s", value, before, err, want)
			}
			if len(all) != before {
				t.Errorf("%s: %d elements, want %d", value, len(all), before)
			}
		}
	}
}

// An answer that breaks off in an odd element, or behind one, ends with an error.
func TestStreamBreaksOffInQuotes(t *testing.T) {
	t.Parallel()
	for _, answer := range []string{`{"list":[{"n":1},{"n":"2`, `{"list":[{"n":1},{"n":"2"}`, `{"list":[{"n":1},{"n":"2"},`, `{"list":[{"n":1},{"n":"2"}]`} {
		all, err := streamOf(t, answer, func(r io.Reader) io.Reader { return r })
		if want := 2 - strings.Count(answer[len(answer)-1:], "2"); err == nil || len(all) != want {
			t.Errorf("%s: %d elements, want %d, %v", answer, len(all), want, err)
		}
	}
}
