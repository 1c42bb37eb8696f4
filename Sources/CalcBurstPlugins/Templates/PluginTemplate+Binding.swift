#if Plugins
extension PluginTemplate {
    /// `NAME.calcburst.json`, which binds two functions of the C library.
    static let bindingText = #"""
        {
          "calcburst": 1,
          "name": "NAME",
          "version": "0.1.0",
          "license": "MIT",
          "library": {
            "linux": ["libm.so.6"],
            "headers": ["math.h"]
          },
          "defaults": {"flags": ["pure", "concurrent"]},
          "ops": [
            {
              "op": "NAME.cos",
              "sig": "(x: f64) -> f64",
              "c": "f64 cos(x)",
              "doc": "The cosine of an angle in radians.",
              "examples": ["NAME.cos(0) == 1", "NAME.cos(1) == 0.5403023058681398 ~ 1e-15"]
            },
            {
              "op": "NAME.ldexp",
              "sig": "(x: f64, power: i64) -> f64",
              "c": "f64 ldexp(x, power:i32)",
              "doc": "A number times a power of two.",
              "examples": ["NAME.ldexp(0.75, 4) == 12"]
            }
          ]
        }

        """#
}
#endif
