import AttuneCommands

@main
struct Attune {
    static func main() async {
        await AttuneCommand.start()
    }
}
