package checkin

import "github.com/dakahq/daka/wecom"

// List is wecom.List, for those who need nothing else of that package.
type List[T any] = wecom.List[T]
