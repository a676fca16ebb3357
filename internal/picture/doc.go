// Package picture tells by its bytes what a file is, and writes pictures anew.
//
// Nobody believes a name. A picture (JPEG, PNG, WebP) is decoded only once its
// header promises a size that fits into memory; it is turned upright, made
// smaller, blacked out where somebody said so, and written as a JPEG in which
// there is nothing but pixels. Of documents (PDF, Office, OpenDocument) only the
// kind is told.
//
// It knows neither records nor people; package attachment keeps what it makes.
package picture
