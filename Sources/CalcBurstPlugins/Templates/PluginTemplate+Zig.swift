#if Plugins
extension PluginTemplate {
    /// `NAME.zig`, with the header's structs mirrored.
    static let zigText = #"""
        //! NAME: what this plugin is for, in one line.
        //!
        //!     zig build-lib -dynamic -O ReleaseSafe -femit-bin=NAME.so NAME.zig
        //!     calcburst plugin check ./NAME.so
        //!     calcburst --plugin ./NAME.so 'NAME.scale(21)'
        //!
        //! A failed safety check ends the process: write operations that have none.

        // The structs of calcburst_plugin.h, version 1.0.

        const Status = i32;
        const ok: Status = 0;
        const domain: Status = 1;
        const pure: u32 = 1 << 0;
        const concurrent: u32 = 1 << 2;

        const Call = opaque {};

        const Host = extern struct {
            struct_size: u32,
            abi_major: u16,
            abi_minor: u16,
            set_error: *const fn (*Call, Status, [*]const u8, usize) callconv(.c) void,
            set_string: *const fn (*Call, [*]const u8, usize) callconv(.c) void,
            set_array: *const fn (*Call, usize) callconv(.c) ?*anyopaque,
            cancelled: *const fn (*Call) callconv(.c) bool,
            log: *const fn (i32, [*]const u8, usize) callconv(.c) void,
        };

        const Batch = *const fn (*Call, [*]const *const anyopaque, *anyopaque, usize) callconv(.c) Status;

        const Op = extern struct {
            name: [*:0]const u8,
            signature: [*:0]const u8,
            doc: [*:0]const u8,
            examples: [*:0]const u8,
            flags: u32,
            cost_ns: u32 = 0,
            scalar: *const anyopaque,
            batch: ?Batch = null,
        };

        const Plugin = extern struct {
            magic: u32 = 0x3142434c,
            abi_major: u16 = 1,
            abi_minor: u16 = 0,
            struct_size: u32 = @sizeOf(Plugin),
            op_size: u32 = @sizeOf(Op),
            name: [*:0]const u8,
            version: [*:0]const u8,
            license: [*:0]const u8,
            homepage: [*:0]const u8,
            ops: [*]const Op,
            op_count: usize,
            start: ?*const fn (*const Host) callconv(.c) Status,
            stop: ?*const fn () callconv(.c) void = null,
        };

        var host: ?*const Host = null;

        fn start(given: *const Host) callconv(.c) Status {
            host = given;
            return ok;
        }

        fn fail(call: *Call, status: Status, text: []const u8) Status {
            if (host) |functions| functions.set_error(call, status, text.ptr, text.len);
            return status;
        }

        // One that cannot fail is an ordinary function.
        fn scale(x: f64, factor: f64) callconv(.c) f64 {
            return x * factor;
        }

        // One that may takes the call first and the result's address last. A list is two operands.
        fn mean(call: *Call, values: [*]const f64, count: usize, result: *f64) callconv(.c) Status {
            if (count == 0) return fail(call, domain, "an empty list has no mean");
            var sum: f64 = 0;
            for (values[0..count]) |value| sum += value;
            result.* = sum / @as(f64, @floatFromInt(count));
            return ok;
        }

        const ops = [_]Op{
            .{
                .name = "NAME.scale",
                .signature = "(x: f64, factor: f64 = 2) -> f64",
                .doc = "A number times a factor.",
                .examples = "NAME.scale(21) == 42\nNAME.scale(3, 0.5) == 1.5",
                .flags = pure | concurrent,
                .scalar = @ptrCast(&scale),
            },
            .{
                .name = "NAME.mean",
                .signature = "(values: [f64]) -> f64 !",
                .doc = "The mean of a list.",
                .examples = "NAME.mean([1, 2, 6]) == 3\nNAME.mean([]) fails 'an empty list'",
                .flags = pure | concurrent,
                .scalar = @ptrCast(&mean),
            },
        };

        const plugin = Plugin{
            .name = "NAME",
            .version = "0.1.0",
            .license = "MIT",
            .homepage = "",
            .ops = &ops,
            .op_count = ops.len,
            .start = start,
        };

        /// The one symbol that the host looks for.
        export fn calcburst_plugin_v1() *const Plugin {
            return &plugin;
        }

        """#
}
#endif
