"""Result types: what every command found, as frozen data. They are the JSON contract `redflag/result/1`."""
