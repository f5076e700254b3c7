package app

// Option changes an App under construction.
type Option func(*App)

// WithKey gives the key with which what must be readable again is sealed in
// the database. Without one, suites cannot be made and nothing is pushed to
// them: ErrNoKey.
func WithKey(k Key) Option { return func(a *App) { a.key = k } }

// WithWrongSecrets changes how many wrong secrets an address may send within
// an hour from DefaultWrongSecrets; 0 means any number.
func WithWrongSecrets(n int64) Option { return func(a *App) { a.wrongSecrets = n } }
