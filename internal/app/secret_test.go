package app_test

import (
	"strings"
	"testing"

	"github.com/dakahq/daka/internal/app"
)

func TestHideSecrets(t *testing.T) {
	t.Parallel()
	secret := app.NewKey().Reveal() // of 43 characters, as every secret and token
	picture := strings.Repeat("iVBORw0KGgo/AAAA+NSUhEUg/", 8)
	for _, tt := range []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"a quotation", `corporation "` + secret + `": no such corporation`, `corporation "[hidden]": no such corporation`},
		{"two", secret + " " + secret, "[hidden] [hidden]"},
		{"in a path", "/cgi-bin/" + secret + "/x", "/cgi-bin/[hidden]/x"},
		{"the longest path", "/cgi-bin/checkin/clear_checkin_option_array_field", "/cgi-bin/checkin/clear_checkin_option_array_field"},
		{"an open userid", "woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA", "woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA"},
		{"39 characters", strings.Repeat("x", 39), strings.Repeat("x", 39)},
		{"40 characters", strings.Repeat("x", 40), "[hidden]"},
		{"a picture", "body." + picture + " is not a string", "body.[hidden] is not a string"},
		{"Chinese", strings.Repeat("打卡", 40), strings.Repeat("打卡", 40)},
	} {
		if got := app.HideSecrets(tt.text); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}
