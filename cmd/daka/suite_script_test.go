package main

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"

	"github.com/dakahq/daka/wecom"
	"github.com/rogpeppe/go-internal/testscript"
)

// receiver FILE LOG VARIABLE puts the URL of a provider's callback into the
// environment. Its suite is the one in FILE, as "daka suite add" prints it in
// JSON, when a call comes in; what it is told goes into LOG, a line of words
// NAME=VALUE for each event.
func receiver(ts *testscript.TestScript, _ bool, args []string) {
	file, log := ts.MkAbs(args[0]), ts.MkAbs(args[1])
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer, err := receive(file, log, r)
		if err != nil {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		fmt.Fprint(w, answer)
	}))
	ts.Defer(server.Close)
	ts.Setenv(args[2], server.URL)
}

func receive(file, log string, r *http.Request) (answer string, err error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	var suite suiteOutput
	if err := json.Unmarshal(text, &suite); err != nil {
		return "", err
	}
	crypter, err := wecom.NewCrypter(wecom.NewSecret(suite.Token), wecom.NewSecret(suite.EncodingAESKey), string(suite.SuiteID))
	if err != nil {
		return "", err
	}
	query := wecom.ParseCallbackQuery(r.URL.Query())
	if r.Method == http.MethodGet {
		echo, err := crypter.OpenEcho(query)
		return string(echo), err
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return "", err
	}
	message, err := crypter.Open(query, body)
	if err != nil {
		return "", err
	}
	return "success", writeEvent(log, message)
}

// writeEvent appends an event to a log.
func writeEvent(log string, message []byte) (err error) {
	var event struct {
		Members []struct {
			XMLName xml.Name
			Text    string `xml:",chardata"`
		} `xml:",any"`
	}
	if err := xml.Unmarshal(message, &event); err != nil {
		return err
	}
	f, err := os.OpenFile(log, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	for _, m := range event.Members {
		fmt.Fprintf(f, "%s=%s ", m.XMLName.Local, m.Text)
	}
	fmt.Fprintln(f)
	return f.Close()
}
