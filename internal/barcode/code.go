package barcode

// Format is how a code is drawn.
type Format string

// The formats that are read from pictures.
const (
	EAN13      Format = "ean-13"
	EAN8       Format = "ean-8"
	UPCA       Format = "upc-a"
	UPCE       Format = "upc-e"
	ITF14      Format = "itf-14"
	Code128    Format = "code-128" // GS1-128 with it
	QR         Format = "qr"
	DataMatrix Format = "data-matrix"
)

// Code is one code: what it says, and what that means where it says a product.
type Code struct {
	Format Format // empty: typed, and nothing says how it was drawn
	Text   string // as it stands in the code; GS1's separator is U+001D
	GTIN   string // 14 digits whose check digit fits, or empty
	Batch  string // AI (10), at most 20 characters
	Serial string // AI (21), at most 20 characters
	Expiry string // AI (17): 2027-03-31, or 2027-03 where no day is given
}

// found tells whether a code that says the same is there already. A UPC-A is an
// EAN-13 that begins with 0, and cartons carry one number in several formats.
func found(all []Code, c Code) bool {
	for _, have := range all {
		if have.Text == c.Text && have.Format == c.Format {
			return true
		}
	}
	return false
}
