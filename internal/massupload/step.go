package massupload

import (
	"bytes"
	"context"
	"errors"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/product"
)

// Save saves the rows of a file that are new as drafts, so many at once; with replace
// also those whose drafts say something else by now. Wrong rows are left out. Once all
// is saved, the same again does nothing.
func (s *Store) Save(ctx context.Context, who access.Actor, file attachment.ID, of organisation.ID, replace bool) (Step, error) {
	var out Step
	l, err := s.look(ctx, who, file, of)
	if err != nil {
		return out, fault.In(name, err)
	}
	drawn := 0
	for i := range l.Rows {
		r := l.Rows[i]
		if r.State != New && (r.State != Differs || !replace) {
			continue
		}
		if len(out.Bad) >= badAtOnce { // they would be tried again and again
			return out, nil
		}
		if out.Done >= rowsAtOnce || drawn > 0 && drawn+len(r.shots) > shotsTotal {
			out.More = true
			return out, nil
		}
		drawn += len(r.shots)
		err := s.save(ctx, who, l, r)
		if err := out.note(r, err); err != nil {
			return out, fault.In(name, err)
		}
	}
	return out, nil
}

// note counts what became of a row; what is wrong with one stops no other.
func (t *Step) note(r Row, err error) error {
	if err == nil {
		t.Done++
		return nil
	}
	f, ok := errors.AsType[*fault.Fault](err)
	if !ok || f.Kind == fault.Unavailable || f.Kind == fault.TooMany || f.Kind == fault.NotFound {
		return err
	}
	r.State, r.Problems = Wrong, problemsOf(f)
	t.Bad = append(t.Bad, r)
	return nil
}

// save uploads the pictures of a row and saves its draft.
func (s *Store) save(ctx context.Context, who access.Actor, l Look, r Row) error {
	for _, shot := range r.shots {
		b, err := l.book.Bytes(shot.of, MaxPicture)
		if err != nil {
			return err
		}
		_, err = s.files.Receive(ctx, who, operation.Library, attachment.Draft{ID: shot.id, Name: shot.column + ".jpg"}, bytes.NewReader(b))
		if err != nil {
			return err
		}
	}
	r.saving.Edit = r.edit
	_, _, err := s.products.Save(ctx, who, r.saving)
	return err
}

// Publish publishes the drafts of a file that say what it says and lack nothing, so
// many at once, for whom To says.
func (s *Store) Publish(ctx context.Context, who access.Actor, file attachment.ID, of organisation.ID, to product.To) (Step, error) {
	var out Step
	l, err := s.look(ctx, who, file, of)
	if err != nil {
		return out, fault.In(name, err)
	}
	for _, r := range l.Rows {
		if !r.waits() {
			continue
		}
		if out.Done >= rowsAtOnce {
			out.More = true
			return out, nil
		}
		_, err := s.products.Publish(ctx, who, product.Name{ID: r.saving.ID, From: l.Holder.Holder.ID}, product.Publishing{Edit: r.edit, To: to})
		if f, ok := errors.AsType[*fault.Fault](err); ok && f.Kind == fault.Invalid && len(f.Fields) > 0 && (f.Fields[0].Path == "to" || f.Fields[0].Path == "holder") {
			return out, fault.In(name, err) // of all alike
		}
		if err := out.note(r, err); err != nil {
			return out, fault.In(name, err)
		}
	}
	return out, nil
}
