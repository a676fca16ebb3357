package frame

// InquiryHref is the address of a question to a right holder, whatever operation it
// stands in.
func InquiryHref(id string) string { return "/inquiries/" + id }
