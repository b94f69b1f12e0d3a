package words

// CommandArguments is what stands behind a command's name: FILE --template T [flags].
func (w *Words) CommandArguments(command string) string {
	return w.say("command."+command+".arguments", nil, nil)
}

// CommandShort says in a line what a command does.
func (w *Words) CommandShort(command string) string {
	return w.say("command."+command+".short", nil, nil)
}

// CommandLong explains a command. Its paragraphs are lines, to be filled; lines with a margin are to stay.
func (w *Words) CommandLong(command string) string {
	return w.say("command."+command+".long", nil, nil)
}

// CommandMisuse says what arguments a command takes, to whoever gave others.
func (w *Words) CommandMisuse(command string) string {
	return w.say("command."+command+".misuse", nil, nil)
}

// ProgramLong explains the program, of that name, with an example: a command in lines with a margin.
func (w *Words) ProgramLong(program, example string) string {
	return w.say("command."+program+".long", nil, values{"Example": example})
}

// SandboxLong is CommandLong for the sandbox, with its lists of recipients and faults: lines with a margin.
func (w *Words) SandboxLong(recipients, faults string) string {
	return w.say("command.sandbox.long", nil, values{"Recipients": recipients, "Faults": faults})
}

// CompletionLong is CommandLong for completion, with the lines that turn it on in each shell: lines with a margin.
func (w *Words) CompletionLong(bash, zsh, fish, powerShell string) string {
	return w.say("command.completion.long", nil, values{"Bash": bash, "Zsh": zsh, "Fish": fish, "PowerShell": powerShell})
}

// CommandGroup is the heading of a group of commands, by its code.
func (w *Words) CommandGroup(code string) string { return w.say("command-group."+code, nil, nil) }

// Flag says what a flag of a command is for. What its value is called stands between back quotes.
func (w *Words) Flag(command, flag string) string {
	if own := "flag." + command + "." + flag; w.has(own) {
		return w.say(own, nil, nil)
	}
	return w.say("flag."+flag, nil, nil)
}

// FlagGroup is the heading of a group of flags, by its code.
func (w *Words) FlagGroup(code string) string { return w.say("flag-group."+code, nil, nil) }

// FlagValue says which values a flag takes, to whoever gave another. kind is that of the flag's values, as package pflag names
// it.
func (w *Words) FlagValue(kind, flag, value string) string {
	return w.say("flag-value."+kind, nil, values{"Flag": flag, "Value": w.InQuotes(value)})
}

// Typed says what is mistaken in a command that was received, by the kind of mistake.
func (w *Words) Typed(kind, received string) string {
	return w.say("typed."+kind, nil, values{"Received": received})
}

// Fault says what a fault of the sandbox does, by its code.
func (w *Words) Fault(code string) string { return w.say("fault."+code, nil, nil) }

// Recipient says how the sandbox treats a recipient, by the number.
func (w *Words) Recipient(number string) string { return w.say("recipient."+number, nil, nil) }
