package sqlite

// Upgrades returns the steps' statements.
func Upgrades() (statements []string) {
	for _, step := range upgrades {
		statements = append(statements, step.sql)
	}
	return statements
}

// AddUpgrade makes this program one of the next version until undo is called.
func AddUpgrade(sql string, alone bool) (undo func()) {
	before := upgrades
	upgrades = append(upgrades[:len(upgrades):len(upgrades)], upgrade{sql, alone})
	return func() { upgrades = before }
}
