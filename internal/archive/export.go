package archive

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/db/line"
	"github.com/tidewaiter/tidewaiter/internal/journal"
	"github.com/tidewaiter/tidewaiter/internal/keeping"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/person"
	"github.com/tidewaiter/tidewaiter/internal/reading"
)

// exporting is an operation on its way out.
type exporting struct {
	store    *Store
	ctx      context.Context
	tx       *db.Tx
	st       operation.Standing
	box      *box
	manifest Manifest
	progress func(done, total int)
	done     int
	total    int

	tables []db.Table      // of the database
	people map[string]bool // of the instance, by UUID; true: the operation names them
	bodies map[int64]bool  // organisations that it names
}

func (e *exporting) step() {
	if e.done++; e.done%1000 == 0 || e.done == e.total {
		e.progress(min(e.done, e.total), e.total)
	}
}

func (e *exporting) all() error {
	for _, do := range []func() error{e.survey, e.journals, e.records, e.instance, e.sort, e.signed, e.attachments, e.seal} {
		if err := do(); err != nil {
			return err
		}
	}
	return nil
}

// survey learns what there is to write.
func (e *exporting) survey() error {
	o := e.st.Operation
	m := &e.manifest
	m.Form, m.Program, m.Origin = Form, e.store.Program, journal.Origin(e.store.Signer.Name(), string(o.Code))
	m.Operation = Operation{Number: o.Number, ID: string(o.ID), Code: string(o.Code), Kind: o.Kind, Name: o.Name}
	var err error
	if m.Schema, err = db.Version(e.tx); err != nil {
		return err
	}
	all, err := person.All(e.tx)
	if err != nil {
		return err
	}
	for _, p := range all {
		e.people[string(p.ID)] = false
		if string(p.ID) == m.Made.Person {
			m.Made.Name = p.Name
		}
	}
	for _, t := range keeping.Tables() {
		if t.Stays != "" {
			m.Omitted = append(m.Omitted, Omitted{t.Name, t.Stays})
		}
	}
	if e.tables, err = db.Tables(e.tx); err != nil {
		return err
	}
	for _, t := range e.tables {
		column, leaves, err := own(t)
		if err != nil {
			return err
		}
		if leaves {
			n, err := db.CountOf(e.tx, t, column, o.Number)
			if err != nil {
				return err
			}
			e.total += int(n)
		}
	}
	return nil
}

// journals writes the operation's journal and that of who read what in it.
func (e *exporting) journals() error {
	for _, j := range []Journal{{File: journalPart, Operation: e.st.Operation.Number}, {File: readsPart, Operation: reading.Journal(e.st.Operation.Number)}} {
		size, err := journal.Size(e.tx, j.Operation)
		if errors.Is(err, db.ErrNone) && j.File == readsPart {
			continue
		}
		if err != nil {
			return err
		}
		e.total += int(size)
		var head journal.Head
		err = e.box.part(j.File, func(w io.Writer) error {
			head, err = journal.EachWhole(e.tx, j.Operation, size, func(one journal.Whole) error {
				e.step()
				e.names(one.Actor)
				e.names(one.Subject)
				e.names(one.Content)
				e.bodies[one.Organisation] = true
				text, err := encode(one, "")
				if err == nil {
					_, err = w.Write(text)
				}
				return errors.Join(err, e.ctx.Err())
			})
			return err
		})
		if err != nil {
			return err
		}
		j.Size, j.Root = head.Size, head.Root
		e.manifest.Journals = append(e.manifest.Journals, j)
	}
	return nil
}

