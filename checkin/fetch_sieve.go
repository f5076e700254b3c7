package checkin

import "sync"

// shared is what the calls about a cohort know of each other. They may use it
// at once.
type shared struct {
	searching chan struct{} // held by the call that looks for unknown members
	mu        sync.Mutex
	unknown   map[string]bool
	// met counts the elements let through where windows meet, or beyond.
	met map[key]int
}

func newShared() *shared {
	return &shared{searching: make(chan struct{}, 1), unknown: map[string]bool{}, met: map[key]int{}}
}

// known returns those of some members who are not known to be unknown.
func (s *shared) known(users []string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.unknown) == 0 {
		return users
	}
	var list []string
	for _, u := range users {
		if !s.unknown[u] {
			list = append(list, u)
		}
	}
	return list
}

func (s *shared) forget(user string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unknown[user] = true
}

// sieve lets through what is new in answers to the same question: of equal
// elements as many as any one answer has.
type sieve struct {
	shared *shared
	passed map[key]int // in the answers before
	now    map[key]int // in this answer
}

func newSieve(s *shared) *sieve {
	return &sieve{shared: s, passed: map[key]int{}, now: map[key]int{}}
}

// again begins another answer.
func (s *sieve) again() {
	for k, n := range s.now {
		s.passed[k] = max(s.passed[k], n)
	}
	clear(s.now)
}

// pass reports whether an element is new; with meets, to the other calls as well.
func (s *sieve) pass(k key, meets bool) bool {
	s.now[k]++
	n := s.now[k]
	if !meets {
		return n > s.passed[k]
	}
	s.shared.mu.Lock()
	defer s.shared.mu.Unlock()
	if n <= s.shared.met[k] {
		return false
	}
	s.shared.met[k] = n
	return true
}
