package product

import (
	"slices"

	"github.com/tidewaiter/tidewaiter/internal/audience"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/holder"
	"github.com/tidewaiter/tidewaiter/internal/textindex"
)

// index makes a sheet findable by its words and codes.
func index(tx *db.Tx, op int64, s Sheet, c Content) error {
	if err := exec(tx, dropCodes, []any{op, s.Seq}); err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, code := range c.Codes {
		k := Compared(code.Value)
		if k == "" || seen[k] {
			continue
		}
		seen[k] = true
		if err := exec(tx, insertCode, []any{op, k, s.Seq}); err != nil {
			return err
		}
	}
	b, err := holder.BrandByID(tx, op, s.Organisation, s.Brand)
	if err != nil {
		return err
	}
	return audience.Index(tx, textindex.Place{Operation: op, Seq: s.Seq, Kind: textindex.Product, Audience: s.Audience}, texts(b, c)...)
}

func unindex(tx *db.Tx, op, seq int64) {
	textindex.Drop(tx, textindex.Place{Operation: op, Seq: seq, Kind: textindex.Product})
}

// texts are what a sheet is found by: its brand's names, its own, its words and codes.
func texts(b holder.Brand, c Content) []string {
	out := append([]string{b.Name}, b.Also...)
	all := []Text{c.Name, c.Description, c.Packaging, c.Danger}
	for _, f := range c.Features {
		all = append(all, f.Title, f.Genuine, f.Fake)
	}
	for _, t := range all {
		out = append(out, t.all()...)
	}
	for _, code := range c.Codes {
		out = append(out, code.Value)
	}
	return append(out, c.HS...)
}

// Index puts the words of the sheets from one number to before another into the index
// again; codes are rows, and stay.
func Index(tx *db.Tx, op, from, before int64) error {
	all, err := db.All(tx, selectRange, db.Decoded[Sheet], op, from, before)
	if err != nil {
		return err
	}
	for _, s := range all {
		c, err := ContentOf(tx, op, s.Seq, s.Version)
		if err != nil {
			return err
		}
		if err := index(tx, op, s, c); err != nil {
			return err
		}
	}
	return nil
}

// newest gives what sheets say: their newest versions, or drafts that were never one.
func newest(tx *db.Tx, op int64, all []Sheet) (map[int64]Content, error) {
	var versions, drafts db.List
	for _, s := range all {
		if s.Newest > 0 {
			versions = append(versions, s.Newest)
		} else {
			drafts = append(drafts, s.Seq)
		}
	}
	out := map[int64]Content{}
	for _, some := range []struct {
		query db.SQL
		list  db.List
	}{{selectNewest, versions}, {selectDrafts, drafts}} {
		if len(some.list) == 0 {
			continue
		}
		found, err := db.All(tx, some.query, scanSaid, op, some.list)
		if err != nil {
			return nil, err
		}
		for _, s := range found {
			out[s.product] = s.content
		}
	}
	return out, nil
}

// Worded is a published sheet with what it is found by.
type Worded struct {
	Sheet   Sheet
	Content Content
	Texts   []string
}

// These gives those of some sheets that stand in the audiences and are published.
func These(tx *db.Tx, op int64, readable, seqs db.List) ([]Worded, error) {
	all, err := db.All(tx, selectThese, db.Decoded[Sheet], op, readable, seqs)
	if err != nil {
		return nil, err
	}
	said, err := newest(tx, op, all)
	if err != nil {
		return nil, err
	}
	brands, err := brandsOf(tx, op, all)
	var out []Worded
	for _, s := range all {
		c := said[s.Seq]
		out = append(out, Worded{Sheet: s, Content: c, Texts: texts(brands[brandKey{s.Organisation, s.Brand}], c)})
	}
	return out, err
}

// brandKey is what tells brands apart: ids are unique for a right holder only.
type brandKey struct {
	holder int64
	id     holder.BrandID
}

// brandsOf gives the brands of some sheets.
func brandsOf(tx *db.Tx, op int64, all []Sheet) (map[brandKey]holder.Brand, error) {
	var holders []int64
	for _, s := range all {
		if !slices.Contains(holders, s.Organisation) {
			holders = append(holders, s.Organisation)
		}
	}
	brands, err := holder.BrandsOf(tx, op, holders)
	out := map[brandKey]holder.Brand{}
	for _, b := range brands {
		out[brandKey{b.Organisation, b.ID}] = b
	}
	return out, err
}
