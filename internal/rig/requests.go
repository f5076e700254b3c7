package rig

import "sync"

// MaxRequests is how many calls are kept.
const MaxRequests = 1000

// Request is a call that came in. What may be secret is left out before it
// gets here: see RedactQuery and RedactBody.
type Request struct {
	Seq       int64
	At        int64 // Unix seconds
	Corp      string
	Method    string
	Path      string
	Query     string
	Body      string
	Status    int // 0 = the connection was broken
	Code      int64
	Called    bool // Code is an errcode
	RequestID string
	Fault     int64
	Liberties []Liberty
}

// Liberty is one thing about a body that WeCom's documents do not allow.
type Liberty struct{ Pointer, What string }

// Requests keeps the latest calls. The zero value is empty.
type Requests struct {
	mu   sync.Mutex
	seq  int64
	ring [MaxRequests]Request
}

// Add keeps a call and gives it its place.
func (l *Requests) Add(r Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.seq++
	r.Seq = l.seq
	l.ring[l.seq%MaxRequests] = r
}

// List returns the calls of a corporation, and those that named none, after a
// place.
func (l *Requests) List(corp string, after int64) (list []Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for seq := max(after, l.seq-MaxRequests, 0) + 1; seq <= l.seq; seq++ {
		if r := l.ring[seq%MaxRequests]; r.Seq == seq && (r.Corp == corp || r.Corp == "") {
			list = append(list, r)
		}
	}
	return list
}

// Forget forgets the calls of a corporation, and those that named none: what
// is in them may name somebody who must not be named any more.
func (l *Requests) Forget(corp string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i := range l.ring {
		if r := &l.ring[i]; r.Corp == corp || r.Corp == "" {
			*r = Request{}
		}
	}
}
