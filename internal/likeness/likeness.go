// Package likeness says what pictures look like, and which look alike.
//
// A picture is 64 bits: whether each of 8 x 8 fields is darker than its neighbour
// (dHash). Another size, another quality or a little light leave them as they are.
// The bits stand in four quarters of 16: two pictures that differ in ten bits or
// less have a quarter that differs in two or less, and so are found along an
// index. With the bits stands who may read the picture, so that whoever looks
// touches only what they may read.
//
// The package owns the table likeness. It is derived: it proposes what is then
// read by its audience.
package likeness

import (
	"image"
	"math/bits"

	"golang.org/x/image/draw"

	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{Tables: []journal.Table{{Name: "likeness",
		Unsaid: "derived from pictures: it only proposes what is then read by its audience (decision 42)"}}}
}

// MaxDistance is in how many of 64 bits pictures differ that look alike.
const MaxDistance = 10

// Bits are what a picture looks like; 0: hardly anything is on it, and it is like
// every other such picture.
type Bits uint64

// Of looks at a picture.
func Of(m image.Image) Bits {
	small := image.NewGray(image.Rect(0, 0, 9, 8))
	draw.BiLinear.Scale(small, small.Bounds(), m, m.Bounds(), draw.Src, nil)
	var out Bits
	for y := range 8 {
		for x := range 8 {
			out <<= 1
			if small.GrayAt(x, y).Y < small.GrayAt(x+1, y).Y {
				out |= 1
			}
		}
	}
	if n := bits.OnesCount64(uint64(out)); n < 6 || n > 58 {
		return 0
	}
	return out
}

// Distance is in how many bits two pictures differ.
func (b Bits) Distance(other Bits) int { return bits.OnesCount64(uint64(b ^ other)) }

func (b Bits) quarter(i int) int64 { return int64(b >> (16 * i) & 0xffff) }

// around are the 137 values of a quarter that differ from one in two bits or less.
func around(quarter int64) db.List {
	out := db.List{quarter}
	for i := range 16 {
		one := quarter ^ 1<<i
		out = append(out, one)
		for j := range i {
			out = append(out, one^1<<j)
		}
	}
	return out
}

var (
	insertRow = db.Statement(`insert into likeness (operation, picture, quarter, bits, record, audience) values ($1, $2, $3, $4, 0, 0)`)
	deleteOf  = db.Statement(`delete from likeness where operation = $1 and picture = $2`)
	giveRows  = db.Statement(`update likeness set record = $3, audience = $4 where operation = $1 and picture = $2`)
	moveRows  = db.Statement(`update likeness set audience = $3 where operation = $1 and record = $2`)
	dropRows  = db.Statement(`delete from likeness where operation = $1 and record = $2`)
	selectOf  = db.Statement(`select picture, record, quarter, bits from likeness where operation = $1 and record = $2 order by picture, quarter limit $3`)
	// Nobody's audience is 0: what no record has is not found.
	selectNear = db.Statement(`select picture from likeness where operation = $1 and quarter = $2 and bits {in $3} and audience {in $4}
		and record <> $5 limit $6`)
	selectThese = db.Statement(`select picture, record, quarter, bits from likeness where operation = $1 and picture {in $2} and audience {in $3}
		order by picture, quarter`)
)

// Put keeps what a picture looks like, in place of what it looked like before. No
// record has it yet.
func Put(tx *db.Tx, op, picture int64, b Bits) error {
	if _, err := tx.Exec(deleteOf, op, picture); err != nil || b == 0 {
		return err
	}
	for i := range 4 {
		if _, err := tx.Exec(insertRow, op, picture, i, b.quarter(i)); err != nil {
			return err
		}
	}
	return nil
}

// Give gives a picture to a record of some audience.
func Give(tx *db.Tx, op, picture, record, audience int64) error {
	_, err := tx.Exec(giveRows, op, picture, record, audience)
	return err
}

// Move gives the pictures of a record the audience that the record has now.
func Move(tx *db.Tx, op, record, audience int64) error {
	_, err := tx.Exec(moveRows, op, record, audience)
	return err
}

// Drop forgets the pictures of a record.
func Drop(tx *db.Tx, op, record int64) error {
	_, err := tx.Exec(dropRows, op, record)
	return err
}

// picture is one as its rows have it.
type picture struct {
	number, record int64
	bits           Bits
}

// Bounds of what one look costs.
const (
	maxPictures = 12  // of the record that are looked at
	maxNear     = 300 // of one quarter
)

func pictures(tx *db.Tx, s db.SQL, args ...any) ([]picture, error) {
	var out []picture
	_, err := db.All(tx, s, func(row db.Scanner) (int64, error) {
		var p picture
		var quarter, b int64
		err := row.Scan(&p.number, &p.record, &quarter, &b)
		if len(out) == 0 || out[len(out)-1].number != p.number {
			out = append(out, p)
		}
		out[len(out)-1].bits |= Bits(b) << (16 * quarter)
		return p.number, err
	}, args...)
	return out, err
}

// Near gives the records of some audiences whose pictures look like those of a
// record, with the bits in which the closest differ. The caller may read the
// record.
func Near(tx *db.Tx, op int64, readable db.List, record int64) (map[int64]int, error) {
	out := map[int64]int{}
	own, err := pictures(tx, selectOf, op, record, 4*maxPictures)
	if err != nil {
		return nil, err
	}
	for _, p := range own {
		var near db.List
		for i := range 4 {
			some, err := db.All(tx, selectNear, db.Int64, op, i, around(p.bits.quarter(i)), readable, record, maxNear)
			if err != nil {
				return nil, err
			}
			near = append(near, some...)
		}
		if len(near) == 0 {
			continue
		}
		others, err := pictures(tx, selectThese, op, near, readable)
		if err != nil {
			return nil, err
		}
		for _, o := range others {
			if d := p.bits.Distance(o.bits); d <= MaxDistance && o.record != record {
				if old, there := out[o.record]; !there || d < old {
					out[o.record] = d
				}
			}
		}
	}
	return out, nil
}
