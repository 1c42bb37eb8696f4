#if Plugins
import CCalcBurstPlugin
import CPluginSystem
import CalcBurstFunctions

/// The batch entry of an operation: many rows by one call of C.
///
/// Rows go in blocks, so that constants are spread once a block and a cancelled evaluation stops soon.
@safe package struct NativeBatch: @unchecked Sendable {
    let entry: cb_batch_fn
    let signature: PluginSignature

    static let block = 1024

    /// The answers, the same as row by row.
    ///
    /// After another status than `CB_OK` the rows of the block are asked one by one, to name the one
    /// that fails.
    func rows(
        _ operands: [PluginColumn],
        count: Int,
        _ meter: inout Meter,
        _ single: any PluginCall,
        _ gate: PluginGate,
        isConcurrent: Bool
    ) throws(Fault) -> List {
        var columns: [NativeColumn] = []
        for (parameter, operand) in zip(signature.parameters, operands) {
            columns.append(try NativeColumn(operand, parameter.type, rows: count))
        }
        guard columns.count == signature.parameters.count else { return .empty }
        let answers = NativeColumn(room: count, signature.result)
        var start = 0
        while start < count {
            let rows = min(Self.block, count - start)
            try meter.look()
            var call = HostCall(meter)
            let addresses = unsafe columns.map { column in
                unsafe column.address(ofRow: start).map { UnsafeRawPointer($0) }
            }
            let status = try gate.pass(isConcurrent: isConcurrent) {
                unsafe addresses.withUnsafeBufferPointer { addresses in
                    unsafe withUnsafeMutablePointer(to: &call.call) { call in
                        unsafe entry(
                            call,
                            addresses.baseAddress,
                            answers.address(ofRow: start),
                            rows
                        )
                    }
                }
            }
            if let fault = call.fault(status, plugin: gate.plugin) {
                try findRow(operands, start..<start + rows, single, &meter)
                if !fault.isCatchable { throw fault }
                throw .pluginFailed(
                    plugin: gate.plugin,
                    "failed for many rows at once, but for none of them alone"
                )
            }
            start += rows
        }
        withExtendedLifetime(columns) {}
        return try answers.list(plugin: gate.plugin)
    }

    /// Throws the fault of the first row that fails alone.
    private func findRow(
        _ operands: [PluginColumn],
        _ rows: Range<Int>,
        _ single: any PluginCall,
        _ meter: inout Meter
    ) throws(Fault) {
        for row in rows {
            let values = operands.map { $0[row: row] }
            do throws(Fault) {
                _ = try single(values, &meter)
            } catch {
                throw error.isOfWholeText ? error : .inElement(row, error)
            }
        }
    }
}

extension PluginColumn {
    /// The operand of one row, which must be below the count.
    subscript(row row: Int) -> Value {
        switch self {
        case .same(let value): value
        case .each(let list): list[row]
        }
    }
}

/// The values of one parameter side by side as C has them.
///
/// One value for all rows fills one block, which every block of rows is then shown.
@safe private final class NativeColumn {
    private let memory: UnsafeMutableRawBufferPointer
    private let type: PluginType
    private let rows: Int
    private let isSame: Bool

    /// Room for results.
    init(room rows: Int, _ type: PluginType) {
        self.type = type
        self.rows = rows
        isSame = false
        unsafe memory = .allocate(byteCount: max(16, rows * type.columnStride), alignment: 16)
        unsafe memory.initializeMemory(as: UInt8.self, repeating: 0xff)
    }

    convenience init(
        _ operand: PluginColumn,
        _ type: PluginType,
        rows: Int
    ) throws(Fault) {
        switch operand {
        case .same(let value):
            self.init(room: min(rows, NativeBatch.block), type, isSame: true)
            for row in 0..<self.rows { try store(value, at: row) }
        case .each(let list):
            self.init(room: rows, type, isSame: false)
            if type == .f64, let numbers = list.plainNumbers, numbers.count >= rows {
                unsafe numbers.withUnsafeBytes { bytes in
                    unsafe memory.copyMemory(
                        from: UnsafeRawBufferPointer(rebasing: bytes.prefix(rows * 8))
                    )
                }
                return
            }
            for row in 0..<min(rows, list.count) {
                do throws(Fault) {
                    try store(list[row], at: row)
                } catch {
                    throw .inElement(row, error)
                }
            }
        }
    }

    private init(room rows: Int, _ type: PluginType, isSame: Bool) {
        self.type = type
        self.rows = rows
        self.isSame = isSame
        unsafe memory = .allocate(byteCount: max(16, rows * type.columnStride), alignment: 16)
    }

    deinit { unsafe memory.deallocate() }

    func address(ofRow row: Int) -> UnsafeMutableRawPointer? {
        let base = unsafe memory.baseAddress
        return unsafe isSame ? base : base.map { unsafe $0 + row * type.columnStride }
    }

    private func store(_ value: Value, at row: Int) throws(Fault) {
        let offset = row * type.columnStride
        switch type {
        case .f64: unsafe memory.storeBytes(of: value.slot, toByteOffset: offset, as: Double.self)
        case .i64:
            let whole = try PluginInteger(value.slot)
            unsafe memory.storeBytes(of: whole.value, toByteOffset: offset, as: Int64.self)
        case .bool:
            let byte: UInt8 = value.slot != 0 ? 1 : 0
            unsafe memory.storeBytes(of: byte, toByteOffset: offset, as: UInt8.self)
        case .complex:
            let complex = cb_c128(value)
            unsafe memory.storeBytes(of: complex, toByteOffset: offset, as: cb_c128.self)
        case .string, .numbers, .integers: break
        }
    }

    /// The results, each finite and within what numbers hold.
    func list(plugin: String) throws(Fault) -> List {
        let stride = type.columnStride
        switch type {
        case .f64:
            var numbers: [Double] = []
            numbers.reserveCapacity(rows)
            for row in 0..<rows {
                let number = unsafe memory.load(fromByteOffset: row * stride, as: Double.self)
                guard number.isFinite else { throw .inElement(row, .nonFiniteResult) }
                numbers.append(number)
            }
            return List(numbers)
        case .i64:
            var numbers: [Double] = []
            numbers.reserveCapacity(rows)
            for row in 0..<rows {
                let whole = unsafe memory.load(fromByteOffset: row * stride, as: Int64.self)
                numbers.append(try PluginInteger.number(whole, plugin: plugin))
            }
            return List(numbers)
        case .bool:
            var bools: [Bool] = []
            bools.reserveCapacity(rows)
            for row in 0..<rows {
                bools.append(unsafe memory.load(fromByteOffset: row, as: UInt8.self) != 0)
            }
            return List(bools)
        case .complex:
            var values: [Value] = []
            values.reserveCapacity(rows)
            for row in 0..<rows {
                let number = unsafe memory.load(fromByteOffset: row * stride, as: cb_c128.self)
                guard number.re.isFinite, number.im.isFinite else {
                    throw .inElement(row, .nonFiniteResult)
                }
                values.append(number.value)
            }
            return List(values)
        case .string, .numbers, .integers:
            return .empty
        }
    }
}
#endif
