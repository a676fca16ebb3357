package archive

import (
	"context"
	"strings"
	"testing"

	"github.com/tidewaiter/tidewaiter/internal/blob"
)

// Held tells which names rows have, for tests.
func (s *Store) Held(ctx context.Context, of map[blob.Name]string) (map[blob.Name]bool, error) {
	return s.held(ctx, of)
}

// Rows of a hostile file are long: they are not kept until there are many.
func TestBatchEndsByBytes(t *testing.T) {
	var most, all int
	b := batch{insert: func(rows [][]any) error { most, all = max(most, len(rows)), all+len(rows); return nil }}
	long := strings.Repeat("x", bytesAtOnce/2)
	for range 5 {
		if err := b.add([]any{int64(1), long}); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.flush(); err != nil || most != 2 || all != 5 {
		t.Errorf("%d at once, %d in all, %v", most, all, err)
	}
}
