package massupload

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/organisation"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/workbook"
)

// Store does what right holders do with files of sheets.
type Store struct {
	db       *db.DB
	source   *source.Source
	files    *attachment.Store
	products *product.Store
}

// NewStore makes a store.
func NewStore(d *db.DB, s *source.Source, files *attachment.Store, products *product.Store) *Store {
	return &Store{db: d, source: s, files: files, products: products}
}

// name is of all that this package does, in errors.
const name = "massupload"

// Acting lists for whom the actor may hand files in, with their brands.
func (s *Store) Acting(ctx context.Context, who access.Actor) (st operation.Standing, acting []holder.Acting, brands []holder.Brand, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if st, err = operation.Enter(tx, s.source.Now(), who, operation.Library, access.ProductSave); err != nil {
			return err
		}
		if acting, err = holder.For(tx, st); err != nil {
			return err
		}
		brands, err = holder.BrandsOf(tx, st.Operation.Number, holder.Numbers(acting))
		return err
	})
	brands = slices.DeleteFunc(brands, func(b holder.Brand) bool {
		return !slices.ContainsFunc(acting, func(a holder.Acting) bool { return a.Holder.Number == b.Organisation && a.Covers(b.ID) })
	})
	return st, acting, brands, fault.In(name, err)
}

// Hand takes a file in, for this person alone, and gives it a name.
func (s *Store) Hand(ctx context.Context, who access.Actor, file string, in io.Reader) (attachment.ID, error) {
	if _, _, _, err := s.Acting(ctx, who); err != nil {
		return "", err
	}
	b, err := io.ReadAll(io.LimitReader(in, MaxFile+1))
	switch {
	case err != nil:
		return "", fault.In(name, err)
	case len(b) > MaxFile:
		return "", fault.In(name, problem(fault.TooLarge, "spreadsheet.file.too-large", fault.Args{"limit": int64(MaxFile >> 20)}))
	case len(b) == 0:
		return "", fault.In(name, problem(fault.Invalid, "massupload.empty", nil))
	}
	if !workbook.Is(b) {
		if b, err = delimited(b); err != nil {
			return "", fault.In(name, err)
		}
		file = strings.TrimSuffix(file, ".csv") + ".xlsx"
	}
	if _, err := workbook.Open(bytes.NewReader(b), int64(len(b))); err != nil {
		return "", fault.In(name, atFile(err))
	}
	a, err := s.files.Receive(ctx, who, operation.Library, attachment.Draft{ID: attachment.ID(s.source.ID()), Name: file}, bytes.NewReader(b))
	return a.ID, fault.In(name, atFile(err))
}

func problem(kind fault.Kind, key string, args fault.Args) error {
	return &fault.Fault{Kind: kind, Key: "fault.invalid", Fields: []fault.Field{{Path: "file", Key: key, Args: args}}}
}

// atFile puts what is wrong with a file at its field.
func atFile(err error) error {
	if f, ok := errors.AsType[*fault.Fault](err); ok && len(f.Fields) == 0 && (f.Kind == fault.Invalid || f.Kind == fault.TooLarge) {
		return problem(f.Kind, f.Key, f.Args)
	}
	return err
}

// delimited makes a workbook of a delimited file.
func delimited(b []byte) ([]byte, error) {
	encoding := "windows-1252"
	if m := sheet.Mark(b); m != "" {
		encoding = m
	} else if utf8.Valid(b) {
		encoding = "utf-8"
	}
	text, err := sheet.Decode(bytes.NewReader(b), encoding)
	if err != nil {
		return nil, atFile(err)
	}
	all, err := io.ReadAll(text)
	if err != nil {
		return nil, err
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(all, []byte("\xEF\xBB\xBF"))))
	r.Comma, r.FieldsPerRecord = delimiter(all), -1
	w, err := workbook.NewWriter()
	if err != nil {
		return nil, err
	}
	defer w.Close()
	to, err := w.Sheet("1", false)
	if err != nil {
		return nil, err
	}
	for n := 0; ; n++ {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil || len(cells) > sheet.MaxColumns || n > workbook.MaxRows {
			return nil, problem(fault.Invalid, "massupload.delimited", nil)
		}
		row := make([]workbook.Cell, len(cells))
		for i, c := range cells {
			if utf8.RuneCountInString(c) > sheet.MaxCell {
				return nil, problem(fault.Invalid, "massupload.delimited", nil)
			}
			row[i] = workbook.Text(c)
		}
		if err := to.Row(row); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	err = w.Write(&out)
	return out.Bytes(), err
}

