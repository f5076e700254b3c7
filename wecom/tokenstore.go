package wecom

import (
	"context"
	"errors"
	"sync"
	"time"
)

// StoredToken is a token and when its life ends. The zero value is none.
type StoredToken struct {
	Token   Token
	Expires time.Time
}

// TokenStore keeps tokens for several clients or processes, so that all of them
// live on what one has fetched. Its methods are safe for concurrent use, and
// end their waiting when ctx ends.
//
// A store that fails stops nobody: the client fetches for itself, as if there
// was none (see OnTokenStoreError).
type TokenStore interface {
	// Load returns the token of a key; the zero StoredToken when there is none
	// or it cannot be read as one.
	Load(ctx context.Context, key string) (StoredToken, error)
	// Update keeps what f makes of the token of a key, or nothing when f fails.
	// Nobody else updates the key meanwhile, in whatever process, and who loads
	// it gets the old token or the new one. It runs f once, or not at all when it
	// fails first, and returns after f has. Once f runs, ctx may end without harm.
	Update(ctx context.Context, key string, f func(StoredToken) (StoredToken, error)) error
}

// WithTokenStore shares tokens through a store. Without it each client has a
// MemoryStore of its own.
func WithTokenStore(store TokenStore) Option {
	return func(c *Client) error {
		if store == nil {
			return errors.New("token store: nil")
		}
		c.store = store
		return nil
	}
}

// OnTokenStoreError has f told whenever the token store fails. No call fails
// for it; what is lost is that the token is shared. f must be quick, and safe
// for concurrent use.
func OnTokenStoreError(f func(error)) Option {
	return func(c *Client) error {
		if f == nil {
			return errors.New("token store error: no function to tell")
		}
		c.storeFailed = f
		return nil
	}
}

// MemoryStore keeps tokens in memory, for clients of one process.
type MemoryStore struct {
	mu     sync.Mutex
	places map[string]*memoryPlace
}

// memoryPlace is the place of one key.
type memoryPlace struct {
	turn  chan struct{} // holds one while the key is updated
	token StoredToken   // guarded by the store's mu
}

var _ TokenStore = (*MemoryStore)(nil)

// NewMemoryStore returns an empty store.
func NewMemoryStore() *MemoryStore { return &MemoryStore{places: map[string]*memoryPlace{}} }

func (m *MemoryStore) place(key string) *memoryPlace {
	m.mu.Lock()
	defer m.mu.Unlock()
	p := m.places[key]
	if p == nil {
		p = &memoryPlace{turn: make(chan struct{}, 1)}
		m.places[key] = p
	}
	return p
}

// Load returns the token of a key. It never fails.
func (m *MemoryStore) Load(_ context.Context, key string) (StoredToken, error) {
	p := m.place(key)
	m.mu.Lock()
	defer m.mu.Unlock()
	return p.token, nil
}

// Update keeps what f makes of the token of a key. It fails with f, or when ctx
// ends before it is its turn.
func (m *MemoryStore) Update(ctx context.Context, key string, f func(StoredToken) (StoredToken, error)) error {
	p := m.place(key)
	select {
	case p.turn <- struct{}{}:
		defer func() { <-p.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	was, _ := m.Load(ctx, key) // never fails
	token, err := f(was)
	if err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	p.token = token
	return nil
}
