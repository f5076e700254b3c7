package wecom_test

import (
	"context"
	"log"
	"net/http"

	"github.com/dakahq/daka/wecom"
)

// A provider's callback URL: tickets feed the suite, and what takes longer than
// the second that WeCom waits is done elsewhere.
func ExampleNewCallbackHandler() {
	const id = "ww4asffe99e54c0f4c"
	token, key, secret := wecom.NewSecret("…"), wecom.NewSecret("jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"), wecom.NewSecret("…")
	crypter, err := wecom.NewCrypter(token, key, id)
	if err != nil {
		log.Fatal(err)
	}
	tickets := wecom.NewTickets(wecom.NewMemoryStore())
	authorised := make(chan wecom.Secret, 100)
	http.Handle("/callback", wecom.NewCallbackHandler(crypter, func(ctx context.Context, e *wecom.Event) ([]byte, error) {
		parsed, err := e.Parse()
		switch event := parsed.(type) {
		case *wecom.CreateAuth:
			authorised <- event.AuthCode
		case *wecom.CancelAuth:
			log.Printf("%s has left", event.AuthCorpID)
		}
		return nil, err
	}, wecom.WithTickets(tickets), wecom.OnCallbackError(func(err error) { log.Print(err) })))

	c, err := wecom.New(nil)
	if err != nil {
		log.Fatal(err)
	}
	suite := wecom.NewSuite(id, secret, tickets.Of(id))
	go func() {
		for code := range authorised {
			grant, err := suite.PermanentCode(context.Background(), c, code)
			if err != nil {
				log.Print(err)
				continue
			}
			log.Printf("%s has come", grant.Corp.Name) // and keep grant.PermanentCode
		}
	}()
}
