package spreadsheet

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/seizure"
	"github.com/tidewaiter/tidewaiter/internal/spreadsheet/sheet"
)

// digest is the SHA-256 of what a row says: its cells under their headings,
// without empty ones and without blanks around them, so that a column added,
// moved or padded changes nothing as long as the row says the same.
func (p *plan) digest(cells []string) [32]byte {
	type pair struct{ name, value string }
	pairs := make([]pair, 0, len(cells))
	for i, c := range cells {
		if c = sheet.Trim(c); c != "" && !p.own[i] {
			pairs = append(pairs, pair{p.headings[i].Name, c})
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		if c := strings.Compare(a.name, b.name); c != 0 {
			return c
		}
		return strings.Compare(a.value, b.value)
	})
	var b []byte
	for _, pr := range pairs {
		for _, s := range []string{pr.name, pr.value} {
			b = binary.AppendUvarint(b, uint64(len(s)))
			b = append(b, s...)
		}
	}
	return sha256.Sum256(b)
}

// caseID makes the case's UUID (version 8, RFC 9562) from the operation and the
// row's key: the same row is the same case whenever and wherever it is imported.
func caseID(operation, key string) seizure.ID {
	h := sha256.New()
	for _, s := range []string{"tidewaiter spreadsheet row", operation, key} {
		h.Write(binary.AppendUvarint(nil, uint64(len(s))))
		h.Write([]byte(s))
	}
	b := h.Sum(nil)[:16]
	b[6] = 0x80 | b[6]&0x0f
	b[8] = 0x80 | b[8]&0x3f
	s := hex.EncodeToString(b)
	return seizure.ID(s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:])
}

// identities remembers the rows of one file: 40 bytes a row, whatever it holds.
type identities struct {
	keys   map[[16]byte]int // line of the row that has the key
	copies map[[16]byte]int // how often a content has come
}

func newIdentities() *identities {
	return &identities{keys: map[[16]byte]int{}, copies: map[[16]byte]int{}}
}

// identify gives a row its key and digest. When the key stands in an earlier
// row already, before is that row's line.
func (p *plan) identify(seen *identities, line int, cells []string) (key, digest string, before int, problem string) {
	sum := p.digest(cells)
	digest = hex.EncodeToString(sum[:])
	if len(p.key) == 0 {
		var short [16]byte
		copy(short[:], sum[:])
		seen.copies[short]++
		return "content:" + digest + ":" + strconv.Itoa(seen.copies[short]), digest, 0, ""
	}
	if key = p.keyOf(cells); key == "" {
		return "", digest, 0, "spreadsheet.row.no-key"
	}
	if before = seen.claim(key, line); before != 0 {
		return key, digest, before, "spreadsheet.row.key-twice"
	}
	return key, digest, 0, ""
}

// keyOf is the key that stands in a row's key columns, "" where they are empty.
func (p *plan) keyOf(cells []string) string {
	parts := make([]string, len(p.key))
	said := false
	for i, column := range p.key {
		parts[i] = strconv.Quote(sheet.Trim(cells[column]))
		said = said || sheet.Trim(cells[column]) != ""
	}
	if !said {
		return ""
	}
	return "key:" + strconv.Quote(p.m.Key.Source) + ":" + strings.Join(parts, ":")
}

// claim gives a key to the row at a line, or tells the line that has it.
func (seen *identities) claim(key string, line int) (before int) {
	h := sha256.Sum256([]byte(key))
	var short [16]byte
	copy(short[:], h[:])
	if before = seen.keys[short]; before == 0 {
		seen.keys[short] = line
	}
	return before
}

// joined is the digest of a case of several rows: of their digests, in order.
func joined(digests []string) string {
	h := sha256.New()
	for _, d := range digests {
		h.Write([]byte(d))
	}
	return hex.EncodeToString(h.Sum(nil))
}
