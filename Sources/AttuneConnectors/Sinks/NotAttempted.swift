import AttuneCore

extension DeliveryOutcome {
    /// A sink's answer for an event it did not try, because an earlier one of the same customer failed or because it was told
    /// to stop: the event waits on, and no attempt is counted.
    public static let notAttempted = DeliveryOutcome.retry(reason: "not attempted", after: nil)
}
