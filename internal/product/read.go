package product

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/reading"
)

// Read gives a sheet with all that its reader may see: a version, or with 0 the newest.
func (s *Store) Read(ctx context.Context, who access.Actor, n Name, number int64) (Opened, error) {
	var out Opened
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		out = Opened{}
		if out.Standing, err = operation.Enter(tx, s.source.Now(), who, operation.Library, access.ProductRead); err != nil {
			return err
		}
		l, err := newLooking(tx, out.Standing, Query{})
		if err != nil {
			return err
		}
		return l.read(&out, n, number)
	})
	if err == nil && !out.Mine {
		err = s.Readings.Note(out.Standing.Operation.Number, who.Person, who.Organisation, reading.Product, reading.Opened, out.Seq)
	}
	if err != nil {
		return Opened{}, fmt.Errorf("%s: %w", access.ProductRead, err)
	}
	return out, nil
}

func (l *looking) read(out *Opened, n Name, number int64) error {
	sheet, err := find(l.tx, l.st, l.readable, n)
	if err != nil {
		return err
	}
	if !l.mayRead(sheet) {
		return fault.Missing()
	}
	op := l.st.Operation.Number
	items, err := l.items([]Sheet{sheet})
	if err != nil {
		return err
	}
	out.Item, out.MayEdit, out.Number, out.At = items[0], items[0].Mine, sheet.Version, sheet.Published
	if sheet.State == Withdrawn && !out.Mine { // its name and the reason are left
		out.Content = Content{Language: out.Language, Name: out.Content.Name, Category: out.Content.Category}
		out.Cover, out.Fakes = attachment.Attachment{}, 0
		return nil
	}
	if out.Versions, err = db.All(l.tx, selectLines, scanLine, op, sheet.Seq); err != nil {
		return err
	}
	if number > 0 && number != sheet.Version {
		if out.Content, err = ContentOf(l.tx, op, sheet.Seq, number); errors.Is(err, db.ErrNone) {
			return fault.Missing()
		} else if err != nil {
			return err
		}
		i := slices.IndexFunc(out.Versions, func(v VersionLine) bool { return v.Number == number })
		out.Number, out.At = number, out.Versions[i].At
	}
	return l.beside(out)
}

// beside reads what stands beside the content of a sheet.
func (l *looking) beside(out *Opened) error {
	op := l.st.Operation.Number
	all, err := attachment.Of(l.tx, op, l.readable, db.List{out.Seq})
	if err != nil {
		return err
	}
	out.Pictures = map[attachment.ID]attachment.Attachment{}
	for _, a := range all[out.Seq] {
		out.Pictures[a.ID] = a
	}
	traders, err := PartOf(l.tx, op, out.Seq, Traders)
	if err == nil && slices.Contains(l.readable, traders.Audience) {
		out.Traders = &traders
	} else if err != nil && !errors.Is(err, db.ErrNone) {
		return err
	}
	covert, err := PartOf(l.tx, op, out.Seq, Covert)
	if err != nil && !errors.Is(err, db.ErrNone) {
		return err
	}
	out.Covert = err == nil && len(covert.Features)+len(covert.Pairs) > 0 && (out.Mine || l.st.May(access.ProductInspect))
	if err == nil && out.Mine {
		out.Apart = &covert
	}
	if out.Marks, err = counts(l.tx, op, out.Seq, 0); err != nil || !out.Mine {
		return err
	}
	notes, err := db.All(l.tx, selectNotes, db.Decoded[Mark], op, out.Seq)
	for _, m := range notes {
		out.Marks.Notes = append(out.Marks.Notes, MarkNote{Note: m.Note, Day: m.At.UTC().Format(time.DateOnly)})
	}
	if err != nil {
		return err
	}
	working, err := db.One(l.tx, selectDraft, db.Decoded[Content], op, out.Seq)
	if err == nil {
		out.Working = &working
	}
	return err
}

func scanLine(row db.Scanner) (v VersionLine, err error) {
	err = row.Scan(&v.Number, db.Time(&v.At), &v.Note)
	return v, err
}
