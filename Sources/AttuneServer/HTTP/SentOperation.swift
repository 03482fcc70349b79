import AttuneCore

extension AttuneCore.Operation {
    /// The same; a rejection names who sent it, as a file's names the file.
    func sent(by sender: String) -> AttuneCore.Operation {
        guard case .rejected(var rejection) = self else { return self }
        rejection.sender = sender
        return .rejected(rejection)
    }
}
