"""Engine of coreference: names and their variants, candidates, pair features, rules, chains; knows no documents."""
