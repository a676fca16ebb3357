// Package barcode reads the codes of products from photos, and says what they mean.
//
// A photo of a package, as phones make it, gives the codes on it (Read): EAN-13,
// EAN-8, UPC-A, UPC-E, ITF-14, Code 128, QR and Data Matrix. What somebody typed or
// a hand scanner sent gives the same (Parse). Where a code says which product it
// is on, that is its GTIN with 14 digits; where GS1's element strings or a GS1
// Digital Link say more, its batch, serial number and expiry. A number whose check
// digit fails is no GTIN. Prefix tells which country's office of GS1 issued one.
//
// Draw makes the path of a QR code of a short address, for a page.
//
// A code that can be read can be copied: nothing here tells genuine from fake, and
// the country of an office is not where goods come from.
//
// It knows neither records nor people, reads no clock, keeps nothing, and starts
// nothing. Every file is bounded in bytes, pixels and time; the library that reads
// (zxing.go, the one file that knows it) may break down over a picture, and then
// there is no code. A picture of 25 megapixels takes about 100 MB while it is read: a
// process reads through one Reader, which bounds how many run at once.
package barcode
