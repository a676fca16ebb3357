package spreadsheet

// refusalMark begins the heading of the column that a copy with refusals has more
// than the sheet. Such a column says nothing when the copy is imported.
const refusalMark = "tidewaiter: "
