package journal

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tidewaiter/tidewaiter/internal/db"
)

var (
	eraseContents = db.Statement(`delete from journal_content where operation = $1 and seq {in $2}`)
	countContents = db.Statement(`select seq from journal_content where operation = $1 and seq {in $2} order by seq`)
)

// Erase takes away the salts and contents of some entries for good. The entries,
// and with them the tree, stay. The entry that says so names them in
// With["erased"], as Numbers writes them: verify wants that.
func Erase(tx *db.Tx, operation int64, seqs []int64) error {
	if len(seqs) == 0 {
		return nil
	}
	_, err := tx.Exec(eraseContents, operation, db.List(seqs))
	return err
}

// Numbers writes indexes of entries as a text, such as "3,17".
func Numbers(seqs []int64) string {
	texts := make([]string, len(seqs))
	for i, n := range seqs {
		texts[i] = strconv.FormatInt(n, 10)
	}
	return strings.Join(texts, ",")
}

// ParseNumbers reads what Numbers wrote; what is no number is left out.
func ParseNumbers(text string) []int64 {
	var out []int64
	for part := range strings.SplitSeq(text, ",") {
		if n, err := strconv.ParseInt(part, 10, 64); err == nil {
			out = append(out, n)
		}
	}
	return out
}

// Excuse says that an entry erased the contents of others.
func (a *Audit) Excuse(by int64, seqs []int64) {
	if a.excused == nil {
		a.excused = map[int64]int64{}
	}
	for _, seq := range seqs {
		a.excused[seq] = by
	}
}

// SettleErased notes every content that is missing although no entry erased it,
// and every content that stands although one did. Redacted counts those that are
// gone as an entry says, and By names the last of such entries.
func (a *Audit) SettleErased(tx *db.Tx) error {
	var first, last int64
	missing := 0
	for _, seq := range a.gone {
		if by, excused := a.excused[seq]; excused {
			a.Redacted++
			a.By = max(a.By, by)
			continue
		}
		if missing++; missing == 1 {
			first = seq
		}
		last = seq
	}
	if missing > 0 {
		a.Found(first, "journal_content", "", "the content of %d entries (the last is %d) is missing, and no entry says that it was erased", missing, last)
	}
	var all []int64
	for seq := range a.excused {
		all = append(all, seq)
	}
	slices.Sort(all)
	for part := range slices.Chunk(all, AuditPage) {
		there, err := db.All(tx, countContents, db.Int64, a.Operation, db.List(part))
		if err != nil {
			return err
		}
		for _, seq := range there {
			a.Found(seq, "journal_content", fmt.Sprint(seq), "the content stands, and entry %d says that it was erased", a.excused[seq])
		}
	}
	return nil
}
