package massupload

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/fault"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/i18n"
	"github.com/tidewaiter/tidewaiter/internal/product"
	"github.com/tidewaiter/tidewaiter/internal/source"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/typed"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/workbook"
)

// reader reads the rows of one workbook.
type reader struct {
	*Look
	at       map[string]int // columns, by their place
	brands   map[string]holder.BrandID
	pictures map[[2]int][]workbook.Picture
	numbers  map[string]int // line of each row's own number
}

// read reads the first sheet of the workbook.
func (l *Look) read(brands []holder.Brand) error {
	rows, err := l.book.Rows("")
	if err != nil {
		return err
	}
	defer rows.Close()
	in := &reader{Look: l, brands: map[string]holder.BrandID{}, pictures: map[[2]int][]workbook.Picture{}, numbers: map[string]int{}}
	for _, b := range brands {
		for _, n := range append([]string{b.Name}, b.Also...) {
			in.brands[i18n.Fold(n)] = b.ID
		}
	}
	all, err := l.book.Pictures("")
	if err != nil {
		return err
	}
	for _, p := range all {
		cell := [2]int{p.Line, p.Column}
		in.pictures[cell] = append(in.pictures[cell], p)
	}
	return in.rows(rows)
}

func (in *reader) rows(rows *workbook.Rows) error {
	for {
		rec, err := rows.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		switch {
		case in.at == nil && !rec.Empty():
			in.at, in.Unknown = columnsOf(rec.Cells)
			for _, needed := range []string{"number", "brand", "name"} {
				if _, ok := in.at[needed]; !ok {
					return fault.Of(fault.Invalid, "massupload.not-the-template")
				}
			}
		case rec.Empty() || strings.HasPrefix(in.cell(rec, "number"), "#"):
		case len(in.Rows) >= MaxRows:
			return fault.Of(fault.Invalid, "massupload.too-many-rows", fault.Args{"max": int64(MaxRows)})
		default:
			in.Rows = append(in.Rows, in.row(rec))
		}
	}
	if len(in.Rows) == 0 {
		return fault.Of(fault.Invalid, "massupload.no-rows")
	}
	return nil
}

func (in *reader) cell(rec *sheet.Record, column string) string {
	i, ok := in.at[column]
	if !ok || i >= len(rec.Cells) {
		return ""
	}
	return sheet.Trim(rec.Cells[i])
}

func (r *Row) wrong(column, key string, args fault.Args) {
	r.State = Wrong
	r.Problems = append(r.Problems, Problem{column, key, args})
}

// row reads one row. What is wrong is noted at its cell.
func (in *reader) row(rec *sheet.Record) Row {
	r := Row{Line: rec.Line, Number: in.cell(rec, "number"), Name: in.cell(rec, "name")}
	if rec.Fault != "" {
		r.wrong("", rec.Fault, nil)
		return r
	}
	for column, i := range in.at {
		if i < len(rec.Cells) {
			if kind, _ := rec.Kind(i); kind == sheet.Wrong {
				r.wrong(column, "massupload.cell", nil)
			}
		}
	}
	in.key(rec, &r)
	language := in.cell(rec, "language")
	if language == "" {
		language = "en"
	}
	brand, ok := in.brands[i18n.Fold(in.cell(rec, "brand"))]
	if !ok || !in.Holder.Covers(brand) {
		r.wrong("brand", "product.brand", nil)
	}
	text := func(column string) product.Text {
		if s := in.cell(rec, column); s != "" {
			return product.Text{language: s}
		}
		return nil
	}
	c := product.Content{Language: language, Name: text("name"), Category: in.category(rec), HS: list(in.cell(rec, "hs")), Codes: in.codes(rec),
		Description: text("description"), Packaging: text("packaging"), Handling: text("handling"), Danger: text("danger"), Valid: in.cell(rec, "valid")}
	for n := range features {
		i := "." + strconv.Itoa(n+1)
		if f := (product.Feature{Title: text("title" + i), Genuine: text("genuine" + i), Fake: text("fake" + i)}); len(f.Title)+len(f.Genuine)+len(f.Fake) > 0 {
			c.Features = append(c.Features, f)
		}
	}
	r.saving = product.Saving{ID: product.ID(source.Named("product", string(in.Holder.Holder.ID), r.Number)), Holder: in.Holder.Holder.ID, Brand: brand}
	c.Pairs = in.pairs(rec, &r)
	c, err := c.Check()
	for _, p := range problemsOf(err) {
		r.wrong(p.Column, p.Key, p.Args)
	}
	r.saving.Content, r.Pictures = c, len(r.shots)
	return r
}

