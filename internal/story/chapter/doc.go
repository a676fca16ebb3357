// Package chapter is what the people of the story write into the final report: the
// texts of its chapters, what administrations contribute, and what they say of a
// version. It is data.
package chapter
