import Testing
@Test func ok() { #expect(1 == 1) }