// records writes the rows of every table that belongs to operations.
func (e *exporting) records() error {
	for _, t := range e.tables {
		column, leaves, err := own(t)
		if err != nil || !leaves {
			if err != nil {
				return err
			}
			continue
		}
		var named []int
		for i, c := range t.Columns {
			if slices.Contains(bodies, c) {
				named = append(named, i)
			}
		}
		err = e.table(t, func(each func([]any) error) error {
			return db.DumpOf(e.tx, t, column, e.st.Operation.Number, func(row []any) error {
				e.step()
				for _, v := range row {
					if text, ok := v.(string); ok {
						e.names(text)
					}
				}
				for _, i := range named {
					if n, ok := row[i].(int64); ok {
						e.bodies[n] = true
					}
				}
				return each(row)
			})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// table writes the rows of a table as a part.
func (e *exporting) table(t db.Table, rows func(each func([]any) error) error) error {
	out := Table{Name: t.Name, Columns: t.Columns}
	err := e.box.part(out.file(), func(w io.Writer) error {
		var text []byte
		return rows(func(row []any) (err error) {
			out.Rows++
			if text, err = line.Append(text[:0], row); err != nil {
				return fmt.Errorf("archive: table %s: %w", t.Name, err)
			}
			_, err = w.Write(append(text, '\n'))
			return errors.Join(err, e.ctx.Err())
		})
	})
	e.manifest.Tables = append(e.manifest.Tables, out)
	return err
}

// instance writes the bodies and the people that the operation names.
func (e *exporting) instance() error {
	for _, t := range e.tables {
		if !inPart(t.Name) {
			continue
		}
		at := func(column string) int { return slices.Index(t.Columns, column) }
		keep := map[string]func(row []any) []any{
			"organisation": func(row []any) []any {
				if n, _ := row[at("number")].(int64); e.bodies[n] {
					return row
				}
				return nil
			},
			"person": func(row []any) []any {
				if id, _ := row[at("id")].(string); e.people[id] {
					return bare(t.Columns, row)
				}
				return nil
			},
			"hat": func(row []any) []any {
				id, _ := row[at("person")].(string)
				if n, _ := row[at("organisation")].(int64); e.people[id] && e.bodies[n] {
					return row
				}
				return nil
			},
		}[t.Name]
		err := e.table(t, func(each func([]any) error) error {
			return db.Dump(e.tx, t, func(row []any) error {
				if row = keep(row); row == nil {
					return nil
				}
				return each(row)
			})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// sort puts the tables of the manifest, which were written as people were found, into
// the order in which they are taken in.
func (e *exporting) sort() error {
	place := map[string]int{}
	for i, t := range e.tables {
		place[t.Name] = i
	}
	slices.SortFunc(e.manifest.Tables, func(a, b Table) int { return cmp.Compare(place[a.Name], place[b.Name]) })
	return nil
}

// names notes the people whose UUIDs stand in a text.
func (e *exporting) names(text string) {
	for at := 8; at+28 <= len(text); at++ {
		if text[at] != '-' || text[at+5] != '-' || text[at+10] != '-' || text[at+15] != '-' {
			continue
		}
		if named, is := e.people[text[at-8:at+28]]; is && !named {
			e.people[text[at-8:at+28]] = true
		}
	}
}

// signed writes what vouches for the journal.
func (e *exporting) signed() error {
	root, err := journal.Root(e.tx, e.st.Operation.Number, e.manifest.Journals[0].Size)
	if err != nil {
		return err
	}
	s := e.store.Signer
	return errors.Join(e.box.text(checkpointPart, []byte(s.Checkpoint(string(e.st.Operation.Code), e.manifest.Journals[0].Size, root))),
		e.box.text(keyPart, []byte(s.Verifier()+"\n")))
}

// attachments writes the files of attachments, each content once, under its digest.
func (e *exporting) attachments() error {
	files := map[string]blobFile{}
	all, err := filesOf(e.tx, e.st.Operation.Number)
	if err != nil {
		return err
	}
	for _, f := range all {
		files[f.SHA256] = f
	}
	e.total += len(files)
	for _, sum := range slices.Sorted(maps.Keys(files)) {
		e.step()
		p := files[sum]
		in, err := e.store.vault.Unlock(string(e.st.Operation.ID), p.Blob)
		if err != nil {
			return fmt.Errorf("archive: a file of an attachment cannot be read (if it was thrown away just now, export again): %w", err)
		}
		err = e.box.part(filesDir+sum, func(w io.Writer) error { _, err := io.Copy(w, in); return err })
		if err := errors.Join(err, in.Close(), e.ctx.Err()); err != nil {
			return err
		}
		if last := e.box.files[len(e.box.files)-1]; last.SHA256 != p.SHA256 || last.Size != p.Size {
			return fmt.Errorf("archive: blob %s is not what its row says", p.Blob)
		}
	}
	return nil
}

// seal writes the manifest and has the instance vouch for it.
func (e *exporting) seal() error {
	e.progress(e.total, e.total)
	e.manifest.Files = slices.Clone(e.box.files)
	text, err := encode(e.manifest, "  ")
	if err == nil {
		err = e.box.text(manifestPart, text)
	}
	if err != nil {
		return err
	}
	return e.box.text(sealPart, []byte(e.store.Signer.Seal(string(e.st.Operation.Code), e.box.files[len(e.box.files)-1].SHA256)))
}
