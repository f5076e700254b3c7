// Package wecom is the core that any client or server of WeCom's API needs:
// credentials and tokens, one call over HTTP, error codes and the envelope
// they travel in. It knows nothing of check-in.
package wecom
