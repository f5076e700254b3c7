package app

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// Key seals what the database holds and must be readable again: AES-256-GCM.
// The zero Key seals nothing. It prints as a placeholder.
type Key struct{ aead cipher.AEAD }

// String returns a placeholder.
func (Key) String() string { return "[key]" }

// GoString returns a placeholder.
func (Key) GoString() string { return "[key]" }

// NewKey returns the text of a new key, as ParseKey takes it.
func NewKey() Secret { return Secret(randomText(32)) }

// ParseKey reads a key: 32 bytes in base64 or hexadecimal. Its errors do not
// hold the text.
func ParseKey(text Secret) (Key, error) {
	s := strings.TrimSpace(text.Reveal())
	raw, err := hex.DecodeString(s)
	if err != nil || len(raw) != 32 {
		s = strings.TrimRight(strings.NewReplacer("-", "+", "_", "/").Replace(s), "=")
		raw, err = base64.RawStdEncoding.DecodeString(s)
	}
	if err != nil || len(raw) != 32 {
		return Key{}, badInput("key: want 32 bytes in base64 (43 characters) or hexadecimal (64)")
	}
	block, err := aes.NewCipher(raw)
	if err != nil {
		return Key{}, fmt.Errorf("key: %w", err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return Key{}, fmt.Errorf("key: %w", err)
	}
	return Key{aead}, nil
}

// seal returns text sealed for a purpose; only unseal with the same purpose
// opens it, so that rows cannot be exchanged.
func (k Key) seal(purpose, text string) (string, error) {
	if k.aead == nil {
		return "", ErrNoKey
	}
	return base64.RawStdEncoding.EncodeToString(k.aead.Seal(nil, nil, []byte(text), []byte(purpose))), nil
}

func (k Key) unseal(purpose, sealed string) (string, error) {
	if k.aead == nil {
		return "", ErrNoKey
	}
	raw, err := base64.RawStdEncoding.DecodeString(sealed)
	if err == nil {
		raw, err = k.aead.Open(nil, nil, raw, []byte(purpose))
	}
	if err != nil {
		return "", fmt.Errorf("%s: %w", purpose, errOtherKey)
	}
	return string(raw), nil
}

var errOtherKey = errors.New("sealed with another key, or damaged")
