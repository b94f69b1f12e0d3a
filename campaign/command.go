package campaign

// Command is a command of the program that one can run next, as words, without the program's name. Whoever shows it quotes
// it, once, for the shell that is to take it.
type Command []string
