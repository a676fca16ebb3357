package inquiry

import (
	"fmt"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

var (
	auditAll = db.Statement(`select ` + columns + ` from inquiry where operation = $1 order by seq`)
	stray    = db.Statement(`select operation, count(*) from inquiry where not (operation {in $1}) group by operation order by operation`)
)

// StrayTables are this package's tables for journal.Strays.
func StrayTables() map[string]db.SQL { return map[string]db.SQL{"inquiry": stray} }

// NewReplay holds an operation's inquiries against the entries that made them.
func NewReplay() *journal.Kept[Inquiry] {
	return &journal.Kept[Inquiry]{Table: "inquiry", Columns: columns, All: auditAll, Width: 11,
		Verbs: []string{string(access.InquiryAsk), string(access.InquiryWithdraw), string(access.InquiryAnswer), string(access.InquiryReply), string(access.InquiryRemind)},
		Row: func(_, seq int64, i Inquiry) (string, []any) {
			i = i.made(seq)
			return fmt.Sprint(i.Seq), i.args()
		},
		Of: func(row db.Row) string { return fmt.Sprint(row.Number(0)) }}
}
