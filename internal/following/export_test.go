package following

// Pages has a follower read so many records in one question.
func (f *Follower[K, R]) Pages(n int) { f.page = n }

// Held are how many operations are kept.
func (f *Follower[K, R]) Held() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.all)
}