// delimiter is the one that the first line has most of.
func delimiter(b []byte) rune {
	line, _, _ := bytes.Cut(b, []byte("\n"))
	best, most := ',', 0
	for _, d := range []rune{',', ';', '\t'} {
		if n := bytes.Count(line, []byte(string(d))); n > most {
			best, most = d, n
		}
	}
	return best
}

// Look says what would become of a file of the actor's, for a right holder; the empty
// id is the actor's own organisation. Nothing is written.
func (s *Store) Look(ctx context.Context, who access.Actor, file attachment.ID, of organisation.ID) (Look, error) {
	l, err := s.look(ctx, who, file, of)
	return l, fault.In(name, err)
}

func (s *Store) look(ctx context.Context, who access.Actor, file attachment.ID, of organisation.ID) (l Look, err error) {
	var brands []holder.Brand
	if l.Standing, l.Acting, brands, err = s.Acting(ctx, who); err != nil {
		return l, err
	}
	i := slices.IndexFunc(l.Acting, func(a holder.Acting) bool { return a.Holder.ID == of || of == "" && a.Own })
	if i < 0 {
		return l, fault.Missing()
	}
	l.Holder = l.Acting[i]
	brands = slices.DeleteFunc(brands, func(b holder.Brand) bool { return b.Organisation != l.Holder.Holder.Number })
	b, err := s.content(ctx, who, &l, file)
	if err != nil {
		return l, err
	}
	if l.book, err = workbook.Open(bytes.NewReader(b), int64(len(b))); err == nil {
		err = l.read(brands)
	}
	if f, ok := errors.AsType[*fault.Fault](err); ok {
		l.Fault, l.Rows = f, nil
		return l, nil
	}
	if err != nil {
		return l, err
	}
	return l, s.db.Read(ctx, func(tx *db.Tx) error { return l.compare(tx) })
}

// content reads the file: only who uploaded it may.
func (s *Store) content(ctx context.Context, who access.Actor, l *Look, file attachment.ID) ([]byte, error) {
	o, err := s.files.Open(ctx, who, operation.Library, attachment.Name{ID: file}, attachment.Whole)
	if err != nil {
		return nil, err
	}
	defer o.Close()
	if l.File = o.Attachment; o.Attachment.Record != 0 || o.Attachment.IsPicture() {
		return nil, fault.Missing()
	}
	return io.ReadAll(io.LimitReader(o, MaxFile+1))
}

// compare tells how each row stands to what is there.
func (l *Look) compare(tx *db.Tx) error {
	today := l.Standing.Today()
	for i := range l.Rows {
		r := &l.Rows[i]
		if r.State == Wrong {
			continue
		}
		old, draft, err := product.Owned(tx, l.Standing.Operation.Number, l.Holder.Holder.Number, r.saving.ID)
		switch {
		case errors.Is(err, db.ErrNone):
			r.State = New
		case err != nil:
			return err
		case old.Brand != r.saving.Brand:
			r.wrong("brand", "massupload.other-brand", nil)
			continue
		case !draft.Same(r.saving.Content):
			r.State, r.edit = Differs, old.Edit
		default:
			r.State, r.edit = Same, old.Edit
			if old.State == product.Published {
				said, err := product.ContentOf(tx, l.Standing.Operation.Number, old.Seq, old.Version)
				if err != nil {
					return err
				}
				if said.Same(draft) {
					r.State = Published
				}
			}
		}
		r.Lacks = problemsOf(r.saving.Content.Lacks(today))
	}
	return nil
}
