// A host imports `CalcBurst` alone and sees the whole vocabulary.
@_exported public import CalcBurstFunctions
@_exported public import CalcBurstJSON
@_exported public import CalcBurstMachine
@_exported public import CalcBurstSource
@_exported public import CalcBurstSyntax
