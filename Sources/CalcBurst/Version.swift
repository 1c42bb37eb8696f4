/// The version of the package, as semantic versioning counts it.
package let calcBurstVersion = "0.1.0"
