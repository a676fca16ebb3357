package attachment

import (
	"fmt"
	"image"
	"math/bits"
	"strconv"

	"golang.org/x/image/draw"

	"github.com/tidewaiter/tidewaiter/internal/db"
)

// MaxDistance is how many of 64 bits may differ between pictures that look alike.
const MaxDistance = 10

// likeness says in 64 bits what a picture looks like: whether each of 8 x 8
// fields is darker than its neighbour (dHash). Another size, another quality or
// a little light leave it as it is. A picture of hardly anything is like every
// other such picture: its likeness is empty.
func likeness(m image.Image) string {
	small := image.NewGray(image.Rect(0, 0, 9, 8))
	draw.BiLinear.Scale(small, small.Bounds(), m, m.Bounds(), draw.Src, nil)
	var out uint64
	for y := range 8 {
		for x := range 8 {
			out <<= 1
			if small.GrayAt(x, y).Y < small.GrayAt(x+1, y).Y {
				out |= 1
			}
		}
	}
	if n := bits.OnesCount64(out); n < 6 || n > 58 {
		return ""
	}
	return fmt.Sprintf("%016x", out)
}

// distance is in how many bits two likenesses differ; false: one says nothing.
func distance(a, b string) (int, bool) {
	x, errX := strconv.ParseUint(a, 16, 64)
	y, errY := strconv.ParseUint(b, 16, 64)
	if errX != nil || errY != nil {
		return 0, false
	}
	return bits.OnesCount64(x ^ y), true
}

// quarters are the four parts by which pictures are found.
func quarters(like string) (out []int64) {
	x, err := strconv.ParseUint(like, 16, 64)
	for i := 0; err == nil && i < 4; i++ {
		out = append(out, int64(x>>(16*i)&0xffff))
	}
	return out
}

// around are the 137 values of a quarter that differ from one in two bits or less.
func around(bits int64) db.List {
	out := db.List{bits}
	for i := range 16 {
		one := bits ^ 1<<i
		out = append(out, one)
		for j := range i {
			out = append(out, one^1<<j)
		}
	}
	return out
}

var (
	// What a record's pictures look like stands with its audience, so that whoever
	// looks touches only what they may read.
	insertLikeness = db.Statement(`insert into attachment_likeness (operation, record, seq, quarter, bits, audience) values ($1, $2, $3, $4, $5, $6)`)
	moveLikeness   = db.Statement(`update attachment_likeness set audience = $3 where operation = $1 and record = $2`)
	dropLikeness   = db.Statement(`delete from attachment_likeness where operation = $1 and record = $2`)
	selectLikeness = db.Statement(`select likeness from attachment where operation = $1 and seq = $2`)
	selectAround   = db.Statement(`select seq from attachment_likeness where operation = $1 and quarter = $2 and bits {in $3} and audience {in $4}
		and record <> $5 limit $6`)
	selectPictures = db.Statement(`select record, likeness, came_sha256 from attachment where operation = $1 and seq {in $2} and audience {in $3}
		and record is not null order by seq`)
	selectCame = db.Statement(`select record from attachment where operation = $1 and came_sha256 = $2 and audience {in $3}
		and record is not null and record <> $4 limit $5`)
)

// putLikeness writes down what an attachment of a record looks like.
func putLikeness(tx *db.Tx, op, record, seq, audience int64) error {
	like, err := db.One(tx, selectLikeness, scanText, op, seq)
	if err != nil {
		return err
	}
	for i, bits := range quarters(like) {
		if _, err := tx.Exec(insertLikeness, op, record, seq, i, bits, audience); err != nil {
			return err
		}
	}
	return nil
}

// Twin is a record with a file like one of another record's.
type Twin struct {
	Record   int64
	Same     bool // the same file, byte for byte as it came
	Distance int  // bits that differ, of pictures that look alike
}

// Bounds of what one look for twins costs.
const (
	maxTwinned = 12  // attachments of the record that are looked at
	maxAround  = 300 // pictures of one quarter
)

// Twins gives the records of some audiences that have files like those of a
// record, the closest likeness of each. The caller may read the record.
func Twins(tx *db.Tx, op int64, readable db.List, record int64) (map[int64]Twin, error) {
	by, err := Of(tx, op, readable, db.List{record})
	if err != nil {
		return nil, err
	}
	all := by[record]
	out := map[int64]Twin{}
	for _, a := range all[:min(len(all), maxTwinned)] {
		if err := a.twins(tx, op, readable, out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (a Attachment) twins(tx *db.Tx, op int64, readable db.List, out map[int64]Twin) error {
	same, err := db.All(tx, selectCame, db.Int64, op, a.CameSHA256, readable, a.Record, maxAround)
	if err != nil {
		return err
	}
	for _, record := range same {
		out[record] = Twin{Record: record, Same: true}
	}
	near := map[int64]bool{}
	var seqs db.List
	for i, bits := range quarters(a.Likeness) {
		some, err := db.All(tx, selectAround, db.Int64, op, i, around(bits), readable, a.Record, maxAround)
		if err != nil {
			return err
		}
		for _, seq := range some {
			if !near[seq] {
				near[seq] = true
				seqs = append(seqs, seq)
			}
		}
	}
	if len(seqs) == 0 {
		return nil
	}
	_, err = db.All(tx, selectPictures, func(row db.Scanner) (bool, error) {
		var record int64
		var like, came string
		if err := row.Scan(&record, &like, &came); err != nil {
			return false, err
		}
		d, ok := distance(a.Likeness, like)
		if old, there := out[record]; ok && d <= MaxDistance && record != a.Record && (!there || !old.Same && d < old.Distance) {
			out[record] = Twin{Record: record, Distance: d}
		}
		return ok, nil
	}, op, seqs, readable)
	return err
}