// key reads the row's own number: a row is known again by it.
func (in *reader) key(rec *sheet.Record, r *Row) {
	switch before, twice := in.numbers[r.Number]; {
	case r.Number == "":
		r.wrong("number", "fault.required", nil)
	case len(r.Number) > maxKey:
		r.wrong("number", "fault.too-long", fault.Args{"max": int64(maxKey)})
	case twice:
		r.wrong("number", "massupload.twice", fault.Args{"line": int64(before)})
	default:
		in.numbers[r.Number] = rec.Line
	}
}

// category takes a code or what it is called in any language.
func (in *reader) category(rec *sheet.Record) string {
	said := in.cell(rec, "category")
	if code := typed.Labels("category")[sheet.Plain(said)]; code != "" {
		return code
	}
	return strings.ToUpper(said)
}

func list(cell string) []string {
	return slices.DeleteFunc(strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(",;|\n\t ", r) }), func(s string) bool { return s == "" })
}

func (in *reader) codes(rec *sheet.Record) []product.Code {
	var out []product.Code
	for _, v := range list(in.cell(rec, "gtin")) {
		out = append(out, product.Code{Kind: product.GTIN, Value: v})
	}
	for _, v := range strings.FieldsFunc(in.cell(rec, "sku"), func(r rune) bool { return strings.ContainsRune(",;|\n\t", r) }) {
		out = append(out, product.Code{Kind: product.SKU, Value: sheet.Trim(v)})
	}
	return out
}

// pairs takes the pictures that lie in the cells of the row.
func (in *reader) pairs(rec *sheet.Record, r *Row) []product.Pair {
	var out []product.Pair
	for n := range shots {
		i := "." + strconv.Itoa(n+1)
		p := product.Pair{Genuine: in.shot(rec, r, "genuine-picture"+i), Fake: in.shot(rec, r, "fake-picture"+i)}
		if p.Genuine != "" || p.Fake != "" {
			out = append(out, p)
		}
	}
	return out
}

func (in *reader) shot(rec *sheet.Record, r *Row, column string) attachment.ID {
	at, ok := in.at[column]
	if !ok {
		return ""
	}
	all := in.pictures[[2]int{rec.Line, at}]
	switch {
	case len(all) == 0 && in.cell(rec, column) != "":
		r.wrong(column, "massupload.picture-name", nil)
		return ""
	case len(all) == 0:
		return ""
	case len(all) > 1:
		r.wrong(column, "massupload.two-pictures", nil)
		return ""
	case all[0].Size > MaxPicture:
		r.wrong(column, "attachment.too-large", fault.Args{"max": int64(MaxPicture >> 20)})
		return ""
	}
	b, err := in.book.Bytes(all[0], MaxPicture)
	if err != nil {
		r.wrong(column, "attachment.broken", nil)
		return ""
	}
	// The id says what it shows, so that another picture in the cell is another one.
	id := attachment.ID(source.Named("picture", string(r.saving.ID), column, string(b)))
	r.shots = append(r.shots, shot{column, all[0], id})
	return id
}

// problemsOf are what a content says of its paths, at the columns that they come from.
func problemsOf(err error) []Problem {
	f, ok := errors.AsType[*fault.Fault](err)
	if !ok {
		return nil
	}
	if len(f.Fields) == 0 {
		return []Problem{{"", f.Key, f.Args}}
	}
	var out []Problem
	for _, field := range f.Fields {
		base, number, _ := strings.Cut(field.Path, ".")
		column := base
		switch base {
		case "codes":
			column = "gtin"
		case "features":
			column = fmt.Sprint("title.", max(1, atoi(number)))
		case "pairs", "attachments", "file":
			column = fmt.Sprint("genuine-picture.", max(1, atoi(number)))
		case "id", "holder", "edit", "routes", "to", "note":
			column = ""
		}
		out = append(out, Problem{column, field.Key, field.Args})
	}
	return out
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
