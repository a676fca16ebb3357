package intake

// OnMove lets a test look, and cut, after each step of an import.
func (s *Store) OnMove(f func(done int)) { s.moved = f }
