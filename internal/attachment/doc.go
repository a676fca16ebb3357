// Package attachment keeps the photos and documents that belong to records.
//
// An upload is begun with its size, arrives in pieces that may be cut anywhere, and is finished when all has come;
// what nobody finishes is thrown away. What a file is, its bytes say and not its name. A picture (JPEG, PNG, WebP)
// is decoded only once its header promises a size that fits into memory, turned upright, made smaller and written
// anew: of what the camera said about place, time and owner nothing is kept, nor is what was blacked out. Documents
// (PDF, Office, OpenDocument) are kept as they came and only ever given out as downloads.
//
// Until a record takes it, an attachment is seen by nobody but who sent it, and is thrown away after a day or two.
// Attach gives it the audience of its record: from then on whoever may read the record may open it. The bytes lie in
// package blob, encrypted; the row, and the journal's entry, hold their SHA-256.
//
// Image work and bytes stay outside units of work, a few pictures at a time. The package owns the tables attachment,
// upload and upload_part; the last two are housekeeping, without a journal.
package attachment
