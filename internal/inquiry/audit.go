package inquiry

import (
	"fmt"

	"github.com/tidewaiter/tidewaiter/internal/access"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/journal"
)

var auditAll = db.Statement(`select ` + columns + ` from inquiry where operation = $1 order by seq`)

// Tables are what this package keeps.
func Tables() journal.Keeping {
	return journal.Keeping{Tables: []journal.Table{{Name: "inquiry"}}, Operation: newReplay}
}

// newReplay holds an operation's inquiries against the entries that made them.
func newReplay(*journal.Audit) journal.Replay {
	return &journal.Kept[Inquiry]{Table: "inquiry", Columns: columns, All: auditAll, Width: 11,
		Verbs: []string{string(access.InquiryAsk), string(access.InquiryWithdraw), string(access.InquiryAnswer), string(access.InquiryReply), string(access.InquiryRemind)},
		Row: func(_, seq int64, i Inquiry) (string, []any) {
			i = i.made(seq)
			return fmt.Sprint(i.Seq), i.args()
		},
		Of: func(row db.Row) string { return fmt.Sprint(row.Number(0)) }}
}
