import CalcBurst

#if Plugins
import CalcBurstPlugins
#endif

/// The command `calcburst`.
@main enum Main {
    static let version = calcBurstVersion

    static func main() {
        System.ignoreBrokenPipes()
        #if Plugins
        if CommandLine.arguments.dropFirst().first == PluginHostWord.word {
            System.exit(PluginHost.run(arguments: Array(CommandLine.arguments.dropFirst(2))))
        }
        #endif
        #if Command
        let status = CommandLineInterface.run(Array(CommandLine.arguments.dropFirst()))
        #else
        let status = ExitStatus.usage
        let console = Console()
        do throws(Failure) {
            try console.report(
                .usage(
                    "this program was built without the Command trait",
                    help: "swift build --traits Command"
                )
            )
        } catch {
            // There is nobody left to tell.
        }
        #endif
        System.exit(status.rawValue)
    }
}
