package session

import "sync"

// maxKnown bounds how many sessions a process remembers.
const maxKnown = 4096

// known remembers who stands behind a session, as long as the instance's journal
// has not grown: whatever changes a session's hat, a person, a hat or an
// organisation appends to it in the same transaction, in whichever process. Its
// size is read anew with each request, and so is the session's own row, so
// nothing is remembered a moment too long.
type known struct {
	mu   sync.Mutex
	size int64 // of the instance's journal, for which all of by holds
	by   map[string]Session
}

// get gives the session of a token's hash, if it was looked up at that size.
func (k *known) get(size int64, hash string) (Session, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.size != size {
		return Session{}, false
	}
	s, ok := k.by[hash]
	return s, ok
}

// put remembers what was looked up in one snapshot with that size. An older
// snapshot changes nothing.
func (k *known) put(size int64, hash string, s Session) {
	k.mu.Lock()
	defer k.mu.Unlock()
	switch {
	case size < k.size:
		return
	case size > k.size || len(k.by) >= maxKnown:
		k.size, k.by = size, map[string]Session{}
	}
	k.by[hash] = s
}
