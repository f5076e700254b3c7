package mirror

import (
	"context"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/wecom"
)

// journal keeps in the database what was spent of the quotas of its
// corporation, by whichever process.
type journal struct {
	app  *app.App
	corp *app.Corp
}

func (j journal) Reserved(ctx context.Context, quota string) ([]wecom.Reservation, error) {
	spent, err := j.app.Spent(ctx, j.corp, quota)
	list := make([]wecom.Reservation, len(spent))
	for i, s := range spent {
		list[i] = wecom.Reservation(s)
	}
	return list, err
}

func (j journal) Reserve(ctx context.Context, quota string, r wecom.Reservation) error {
	return j.app.Spend(ctx, j.corp, quota, app.Spent(r))
}
