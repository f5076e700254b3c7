package wecom

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha1"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// The ways in which a callback is not to be believed. They say no more: what
// is wrong with a forgery helps the forger alone.
var (
	ErrCallbackSignature = errors.New("callback: the signature does not match")
	ErrCallbackCipher    = errors.New("callback: the message cannot be decrypted")
	ErrCallbackReceiver  = errors.New("callback: the message is for another receiver")
	ErrCallbackEnvelope  = errors.New("callback: the body is no envelope with an encrypted message")
)

// Crypter signs and encrypts what travels between WeCom and a callback URL
// (document 90968). It is safe for concurrent use and prints as a placeholder.
type Crypter struct {
	token    Secret
	block    cipher.Block
	iv       []byte
	receiver string
}

// callbackBlock is the size that messages are padded to, in bytes: twice the
// cipher's own.
const callbackBlock = 32

// callbackHead is what stands before a message: 16 random bytes and its length.
const callbackHead = 16 + 4

// NewCrypter returns the Crypter of a callback URL: its token, its
// EncodingAESKey of 43 characters, and the receiveid, which is the corpid for
// an app's own callbacks, the suite id for those of a third-party app, and ""
// where nobody in particular receives. It fails when the key is none.
func NewCrypter(token, encodingAESKey Secret, receiveID string) (*Crypter, error) {
	key, err := base64.StdEncoding.DecodeString(encodingAESKey.Reveal() + "=")
	if err != nil || len(key) != 32 {
		return nil, errors.New("callback: EncodingAESKey: want 43 characters that stand for 32 bytes")
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("callback: EncodingAESKey: %w", err)
	}
	return &Crypter{token: token, block: block, iv: key[:aes.BlockSize], receiver: receiveID}, nil
}

// Format writes a placeholder, whatever the verb.
func (c Crypter) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// Signature returns the msg_signature of an encrypted message: 40 lower-case
// hexadecimal digits.
func (c *Crypter) Signature(timestamp, nonce, encrypted string) string {
	parts := []string{c.token.Reveal(), timestamp, nonce, encrypted}
	slices.Sort(parts)
	sum := sha1.Sum([]byte(strings.Join(parts, "")))
	return hex.EncodeToString(sum[:])
}

// Verify returns ErrCallbackSignature unless signature is that of the message.
// It takes as long for a near miss as for a far one.
func (c *Crypter) Verify(signature, timestamp, nonce, encrypted string) error {
	want := c.Signature(timestamp, nonce, encrypted)
	if subtle.ConstantTimeCompare([]byte(want), []byte(signature)) != 1 {
		return ErrCallbackSignature
	}
	return nil
}

// Encrypt returns a message for the receiver in base64. No two results are
// alike.
func (c *Crypter) Encrypt(message []byte) string {
	size := callbackHead + len(message) + len(c.receiver)
	pad := callbackBlock - size%callbackBlock
	text := make([]byte, callbackHead, size+pad)
	rand.Read(text[:16]) // never fails, by its contract
	binary.BigEndian.PutUint32(text[16:], uint32(len(message)))
	text = append(text, message...)
	text = append(text, c.receiver...)
	for range pad {
		text = append(text, byte(pad))
	}
	cipher.NewCBCEncrypter(c.block, c.iv).CryptBlocks(text, text)
	return base64.StdEncoding.EncodeToString(text)
}

// Decrypt returns the message in what Encrypt returned. It fails with
// ErrCallbackCipher, or with ErrCallbackReceiver for a message that was meant
// for somebody else. It does not know who encrypted it: see Verify and Open.
func (c *Crypter) Decrypt(encrypted string) ([]byte, error) {
	message, receiver, err := c.decrypt(encrypted)
	if err != nil {
		return nil, err
	}
	if subtle.ConstantTimeCompare(receiver, []byte(c.receiver)) != 1 {
		return nil, ErrCallbackReceiver
	}
	return message, nil
}

// decrypt returns a message and whom it was meant for.
func (c *Crypter) decrypt(encrypted string) (message, receiver []byte, err error) {
	text, err := base64.StdEncoding.DecodeString(encrypted)
	if err != nil || len(text) == 0 || len(text)%aes.BlockSize != 0 {
		return nil, nil, ErrCallbackCipher
	}
	cipher.NewCBCDecrypter(c.block, c.iv).CryptBlocks(text, text)
	pad := int(text[len(text)-1])
	if pad < 1 || pad > callbackBlock || len(text)-pad < callbackHead {
		return nil, nil, ErrCallbackCipher
	}
	for _, b := range text[len(text)-pad:] {
		if int(b) != pad {
			return nil, nil, ErrCallbackCipher
		}
	}
	text = text[:len(text)-pad]
	size := uint64(binary.BigEndian.Uint32(text[16:callbackHead]))
	rest := text[callbackHead:]
	if size > uint64(len(rest)) {
		return nil, nil, ErrCallbackCipher
	}
	return rest[:size], rest[size:], nil
}

// as returns c for another receiver.
func (c *Crypter) as(receiver string) *Crypter {
	clone := *c
	clone.receiver = receiver
	return &clone
}
