package number

// The overseas ranges as version 1 of the rules knew them: by the first three digits after the 0. Campaigns that were
// planned under it keep them.
var firstOverseasCodes = map[string]string{
	"262": "262", "692": "262", "693": "262", // La Réunion
	"269": "262", "639": "262", // Mayotte
	"590": "590", "690": "590", "691": "590", // Guadeloupe, Saint-Martin, Saint-Barthélemy
	"594": "594", "694": "594", // Guyane
	"596": "596", "696": "596", "697": "596", // Martinique
}

// wasAcrossTheSea reports whether version 1 of the rules refused nine national digits as another country's.
func wasAcrossTheSea(national, country string) bool {
	code := firstOverseasCodes[national[:3]]
	switch {
	case country == "PM":
		return false
	case country != "FR" && code == "":
		code = "33"
	}
	return code != "" && read(code+national, "").valid
}
