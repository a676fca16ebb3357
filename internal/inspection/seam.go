package inspection

import (
	"github.com/tidewaiter/tidewaiter/internal/attachment"
	"github.com/tidewaiter/tidewaiter/internal/db"
	"github.com/tidewaiter/tidewaiter/internal/operation"
	"github.com/tidewaiter/tidewaiter/internal/product"
)

// sheets is what this package asks of package product inside its own units of work.
type sheets struct {
	// find gives a sheet that the actor may read; Missing otherwise.
	find func(tx *db.Tx, st operation.Standing, name product.Name) (product.Sheet, error)
	// part gives the newest part of a kind; db.ErrNone: there is none.
	part func(tx *db.Tx, library, sheet int64, kind string) (product.Part, error)
	// files gives the pictures of a part in their order.
	files func(tx *db.Tx, library int64, part product.Part) ([]attachment.Attachment, error)
}

func ofProduct() sheets { return sheets{} }
