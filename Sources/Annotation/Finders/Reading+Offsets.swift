extension Reading {
    func isPeople(within words: Int, after index: Int) -> Bool {
        for at in index + 1...index + words where isAny(at, .people) { return true }
        return false
    }

    /// The token that begins at a byte offset, by halving.
    func token(startingAt offset: Int) -> Int? {
        var low = 0
        var high = tokens.count
        while low < high {
            let middle = (low + high) / 2
            if Int(tokens[middle].start) < offset { low = middle + 1 } else { high = middle }
        }
        return low < tokens.count && Int(tokens[low].start) == offset ? low : nil
    }

    func token(endingAt offset: Int) -> Int? {
        var low = 0
        var high = tokens.count
        while low < high {
            let middle = (low + high) / 2
            if Int(tokens[middle].end) < offset { low = middle + 1 } else { high = middle }
        }
        return low < tokens.count && Int(tokens[low].end) == offset ? low : nil
    }
}
