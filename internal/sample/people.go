package sample

import (
	"fmt"

	"github.com/dakahq/daka/internal/app"
	"github.com/dakahq/daka/internal/attendance"
)

// team is a part of the company that works alike.
type team int

const (
	office team = iota
	workshop
	market
)

// teamOf deals the members out: half to the office, most of the others to the
// workshop, and one of the first three to each team.
var teamOf = [10]team{office, workshop, market, office, workshop, office, workshop, office, workshop, office}

// departments are those of the company below its root. The first three are the
// teams', in their order.
var departments = []attendance.Department{
	{ID: 2, Parent: attendance.RootDept, Name: "办公室", Order: 300},
	{ID: 3, Parent: attendance.RootDept, Name: "生产车间", Order: 200},
	{ID: 4, Parent: attendance.RootDept, Name: "市场部", Order: 100},
	{ID: 5, Parent: 2, Name: "行政组", Order: 30},
	{ID: 6, Parent: 2, Name: "财务组", Order: 20},
	{ID: 7, Parent: 2, Name: "研发组", Order: 10},
	{ID: 8, Parent: 3, Name: "一线班组", Order: 20},
	{ID: 9, Parent: 3, Name: "二线班组", Order: 10},
}

// below are the departments that a team's members stand in.
var below = [][]attendance.DeptID{office: {5, 6, 7, 7, 7}, workshop: {8, 9}, market: {4}}

func (t team) department() attendance.DeptID { return departments[t].ID }

// name is a part of a name as it is written and as userids spell it.
type name struct{ chinese, latin string }

var surnames = []name{
	{"王", "Wang"}, {"李", "Li"}, {"张", "Zhang"}, {"刘", "Liu"}, {"陈", "Chen"}, {"杨", "Yang"},
	{"赵", "Zhao"}, {"黄", "Huang"}, {"周", "Zhou"}, {"吴", "Wu"}, {"徐", "Xu"}, {"孙", "Sun"},
	{"胡", "Hu"}, {"朱", "Zhu"}, {"高", "Gao"}, {"林", "Lin"}, {"何", "He"}, {"郭", "Guo"},
	{"马", "Ma"}, {"罗", "Luo"}, {"梁", "Liang"}, {"宋", "Song"}, {"郑", "Zheng"}, {"谢", "Xie"},
}

var givenNames = []name{
	{"伟", "Wei"}, {"芳", "Fang"}, {"娜", "Na"}, {"敏", "Min"}, {"静", "Jing"}, {"丽", "Li"},
	{"强", "Qiang"}, {"磊", "Lei"}, {"军", "Jun"}, {"洋", "Yang"}, {"勇", "Yong"}, {"艳", "Yan"},
	{"杰", "Jie"}, {"涛", "Tao"}, {"明", "Ming"}, {"超", "Chao"}, {"秀兰", "Xiulan"}, {"霞", "Xia"},
	{"平", "Ping"}, {"刚", "Gang"}, {"桂英", "Guiying"}, {"建华", "Jianhua"}, {"志强", "Zhiqiang"}, {"晓燕", "Xiaoyan"},
	{"海波", "Haibo"}, {"雪梅", "Xuemei"}, {"子轩", "Zixuan"}, {"雨桐", "Yutong"}, {"浩然", "Haoran"}, {"思远", "Siyuan"},
	{"梦琪", "Mengqi"}, {"嘉怡", "Jiayi"}, {"国栋", "Guodong"}, {"春梅", "Chunmei"}, {"立新", "Lixin"}, {"文博", "Wenbo"},
}

// names returns so many names. Those that come again, in a large company, have
// a number behind their latin form.
func names(seed uint64, people int) []name {
	order := stream(seed, aboutNames, 0, 0).Perm(len(surnames) * len(givenNames))
	all := make([]name, people)
	for i := range all {
		n := order[i%len(order)]
		family, given := surnames[n%len(surnames)], givenNames[n/len(surnames)]
		all[i] = name{family.chinese + given.chinese, family.latin + given.latin}
		if round := i / len(order); round > 0 {
			all[i].latin += fmt.Sprint(round + 1)
		}
	}
	return all
}

// members makes the departments and the people in them. The people of a larger
// company begin with those of a smaller one.
func (b *builder) members() error {
	if err := b.app.AddDepartments(b.ctx, b.company.Corp, departments); err != nil {
		return err
	}
	contacts := make([]app.Contact, b.spec.People)
	for i, n := range names(b.spec.Seed, b.spec.People) {
		p := person{id: attendance.UserID(n.latin), team: teamOf[i%len(teamOf)]}
		d := stream(b.spec.Seed, aboutHabits, i, 0)
		p.habits = newHabits(d, i)
		depts := below[p.team]
		dept := depts[d.IntN(len(depts))]
		if i%12 == 7 { // somebody is always new
			p.joined = b.company.First + attendance.Day(d.between(3, 40))
		}
		b.people = append(b.people, p)
		b.company.Users = append(b.company.Users, p.id)
		contacts[i] = app.Contact{ID: p.id, Name: n.chinese, Depts: []attendance.DeptID{dept}, Joined: p.joined}
	}
	return b.app.AddMembers(b.ctx, b.company.Corp, contacts)
}
