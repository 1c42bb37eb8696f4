#if Plugins
import CalcBurstFunctions
import CalcBurstPlugins

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

// What the tests of isolation run in place of the command.
//
//   plugin-host …                 the helper
//   in-process FILE NAME X…       loads the plugin in this process and prints one answer
//   restarts FILE NAME COUNT      fails so often, and prints what is left behind
//   hosting FILE NAME             starts a helper, prints its process number, and asks without an end

let words = Array(CommandLine.arguments.dropFirst())
let own = CommandLine.arguments.first ?? ""

/// The descriptors that are open.
func descriptors() -> Int { (0..<1024).count { fcntl(Int32($0), F_GETFD) != -1 } }

switch words.first {
case "plugin-host":
    exit(
        PluginHost.run(arguments: Array(words.dropFirst())) { path throws(PluginError) in
            try ProbeLoader.load(path)
        }
    )
case "in-process" where words.count >= 3:
    do {
        let plugin = try ProbeLoader.load(words[1])
        guard let operation = plugin.operations.first(where: { $0.name == words[2] }) else {
            print("no such operation")
            exit(2)
        }
        var meter = Meter(limits: RunLimits())
        let operands = words.dropFirst(3).map { Value.number(Double($0) ?? 0) }
        print(ValueText.json(try operation.call(operands, &meter)))
    } catch {
        print(error)
        exit(3)
    }
case "restarts" where words.count == 4:
    do {
        var limits = IsolationLimits()
        limits.call = .seconds(60)
        limits.start = .seconds(60)
        limits.failures = .max
        limits.pause = .zero
        let plugin = try IsolatedPlugin(
            file: words[1],
            path: words[1],
            program: HelperProgram(path: own, arguments: ["plugin-host"]),
            limits: limits
        )
        guard let operation = plugin.operations.first(where: { $0.name == words[2] }) else {
            exit(2)
        }
        func fail() -> Int {
            var meter = Meter(limits: RunLimits())
            return (try? operation.call([1], &meter)) == nil ? 1 : 0
        }
        // Once before counting: what the first start sets up stays.
        _ = fail()
        let before = descriptors()
        var failures = 0
        for _ in 0..<(Int(words[3]) ?? 0) { failures += fail() }
        print(failures)
        print(before)
        print(descriptors())
        plugin.stop()
        print(waitpid(-1, nil, WNOHANG) == -1 && errno == ECHILD ? "none" : "some")
    } catch {
        print(error)
        exit(3)
    }
case "hosting" where words.count == 3:
    do {
        var limits = IsolationLimits()
        limits.call = .seconds(600)
        let plugin = try IsolatedPlugin(
            file: words[1],
            path: words[1],
            program: HelperProgram(path: own, arguments: ["plugin-host"]),
            limits: limits
        )
        print(plugin.identifier ?? 0)
        fflush(nil)
        guard let operation = plugin.operations.first(where: { $0.name == words[2] }) else {
            exit(2)
        }
        var meter = Meter(limits: RunLimits())
        print(ValueText.json(try operation.call([1], &meter)))
    } catch {
        print(error)
        exit(3)
    }
default:
    print("usage: plugin-host … | in-process FILE NAME X… | hosting FILE NAME")
    exit(2)
}
#endif
