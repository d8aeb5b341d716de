/// What letters of the Latin and Greek ranges become. Generated from the decompositions of the Unicode Character
/// Database, with the letters that have none (stroke, ligature, eth) added by hand.
enum FoldingTables {
    /// The letters a scalar stands for, nil where it is none of the tables'.
    static func latin(_ scalar: UInt32) -> [UInt8]? {
        switch scalar {
        case 0x00C0...0x024F:
            let letters = latinLetters[Int(scalar - 0xC0)]
            return letters.isEmpty ? nil : letters
        case 0x0391...0x03A9: return greekLetters[Int(scalar - 0x391)]
        case 0x03B1...0x03C9: return greekLetters[Int(scalar - 0x3B1)]
        case 0x00B5: return greekLetters[11]
        case 0x1E00...0x1EFF: return additionalLetters[Int(scalar - 0x1E00)]
        case 0x2070, 0x00B9, 0x00B2, 0x00B3, 0x2074...0x2079:
            let digit: UInt32 = scalar == 0xB9 ? 1 : scalar < 0x100 ? scalar - 0xB0 : scalar - 0x2070
            return [UInt8(0x30 + digit)]
        case 0x2080...0x2089: return [UInt8(0x30 + scalar - 0x2080)]
        case 0xFB00...0xFB04: return ligatures[Int(scalar - 0xFB00)]
        default: return nil
        }
    }

    static let greekNames = Set(greekLetters)

    private static let ligatures = ["ff", "fi", "fl", "ffi", "ffl"].map { Array($0.utf8) }

    private static let greekLetters = split(
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma "
            + "tau upsilon phi chi psi omega")

    private static let latinLetters = split(
        "a a a a a a ae c e e e e i i i i d n o o o o o . o u u u u y th ss a a a a a a ae c e e e e i i i i "
            + "d n o o o o o . o u u u u y th y a a a a a a c c c c c c c c d d d d e e e e e e e e e e g g g g g g "
            + "g g h h h h i i i i i i i i i i ij ij j j k k k l l l l l l l l l l n n n n n n n n n o o o o o o oe "
            + "oe r r r r r r s s s s s s s s t t t t t t u u u u u u u u u u u u w w y y y z z z z z z s . . . . . "
            + ". . . . . . . . . . . . . . . . . . . . . . . . . . . o o . . . . . . . . . . . . . u u . . . . . . "
            + ". . . . . . . . . . . . . dz dz dz lj lj lj nj nj nj a a i i o o u u u u u u u u u u . a a a a . . . "
            + ". g g k k o o o o . . j dz dz dz g g . . n n a a . . . . a a a a e e e e i i i i o o o o r r r r u u "
            + "u u s s t t . . h h . . . . . . a a e e o o o o o o o o y y . . . . . . . . . . . . . . . . . . . . "
            + ". . . . . . . .")

    private static let additionalLetters = split(
        "a a b b b b b b c c d d d d d d d d d d e e e e e e e e e e f f g g h h h h h h h h h h i i i i k k "
            + "k k k k l l l l l l l l m m m m m m n n n n n n n n o o o o o o o o p p p p r r r r r r r r s s s s "
            + "s s s s s s t t t t t t t t u u u u u u u u u u v v v v w w w w w w w w w w x x x x y y z z z z z z "
            + "h t w y a s . . ss . a a a a a a a a a a a a a a a a a a a a a a a a e e e e e e e e e e e e e e e e "
            + "i i i i o o o o o o o o o o o o o o o o o o o o o o o o u u u u u u u u u u u u u u y y y y y y y y "
            + ". . . . . .")

    /// A full stop stands for a sign without letters.
    private static func split(_ words: String) -> [[UInt8]] {
        words.split(separator: " ").map { $0 == "." ? [] : Array($0.utf8) }
    }
}
