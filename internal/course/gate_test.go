package course_test

import (
	"errors"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	ops "github.com/tidewaiter/tidewaiter/internal/operation"
)

func operation(tx *db.Tx, w *world, who string) (ops.Standing, error) {
	return ops.Enter(tx, w.Source.Now(), w.Actor[who], code, access.CourseRead)
}

// hasField tells whether a fault names a field or a key.
func hasField(err error, name string) bool {
	f, ok := errors.AsType[*fault.Fault](err)
	return ok && (f.Key == name || slices.ContainsFunc(f.Fields, func(x fault.Field) bool { return x.Path == name || x.Key == name }))
}
