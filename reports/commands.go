package reports

// programOf is the program's name in commands.
func programOf(command string) string {
	if command == "" {
		return "kanal-campaign"
	}
	return command
}

func flagOf(mode Mode) string {
	if mode == Sandbox {
		return " --sandbox"
	}
	return ""
}

// ledgerFlag names the ledger in a command, quoted for a shell; nothing for the default one.
func ledgerFlag(path string) string {
	if path == "" {
		return ""
	}
	return " --ledger " + argument(path)
}
