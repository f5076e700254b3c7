package qyapi

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/wecom"
)

// verifyTimeout is how long a callback may take to answer the GET that tries it
// out (document 91116).
const verifyTimeout = time.Second

// Verify tries the callback URL of a suite out as WeCom does when one is set
// (document 91116): a GET with an encrypted echostr, to be answered within a
// second with its text and nothing else. receiver is what is sealed in as
// receiveid: "" means the suite id, as in events; a provider's corpid is what
// WeCom was seen to send. It fails where the suite has no callback URL.
func (p *Pusher) Verify(ctx context.Context, id app.SuiteID, receiver string) error {
	callback, err := p.app.Callback(ctx, id)
	if err == nil && callback.URL == "" {
		err = errors.New("it has none")
	}
	if err == nil {
		if receiver == "" {
			receiver = string(id)
		}
		err = p.verify(ctx, &callback, receiver)
	}
	if err != nil {
		return fmt.Errorf("verify the callback URL of suite %q: %w", id, err)
	}
	return nil
}

func (p *Pusher) verify(ctx context.Context, callback *app.Callback, receiver string) error {
	crypter, err := wecom.NewCrypter(wecom.NewSecret(callback.Token.Reveal()), wecom.NewSecret(callback.EncodingAESKey.Reveal()), receiver)
	if err != nil {
		return err
	}
	echo := rand.Text()
	query, envelope := crypter.Seal([]byte(echo), strconv.FormatInt(p.app.Now(), 10), rand.Text())
	query.Echo = envelope.Encrypt
	target, err := withQuery(callback.URL, query.Values())
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, verifyTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, target, nil)
	if err != nil {
		return errNoURL
	}
	resp, err := p.http.Do(req)
	if err != nil {
		return callError(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(io.LimitReader(resp.Body, int64(len(echo))+1))
	switch {
	case err != nil:
		return callError(err)
	case resp.StatusCode != http.StatusOK:
		return fmt.Errorf("it answered with status %d, want 200", resp.StatusCode)
	case string(text) != echo:
		return errors.New("it did not answer the echostr, decrypted and without anything around it: see its token, EncodingAESKey and receiveid")
	}
	return nil
}

// errNoURL does not say what there is: a query may be private.
var errNoURL = errors.New("the callback URL is none")

// withQuery adds to the query of a callback URL.
func withQuery(callback string, more url.Values) (string, error) {
	target, err := url.Parse(callback)
	if err != nil {
		return "", errNoURL
	}
	all := target.Query()
	for name, values := range more {
		all[name] = values
	}
	target.RawQuery = all.Encode()
	return target.String(), nil
}

// callError is why nobody answered, without the URL.
func callError(err error) error {
	if wrong, ok := errors.AsType[*url.Error](err); ok {
		err = wrong.Err
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return errors.New("call the callback: no answer in time")
	}
	return fmt.Errorf("call the callback: %w", err)
}
