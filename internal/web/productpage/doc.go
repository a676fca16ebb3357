// Package productpage is the room of pages about product sheets: the look-up by
// words, brand or code, the camera and the photo that read a code, the sheet, the
// genuine and the fake side by side, and the forms in which a right holder writes a
// sheet, publishes it and says again that it is right.
//
// Nothing here ever says that goods are genuine: what is copied is the code, too.
package productpage
