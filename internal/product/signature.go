package product

// The commands of Store, being written:
//
//	Save(ctx, who, Saving) (Sheet, fresh bool, error)             product.save: makes a sheet, or replaces its draft (Saving.Edit is the number of the draft that was read)
//	Publish(ctx, who, Name, Publishing) (Sheet, error)            product.publish: the draft becomes a version for To
//	SetPart(ctx, who, Name, Part's draft) (Part, error)           product.part
//	Confirm(ctx, who, Name, version int64, until string) error    product.confirm
//	Withdraw(ctx, who, Name, reason string) error                 product.withdraw
//	Mark(ctx, who, Name, Marking) error                           product.mark
//	Find(ctx, who, Query) (Found, error)                          product.read
//	Read(ctx, who, Name, number int64) (Opened, error)            product.read; number 0: the newest version
//	Preview(ctx, who, audience.Address, holder) (operation.Reach) product.publish: nobody's names for a right holder, only whether it reaches anybody
